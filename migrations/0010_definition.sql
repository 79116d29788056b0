-- What counts as serious violence (PCSC Act 2022 s.13), decided version by version, and the indicators by which change is seen.

create table evidence.definition (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  -- What all versions of it are called in commands and figures.
  line text not null check (line ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(line) <= 60),
  version int not null check (version between 1 and 9999),
  name text not null check (length(name) between 1 and 200),
  about text check (length(about) between 1 and 2000),
  -- See KindDecision and SourceSelections in src/evidence/definition.ts.
  kinds jsonb not null check (jsonb_typeof(kinds) = 'array'),
  sources jsonb not null check (jsonb_typeof(sources) = 'array'),
  -- Of what it says: name, kinds, sources. What a figure's passport names.
  sha256 text not null check (sha256 ~ '^sha256:[0-9a-f]{64}$'),
  -- One of the partnership's bodies, or a body in words.
  decided_by_id uuid,
  decided_by text check (length(decided_by) between 1 and 300),
  -- As people write it: "14 March 2023", "September 2022".
  decided_on text check (length(decided_on) between 1 and 80),
  effective_from date,
  review_by date,
  -- Null: a draft.
  adopted_at timestamptz,
  -- The first day on which another holds in its place.
  superseded_from date,
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  unique (partnership_id, line, version),
  foreign key (partnership_id, decided_by_id) references partnership.body (partnership_id, id),
  check (adopted_at is null or (decided_on is not null and effective_from is not null
    and (decided_by_id is not null or decided_by is not null))),
  check (review_by > effective_from),
  check (superseded_from > effective_from),
  check (superseded_from is null or adopted_at is not null)
);
create index definition_decided_by on evidence.definition (partnership_id, decided_by_id);
-- One that no other has followed yet; two that are adopted at the same moment cannot both be it.
create unique index definition_newest on evidence.definition (partnership_id)
  where adopted_at is not null and superseded_from is null;

-- Who asked what about it, and what they were told: "why is domestic abuse out?"
create table evidence.definition_question (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  definition_id uuid not null,
  -- The kind of violence that it is about, if it is about one.
  kind text check (length(kind) between 1 and 60),
  question text not null check (length(question) between 1 and 2000),
  -- A committee, a body, an organisation.
  asked_by text not null check (length(asked_by) between 1 and 200),
  asked_on text not null check (length(asked_on) between 1 and 80),
  answer text check (length(answer) between 1 and 4000),
  answered_on text check (length(answered_on) between 1 and 80),
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, definition_id) references evidence.definition (partnership_id, id) on delete cascade,
  check ((answer is null) = (answered_on is null))
);
create index definition_question_definition on evidence.definition_question (partnership_id, definition_id);

-- What a body adopted stays as it was: all that may still be said of it is when another took its place.
create function evidence.keep_adopted() returns trigger
language plpgsql set search_path = '' as $$
begin
  if old.adopted_at is null then return case when tg_op = 'DELETE' then old else new end; end if;
  if tg_op = 'UPDATE' and old.superseded_from is null and to_jsonb(new) - 'superseded_from' = to_jsonb(old) - 'superseded_from'
    then return new; end if;
  raise exception 'the definition % was adopted and stays as it is', old.id using errcode = 'restrict_violation';
end $$;
create trigger adopted_stays before update or delete on evidence.definition
  for each row execute function evidence.keep_adopted();

create table evidence.indicator (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  line text not null check (line ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(line) <= 60),
  name text not null check (length(name) between 1 and 200),
  why text check (length(why) between 1 and 2000),
  source text not null check (source ~ '^[a-z]+(-[a-z]+)*$'),
  -- See src/evidence/indicator.ts for what the values of these mean.
  counted jsonb not null check (jsonb_typeof(counted) = 'object'),
  denominator jsonb not null check (jsonb_typeof(denominator) = 'object'),
  unit text not null check (unit in ('count', 'per-100000', 'per-million', 'percent')),
  polarity text not null check (polarity in ('lower', 'higher', 'neither')),
  period text not null check (period in ('month', 'quarter', 'financial-year', 'rolling-year', 'three-years')),
  target jsonb check (jsonb_typeof(target) = 'object'),
  comparator text not null check (comparator in ('none', 'nation', 'region', 'force', 'most-similar')),
  -- [{ month, words }]: from that month on it is counted otherwise.
  breaks jsonb not null default '[]' check (jsonb_typeof(breaks) = 'array'),
  -- A post or an organisation.
  owner text check (length(owner) between 1 and 200),
  disclosure text not null check (disclosure in ('open', 'standard', 'health')),
  is_national boolean not null default false,
  ended_on date,
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  unique (partnership_id, line)
);

create trigger kept after insert or update or delete on evidence.definition
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');
create trigger kept after insert or update or delete on evidence.definition_question
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('definition_id');
create trigger kept after insert or update or delete on evidence.indicator
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');

-- ── What the public sees ───────────────────────────────────────────────────────────────────────────────────────────────

create table published.definition (
  partnership_id uuid not null,
  line text not null,
  version int not null,
  name text not null,
  about text,
  -- [{ name, inclusion, ageScope, setting, rationale, alternativeGovernance }]: neither evidence nor dissent.
  kinds jsonb not null,
  decided_by text,
  decided_on text not null,
  effective_from date not null,
  until date,
  review_by date,
  primary key (partnership_id, line, version)
);
grant select on published.definition to concord_member, concord_identity, concord_public;

-- Copies what was adopted in the bound partnership. Called in the unit of work that adopted it.
create function evidence.publish_definitions() returns void
language plpgsql security definer set search_path = '' as $$
declare
  here uuid := partnership.bound();
begin
  delete from published.definition where partnership_id = here;
  insert into published.definition
    select here, d.line, d.version, d.name, d.about,
      (select coalesce(jsonb_agg(jsonb_build_object('name', k->'name', 'inclusion', k->'inclusion', 'ageScope', k->'ageScope',
          'setting', k->'setting', 'rationale', k->'rationale', 'alternativeGovernance', k->'alternativeGovernance')
          order by place), '[]')
        from jsonb_array_elements(d.kinds) with ordinality as each(k, place)),
      coalesce(b.name, d.decided_by), d.decided_on, d.effective_from, d.superseded_from, d.review_by
    from evidence.definition d
      left join partnership.body b on b.partnership_id = here and b.id = d.decided_by_id and b.is_public
    where d.partnership_id = here and d.adopted_at is not null;
end $$;
revoke execute on function evidence.publish_definitions from public;
grant execute on function evidence.publish_definitions to concord_member;

-- ── Who may ────────────────────────────────────────────────────────────────────────────────────────────────────────────

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['definition', 'definition_question', 'indicator'] loop
    execute format('alter table evidence.%I enable row level security', name);
    execute format('alter table evidence.%I force row level security', name);
    execute format('create policy %I on evidence.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;
grant select, insert, update, delete on evidence.definition, evidence.definition_question to concord_member;
-- An indicator ends; it is not deleted.
grant select, insert, update on evidence.indicator to concord_member;

create view partnership.shared_body with (security_barrier) as
  select b.id, b.name, b.since, b.until
  from partnership.body b
  where b.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid;
grant select on partnership.shared_body to concord_member;
