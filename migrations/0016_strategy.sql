-- What will we do? The strategy under the Serious Violence Duty (PCSC Act 2022 s.8) version by version, the aims and the
-- priorities that it serves, and the plan: actions, their milestones and what their owners say of them.

create schema strategy;
grant usage on schema strategy to concord_member;

-- One version of a strategy. What was published stays as it was.
create table strategy.strategy (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  -- What all versions of it are called.
  line text not null check (line ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(line) between 2 and 60),
  version int not null check (version between 1 and 9999),
  level text not null check (level in ('hub', 'local')),
  title text not null check (length(title) between 1 and 200),
  -- See the machine in src/strategy/strategy.ts.
  state text not null default 'draft'
    check (state in ('draft', 'comment', 'sign-off', 'published', 'review', 'revised', 'superseded')),
  -- Text by section; see `sections` in src/strategy/strategy.ts.
  sections jsonb not null default '{}' check (jsonb_typeof(sections) = 'object'),
  starts date,
  ends date,
  -- The aims as they were when the text was closed for sign-off: [{ id, title, words, hub }]. Null before.
  aims jsonb check (jsonb_typeof(aims) = 'array'),
  -- Of title, level, term, sections and aims: what each authority signs off. Null before the text is closed.
  sha256 text check (sha256 ~ '^sha256:[0-9a-f]{64}$'),
  -- The check of s.8(8): { safety, prejudice, security, by, on, note }.
  exclusion jsonb check (jsonb_typeof(exclusion) = 'object'),
  published_on date,
  review_due date,
  -- Where an earlier strategy or a protocol was taken over as a record: where it is to be found, and what followed it.
  imported_from text check (length(imported_from) between 1 and 1000),
  scope_break text check (length(scope_break) between 1 and 1000),
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  unique (partnership_id, line, version),
  check (ends >= starts),
  check (state not in ('published', 'review', 'revised') or (published_on is not null and sha256 is not null))
);

create function strategy.keep_published() returns trigger
language plpgsql set search_path = '' as $$
declare
  may_change text[] := array['state', 'review_due'];
begin
  if old.published_on is null then return case when tg_op = 'DELETE' then old else new end; end if;
  if tg_op = 'UPDATE' and to_jsonb(new) - may_change = to_jsonb(old) - may_change then return new; end if;
  raise exception 'the strategy % was published and stays as it is', old.id using errcode = 'restrict_violation';
end $$;
create trigger published_stays before update or delete on strategy.strategy
  for each row execute function strategy.keep_published();

-- What somebody says of a draft, what they are answered, and what changed in the text because of it.
create table strategy.comment (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  strategy_id uuid not null,
  section text not null check (length(section) between 1 and 60),
  words text not null check (length(words) between 1 and 4000),
  -- A committee, an organisation, a group of residents; never a person's name.
  made_by text not null check (length(made_by) between 1 and 200),
  made_on date not null,
  reply text check (length(reply) between 1 and 4000),
  replied_on date,
  -- { before, after }: the section as it read, and as it reads. Null: nothing changed.
  change jsonb check (jsonb_typeof(change) = 'object'),
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, strategy_id) references strategy.strategy (partnership_id, id) on delete cascade,
  check ((reply is null) = (replied_on is null)),
  check (change is null or reply is not null)
);
create index comment_strategy on strategy.comment (partnership_id, strategy_id);

-- Who signed these exact words off, on which day, at which of its bodies; and which committees noted them.
create table strategy.approval (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  strategy_id uuid not null,
  kind text not null check (kind in ('approved', 'noted')),
  -- The specified authority; null for a committee that noted it.
  organisation_id uuid,
  body text not null check (length(body) between 1 and 200),
  on_day date not null,
  sha256 text not null check (sha256 ~ '^sha256:[0-9a-f]{64}$'),
  reference text check (length(reference) between 1 and 200),
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, strategy_id) references strategy.strategy (partnership_id, id) on delete cascade,
  foreign key (partnership_id, organisation_id) references partnership.organisation (partnership_id, id),
  check (kind = 'noted' or organisation_id is not null)
);
create unique index approval_once on strategy.approval (partnership_id, strategy_id, organisation_id, sha256) where kind = 'approved';

-- Whom s.8(4) names: each educational, prison and youth custody authority of the area, and when it was consulted.
create table strategy.consultee (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  strategy_id uuid not null,
  organisation_id uuid not null,
  consulted_on date not null,
  how text check (length(how) between 1 and 500),
  unique (partnership_id, id),
  unique (partnership_id, strategy_id, organisation_id),
  foreign key (partnership_id, strategy_id) references strategy.strategy (partnership_id, id) on delete cascade,
  foreign key (partnership_id, organisation_id) references partnership.organisation (partnership_id, id)
);

-- Two axes: the aims of the strategy, and the priorities of the partnership's plan.
create table strategy.aim (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  axis text not null check (axis in ('aim', 'priority')),
  place int not null check (place between 1 and 999),
  title text not null check (length(title) between 1 and 200),
  words text check (length(words) between 1 and 4000),
  -- The body that leads on a priority; nobody's aim has one.
  lead_id uuid,
  -- What it was taken over from: { partnership, strategy, version, aim, title, words }. The hub's, as it was published.
  hub jsonb check (jsonb_typeof(hub) = 'object'),
  -- Of another board, linked and not absorbed: where its own strategy is.
  elsewhere text check (length(elsewhere) between 1 and 500),
  ended_on date,
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, lead_id) references partnership.body (partnership_id, id)
);
create index aim_axis on strategy.aim (partnership_id, axis, place);

create table strategy.action (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  -- As people call it: "A12". Free for a new one.
  number int not null check (number between 1 and 99999),
  title text not null check (length(title) between 1 and 300),
  about text check (length(about) between 1 and 4000),
  -- Null while it is a draft: see `lacksOf` in src/strategy/action.ts.
  lead_id uuid,
  -- A post or a name: shown to members only.
  owner text check (length(owner) between 1 and 200),
  -- Where a link for an update is sent.
  owner_email text check (length(owner_email) between 3 and 254),
  starts jsonb check (partnership.is_partial_date(starts)),
  due jsonb check (partnership.is_partial_date(due)),
  -- The latest day that `due` can mean: after it, the action is late.
  due_latest date,
  origin text not null check (origin in ('under-way', 'changed', 'new')),
  funding text not null check (funding in ('funded', 'within-budgets', 'unfunded')),
  cost_pence bigint check (cost_pence between 0 and 9999999999999),
  status text not null default 'planned' check (status in ('planned', 'under-way', 'at-risk', 'blocked', 'done', 'stopped')),
  -- Why it stands so.
  reason text check (length(reason) between 1 and 2000),
  theme text not null check (theme ~ '^[a-z]+(-[a-z]+)*$'),
  tiers text[] not null default '{}' check (tiers <@ array['primary', 'secondary', 'tertiary']),
  -- On whom s.8(5) places it by name.
  is_named boolean not null default false,
  -- What it needs decided, and of whom.
  needs_decision text check (length(needs_decision) between 1 and 1000),
  evidence text check (length(evidence) between 1 and 2000),
  -- The indicator on which it should show, which way, and by when.
  indicator_id uuid,
  effect text check (length(effect) between 1 and 500),
  effect_by jsonb check (partnership.is_partial_date(effect_by)),
  -- Nothing closes without what came of it and what was learned.
  closed_on date,
  result text check (length(result) between 1 and 4000),
  learned text check (length(learned) between 1 and 4000),
  -- The day of the last update by whoever owns it.
  updated_on date,
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  unique (partnership_id, number),
  foreign key (partnership_id, lead_id) references partnership.organisation (partnership_id, id),
  foreign key (partnership_id, indicator_id) references evidence.indicator (partnership_id, id),
  check ((status in ('done', 'stopped')) = (closed_on is not null)),
  check (closed_on is null or (result is not null and learned is not null))
);
create index action_lead on strategy.action (partnership_id, lead_id);
create index action_indicator on strategy.action (partnership_id, indicator_id);

-- Which aims and which priorities it serves.
create table strategy.action_aim (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  action_id uuid not null,
  aim_id uuid not null,
  unique (partnership_id, action_id, aim_id),
  foreign key (partnership_id, action_id) references strategy.action (partnership_id, id),
  foreign key (partnership_id, aim_id) references strategy.aim (partnership_id, id)
);
create index action_aim_aim on strategy.action_aim (partnership_id, aim_id);

create table strategy.action_partner (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  action_id uuid not null,
  organisation_id uuid not null,
  unique (partnership_id, action_id, organisation_id),
  foreign key (partnership_id, action_id) references strategy.action (partnership_id, id),
  foreign key (partnership_id, organisation_id) references partnership.organisation (partnership_id, id)
);

-- What has to be done before it can be.
create table strategy.action_need (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  action_id uuid not null,
  needs_id uuid not null,
  unique (partnership_id, action_id, needs_id),
  foreign key (partnership_id, action_id) references strategy.action (partnership_id, id),
  foreign key (partnership_id, needs_id) references strategy.action (partnership_id, id),
  check (action_id <> needs_id)
);
create index action_need_needs on strategy.action_need (partnership_id, needs_id);

create table strategy.milestone (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  action_id uuid not null,
  title text not null check (length(title) between 1 and 300),
  due jsonb check (partnership.is_partial_date(due)),
  due_latest date,
  done_on date,
  unique (partnership_id, id),
  foreign key (partnership_id, action_id) references strategy.action (partnership_id, id)
);
create index milestone_action on strategy.milestone (partnership_id, action_id);

-- What whoever owns an action said of it, by page or by link. It is never changed.
create table strategy.action_update (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  action_id uuid not null,
  on_day date not null,
  status text not null,
  words text not null check (length(words) between 1 and 2000),
  -- An account, or `link` where it came by a signed link.
  by text not null check (by = 'link' or by = 'system' or length(by) = 36),
  added_at timestamptz not null default now(),
  foreign key (partnership_id, action_id) references strategy.action (partnership_id, id)
);
create index action_update_action on strategy.action_update (partnership_id, action_id, added_at desc);

-- A plan that somebody sent as a file: what was read of it, and the rows that were refused, to go back.
create table strategy.plan_file (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  file_name text not null check (length(file_name) between 1 and 200),
  added int not null,
  changed int not null,
  unchanged int not null,
  -- [{ row, cells, reason }]
  refused jsonb not null check (jsonb_typeof(refused) = 'array'),
  sent_by text not null check (length(sent_by) = 36),
  sent_at timestamptz not null default now()
);

-- Is it working? An indicator, or a count that a service keeps, held against a baseline and a target.
create table strategy.measure (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  question text not null check (length(question) between 1 and 300),
  -- Is the town safer? Or: did the service deliver? Never one for the other.
  accountability text not null check (accountability in ('population', 'performance')),
  -- Where the numbers come from: an indicator of the evidence; null where they are typed in.
  indicator_id uuid,
  -- What it is about.
  aim_id uuid,
  action_id uuid,
  unit text not null check (length(unit) between 1 and 100),
  better text not null check (better in ('lower', 'higher')),
  -- A target, or a direction only.
  target numeric,
  target_by date,
  -- How far off, as a share of the target, still counts as met.
  tolerance numeric not null default 0 check (tolerance between 0 and 1),
  baseline_period text check (length(baseline_period) between 1 and 40),
  ended_on date,
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, indicator_id) references evidence.indicator (partnership_id, id),
  foreign key (partnership_id, aim_id) references strategy.aim (partnership_id, id),
  foreign key (partnership_id, action_id) references strategy.action (partnership_id, id),
  check (aim_id is not null or action_id is not null)
);
create index measure_aim on strategy.measure (partnership_id, aim_id);
create index measure_action on strategy.measure (partnership_id, action_id);
create index measure_indicator on strategy.measure (partnership_id, indicator_id);

-- Its values, a period each. What is missing has no row, and is not zero.
create table strategy.measure_value (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  measure_id uuid not null,
  month text not null check (month ~ '^\d{4}-\d\d$'),
  value numeric not null check (value >= 0),
  -- Of how many, where it is a share or a rate.
  out_of numeric check (out_of > 0),
  source text check (length(source) between 1 and 200),
  unique (partnership_id, measure_id, month),
  foreign key (partnership_id, measure_id) references strategy.measure (partnership_id, id)
);

-- Money with an end: grants, and where it went, in pence.
create table strategy.grant_fund (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  name text not null check (length(name) between 1 and 200),
  funder text not null check (length(funder) between 1 and 200),
  state text not null check (state in ('bid', 'awarded', 'refused', 'ended')),
  labour_pence bigint not null default 0 check (labour_pence between 0 and 9999999999999),
  non_labour_pence bigint not null default 0 check (non_labour_pence between 0 and 9999999999999),
  match_pence bigint not null default 0 check (match_pence between 0 and 9999999999999),
  starts date,
  ends date,
  may_carry_over boolean not null default false,
  conditions text check (length(conditions) between 1 and 2000),
  unique (partnership_id, id),
  check (ends >= starts)
);

create table strategy.grant_line (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  grant_id uuid not null,
  action_id uuid,
  kind text not null check (kind in ('allocated', 'committed', 'spent', 'forecast')),
  category text not null check (category in ('labour', 'non-labour')),
  pence bigint not null check (pence between 0 and 9999999999999),
  on_day date not null,
  words text check (length(words) between 1 and 300),
  foreign key (partnership_id, grant_id) references strategy.grant_fund (partnership_id, id),
  foreign key (partnership_id, action_id) references strategy.action (partnership_id, id)
);
create index grant_line_grant on strategy.grant_line (partnership_id, grant_id);
create index grant_line_action on strategy.grant_line (partnership_id, action_id);

-- What could go wrong.
create table strategy.risk (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  title text not null check (length(title) between 1 and 300),
  cause text check (length(cause) between 1 and 2000),
  owner text not null check (length(owner) between 1 and 200),
  likelihood int not null check (likelihood between 1 and 5),
  impact int not null check (impact between 1 and 5),
  -- As it was scored before; null the first time.
  likelihood_before int check (likelihood_before between 1 and 5),
  impact_before int check (impact_before between 1 and 5),
  aim_id uuid,
  -- The action that makes it less.
  action_id uuid,
  review_due date,
  closed_on date,
  closed_because text check (length(closed_because) between 1 and 1000),
  unique (partnership_id, id),
  foreign key (partnership_id, aim_id) references strategy.aim (partnership_id, id),
  foreign key (partnership_id, action_id) references strategy.action (partnership_id, id),
  check ((closed_on is null) = (closed_because is null))
);
create index risk_aim on strategy.risk (partnership_id, aim_id);
create index risk_action on strategy.risk (partnership_id, action_id);

-- How we think that it works: need → inputs → activities → outputs → outcomes → impact, and the arrows between them.
create table strategy.theory_step (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  stage text not null check (stage in ('need', 'input', 'activity', 'output', 'outcome', 'impact')),
  place int not null check (place between 1 and 999),
  words text not null check (length(words) between 1 and 300),
  action_id uuid,
  measure_id uuid,
  unique (partnership_id, id),
  foreign key (partnership_id, action_id) references strategy.action (partnership_id, id),
  foreign key (partnership_id, measure_id) references strategy.measure (partnership_id, id)
);
create table strategy.theory_arrow (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  from_id uuid not null,
  to_id uuid not null,
  assumption text not null check (length(assumption) between 1 and 500),
  -- How well it is known: untested until somebody says.
  grade text not null default 'untested' check (grade in ('untested', 'belief', 'local', 'studies', 'strong')),
  risk text check (length(risk) between 1 and 500),
  unique (partnership_id, id),
  unique (partnership_id, from_id, to_id),
  foreign key (partnership_id, from_id) references strategy.theory_step (partnership_id, id) on delete cascade,
  foreign key (partnership_id, to_id) references strategy.theory_step (partnership_id, id) on delete cascade,
  check (from_id <> to_id)
);

-- ── History ────────────────────────────────────────────────────────────────────────────────────────────────────────────

do $$
declare
  kept text[];
begin
  foreach kept slice 1 in array array[
    ['strategy', 'id'], ['comment', 'strategy_id'], ['approval', 'strategy_id'], ['consultee', 'strategy_id'], ['aim', 'id'],
    ['action', 'id'], ['action_aim', 'action_id'], ['action_partner', 'action_id'], ['action_need', 'action_id'],
    ['milestone', 'action_id'], ['measure', 'id'], ['grant_fund', 'id'], ['grant_line', 'grant_id'], ['risk', 'id']]
  loop
    execute format('create trigger kept after insert or update or delete on strategy.%I
      for each row when (current_user <> ''concord_owner'') execute function partnership.keep_change(%L)', kept[1], kept[2]);
  end loop;
end $$;

-- ── Who may ────────────────────────────────────────────────────────────────────────────────────────────────────────────

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['strategy', 'comment', 'approval', 'consultee', 'aim', 'action', 'action_aim', 'action_partner',
    'action_need', 'milestone', 'action_update', 'plan_file', 'measure', 'measure_value', 'grant_fund', 'grant_line', 'risk',
    'theory_step', 'theory_arrow']
  loop
    execute format('alter table strategy.%I enable row level security', name);
    execute format('alter table strategy.%I force row level security', name);
    execute format('create policy %I on strategy.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;
grant select, insert, update, delete on strategy.strategy, strategy.consultee, strategy.action_aim, strategy.action_partner,
  strategy.action_need, strategy.theory_step, strategy.theory_arrow, strategy.measure_value to concord_member;
-- These end; they are not deleted.
grant select, insert, update on strategy.comment, strategy.aim, strategy.action, strategy.milestone, strategy.measure,
  strategy.grant_fund, strategy.risk to concord_member;
-- These are never changed.
grant select, insert on strategy.approval, strategy.action_update, strategy.plan_file, strategy.grant_line to concord_member;

-- ── What this slice may ask of those above it ──────────────────────────────────────────────────────────────────────────

create view partnership.shared_membership with (security_barrier) as
  select m.organisation_id, o.name, m.capacity, m.since, m.until
  from partnership.membership m
    join partnership.organisation o on o.partnership_id = m.partnership_id and o.id = m.organisation_id
  where m.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid;
grant select on partnership.shared_membership to concord_member;

-- An organisation that another has followed: the membership goes on with the one that followed.
create view partnership.shared_succession with (security_barrier) as
  select s.predecessor_id, s.successor_id, o.name as successor_name, s.on_day
  from partnership.succession s
    join partnership.organisation o on o.partnership_id = s.partnership_id and o.id = s.successor_id
  where s.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid;
grant select on partnership.shared_succession to concord_member;

create view evidence.shared_indicator with (security_barrier) as
  select i.id, i.name, i.unit, i.polarity, i.source, i.is_national, i.ended_on
  from evidence.indicator i
  where i.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid;
grant select on evidence.shared_indicator to concord_member;

-- ── What the public sees ───────────────────────────────────────────────────────────────────────────────────────────────

create table published.strategy (
  partnership_id uuid not null,
  id uuid not null,
  line text not null,
  version int not null,
  level text not null,
  title text not null,
  state text not null,
  sections jsonb not null,
  starts date,
  ends date,
  -- [{ id, title, words, hub }]
  aims jsonb not null,
  sha256 text not null,
  published_on date not null,
  review_due date,
  -- [{ by, body, on, kind }]
  approvals jsonb not null,
  primary key (partnership_id, line, version)
);
-- The plan as it was last put out: never an owner's name or address.
create table published.plan (
  partnership_id uuid primary key,
  published_on date not null,
  -- See `PlanShown` in src/strategy/plan-document.ts.
  shown jsonb not null
);
grant select on published.strategy, published.plan to concord_member, concord_identity, concord_public;

-- Copies what is published of the bound partnership. Called in the unit of work that changed it.
create function strategy.publish_strategies() returns void
language plpgsql security definer set search_path = '' as $$
declare
  here uuid := partnership.bound();
begin
  delete from published.strategy where partnership_id = here;
  insert into published.strategy
    select here, s.id, s.line, s.version, s.level, s.title, s.state, s.sections, s.starts, s.ends, coalesce(s.aims, '[]'), s.sha256,
      s.published_on, s.review_due,
      (select coalesce(jsonb_agg(jsonb_build_object('by', o.name, 'body', a.body, 'on', a.on_day, 'kind', a.kind)
          order by a.on_day, a.body), '[]')
        from strategy.approval a
          left join partnership.organisation o on o.partnership_id = here and o.id = a.organisation_id and o.is_public
        where a.partnership_id = here and a.strategy_id = s.id and a.sha256 = s.sha256)
    from strategy.strategy s
    where s.partnership_id = here and s.published_on is not null and s.sha256 is not null;
end $$;
create function strategy.publish_plan(day date, shown jsonb) returns void
language sql security definer set search_path = '' as $$
  insert into published.plan (partnership_id, published_on, shown) values (partnership.bound(), day, shown)
    on conflict (partnership_id) do update set published_on = excluded.published_on, shown = excluded.shown;
$$;
revoke execute on function strategy.publish_strategies, strategy.publish_plan from public;
grant execute on function strategy.publish_strategies, strategy.publish_plan to concord_member;
