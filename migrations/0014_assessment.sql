-- From findings to an assessment that a board approved: what figures say, what drives violence, what comes first and why,
-- and the document that says it, with everybody's part in it.

-- A sentence that figures support. It keeps the figure that it was made from.
create table evidence.finding (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  sentence text not null check (length(sentence) between 1 and 1000),
  -- What it answers: "Is it changing?"
  question text check (length(question) between 1 and 300),
  figure_id text,
  view_id text,
  area text check (length(area) between 1 and 20),
  from_month text check (from_month ~ '^\d{4}-\d\d$'),
  to_month text check (to_month ~ '^\d{4}-\d\d$'),
  -- See `strengths` in src/evidence/finding.ts.
  strength text not null check (strength in ('strong', 'fair', 'weak', 'unknown')),
  strength_because text check (length(strength_because) between 1 and 2000),
  state text not null default 'draft' check (state in ('draft', 'checked', 'withdrawn')),
  state_because text check (length(state_because) between 1 and 1000),
  author text not null check (author = 'system' or length(author) = 36),
  checked_by text check (length(checked_by) = 36),
  made_at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, figure_id) references evidence.figure (partnership_id, id),
  foreign key (partnership_id, view_id) references evidence.view (partnership_id, id),
  check (state <> 'withdrawn' or state_because is not null)
);
create index finding_figure on evidence.finding (partnership_id, figure_id);
create index finding_view on evidence.finding (partnership_id, view_id);

-- Risk and protective factors, by level (domain 2.4).
create table evidence.driver (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  level text not null check (level in ('individual', 'relationship', 'community', 'society')),
  direction text not null check (direction in ('risk', 'protective')),
  factor text not null check (length(factor) between 1 and 200),
  local_value text check (length(local_value) between 1 and 500),
  comparator text check (length(comparator) between 1 and 500),
  -- How it is known: counted, told by an organisation from its own records, or said by somebody.
  basis text not null check (basis in ('measured', 'reported', 'claimed')),
  -- Who said it, and where: needed for all that is not measured.
  source text check (length(source) between 1 and 500),
  said_on text check (length(said_on) between 1 and 80),
  strength text not null check (strength in ('strong', 'fair', 'weak', 'unknown')),
  strength_because text check (length(strength_because) between 1 and 2000),
  people int check (people >= 0),
  finding_id uuid,
  added_by text not null check (added_by = 'system' or length(added_by) = 36),
  added_at timestamptz not null default now(),
  ended_on date,
  unique (partnership_id, id),
  foreign key (partnership_id, finding_id) references evidence.finding (partnership_id, id),
  check (basis = 'measured' or source is not null)
);
create index driver_finding on evidence.driver (partnership_id, finding_id);

-- How priorities are scored: factors with weights, in blocks, and the scale. One a partnership; its history says what it was.
create table evidence.scoring_matrix (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership unique,
  -- [{ key, name, block, weight }]: see `Matrix` in src/evidence/scoring.ts.
  factors jsonb not null check (jsonb_typeof(factors) = 'array'),
  top int not null check (top between 1 and 10),
  unique (partnership_id, id)
);

create table evidence.priority (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  name text not null check (length(name) between 1 and 200),
  statement text check (length(statement) between 1 and 2000),
  -- How many, and how much harm: always side by side.
  volume numeric check (volume >= 0),
  volume_from text check (length(volume_from) between 1 and 300),
  harm numeric check (harm >= 0),
  harm_from text check (length(harm_from) between 1 and 300),
  state text not null default 'candidate' check (state in ('candidate', 'chosen', 'not-chosen', 'ended')),
  state_because text check (length(state_because) between 1 and 2000),
  decided_by_id uuid,
  decided_on date,
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, decided_by_id) references partnership.body (partnership_id, id),
  check (state = 'candidate' or (decided_by_id is not null and decided_on is not null and state_because is not null)),
  check ((volume is null) = (volume_from is null)),
  check ((harm is null) = (harm_from is null))
);
create unique index priority_name on evidence.priority (partnership_id, lower(name));
create index priority_decided_by on evidence.priority (partnership_id, decided_by_id);

create table evidence.priority_finding (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  priority_id uuid not null,
  finding_id uuid not null,
  unique (partnership_id, priority_id, finding_id),
  foreign key (partnership_id, priority_id) references evidence.priority (partnership_id, id) on delete cascade,
  foreign key (partnership_id, finding_id) references evidence.finding (partnership_id, id)
);
create index priority_finding_finding on evidence.priority_finding (partnership_id, finding_id);

-- Every score that anybody gave. A later one of the same person takes the place of the earlier, and both stay.
create table evidence.score (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  priority_id uuid not null,
  factor text not null check (factor ~ '^[a-z]+(-[a-z]+)*$' and length(factor) <= 60),
  points int not null check (points between 0 and 10),
  reason text not null check (length(reason) between 1 and 1000),
  -- What the scorers agreed on when they met.
  is_moderated boolean not null default false,
  by text not null check (by = 'system' or length(by) = 36),
  at timestamptz not null default clock_timestamp(),
  unique (partnership_id, id),
  foreign key (partnership_id, priority_id) references evidence.priority (partnership_id, id) on delete cascade
);
create index score_priority on evidence.score (partnership_id, priority_id, factor);

-- The problem behind a priority (domain 2.2).
create table evidence.problem_profile (
  priority_id uuid primary key,
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  -- { problem, scale, when, where, victims, … }: see `profileParts` in src/evidence/problem-profile.ts.
  words jsonb not null check (jsonb_typeof(words) = 'object'),
  marking text not null check (marking in ('unmarked', 'official', 'official-sensitive')),
  review_on date,
  author text not null check (author = 'system' or length(author) = 36),
  edition int not null default 1,
  -- For the history.
  id uuid not null generated always as (priority_id) stored,
  unique (partnership_id, priority_id),
  foreign key (partnership_id, priority_id) references evidence.priority (partnership_id, id) on delete cascade
);

-- ── The assessment ─────────────────────────────────────────────────────────────────────────────────────────────────────

create table evidence.assessment (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  template text not null check (template in ('needs', 'annual')),
  title text not null check (length(title) between 1 and 200),
  version int not null check (version between 1 and 9999),
  area text not null check (length(area) between 1 and 20),
  area_name text not null check (length(area_name) between 1 and 200),
  from_month text not null check (from_month ~ '^\d{4}-\d\d$'),
  to_month text not null check (to_month ~ '^\d{4}-\d\d$'),
  as_of date not null,
  definition_id uuid,
  -- The one that it follows: last year's, or the version before.
  previous_id uuid,
  state text not null default 'draft' check (state in ('draft', 'in-review', 'approved', 'published', 'superseded')),
  approved_by_id uuid,
  approved_on date,
  -- Of all that it said when it was approved: see `assessmentHash` in src/evidence/workbench.store.ts.
  approved_sha256 text check (approved_sha256 ~ '^sha256:[0-9a-f]{64}$'),
  published_on date,
  next_review date,
  superseded_by_id uuid,
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, definition_id) references evidence.definition (partnership_id, id),
  foreign key (partnership_id, previous_id) references evidence.assessment (partnership_id, id),
  foreign key (partnership_id, superseded_by_id) references evidence.assessment (partnership_id, id),
  foreign key (partnership_id, approved_by_id) references partnership.body (partnership_id, id),
  check (from_month <= to_month),
  check ((state in ('approved', 'published', 'superseded'))
    = (approved_by_id is not null and approved_on is not null and approved_sha256 is not null)),
  check ((state in ('published', 'superseded')) = (published_on is not null)),
  check ((state = 'superseded') = (superseded_by_id is not null))
);
create index assessment_definition on evidence.assessment (partnership_id, definition_id);
create index assessment_previous on evidence.assessment (partnership_id, previous_id);
create index assessment_superseded_by on evidence.assessment (partnership_id, superseded_by_id);
create index assessment_approved_by on evidence.assessment (partnership_id, approved_by_id);

create table evidence.assessment_section (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  assessment_id uuid not null,
  -- Of its template: see src/evidence/assessment-template.ts.
  key text not null check (key ~ '^[a-z]+(-[a-z]+)*$' and length(key) <= 60),
  place int not null check (place between 1 and 99),
  -- Who writes it: an account.
  owner text check (length(owner) = 36),
  state text not null default 'to-do' check (state in ('to-do', 'writing', 'ready')),
  words text not null default '' check (length(words) <= 40000),
  words_by text check (words_by = 'system' or length(words_by) = 36),
  words_at timestamptz,
  -- Counted up with every change of the words: whoever began from an older one is told.
  edition int not null default 0,
  unique (partnership_id, id),
  unique (partnership_id, assessment_id, key),
  foreign key (partnership_id, assessment_id) references evidence.assessment (partnership_id, id)
);

-- A figure in its place. Which one it is changes only when somebody says so.
create table evidence.assessment_figure (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  section_id uuid not null,
  figure_id text not null,
  place int not null check (place between 1 and 999),
  -- What it says, in a sentence.
  sentence text not null check (length(sentence) between 1 and 1000),
  finding_id uuid,
  -- Organisations whose data stands behind it: each is asked before it is public.
  owners uuid[] not null default '{}',
  placed_by text not null check (placed_by = 'system' or length(placed_by) = 36),
  placed_at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, section_id) references evidence.assessment_section (partnership_id, id),
  foreign key (partnership_id, figure_id) references evidence.figure (partnership_id, id),
  foreign key (partnership_id, finding_id) references evidence.finding (partnership_id, id)
);
create index assessment_figure_section on evidence.assessment_figure (partnership_id, section_id);
create index assessment_figure_figure on evidence.assessment_figure (partnership_id, figure_id);
create index assessment_figure_finding on evidence.assessment_figure (partnership_id, finding_id);

-- A passage that stays out of what partners and the public read (PCSC Act 2022 s.8(8)), word for word.
create table evidence.assessment_exclusion (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  section_id uuid not null,
  passage text not null check (length(passage) between 1 and 5000),
  ground text not null check (ground in ('safety', 'crime', 'institution')),
  because text not null check (length(because) between 1 and 1000),
  by text not null check (by = 'system' or length(by) = 36),
  at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, section_id) references evidence.assessment_section (partnership_id, id)
);
create index assessment_exclusion_section on evidence.assessment_exclusion (partnership_id, section_id);

-- What a partner was asked to contribute.
create table evidence.assessment_ask (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  assessment_id uuid not null,
  section_id uuid,
  organisation_id uuid not null,
  question text not null check (length(question) between 1 and 1000),
  due date not null,
  asked_by text not null check (asked_by = 'system' or length(asked_by) = 36),
  state text not null default 'asked' check (state in ('asked', 'answered', 'declined')),
  answer text check (length(answer) between 1 and 10000),
  answered_by text check (answered_by = 'system' or length(answered_by) = 36),
  answered_on date,
  unique (partnership_id, id),
  foreign key (partnership_id, assessment_id) references evidence.assessment (partnership_id, id),
  foreign key (partnership_id, section_id) references evidence.assessment_section (partnership_id, id),
  foreign key (partnership_id, organisation_id) references partnership.organisation (partnership_id, id),
  check ((state = 'asked') = (answer is null)),
  check ((state = 'asked') = (answered_on is null))
);
create index assessment_ask_assessment on evidence.assessment_ask (partnership_id, assessment_id);
create index assessment_ask_section on evidence.assessment_ask (partnership_id, section_id);
create index assessment_ask_organisation on evidence.assessment_ask (partnership_id, organisation_id);

create table evidence.assessment_comment (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  section_id uuid not null,
  reply_to_id uuid,
  words text not null check (length(words) between 1 and 4000),
  by text not null check (by = 'system' or length(by) = 36),
  at timestamptz not null default clock_timestamp(),
  resolved_by text check (resolved_by = 'system' or length(resolved_by) = 36),
  resolved_at timestamptz,
  unique (partnership_id, id),
  foreign key (partnership_id, section_id) references evidence.assessment_section (partnership_id, id),
  foreign key (partnership_id, reply_to_id) references evidence.assessment_comment (partnership_id, id),
  check ((resolved_by is null) = (resolved_at is null)),
  check (reply_to_id is null or resolved_at is null)
);
create index assessment_comment_section on evidence.assessment_comment (partnership_id, section_id);
create index assessment_comment_reply on evidence.assessment_comment (partnership_id, reply_to_id);

-- Whether an organisation agrees that its figures are seen outside, as they stand in this assessment.
create table evidence.clearance (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  assessment_id uuid not null,
  organisation_id uuid not null,
  due date not null,
  asked_on date not null,
  asked_by text not null check (asked_by = 'system' or length(asked_by) = 36),
  answer text check (answer in ('cleared', 'objected')),
  because text check (length(because) between 1 and 2000),
  answered_by text check (answered_by = 'system' or length(answered_by) = 36),
  answered_on date,
  -- Of its figures and the words beside them when it answered: another figure needs another answer.
  seen_sha256 text check (seen_sha256 ~ '^sha256:[0-9a-f]{64}$'),
  unique (partnership_id, id),
  unique (partnership_id, assessment_id, organisation_id),
  foreign key (partnership_id, assessment_id) references evidence.assessment (partnership_id, id),
  foreign key (partnership_id, organisation_id) references partnership.organisation (partnership_id, id),
  check (due >= asked_on),
  check ((answer is null) = (seen_sha256 is null)),
  check ((answer is null) = (answered_on is null)),
  check (answer is distinct from 'objected' or because is not null)
);
create index clearance_organisation on evidence.clearance (partnership_id, organisation_id);

-- What a body approved stays as it was, and so does what was published: the database says so too.
create function evidence.keep_approved() returns trigger
language plpgsql set search_path = '' as $$
declare
  gone jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  now_row jsonb := coalesce(to_jsonb(new), gone);
  of_assessment uuid := coalesce(now_row->>'assessment_id',
    (select s.assessment_id::text from evidence.assessment_section s where s.id = (now_row->>'section_id')::uuid))::uuid;
begin
  if exists (select from evidence.assessment a where a.id = of_assessment and a.state in ('approved', 'published', 'superseded'))
    then raise exception 'the assessment % was approved and stays as it is', of_assessment using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger approved_stays before insert or update or delete on evidence.assessment_figure
  for each row when (current_user <> 'concord_owner') execute function evidence.keep_approved();
create trigger approved_stays before insert or update or delete on evidence.assessment_exclusion
  for each row when (current_user <> 'concord_owner') execute function evidence.keep_approved();
create trigger approved_stays before insert or update or delete on evidence.assessment_section
  for each row when (current_user <> 'concord_owner') execute function evidence.keep_approved();

create function evidence.keep_published() returns trigger
language plpgsql set search_path = '' as $$
begin
  if old.state not in ('published', 'superseded') then return new; end if;
  if old.state = 'published' and new.state = 'superseded'
    and to_jsonb(new) - 'state' - 'superseded_by_id' = to_jsonb(old) - 'state' - 'superseded_by_id' then return new; end if;
  raise exception 'the assessment % was published and stays as it is', old.id using errcode = 'restrict_violation';
end $$;
create trigger published_stays before update on evidence.assessment
  for each row when (current_user <> 'concord_owner') execute function evidence.keep_published();

-- ── History ────────────────────────────────────────────────────────────────────────────────────────────────────────────

create trigger kept after insert or update or delete on evidence.finding
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');
create trigger kept after insert or update or delete on evidence.driver
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');
create trigger kept after insert or update or delete on evidence.scoring_matrix
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');
create trigger kept after insert or update or delete on evidence.priority
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');
create trigger kept after insert or update or delete on evidence.priority_finding
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('priority_id');
create trigger kept after insert or update or delete on evidence.problem_profile
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('priority_id');
create trigger kept after insert or update or delete on evidence.assessment
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');
create trigger kept after insert or update or delete on evidence.assessment_section
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');
create trigger kept after insert or update or delete on evidence.assessment_figure
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('section_id');
create trigger kept after insert or update or delete on evidence.assessment_exclusion
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('section_id');
create trigger kept after insert or update or delete on evidence.assessment_ask
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('assessment_id');
create trigger kept after insert or update or delete on evidence.clearance
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('assessment_id');

-- ── What the public sees ───────────────────────────────────────────────────────────────────────────────────────────────

create table published.assessment (
  partnership_id uuid not null,
  id uuid not null,
  template text not null,
  title text not null,
  version int not null,
  area_name text not null,
  from_month text not null,
  to_month text not null,
  published_on date not null,
  approved_by text not null,
  approved_on date not null,
  superseded_by uuid,
  -- See `DocumentModel` in src/documents/model.ts: all that everybody may read, as it was on that day.
  document jsonb not null,
  -- [{ id, view, title, … }]: see `viewDocument` in src/evidence/view-document.ts.
  figures jsonb not null,
  primary key (partnership_id, id)
);
grant select on published.assessment to concord_member, concord_identity, concord_public;

-- Copies an assessment that the bound partnership published. Called in the unit of work that published it.
create function evidence.publish_assessment(assessment uuid, document jsonb, figures jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  here uuid := partnership.bound();
begin
  insert into published.assessment
    select here, a.id, a.template, a.title, a.version, a.area_name, a.from_month, a.to_month, a.published_on,
      -- A body that the public may not find is not named to it.
      coalesce(b.name, 'A body of the partnership'), a.approved_on, null, publish_assessment.document, publish_assessment.figures
    from evidence.assessment a
      left join published.body b on b.partnership_id = here and b.body_id = a.approved_by_id
    where a.partnership_id = here and a.id = publish_assessment.assessment and a.state = 'published';
  if not found then raise exception 'the assessment % is not published', publish_assessment.assessment; end if;
  update published.assessment p set superseded_by = a.superseded_by_id
    from evidence.assessment a
    where p.partnership_id = here and a.partnership_id = here and a.id = p.id and a.superseded_by_id is not null;
end $$;
revoke execute on function evidence.publish_assessment from public;
grant execute on function evidence.publish_assessment to concord_member;

-- ── Who may ────────────────────────────────────────────────────────────────────────────────────────────────────────────

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['finding', 'driver', 'scoring_matrix', 'priority', 'priority_finding', 'score', 'problem_profile',
    'assessment', 'assessment_section', 'assessment_figure', 'assessment_exclusion', 'assessment_ask', 'assessment_comment',
    'clearance']
  loop
    execute format('alter table evidence.%I enable row level security', name);
    execute format('alter table evidence.%I force row level security', name);
    execute format('create policy %I on evidence.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;
-- A finding is withdrawn, a factor ends, a priority is not chosen: none is deleted.
grant select, insert, update on evidence.finding, evidence.driver, evidence.scoring_matrix, evidence.priority,
  evidence.problem_profile, evidence.assessment, evidence.assessment_section, evidence.assessment_ask,
  evidence.assessment_comment, evidence.clearance to concord_member;
-- A score stays as it was given.
grant select, insert on evidence.score to concord_member;
grant select, insert, update, delete on evidence.priority_finding, evidence.assessment_figure, evidence.assessment_exclusion
  to concord_member;

-- Who speaks for which organisation: accounts of people with a post there, with its days.
create view partnership.shared_speaker with (security_barrier) as
  select p.account_id, o.organisation_id, o.title, o.since, o.until
  from partnership.person p
    join partnership.post o on o.partnership_id = p.partnership_id and o.person_id = p.id
  where p.account_id is not null
    and p.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid;
grant select on partnership.shared_speaker to concord_member;
