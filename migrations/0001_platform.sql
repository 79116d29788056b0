-- What every slice stands on: partnerships, people and their sessions, the record of who did what, work, mail and links.
--
-- A tenant table has `partnership_id`, forced row security and a policy that compares it with the partnership of the unit
-- of work. On a reused connection that setting comes back as '', not null: hence nullif().

create schema platform;
create schema identity;
create schema published;

grant usage on schema platform to concord_member, concord_identity, concord_jobs;
grant usage on schema identity to concord_identity;
grant usage on schema published to concord_member, concord_identity, concord_public;

-- ── Who is here ────────────────────────────────────────────────────────────────────────────────────────────────────────

create table platform.installation (
  only_one boolean primary key default true check (only_one),
  name text not null,
  mode text not null check (mode in ('example', 'live')),
  created_at timestamptz not null default now()
);
grant select on platform.installation to concord_member, concord_identity;
grant insert on platform.installation to concord_identity;

create table platform.partnership (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 2 and 60),
  name text not null,
  created_at timestamptz not null default now()
);
grant select on platform.partnership to concord_member, concord_identity, concord_jobs;
grant insert on platform.partnership to concord_identity;

create table published.partnership (
  id uuid primary key,
  slug text not null unique,
  name text not null
);
grant select on published.partnership to concord_member, concord_identity, concord_public;
grant insert on published.partnership to concord_identity;

create table identity.person (
  id uuid primary key default gen_random_uuid(),
  email text not null check (length(email) <= 254),
  name text not null check (length(name) between 1 and 200),
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index person_email on identity.person (lower(email));
grant select, insert, update on identity.person to concord_identity;

create table identity.credential (
  person_id uuid primary key references identity.person,
  password_hash text not null,
  changed_at timestamptz not null default now()
);
grant select, insert, update, delete on identity.credential to concord_identity;

-- Only the hash of a session's token is kept: whoever reads this table cannot sign in with it.
create table identity.session (
  token_hash bytea primary key check (length(token_hash) = 32),
  person_id uuid not null references identity.person,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_person on identity.session (person_id);
grant select, insert, delete on identity.session to concord_identity;

-- Failed tries of the last while, so that guessing is slow for whoever guesses and for nobody else: counted by the pair of
-- account and network address, and by network address. Both are kept as keyed hashes only.
create table identity.sign_in_failure (
  account_hash bytea not null,
  address_hash bytea not null,
  at timestamptz not null default now()
);
create index sign_in_failure_address on identity.sign_in_failure (address_hash, at);
grant select, insert, delete on identity.sign_in_failure to concord_identity;

create table platform.role_held (
  partnership_id uuid not null references platform.partnership,
  person_id uuid not null references identity.person,
  role text not null,
  given_at timestamptz not null default now(),
  primary key (partnership_id, person_id, role)
);
create index role_held_person on platform.role_held (person_id);
alter table platform.role_held enable row level security;
alter table platform.role_held force row level security;
create policy role_held_of_partnership on platform.role_held to concord_member
  using (partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid)
  with check (partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid);
-- identity.enter() and identity.partnerships_of() below look a person up before any partnership is known.
create policy role_held_at_the_door on platform.role_held for select to concord_owner using (true);
grant select, insert, delete on platform.role_held to concord_member;

-- The people of the bound partnership, by name only.
create view platform.shared_person with (security_barrier) as
  select p.id, p.name
  from identity.person p
  where exists (
    select 1 from platform.role_held r
    where r.person_id = p.id
      and r.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid);
grant select on platform.shared_person to concord_member;

-- The door: who holds this session, which partnership is this address, and what may they do there? Binds the transaction
-- to both. One row always; a column is null when there is no such session or partnership.
create function identity.enter(session_hash bytea, partnership_slug text,
  out person uuid, out person_name text, out partnership uuid, out partnership_name text, out roles text[])
language plpgsql security definer set search_path = '' as $$
begin
  select p.id, p.name into person, person_name
    from identity.session s join identity.person p on p.id = s.person_id
    where s.token_hash = session_hash and s.expires_at > now() and p.disabled_at is null;
  select p.id, p.name into partnership, partnership_name
    from platform.partnership p where p.slug = partnership_slug;
  select coalesce(array_agg(r.role order by r.role), '{}') into roles
    from platform.role_held r where r.person_id = person and r.partnership_id = partnership;
  perform set_config('concord.person', coalesce(person::text, ''), true);
  perform set_config('concord.partnership', coalesce(partnership::text, ''), true);
end $$;
revoke execute on function identity.enter from public;
grant execute on function identity.enter to concord_identity;

create function identity.partnerships_of(who uuid)
returns table (slug text, name text, roles text[])
language sql stable security definer set search_path = '' as $$
  select p.slug, p.name, array_agg(r.role order by r.role)
  from platform.role_held r join platform.partnership p on p.id = r.partnership_id
  where r.person_id = who
  group by p.id order by p.name collate "C"
$$;
revoke execute on function identity.partnerships_of from public;
grant execute on function identity.partnerships_of to concord_identity;

-- ── Who did what ───────────────────────────────────────────────────────────────────────────────────────────────────────

-- A chain of entries for each partnership; events without a partnership have the chain of the nil id. Ids and field names
-- only, never anybody's words.
create table platform.audit_entry (
  partnership_id uuid not null,
  seq bigint not null check (seq > 0),
  at timestamptz not null,
  actor text not null check (actor in ('system', 'public') or length(actor) = 36),
  action text not null check (action ~ '^[A-Z][A-Z0-9_]*$'),
  subject text,
  outcome text not null check (outcome in ('done', 'seen', 'refused', 'failed')),
  fields text[],
  prev bytea not null check (length(prev) = 32),
  hash bytea not null check (length(hash) = 32),
  primary key (partnership_id, seq),
  unique (partnership_id, prev)
);
alter table platform.audit_entry enable row level security;
alter table platform.audit_entry force row level security;
create policy audit_entry_of_partnership on platform.audit_entry for select to concord_member
  using (partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid);
create policy audit_entry_head on platform.audit_entry for select to concord_owner using (true);
create policy audit_entry_append on platform.audit_entry for insert to concord_owner with check (true);
grant select on platform.audit_entry to concord_member;
revoke update, delete, truncate on platform.audit_entry from concord_owner;

create function platform.audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit only grows' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_entry_stays before update or delete on platform.audit_entry
  for each row execute function platform.audit_is_append_only();
create trigger audit_entry_is_kept before truncate on platform.audit_entry
  for each statement execute function platform.audit_is_append_only();

-- Appends one entry to the chain of the bound partnership. Its hash is SHA-256 of the previous hash (as hexadecimal text)
-- followed by the entry without its hash as canonical JSON (RFC 8785): keys in order, no space.
--
-- The lock makes writers take turns. It must be the last statement of a unit of work, so that a turn lasts no longer than
-- the commit; and the unit must be READ COMMITTED, so that the head is read after the turn came.
create function platform.audit_append(action text, subject text, outcome text, fields text[])
returns bigint language plpgsql security definer set search_path = '' as $$
declare
  chain uuid := coalesce(nullif(current_setting('concord.partnership', true), ''), '00000000-0000-0000-0000-000000000000')::uuid;
  actor text := coalesce(nullif(current_setting('concord.person', true), ''), 'public');
  moment timestamptz;
  next_seq bigint;
  head bytea;
  entry text;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'the audit is appended in READ COMMITTED only';
  end if;
  perform pg_advisory_xact_lock(7271, hashtext(chain::text));
  select e.seq + 1, e.hash into next_seq, head
    from platform.audit_entry e where e.partnership_id = chain order by e.seq desc limit 1;
  if not found then
    next_seq := 1;
    head := decode(repeat('00', 32), 'hex');
  end if;
  moment := clock_timestamp();
  entry := '{"action":' || to_json(action) || ',"actor":' || to_json(actor)
    || ',"at":"' || to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"'
    || case when fields is null then '' else ',"fields":' || array_to_json(fields)::text end
    || ',"outcome":' || to_json(outcome) || ',"partnership":"' || chain || '"'
    || ',"prev":"' || encode(head, 'hex') || '","seq":' || next_seq
    || ',"subject":' || coalesce(to_json(subject)::text, 'null') || '}';
  insert into platform.audit_entry (partnership_id, seq, at, actor, action, subject, outcome, fields, prev, hash)
    values (chain, next_seq, moment, actor, action, subject, outcome, fields, head,
      sha256(convert_to(encode(head, 'hex') || entry, 'UTF8')));
  return next_seq;
end $$;
revoke execute on function platform.audit_append from public;
grant execute on function platform.audit_append to concord_member, concord_identity;

-- ── Work that takes time ───────────────────────────────────────────────────────────────────────────────────────────────

-- What people see of a job. The queue itself (schema `jobs`) belongs to the queue.
create table platform.job (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null references platform.partnership,
  kind text not null,
  title text not null,
  payload jsonb not null,
  asked_by text not null check (asked_by = 'system' or length(asked_by) = 36),
  asked_at timestamptz not null default now(),
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  attempt int not null default 0,
  runner text,
  done bigint not null default 0,
  total bigint,
  note text,
  started_at timestamptz,
  ended_at timestamptz,
  cancel_asked_at timestamptz,
  result_href text
);
create index job_of_partnership on platform.job (partnership_id, asked_at desc);
create index job_cancelling on platform.job (runner) where cancel_asked_at is not null and state = 'running';
alter table platform.job enable row level security;
alter table platform.job force row level security;
create policy job_of_partnership on platform.job to concord_member
  using (partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid)
  with check (partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid);
-- The supervisor of the runners asks, over all partnerships, which job will not stop.
create policy job_of_runner on platform.job to concord_jobs using (true) with check (true);
grant select, insert, update on platform.job to concord_member;
grant select, update on platform.job to concord_jobs;

-- ── Mail and links ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- The outbox: a row is written in the unit of work that has something to say, and sent afterwards. Its id is the
-- Message-ID, so a receiver can tell a repeat.
create table platform.mail (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid references platform.partnership,
  recipient text not null check (length(recipient) <= 320),
  subject text not null check (length(subject) <= 400),
  body text not null,
  queued_at timestamptz not null default now(),
  next_try_at timestamptz not null default now(),
  attempts int not null default 0,
  sent_at timestamptz,
  given_up_at timestamptz,
  last_failure text
);
create index mail_waiting on platform.mail (next_try_at) where sent_at is null and given_up_at is null;
alter table platform.mail enable row level security;
alter table platform.mail force row level security;
create policy mail_of_partnership on platform.mail for insert to concord_member
  with check (partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid);
create policy mail_of_installation on platform.mail for insert to concord_identity with check (partnership_id is null);
create policy mail_of_postman on platform.mail to concord_jobs using (true) with check (true);
grant insert on platform.mail to concord_member, concord_identity;
grant select, update on platform.mail to concord_jobs;

-- Every signed link that was given out: its purpose, whom it concerns, when it ends, whether it was used or called back.
create table platform.link (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null references platform.partnership,
  purpose text not null,
  subject text not null,
  issued_at timestamptz not null default now(),
  expires_at timestamptz not null,
  once boolean not null,
  used_at timestamptz,
  revoked_at timestamptz
);
alter table platform.link enable row level security;
alter table platform.link force row level security;
create policy link_of_partnership on platform.link to concord_member
  using (partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid)
  with check (partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid);
grant select, insert, update on platform.link to concord_member;
