-- Who was sent to whom? The referral of a named person from one organisation of the partnership to another: off until the
-- partnership switches it on. This is the one place of the directory that knows a person, so only the two organisations see
-- a row, no history is kept beside it, and it is deleted on a day that is known from the start.

-- Organisations of the posts that whoever is at work holds today. Asked once for a statement, not for a row.
create function directory.organisations_of_visitor() returns uuid[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(distinct post.organisation_id), '{}')
  from partnership.person person
    join partnership.post post on post.partnership_id = person.partnership_id and post.person_id = person.id
  where person.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid
    and person.account_id::text = current_setting('concord.person', true)
    and partnership.runs_on(post.since, post.until, current_date)
    -- A post that an account wrote for itself opens nothing: whoever writes posts could read every referral else.
    and coalesce((select kept.actor <> current_setting('concord.person', true) from partnership.change kept
      where kept.partnership_id = post.partnership_id and kept.subject_id = post.person_id and kept.row_id = post.id
      order by kept.at desc limit 1), true)
$$;
revoke execute on function directory.organisations_of_visitor from public;
grant execute on function directory.organisations_of_visitor to concord_member;

-- On only with an agreement and a data protection impact assessment (DPIA) on record.
create table directory.referral_switch (
  partnership_id uuid primary key default partnership.bound() references platform.partnership,
  is_on boolean not null,
  -- The agreement under which names are shared; its gateway decides what may be. See src/directory/referral.ts.
  agreement_id uuid not null,
  dpia text not null check (length(dpia) between 1 and 300),
  dpia_on date not null,
  -- So many days after the last answer a referral is deleted.
  keep_days int not null check (keep_days between 7 and 730),
  -- So many days without an answer are silence.
  answer_days int not null check (answer_days between 1 and 30),
  changed_by text not null default coalesce(nullif(current_setting('concord.person', true), ''), 'system'),
  changed_at timestamptz not null default now(),
  foreign key (partnership_id, agreement_id) references exchange.agreement (partnership_id, id)
);

create table directory.referral (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  id uuid not null default gen_random_uuid(),
  service_id uuid not null,
  -- Between named accounts: who sent it, who is to answer.
  sent_by text not null default current_setting('concord.person', true) check (length(sent_by) = 36),
  sent_to text not null check (length(sent_to) = 36),
  from_organisation_id uuid not null,
  to_organisation_id uuid not null,
  agreement_id uuid not null,
  state text not null default 'sent'
    check (state in ('sent', 'waiting', 'accepted', 'reached', 'completed', 'declined', 'withdrawn')),
  -- The person. Nothing of this stands anywhere else.
  person_name text not null check (length(person_name) between 1 and 200),
  person_age text check (length(person_age) <= 40),
  person_contact text check (length(person_contact) <= 300),
  why text not null check (length(why) between 1 and 2000),
  can_consent boolean not null,
  consented boolean not null,
  -- The safeguarding reason where the person did not, or cannot, consent.
  override_reason text check (length(override_reason) between 10 and 1000),
  sent_on date not null,
  -- The day after which there is silence; null where nothing is to come.
  answer_by date,
  alerted_on date,
  delete_on date not null,
  primary key (partnership_id, id),
  foreign key (partnership_id, service_id) references directory.service (partnership_id, id),
  foreign key (partnership_id, from_organisation_id) references partnership.organisation (partnership_id, id),
  foreign key (partnership_id, to_organisation_id) references partnership.organisation (partnership_id, id),
  foreign key (partnership_id, agreement_id) references exchange.agreement (partnership_id, id),
  check (from_organisation_id <> to_organisation_id),
  -- Consent of somebody who is able to give it, or the reason to go without.
  check ((can_consent and consented) or override_reason is not null),
  check (not consented or can_consent)
);
create index referral_from on directory.referral (partnership_id, from_organisation_id, sent_on desc);
create index referral_to on directory.referral (partnership_id, to_organisation_id, sent_on desc);
create index referral_delete on directory.referral (partnership_id, delete_on);
create index referral_service on directory.referral (partnership_id, service_id);
create index referral_agreement on directory.referral (partnership_id, agreement_id);

create table directory.referral_answer (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  referral_id uuid not null,
  place int not null check (place between 1 and 1000),
  answer text not null check (answer in ('waiting', 'accepted', 'reached', 'completed', 'declined', 'withdrawn')),
  note text check (length(note) <= 1000),
  by text not null default current_setting('concord.person', true) check (length(by) = 36),
  at timestamptz not null default now(),
  primary key (partnership_id, referral_id, place),
  foreign key (partnership_id, referral_id) references directory.referral (partnership_id, id) on delete cascade
);

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  -- The owner's functions delete what is due and say what is silent; they hand out no name.
  of_both text := $p$(current_user = 'concord_owner'
    or from_organisation_id = any ((select directory.organisations_of_visitor())::uuid[])
    or to_organisation_id = any ((select directory.organisations_of_visitor())::uuid[]))$p$;
  of_referral text := $p$(current_user = 'concord_owner' or exists (select from directory.referral r
    where r.partnership_id = referral_answer.partnership_id and r.id = referral_answer.referral_id))$p$;
  name text;
begin
  foreach name in array array['referral_switch', 'referral', 'referral_answer'] loop
    execute format('alter table directory.%I enable row level security', name);
    execute format('alter table directory.%I force row level security', name);
    execute format('create policy %I on directory.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name,
      of_partnership || case name when 'referral' then ' and ' || of_both when 'referral_answer' then ' and ' || of_referral else '' end,
      of_partnership || case name when 'referral' then ' and ' || of_both when 'referral_answer' then ' and ' || of_referral else '' end);
  end loop;
end $$;
grant select, insert, update on directory.referral_switch to concord_member;
-- What was said of the person stays as it was sent, and nobody deletes by hand.
grant select, insert on directory.referral, directory.referral_answer to concord_member;
grant update (state, answer_by, alerted_on, delete_on) on directory.referral to concord_member;

-- Nothing goes while the switch is off, whatever the code forgot; and only from the sender's own organisation.
create function directory.may_refer() returns trigger
language plpgsql set search_path = '' as $$
begin
  if not exists (select from directory.referral_switch s where s.partnership_id = new.partnership_id and s.is_on
      and s.agreement_id = new.agreement_id) then
    raise exception 'referral of named people is off' using errcode = 'insufficient_privilege';
  end if;
  if not new.from_organisation_id = any (directory.organisations_of_visitor()) then
    raise exception 'a referral goes from an organisation of the sender' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke execute on function directory.may_refer from public;
grant execute on function directory.may_refer to concord_member;
create trigger allowed before insert on directory.referral
  for each row when (current_user <> 'concord_owner') execute function directory.may_refer();

-- Accounts that could answer for an organisation: with a post there today and a role that may open referrals.
create function directory.accounts_of(organisation uuid) returns table (account uuid, name text)
language sql stable security definer set search_path = '' as $$
  select distinct person.account_id, person.name
  from partnership.person person
    join partnership.post post on post.partnership_id = person.partnership_id and post.person_id = person.id
  where person.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid
    and person.account_id is not null and post.organisation_id = organisation
    and exists (select from platform.role_held held
      where held.partnership_id = person.partnership_id and held.person_id = person.account_id
        and held.role in ('coordinator', 'prevention-lead', 'officer', 'partner'))
    and partnership.runs_on(post.since, post.until, current_date)
$$;
revoke execute on function directory.accounts_of from public;
grant execute on function directory.accounts_of to concord_member;

-- In which capacities an organisation belongs to the partnership today: the gateway asks.
create function directory.capacities_of(organisation uuid) returns text[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(distinct m.capacity), '{}')
  from partnership.membership m
  where m.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid
    and m.organisation_id = organisation and partnership.runs_on(m.since, m.until, current_date)
$$;
revoke execute on function directory.capacities_of from public;
grant execute on function directory.capacities_of to concord_member;

-- A shorter time of keeping reaches what is there already; a longer one lengthens nothing.
create function directory.shorten_referrals(day date) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update directory.referral r set delete_on = day where r.partnership_id = partnership.bound() and r.delete_on > day;
end $$;
revoke execute on function directory.shorten_referrals from public;
grant execute on function directory.shorten_referrals to concord_member;

-- Deletes what is due. @returns how many
create function directory.forget_referrals(day date) returns int
language plpgsql security definer set search_path = '' as $$
declare
  gone int;
begin
  delete from directory.referral r where r.partnership_id = partnership.bound() and r.delete_on <= day;
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke execute on function directory.forget_referrals from public;
grant execute on function directory.forget_referrals to concord_member;

-- Whom to tell that an answer has not come, once for each deadline: ids only.
create function directory.take_silent_referrals(day date) returns table (id uuid, sent_by text, sent_on date)
language sql security definer set search_path = '' as $$
  update directory.referral r set alerted_on = day
  where r.partnership_id = partnership.bound() and r.answer_by < day and r.alerted_on is null
  returning r.id, r.sent_by, r.sent_on
$$;
revoke execute on function directory.take_silent_referrals from public;
grant execute on function directory.take_silent_referrals to concord_member;

-- Whether the daily work of referrals has anything to do: numbers only.
create function directory.referrals_due(day date) returns int
language sql stable security definer set search_path = '' as $$
  select count(*)::int from directory.referral r
  where r.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid
    and (r.delete_on <= day or (r.answer_by < day and r.alerted_on is null))
$$;
revoke execute on function directory.referrals_due from public;
grant execute on function directory.referrals_due to concord_member;
