-- Who are we? The areas, organisations, people and bodies of a partnership, as they are and as they were.
--
-- Everything is dated and nothing is overwritten: a paper of July 2023 still finds the organisation, the post and the chair
-- of that day. Dates are partial dates ("early 2024"), kept as {text, earliest, latest}; see src/duty/partial-date.ts.
--
-- A row points at another by (partnership_id, id), so that no reference can lead into another partnership: PostgreSQL checks
-- foreign keys past row security.

-- ── Hub and areas ──────────────────────────────────────────────────────────────────────────────────────────────────────

-- A hub (a policing body, a violence reduction unit, councils together) is a partnership with local partnerships under it.
alter table platform.partnership
  add column kind text not null default 'area' check (kind in ('hub', 'area')),
  add column hub_id uuid references platform.partnership,
  add constraint hub_has_no_hub check (kind = 'area' or hub_id is null);
alter table published.partnership
  add column kind text not null default 'area',
  add column hub_id uuid;

-- The day on which the clocks of an example stand, so that what is due there stays due. Null: the real day.
alter table platform.installation add column today date;

create schema partnership;
grant usage on schema partnership to concord_member;

-- The partnership of the unit of work: what a row gets that names none.
create function partnership.bound() returns uuid language sql stable as $$
  select nullif(current_setting('concord.partnership', true), '')::uuid
$$;

create function partnership.is_partial_date(given jsonb) returns boolean language sql immutable as $$
  -- A condition that is null would let the row pass.
  select given is null or coalesce(
    jsonb_typeof(given) = 'object'
    and given - array['text', 'earliest', 'latest'] = '{}'
    and length(given->>'text') between 1 and 80
    and (given->>'earliest' is null or given->>'earliest' ~ '^\d{4}-\d\d-\d\d$')
    and (given->>'latest' is null or given->>'latest' ~ '^\d{4}-\d\d-\d\d$'), false)
$$;

-- Whether what runs from `since` to `until` may be so on this day. Where the words leave days open, they count: whoever
-- joined in "early 2024" is listed from January.
create function partnership.runs_on(since jsonb, until jsonb, day date) returns boolean language sql immutable as $$
  select coalesce(since->>'earliest', '0000') collate "C" <= day::text
     and coalesce(until->>'latest', '9999') collate "C" >= day::text
$$;

-- The areas in which the partnership acts: one for most, each district for a county.
create table partnership.area (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  code text not null check (code ~ '^[EW]\d{8}$'),
  name text not null check (length(name) between 1 and 200),
  vintage int not null check (vintage between 1974 and 2100),
  -- The county of a district.
  within_id uuid,
  since jsonb check (partnership.is_partial_date(since)),
  until jsonb check (partnership.is_partial_date(until)),
  unique (partnership_id, id),
  unique (partnership_id, code, vintage),
  foreign key (partnership_id, within_id) references partnership.area (partnership_id, id),
  check (within_id <> id)
);

-- ── Organisations ──────────────────────────────────────────────────────────────────────────────────────────────────────

create table partnership.organisation (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  -- The name of today, or the last one. Earlier names stand in other_name.
  name text not null check (length(name) between 1 and 200),
  website text check (length(website) <= 500),
  -- A refuge, say, is a member whom nobody may find.
  is_public boolean not null default true,
  ended jsonb check (partnership.is_partial_date(ended)),
  added_at timestamptz not null default now(),
  unique (partnership_id, id)
);
create unique index organisation_name on partnership.organisation (partnership_id, lower(name));

-- As what, where and when an organisation belongs. The capacity is the membership's and not the organisation's: where the
-- Act lists a body for one of its functions, only that function counts (PCSC Act 2022 s.11(2)-(3)).
create table partnership.membership (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  organisation_id uuid not null,
  -- A kind of authority; see src/duty/authority.ts.
  capacity text not null check (capacity ~ '^[a-z]+(-[a-z]+)*$'),
  -- Null: in all areas of the partnership.
  area_id uuid,
  -- "As and when required other organisations may be opted in": why this one was.
  opted_in_because text check (length(opted_in_because) between 1 and 1000),
  since jsonb check (partnership.is_partial_date(since)),
  until jsonb check (partnership.is_partial_date(until)),
  unique (partnership_id, id),
  foreign key (partnership_id, organisation_id) references partnership.organisation (partnership_id, id),
  foreign key (partnership_id, area_id) references partnership.area (partnership_id, id)
);
create index membership_organisation on partnership.membership (partnership_id, organisation_id);

-- What became of an organisation: several may merge into one, one may split into several, one may replace another.
create table partnership.succession (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  predecessor_id uuid not null,
  successor_id uuid not null,
  on_day jsonb not null check (partnership.is_partial_date(on_day)),
  primary key (partnership_id, predecessor_id, successor_id),
  foreign key (partnership_id, predecessor_id) references partnership.organisation (partnership_id, id),
  foreign key (partnership_id, successor_id) references partnership.organisation (partnership_id, id),
  check (predecessor_id <> successor_id)
);
create index succession_successor on partnership.succession (partnership_id, successor_id);

-- ── People ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

-- People who act for an organisation, whether they sign in or not.
create table partnership.person (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  -- Of somebody who takes part with lived experience: a label such as "Member with lived experience 2". The name stands
  -- in protected_name and nowhere else.
  name text not null check (length(name) between 1 and 200),
  email text check (length(email) <= 254),
  phone text check (length(phone) <= 40),
  has_lived_experience boolean not null default false,
  -- Who signs in as this person.
  account_id uuid references identity.person,
  left_on jsonb check (partnership.is_partial_date(left_on)),
  added_at timestamptz not null default now(),
  unique (partnership_id, id)
);
create index person_name on partnership.person (partnership_id, lower(name));
create unique index person_account on partnership.person (partnership_id, account_id);
create unique index person_email on partnership.person (partnership_id, lower(email));

create table partnership.protected_name (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  person_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  primary key (partnership_id, person_id),
  foreign key (partnership_id, person_id) references partnership.person (partnership_id, id) on delete cascade
);

-- The post that a person holds, with its title of that time: "Acting Head of Public Protection", then "Head".
create table partnership.post (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  person_id uuid not null,
  organisation_id uuid not null,
  title text not null check (length(title) between 1 and 200),
  since jsonb check (partnership.is_partial_date(since)),
  until jsonb check (partnership.is_partial_date(until)),
  unique (partnership_id, id),
  foreign key (partnership_id, person_id) references partnership.person (partnership_id, id) on delete cascade,
  foreign key (partnership_id, organisation_id) references partnership.organisation (partnership_id, id)
);
create index post_person on partnership.post (partnership_id, person_id);
create index post_organisation on partnership.post (partnership_id, organisation_id);

-- ── Bodies ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Boards, groups and committees.
create table partnership.body (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('board', 'group', 'committee', 'meeting')),
  -- Whether it is one of the partnership's own, or another board's, such as scrutiny, that is linked and not absorbed.
  is_own boolean not null default true,
  purpose text check (length(purpose) <= 2000),
  terms text check (length(terms) <= 20000),
  -- The day on which the terms are looked at again.
  terms_review jsonb check (partnership.is_partial_date(terms_review)),
  frequency text not null check (frequency in
    ('daily', 'weekly', 'fortnightly', 'monthly', 'every-two-months', 'quarterly', 'twice-a-year', 'yearly', 'as-needed')),
  reports_to_id uuid,
  -- Who runs it: the council for its scrutiny committee, the police for tasking.
  host_id uuid,
  is_public boolean not null default true,
  since jsonb check (partnership.is_partial_date(since)),
  until jsonb check (partnership.is_partial_date(until)),
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, reports_to_id) references partnership.body (partnership_id, id),
  foreign key (partnership_id, host_id) references partnership.organisation (partnership_id, id),
  check (reports_to_id <> id)
);
create unique index body_name on partnership.body (partnership_id, lower(name));

-- A seat is an organisation's, a person's, or a person's for an organisation.
create table partnership.seat (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  body_id uuid not null,
  organisation_id uuid,
  person_id uuid,
  role text not null check (role in ('chair', 'deputy-chair', 'member', 'in-attendance', 'secretary')),
  since jsonb check (partnership.is_partial_date(since)),
  until jsonb check (partnership.is_partial_date(until)),
  unique (partnership_id, id),
  foreign key (partnership_id, body_id) references partnership.body (partnership_id, id),
  foreign key (partnership_id, organisation_id) references partnership.organisation (partnership_id, id),
  foreign key (partnership_id, person_id) references partnership.person (partnership_id, id) on delete cascade,
  check (organisation_id is not null or person_id is not null)
);
create index seat_body on partnership.seat (partnership_id, body_id);
create index seat_person on partnership.seat (partnership_id, person_id);
create index seat_organisation on partnership.seat (partnership_id, organisation_id);

-- References to meetings and decisions that are minuted elsewhere, so that a record can say who decided it and when.
create table partnership.meeting (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  body_id uuid not null,
  on_day jsonb not null check (partnership.is_partial_date(on_day)),
  title text check (length(title) <= 200),
  -- Where its papers are.
  papers text check (length(papers) <= 500),
  unique (partnership_id, id),
  foreign key (partnership_id, body_id) references partnership.body (partnership_id, id)
);
create index meeting_body on partnership.meeting (partnership_id, body_id);

create table partnership.decision (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  meeting_id uuid not null,
  -- The number in the minutes, such as 7.2.
  reference text check (length(reference) <= 40),
  wording text not null check (length(wording) between 1 and 4000),
  unique (partnership_id, id),
  foreign key (partnership_id, meeting_id) references partnership.meeting (partnership_id, id)
);
create index decision_meeting on partnership.decision (partnership_id, meeting_id);

-- ── Names ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Other names of an organisation, of a body, or (neither) of the partnership itself: earlier ones, and what people also say.
create table partnership.other_name (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  organisation_id uuid,
  body_id uuid,
  name text not null check (length(name) between 1 and 200),
  use text not null check (use in ('former', 'also')),
  -- Of a former name: the last day on which it was the name.
  until jsonb check (partnership.is_partial_date(until)),
  unique (partnership_id, id),
  foreign key (partnership_id, organisation_id) references partnership.organisation (partnership_id, id),
  foreign key (partnership_id, body_id) references partnership.body (partnership_id, id),
  check (organisation_id is null or body_id is null)
);
create index other_name_organisation on partnership.other_name (partnership_id, organisation_id);
create index other_name_body on partnership.other_name (partnership_id, body_id);
create index other_name_words on partnership.other_name (partnership_id, lower(name));

-- ── Files read in ──────────────────────────────────────────────────────────────────────────────────────────────────────

-- A file that somebody sent, between the look at what it would change and the word to go on; afterwards, what came of it.
create table partnership.intake (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  kind text not null check (kind in ('areas', 'organisations', 'people', 'bodies', 'seats')),
  file_name text not null check (length(file_name) between 1 and 200),
  -- The rows as text by column, in the order of the file: emptied once the file was taken over or dropped.
  rows jsonb not null,
  sent_by uuid not null,
  sent_at timestamptz not null default now(),
  taken_at timestamptz,
  added int,
  changed int,
  unchanged int,
  -- Rows that could not be taken: {line, reason, cells}, for the file to correct.
  refused jsonb,
  unique (partnership_id, id)
);

-- ── History ────────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Every row as it was and as it became. The audit says who did something and never what the words were; this keeps the
-- words, for as long as the partnership keeps the record. Written by triggers, so that no way of changing can forget it.
create table partnership.change (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  -- Name of the table, and what the row belongs to: organisation, person, body, area, meeting.
  kind text not null,
  row_id uuid not null,
  subject_id uuid not null,
  before jsonb,
  after jsonb
);
create index change_subject on partnership.change (partnership_id, subject_id, at desc);
create index change_newest on partnership.change (partnership_id, at desc);

create function partnership.keep_change() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  became jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  row_now jsonb := coalesce(became, was);
begin
  if was = became then return null; end if;
  insert into partnership.change (partnership_id, actor, kind, row_id, subject_id, before, after)
    values ((row_now->>'partnership_id')::uuid,
      coalesce(nullif(current_setting('concord.person', true), ''), 'system'),
      tg_table_name,
      coalesce(row_now->>'id', row_now->>'predecessor_id')::uuid,
      -- tg_argv[0] names the columns that may say whose row it is; the first that is set says it.
      (select (row_now->>col)::uuid from unnest(string_to_array(tg_argv[0], ',')) with ordinality as c(col, place)
        where row_now->>col is not null order by place limit 1),
      was, became);
  return null;
end $$;
revoke execute on function partnership.keep_change from public;

-- Not while a backup is read in: it brings the changes of that time with it.
create trigger kept after insert or update or delete on partnership.area
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');
create trigger kept after insert or update or delete on partnership.organisation
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');
create trigger kept after insert or update or delete on partnership.membership
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('organisation_id');
create trigger kept after insert or update or delete on partnership.succession
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('predecessor_id');
create trigger kept after insert or update or delete on partnership.person
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');
create trigger kept after insert or update or delete on partnership.post
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('person_id');
create trigger kept after insert or update or delete on partnership.body
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');
create trigger kept after insert or update or delete on partnership.seat
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('body_id');
create trigger kept after insert or update or delete on partnership.meeting
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('body_id');
create trigger kept after insert or update or delete on partnership.decision
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('meeting_id');
create trigger kept after insert or update or delete on partnership.other_name
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('organisation_id,body_id,partnership_id');

-- ── What the public sees ───────────────────────────────────────────────────────────────────────────────────────────────

create table published.member (
  partnership_id uuid not null,
  organisation_id uuid not null,
  name text not null,
  website text,
  capacity text not null,
  area_name text not null default '',
  primary key (partnership_id, organisation_id, capacity, area_name)
);
create table published.body (
  partnership_id uuid not null,
  body_id uuid not null,
  name text not null,
  kind text not null,
  purpose text,
  frequency text not null,
  is_own boolean not null,
  -- The post or the organisation that chairs it; never a person's name.
  chair text,
  primary key (partnership_id, body_id)
);
create table published.area (
  partnership_id uuid not null,
  code text not null,
  name text not null,
  primary key (partnership_id, code)
);
create table published.other_name (
  partnership_id uuid not null,
  name text not null,
  primary key (partnership_id, name)
);
grant select on published.member, published.body, published.area, published.other_name
  to concord_member, concord_identity, concord_public;

-- Copies what is public of the bound partnership on this day, whole. Called in the unit of work that changed it.
create function partnership.publish(day date) returns void
language plpgsql security definer set search_path = '' as $$
declare
  here uuid := partnership.bound();
begin
  delete from published.area where partnership_id = here;
  insert into published.area
    select distinct on (a.code) here, a.code, a.name from partnership.area a
    where a.partnership_id = here and partnership.runs_on(a.since, a.until, day) order by a.code, a.vintage desc;
  delete from published.other_name where partnership_id = here;
  insert into published.other_name
    select distinct here, n.name from partnership.other_name n
    where n.partnership_id = here and n.organisation_id is null and n.body_id is null;
  delete from published.member where partnership_id = here;
  insert into published.member
    select distinct on (o.id, m.capacity, coalesce(a.name, '')) here, o.id, o.name, o.website, m.capacity, coalesce(a.name, '')
    from partnership.membership m
      join partnership.organisation o on o.partnership_id = here and o.id = m.organisation_id
      left join partnership.area a on a.partnership_id = here and a.id = m.area_id
    where m.partnership_id = here and o.is_public and partnership.runs_on(m.since, m.until, day);
  delete from published.body where partnership_id = here;
  insert into published.body
    select here, b.id, b.name, b.kind, b.purpose, b.frequency, b.is_own,
      (select coalesce(p.title || ', ' || po.name, so.name)
        from partnership.seat s
          left join partnership.organisation so
            on so.partnership_id = here and so.id = s.organisation_id and so.is_public
          left join partnership.person pe on pe.partnership_id = here and pe.id = s.person_id and not pe.has_lived_experience
          left join lateral (
            select x.title, x.organisation_id from partnership.post x
            where x.partnership_id = here and x.person_id = pe.id and partnership.runs_on(x.since, x.until, day)
            order by x.id limit 1) p on true
          left join partnership.organisation po
            on po.partnership_id = here and po.id = p.organisation_id and po.is_public
        where s.partnership_id = here and s.body_id = b.id and s.role = 'chair'
          and partnership.runs_on(s.since, s.until, day)
        order by s.id limit 1)
    from partnership.body b
    where b.partnership_id = here and b.is_public and partnership.runs_on(b.since, b.until, day);
end $$;
revoke execute on function partnership.publish from public;
grant execute on function partnership.publish to concord_member;

-- ── Who may ────────────────────────────────────────────────────────────────────────────────────────────────────────────

-- The owner's functions above serve the bound partnership only, so their policy is the same.
do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['area', 'organisation', 'membership', 'succession', 'person', 'protected_name', 'post',
    'body', 'seat', 'meeting', 'decision', 'other_name', 'intake', 'change']
  loop
    execute format('alter table partnership.%I enable row level security', name);
    execute format('alter table partnership.%I force row level security', name);
    execute format('create policy %I on partnership.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;
grant select, insert, update, delete on
  partnership.area, partnership.organisation, partnership.membership, partnership.succession, partnership.person,
  partnership.protected_name, partnership.post, partnership.body, partnership.seat, partnership.meeting,
  partnership.decision, partnership.other_name to concord_member;
grant select, insert, update on partnership.intake to concord_member;
grant select on partnership.change to concord_member;
