-- Who may come in? Invitations, roles with their history, forgotten passwords, and the reviews of access.

-- ── Roles, as they were ────────────────────────────────────────────────────────────────────────────────────────────────

-- Who gave a role: a person, or Concord itself where it set the scene.
alter table platform.role_held
  add column given_by text not null default coalesce(nullif(current_setting('concord.person', true), ''), 'system')
    check (given_by = 'system' or length(given_by) = 36);

-- A role that somebody held. Written by a trigger, so that no way of taking a role can forget it.
create table platform.role_ended (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null references platform.partnership,
  person_id uuid not null references identity.person,
  role text not null,
  given_at timestamptz not null,
  given_by text not null,
  ended_at timestamptz not null default now(),
  ended_by text not null
);
create index role_ended_person on platform.role_ended (partnership_id, person_id);
create index role_ended_newest on platform.role_ended (partnership_id, ended_at desc);

create function platform.keep_role_ended() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into platform.role_ended (partnership_id, person_id, role, given_at, given_by, ended_by)
    values (old.partnership_id, old.person_id, old.role, old.given_at, old.given_by,
      coalesce(nullif(current_setting('concord.person', true), ''), 'system'));
  return null;
end $$;
revoke execute on function platform.keep_role_ended from public;
create trigger kept after delete on platform.role_held for each row execute function platform.keep_role_ended();

-- ── Invitations ────────────────────────────────────────────────────────────────────────────────────────────────────────

create table platform.invitation (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null references platform.partnership,
  email text not null check (length(email) <= 254),
  name text not null check (length(name) between 1 and 200),
  roles text[] not null check (cardinality(roles) > 0),
  -- Whoever sent it last: it opens only while they may still give roles.
  invited_by uuid not null references identity.person,
  invited_at timestamptz not null default now(),
  sent_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references identity.person,
  called_back_at timestamptz,
  called_back_by uuid references identity.person,
  check (accepted_at is null or called_back_at is null)
);
create unique index invitation_open on platform.invitation (partnership_id, lower(email))
  where accepted_at is null and called_back_at is null;

-- ── Accounts ───────────────────────────────────────────────────────────────────────────────────────────────────────────

alter table identity.person add column last_signed_in_at timestamptz;

-- Only the hash of a link's token is kept: whoever reads this table cannot set a password with it.
create table identity.password_reset (
  token_hash bytea primary key check (length(token_hash) = 32),
  person_id uuid not null references identity.person,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index password_reset_person on identity.password_reset (person_id);
grant select, insert, update, delete on identity.password_reset to concord_identity;

-- Who asked for a new password in the last while, counted like failed sign-ins: by keyed hashes only.
create table identity.password_reset_asked (
  account_hash bytea not null,
  address_hash bytea not null,
  at timestamptz not null default now()
);
create index password_reset_asked_address on identity.password_reset_asked (address_hash, at);
grant select, insert, delete on identity.password_reset_asked to concord_identity;

-- Ends the sessions of somebody who has lost the last role that they had anywhere. Whoever still works in another
-- partnership stays signed in there: every request asks anew what they may do.
create function platform.end_sessions_without_role(who uuid) returns void
language sql security definer set search_path = '' as $$
  delete from identity.session s where s.person_id = who
    and not exists (select from platform.role_held r where r.person_id = who)
$$;
revoke execute on function platform.end_sessions_without_role from public;
grant execute on function platform.end_sessions_without_role to concord_member;

-- ── The review of access ───────────────────────────────────────────────────────────────────────────────────────────────

create table partnership.access_review (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null references platform.partnership,
  started_at timestamptz not null default now(),
  started_on date not null,
  started_by uuid not null references identity.person,
  ended_on date,
  ended_by uuid references identity.person,
  unique (partnership_id, id)
);
create unique index access_review_open on partnership.access_review (partnership_id) where ended_on is null;

-- A person as they were when the review began, so that its record stays true; and what was decided.
create table partnership.access_review_item (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null references platform.partnership,
  review_id uuid not null,
  account_id uuid not null references identity.person,
  name text not null,
  email text not null,
  roles text[] not null,
  last_signed_in_at timestamptz,
  posts text[] not null,
  flags text[] not null,
  decision text check (decision in ('keep', 'take-away')),
  reason text check (length(reason) <= 1000),
  decided_at timestamptz,
  decided_by uuid references identity.person,
  unique (partnership_id, id),
  unique (review_id, account_id),
  foreign key (partnership_id, review_id) references partnership.access_review (partnership_id, id)
);

-- ── Who may ────────────────────────────────────────────────────────────────────────────────────────────────────────────

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['platform.role_ended', 'platform.invitation', 'partnership.access_review',
    'partnership.access_review_item']
  loop
    execute format('alter table %s enable row level security', name);
    execute format('alter table %s force row level security', name);
    execute format('create policy %I on %s to concord_member, concord_owner using (%s) with check (%s)',
      split_part(name, '.', 2) || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;
grant select on platform.role_ended to concord_member;
grant select, insert, update on platform.invitation, partnership.access_review, partnership.access_review_item
  to concord_member;

-- ── Who is seen ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Those who have left are still named in the records that they made.
create or replace view platform.shared_person with (security_barrier) as
  select p.id, p.name
  from identity.person p
  where exists (
    select 1 from platform.role_held r
    where r.person_id = p.id
      and r.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid)
  or exists (
    select 1 from platform.role_ended r
    where r.person_id = p.id
      and r.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid);

-- Everybody who has or had a role in the bound partnership.
create view platform.person_here with (security_barrier) as
  select p.id, p.name, p.email, p.last_signed_in_at, p.disabled_at is not null as is_disabled,
    coalesce(held.roles, '{}') as roles, held.since, ended.ended_at
  from identity.person p
    left join (
      select r.person_id, array_agg(r.role order by r.role) as roles, min(r.given_at) as since
      from platform.role_held r
      where r.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid
      group by r.person_id) held on held.person_id = p.id
    left join (
      select r.person_id, max(r.ended_at) as ended_at
      from platform.role_ended r
      where r.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid
      group by r.person_id) ended on ended.person_id = p.id
  where held.person_id is not null or ended.person_id is not null;
grant select on platform.person_here to concord_member;

-- Every role of the bound partnership that was given or taken.
create view platform.role_event with (security_barrier) as
  select e.person_id, e.role, e.at, e.actor, e.kind
  from (
    select partnership_id, person_id, role, given_at as at, given_by as actor, 'given' as kind from platform.role_held
    union all
    select partnership_id, person_id, role, given_at, given_by, 'given' from platform.role_ended
    union all
    select partnership_id, person_id, role, ended_at, ended_by, 'taken' from platform.role_ended) e
  where e.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid;
grant select on platform.role_event to concord_member;

-- Everybody and those who are invited, in one list.
create view platform.access_here with (security_barrier) as
  select 'person' as kind, p.id, p.name, p.email, p.roles, coalesce(p.since, p.ended_at) as since, p.last_signed_in_at,
    case when p.is_disabled then 'disabled' when p.roles = '{}' then 'ended' else 'active' end as state
  from platform.person_here p
  union all
  select 'invitation', i.id, i.name, i.email, i.roles, i.invited_at, null::timestamptz,
    case when i.expires_at > now() then 'invited' else 'expired' end
  from platform.invitation i
  where i.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid
    and i.accepted_at is null and i.called_back_at is null;
grant select on platform.access_here to concord_member;
