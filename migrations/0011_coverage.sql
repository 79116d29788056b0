-- Which months of a source are there, and which are not? What is loaded stands in evidence.release_month; here is what is
-- expected, and what people found out. A gap is read from these, never from noughts.

-- A source that is to come from a provider: since when, how often, how soon.
create table evidence.expected_source (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  source text not null check (source ~ '^[a-z]+(-[a-z]+)*$'),
  -- As its rows name it; empty where the format names none.
  provider text not null check (length(provider) <= 200),
  from_month text not null check (from_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  -- The last month that is expected. Null: it goes on.
  to_month text check (to_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  every_months int not null check (every_months in (1, 3, 12)),
  -- Days after the end of a period by which it should be here.
  lag_days int not null check (lag_days between 0 and 1000),
  -- Whom to ask when it does not come: a post or a team, as people write it.
  asked_of text check (length(asked_of) between 1 and 200),
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  unique (partnership_id, source, provider, from_month),
  check (to_month >= from_month)
);

-- What a person found out about months. It wins over what the rows suggest, until it is undone; the newest wins over others.
create table evidence.coverage_note (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  source text not null check (source ~ '^[a-z]+(-[a-z]+)*$'),
  -- Null: every provider of the source.
  provider text check (length(provider) <= 200),
  from_month text not null check (from_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  to_month text not null check (to_month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  state text not null check (state in ('complete', 'partial', 'late', 'missing', 'not-expected')),
  reason text not null check (length(reason) between 1 and 1000),
  -- An account, or system.
  confirmed_by text not null,
  confirmed_on date not null,
  added_at timestamptz not null default clock_timestamp(),
  undone_by text,
  undone_on date,
  unique (partnership_id, id),
  check (to_month >= from_month),
  check ((undone_by is null) = (undone_on is null))
);
create index coverage_note_source on evidence.coverage_note (partnership_id, source, added_at);

create trigger kept after insert or update or delete on evidence.expected_source
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');
create trigger kept after insert or update or delete on evidence.coverage_note
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['expected_source', 'coverage_note'] loop
    execute format('alter table evidence.%I enable row level security', name);
    execute format('alter table evidence.%I force row level security', name);
    execute format('create policy %I on evidence.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;

-- What was expected by mistake may go; what somebody confirmed is undone and stays.
grant select, insert, update, delete on evidence.expected_source to concord_member;
grant select, insert on evidence.coverage_note to concord_member;
grant update (undone_by, undone_on) on evidence.coverage_note to concord_member;
