-- Names that must not be read: of people who take part with lived experience, and of people who asked to be forgotten.

-- How to reach somebody whose name is protected stands with the name: an address often spells it. And an account shows a
-- name to every colleague, so nobody signs in as a label.
alter table partnership.protected_name
  add column email text check (length(email) <= 254),
  add column phone text check (length(phone) <= 40);
alter table partnership.person
  -- When the personal details were removed for good; posts and seats stay.
  add column removed_at timestamptz,
  add constraint person_with_label_has_no_contact
    check (not has_lived_experience or (email is null and phone is null and account_id is null));

-- As in 0002, but declared as what it is: the text of a date depends on a setting, so an "immutable" function around it is
-- called row by row, and a stable one is merged into the question. A list of 5,000 people asks it 12,000 times.
create or replace function partnership.runs_on(since jsonb, until jsonb, day date) returns boolean language sql stable as $$
  select coalesce(since->>'earliest', '0000') collate "C" <= day::text
     and coalesce(until->>'latest', '9999') collate "C" >= day::text
$$;

-- The history is kept so that nobody can rewrite it, and no role may update it. Two promises are stronger: a name that is
-- protected stands in protected_name only, and what is erased under UK GDPR Article 17 is erased everywhere. Hence these
-- functions, which are the owner's and rewrite the words of one person, never who did what when. The triggers of 0002 do
-- not fire for the owner, so neither function leaves the name behind while it takes it away. The policies of 0002 hold the
-- owner to the bound partnership.

-- Puts other words in the place of a person's own, wherever they are kept of that person.
create function partnership.overwrite_person(who uuid, label text, lived boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  was partnership.person;
  -- The name, the address and the protected ones of both, as the text of a JSON value has them.
  traces text[];
begin
  select * into strict was from partnership.person p where p.id = who for update;
  select coalesce(array_agg(distinct lower(btrim(to_json(trace)::text, '"'))), '{}') into traces
    from (select unnest(array[n.name, n.email]) from partnership.protected_name n where n.person_id = who
      union all select unnest(array[was.name, was.email])
      union all select unnest(array[c.before->>'name', c.before->>'email', c.after->>'name', c.after->>'email'])
        from partnership.change c where c.kind = 'person' and c.row_id = who) as kept(trace)
    where trace is not null and trace <> label;
  update partnership.change c set
    before = partnership.overwritten(c.before, label, lived),
    after = partnership.overwritten(c.after, label, lived)
    where c.kind = 'person' and c.row_id = who;
  -- Rows of files that were read in: those that were refused wait for a correction, the others for the word to go on.
  update partnership.intake i set
    rows = partnership.without_traces(i.rows, traces),
    refused = partnership.without_traces(i.refused, traces)
    where partnership.has_trace(i.rows::text || coalesce(i.refused::text, ''), traces);
end $$;

-- Whether one of them stands in a text, as whole words: "Al" is not in "Halifax".
create function partnership.has_trace(within text, traces text[]) returns boolean language sql immutable
set search_path = '' as $$
  select exists (select from unnest(traces) as t(trace) where lower(within)
    ~ ('(^|[^[:alnum:]])' || regexp_replace(t.trace, '([^[:alnum:][:space:]])', '\\\1', 'g') || '($|[^[:alnum:]])'))
$$;

create function partnership.overwritten(kept jsonb, label text, lived boolean) returns jsonb language sql immutable
set search_path = '' as $$
  select case when kept is null then null else kept
    || jsonb_build_object('name', label, 'email', null, 'phone', null, 'account_id', null)
    || case when lived then '{}'::jsonb else '{"has_lived_experience": false}' end end
$$;

create function partnership.without_traces(kept jsonb, traces text[]) returns jsonb language sql immutable
set search_path = '' as $$
  select case when jsonb_typeof(kept) is distinct from 'array' then kept else
    (select coalesce(jsonb_agg(e.element order by e.place), '[]')
      from jsonb_array_elements(kept) with ordinality as e(element, place)
      where not partnership.has_trace(e.element::text, traces)) end
$$;

-- A person becomes one who takes part with lived experience: the label is shown from now on, and was shown all along.
create function partnership.protect_person(who uuid, label text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  was partnership.person;
begin
  select * into strict was from partnership.person p where p.id = who for update;
  if was.has_lived_experience or was.removed_at is not null then
    raise exception 'the name of this person is not there to protect';
  end if;
  perform partnership.overwrite_person(who, label, true);
  insert into partnership.protected_name (partnership_id, person_id, name, email, phone)
    values (was.partnership_id, who, was.name, was.email, was.phone);
  update partnership.person p
    set name = label, email = null, phone = null, account_id = null, has_lived_experience = true where p.id = who;
  insert into partnership.change (partnership_id, actor, kind, row_id, subject_id, before, after)
    select p.partnership_id, coalesce(nullif(current_setting('concord.person', true), ''), 'system'), 'person', p.id, p.id,
      to_jsonb(p) || '{"has_lived_experience": false}', to_jsonb(p)
    from partnership.person p where p.id = who;
end $$;

-- A person is forgotten: name, address, number, protected name, and what the history and files had of them.
create function partnership.forget_person(who uuid, label text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform partnership.overwrite_person(who, label, false);
  delete from partnership.protected_name n where n.person_id = who;
  update partnership.person p set name = label, email = null, phone = null, account_id = null,
    has_lived_experience = false, removed_at = now() where p.id = who;
  insert into partnership.change (partnership_id, actor, kind, row_id, subject_id, before, after)
    select p.partnership_id, coalesce(nullif(current_setting('concord.person', true), ''), 'system'), 'person', p.id, p.id,
      to_jsonb(p), null
    from partnership.person p where p.id = who;
end $$;

revoke execute on function partnership.overwrite_person, partnership.overwritten, partnership.has_trace,
  partnership.without_traces, partnership.protect_person, partnership.forget_person from public;
grant execute on function partnership.protect_person, partnership.forget_person to concord_member;
