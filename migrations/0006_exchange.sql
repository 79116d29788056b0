-- Who may see what? The agreements under which partners share data: between whom, for what, by which power, until when.
--
-- Data about single events may be loaded only while an agreement covers it; see src/exchange/agreement.ts for the rule.
-- The days here are days of the calendar and no partial dates: whether an agreement covers data must never hang on how
-- "early 2024" is read.

create schema exchange;
grant usage on schema exchange to concord_member;

create table exchange.agreement (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  title text not null check (length(title) between 1 and 200),
  purpose text not null check (length(purpose) between 1 and 2000),
  -- How closely people may look: rows of single events, or counts of them only.
  level text not null check (level in ('records', 'counts')),
  -- The power to share; see src/exchange/gateway.ts.
  gateway text not null check (gateway ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  -- See src/duty/marking.ts.
  marking text not null check (marking in ('unmarked', 'official', 'official-sensitive')),
  handling text[] not null default '{}' check (cardinality(handling) <= 10),
  -- The day on which the last party signed. Null: a draft, under which nothing may be shared.
  signed_on date,
  starts date,
  -- The last day. Null: none is named.
  ends date,
  review_due date,
  -- The last day of one that ended before its time or was given up as a draft, and why.
  ended_on date,
  ended_because text check (length(ended_because) between 1 and 1000),
  notes text check (length(notes) <= 4000),
  -- The agreement that this one renews.
  follows_id uuid,
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, follows_id) references exchange.agreement (partnership_id, id),
  check (follows_id <> id),
  check (signed_on is null or starts is not null),
  check (ends >= starts),
  check ((ended_on is null) = (ended_because is null)),
  check (marking <> 'unmarked' or handling = '{}')
);
create index agreement_follows on exchange.agreement (partnership_id, follows_id);

create table exchange.agreement_party (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  agreement_id uuid not null,
  organisation_id uuid not null,
  role text not null check (role in ('sends', 'receives', 'both')),
  unique (partnership_id, agreement_id, organisation_id),
  foreign key (partnership_id, agreement_id) references exchange.agreement (partnership_id, id),
  foreign key (partnership_id, organisation_id) references partnership.organisation (partnership_id, id)
);
create index agreement_party_organisation on exchange.agreement_party (partnership_id, organisation_id);

-- Which data it covers: names of source formats.
create table exchange.agreement_source (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  agreement_id uuid not null,
  source text not null check (source ~ '^[a-z]+(-[a-z]+)*$' and length(source) <= 60),
  unique (partnership_id, agreement_id, source),
  foreign key (partnership_id, agreement_id) references exchange.agreement (partnership_id, id)
);
create index agreement_source_name on exchange.agreement_source (partnership_id, source);

-- ── History ────────────────────────────────────────────────────────────────────────────────────────────────────────────

create trigger kept after insert or update or delete on exchange.agreement
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');
create trigger kept after insert or update or delete on exchange.agreement_party
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('agreement_id');
create trigger kept after insert or update or delete on exchange.agreement_source
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('agreement_id');

-- ── Who may ────────────────────────────────────────────────────────────────────────────────────────────────────────────

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['agreement', 'agreement_party', 'agreement_source']
  loop
    execute format('alter table exchange.%I enable row level security', name);
    execute format('alter table exchange.%I force row level security', name);
    execute format('create policy %I on exchange.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;
-- An agreement ends; it is not deleted.
grant select, insert, update on exchange.agreement to concord_member;
grant select, insert, update, delete on exchange.agreement_party, exchange.agreement_source to concord_member;

-- ── What other slices may ask ──────────────────────────────────────────────────────────────────────────────────────────

create view partnership.shared_organisation with (security_barrier) as
  select o.id, o.name
  from partnership.organisation o
  where o.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid;
grant select on partnership.shared_organisation to concord_member;

-- Agreements that were signed, with the days on which they hold: the last is 9999-12-31 where none is named.
create view exchange.shared_agreement with (security_barrier) as
  select a.id, a.title, a.level, a.gateway, a.marking, a.handling,
    greatest(a.signed_on, a.starts) as live_from,
    coalesce(least(a.ends, a.ended_on), date '9999-12-31') as live_to,
    array(select s.source from exchange.agreement_source s
      where s.partnership_id = a.partnership_id and s.agreement_id = a.id order by s.source) as sources
  from exchange.agreement a
  where a.signed_on is not null
    and a.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid;
grant select on exchange.shared_agreement to concord_member;
