-- Who can help, and where is nobody? Support services as Open Referral UK (HSDS-UK 3.0) describes them, what violence
-- prevention adds to that, their history, what providers proposed, and the gaps that people put on record.

create schema directory;
grant usage on schema directory to concord_member;

create table directory.service (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  -- The standard's own identifier. A feed that is read into two partnerships keeps it in both.
  id uuid not null,
  -- The service as it was given, whole: fields that the standard does not know are kept too. See src/directory/standard.ts.
  document jsonb not null check (jsonb_typeof(document) = 'object' and pg_column_size(document) <= 1000000),
  -- What violence prevention adds. See src/directory/prevention.ts.
  prevention jsonb not null default '{}' check (jsonb_typeof(prevention) = 'object'),
  name text not null check (length(name) <= 500),
  -- `address-withheld`: the service is public and its place is not. The last two never leave the partnership.
  visibility text not null default 'public' check (visibility in ('public', 'address-withheld', 'professionals', 'confidential')),
  state text not null default 'live' check (state in ('draft', 'live', 'withdrawn')),
  -- The provider, where it is an organisation of the partnership's register.
  organisation_id uuid,
  -- A box of the team that answers for the entry, never a person's own.
  verifier text check (length(verifier) between 3 and 254),
  verified_on date,
  verify_by date,
  reminded_on date,
  -- Fields that break the rules of the standard and stay out of the feed: [{ path, why }].
  held_back jsonb not null default '[]' check (jsonb_typeof(held_back) = 'array'),
  -- From which feed or file it came.
  origin text check (length(origin) <= 500),
  version int not null default 1 check (version >= 1),
  added_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (partnership_id, id),
  foreign key (partnership_id, organisation_id) references partnership.organisation (partnership_id, id),
  check ((verified_on is null) = (verify_by is null)),
  -- At most six months.
  check (verify_by between verified_on and verified_on + interval '6 months')
);
create index service_name on directory.service (partnership_id, lower(name), id);
create index service_verify_by on directory.service (partnership_id, verify_by);
create index service_organisation on directory.service (partnership_id, organisation_id);

-- Every state in which an entry stood: what it was can be brought back.
create table directory.service_version (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  service_id uuid not null,
  version int not null check (version >= 1),
  how text not null check (how in ('added', 'imported', 'changed', 'verified', 'confirmed', 'corrected', 'undone', 'withdrawn')),
  document jsonb not null check (jsonb_typeof(document) = 'object'),
  prevention jsonb not null check (jsonb_typeof(prevention) = 'object'),
  visibility text not null,
  state text not null,
  -- A person, `system`, or `provider`: whoever held the signed link.
  by text not null check (by in ('system', 'provider') or length(by) = 36),
  at timestamptz not null default now(),
  primary key (partnership_id, service_id, version),
  foreign key (partnership_id, service_id) references directory.service (partnership_id, id)
);

-- What a provider said with the signed link, until somebody of the partnership looked at it.
create table directory.proposal (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  id uuid not null default gen_random_uuid(),
  service_id uuid not null,
  -- The version that the provider saw.
  of_version int not null,
  document jsonb not null check (jsonb_typeof(document) = 'object' and pg_column_size(document) <= 1000000),
  note text check (length(note) <= 2000),
  -- What the moderator should look at twice: names of what was found, such as `phone number in the description`.
  flags text[] not null default '{}' check (cardinality(flags) <= 20),
  made_at timestamptz not null default now(),
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'refused')),
  decided_by text check (length(decided_by) = 36),
  decided_at timestamptz,
  primary key (partnership_id, id),
  foreign key (partnership_id, service_id) references directory.service (partnership_id, id),
  check ((state = 'waiting') = (decided_at is null))
);
create index proposal_waiting on directory.proposal (partnership_id, state, made_at);
create index proposal_service on directory.proposal (partnership_id, service_id);

-- A kind of help that is missing somewhere: what people reported, grouped.
create table directory.gap (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  id uuid not null default gen_random_uuid(),
  -- As people call the place; empty: the whole area of the partnership.
  area text not null check (length(area) <= 200),
  tier text not null check (tier in ('primary', 'secondary', 'tertiary')),
  need text not null check (need ~ '^[a-z]+(-[a-z]+)*$' and length(need) <= 60),
  age text not null check (age in ('any', '0-10', '11-17', '18-24', '25-64', '65-plus')),
  state text not null default 'new' check (state in ('new', 'being-looked-at', 'planned', 'closed')),
  owner text check (length(owner) between 1 and 200),
  note text check (length(note) <= 2000),
  added_at timestamptz not null default now(),
  primary key (partnership_id, id)
);
create unique index gap_group on directory.gap (partnership_id, lower(area), tier, need, age);

create table directory.gap_report (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  id uuid not null default gen_random_uuid(),
  gap_id uuid not null,
  -- What somebody saw, in their words; flagged where it may be about a person.
  seen text check (length(seen) <= 1000),
  flags text[] not null default '{}' check (cardinality(flags) <= 20),
  -- The day only: an hour could tell who it was.
  reported_on date not null,
  primary key (partnership_id, id),
  foreign key (partnership_id, gap_id) references directory.gap (partnership_id, id)
);
create index gap_report_gap on directory.gap_report (partnership_id, gap_id);

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['service', 'service_version', 'proposal', 'gap', 'gap_report'] loop
    execute format('alter table directory.%I enable row level security', name);
    execute format('alter table directory.%I force row level security', name);
    execute format('create policy %I on directory.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;
-- An entry is withdrawn and a gap closed; neither goes.
grant select, insert, update on directory.service, directory.proposal, directory.gap to concord_member;
grant select, insert on directory.service_version to concord_member;
-- What somebody saw may name a person: then it is taken out.
grant select, insert, update, delete on directory.gap_report to concord_member;

-- ── What the public sees ───────────────────────────────────────────────────────────────────────────────────────────────
-- Copies of what is public, as the feed answers it. Search reads these: none of them is under row security, and nothing
-- of professionals' or confidential entries ever comes here.

create table published.service (
  partnership_id uuid not null,
  id uuid not null,
  -- Whether the feed of the whole installation shows this copy: the first of those that share the identifier.
  leads boolean not null,
  organization_id uuid,
  name text not null,
  -- The entry of a list, and the whole.
  listed jsonb not null,
  document jsonb not null,
  words tsvector not null,
  minimum_age double precision,
  maximum_age double precision,
  last_modified timestamptz not null,
  term_ids uuid[] not null,
  taxonomy_ids uuid[] not null,
  tiers text[] not null,
  needs text[] not null,
  -- What violence prevention adds, as pages show it.
  prevention jsonb not null,
  -- After this day the entry is stale: it says so, and stands last.
  verify_by date,
  primary key (partnership_id, id)
);
create index service_published_id on published.service (id, leads);
create index service_published_words on published.service using gin (words);
create index service_published_terms on published.service using gin (term_ids);
create index service_published_taxonomies on published.service using gin (taxonomy_ids);
create index service_published_organization on published.service (organization_id);
create index service_published_modified on published.service (last_modified);

create table published.service_place (
  partnership_id uuid not null,
  -- Of the service at the location.
  id uuid not null,
  service_id uuid not null,
  leads boolean not null,
  listed jsonb not null,
  document jsonb not null,
  postcode text,
  -- Metres of the British National Grid; null where it has no coordinates.
  place point,
  primary key (partnership_id, service_id, id),
  foreign key (partnership_id, service_id) references published.service (partnership_id, id) on delete cascade
);
create index service_place_id on published.service_place (id);
create index service_place_where on published.service_place using gist (place);

create table published.provider (
  partnership_id uuid not null,
  id uuid not null,
  leads boolean not null,
  name text not null,
  document jsonb not null,
  words tsvector not null,
  primary key (partnership_id, id)
);
create index provider_id on published.provider (id);
create index provider_words on published.provider using gin (words);

-- Terms that imported services carry; those of Concord itself stand in src/directory/prevention-terms.ts.
create table published.taxonomy_term (
  partnership_id uuid not null,
  id uuid not null,
  taxonomy_id uuid,
  parent_id uuid,
  name text not null,
  document jsonb not null,
  primary key (partnership_id, id)
);
create index taxonomy_term_taxonomy on published.taxonomy_term (taxonomy_id);

-- How many there are, kept so that a page of the feed need not count 100,000.
create table published.directory_size (
  partnership_id uuid primary key,
  services int not null,
  leads int not null,
  places int not null,
  leads_places int not null,
  providers int not null,
  leads_providers int not null
);

-- Postcodes and towns, of the whole installation: open tables of public bodies.
create table published.place (
  -- A postcode without spaces in capitals, or the name of a town in small letters.
  key text primary key check (length(key) between 1 and 200),
  title text not null,
  kind text not null check (kind in ('postcode', 'town')),
  place point not null
);
create index place_where on published.place using gist (place) where kind = 'town';

create table published.gap (
  partnership_id uuid not null,
  id uuid not null,
  area text not null,
  tier text not null,
  need text not null,
  age text not null,
  state text not null,
  primary key (partnership_id, id)
);

grant select on published.service, published.service_place, published.provider, published.taxonomy_term,
  published.directory_size, published.place, published.gap to concord_member, concord_identity, concord_public;
grant insert, update, delete on published.place to concord_member;

-- The copy that leads: of those that share an identifier, the one of the partnership that was there first.
create function directory.count_published(here uuid) returns void
language sql security definer set search_path = '' as $$
  insert into published.directory_size as size
    select here,
      (select count(*) from published.service s where s.partnership_id = here),
      (select count(*) from published.service s where s.partnership_id = here and s.leads),
      (select count(*) from published.service_place p where p.partnership_id = here),
      (select count(*) from published.service_place p where p.partnership_id = here and p.leads),
      (select count(*) from published.provider p where p.partnership_id = here),
      (select count(*) from published.provider p where p.partnership_id = here and p.leads)
  on conflict (partnership_id) do update set services = excluded.services, leads = excluded.leads,
    places = excluded.places, leads_places = excluded.leads_places,
    providers = excluded.providers, leads_providers = excluded.leads_providers;
$$;
revoke execute on function directory.count_published from public;

-- Takes copies out, and lets the next of those that share an identifier lead.
create function directory.unpublish(ids uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare
  here uuid := partnership.bound();
  led uuid[];
  other uuid;
begin
  select coalesce(array_agg(s.id), '{}') into led
    from published.service s where s.partnership_id = here and s.id = any (ids) and s.leads;
  delete from published.service s where s.partnership_id = here and s.id = any (ids);
  delete from published.provider p where p.partnership_id = here
    and not exists (select from published.service s where s.partnership_id = here and s.organization_id = p.id);
  for other in
    with next as (
      update published.service s set leads = true
      where s.id = any (led) and s.partnership_id =
        (select n.partnership_id from published.service n where n.id = s.id order by n.partnership_id limit 1)
      returning s.partnership_id, s.id
    ), places as (
      update published.service_place p set leads = true from next
      where p.partnership_id = next.partnership_id and p.service_id = next.id
    )
    select distinct next.partnership_id from next
  loop
    perform directory.count_published(other);
  end loop;
  -- Providers that no other copy leads any more.
  update published.provider p set leads = true where not p.leads and p.partnership_id =
    (select min(n.partnership_id::text)::uuid from published.provider n where n.id = p.id)
    and not exists (select from published.provider n where n.id = p.id and n.leads);
  perform directory.count_published(here);
end $$;
revoke execute on function directory.unpublish from public;
grant execute on function directory.unpublish to concord_member;

-- Publishes copies of live, public entries of the bound partnership. What it is handed of any other entry it leaves out,
-- whoever asks. See `PublicCopy` in src/directory/published.ts.
create function directory.publish(copies jsonb) returns int
language plpgsql security definer set search_path = '' as $$
declare
  here uuid := partnership.bound();
  allowed jsonb;
begin
  select coalesce(jsonb_agg(c.copy || jsonb_build_object('has_place', s.visibility = 'public', 'leads', not exists (
      select from published.service o where o.id = s.id and o.leads and o.partnership_id <> here))), '[]') into allowed
    from jsonb_array_elements(copies) as c(copy)
      join directory.service s on s.partnership_id = here and s.id = (c.copy->>'id')::uuid
    where s.state = 'live' and s.visibility in ('public', 'address-withheld');
  delete from published.service s using jsonb_array_elements(allowed) as c(copy)
    where s.partnership_id = here and s.id = (c.copy->>'id')::uuid;
  insert into published.service
    select here, (c.copy->>'id')::uuid, (c.copy->>'leads')::boolean, (c.copy->>'organization_id')::uuid, c.copy->>'name',
      c.copy->'listed',
      case when (c.copy->>'has_place')::boolean then c.copy->'document' else (c.copy->'document') - 'service_at_locations' end,
      to_tsvector('english', left(c.copy->>'words', 200000)),
      (c.copy->>'minimum_age')::double precision, (c.copy->>'maximum_age')::double precision,
      (c.copy->>'last_modified')::timestamptz,
      array(select jsonb_array_elements_text(c.copy->'term_ids'))::uuid[],
      array(select jsonb_array_elements_text(c.copy->'taxonomy_ids'))::uuid[],
      array(select jsonb_array_elements_text(c.copy->'tiers')),
      array(select jsonb_array_elements_text(c.copy->'needs')),
      c.copy->'prevention', (c.copy->>'verify_by')::date
    from jsonb_array_elements(allowed) as c(copy);
  -- The place of a withheld address is never copied, whoever hands it over.
  insert into published.service_place
    select distinct on (c.copy->>'id', p.place->>'id') here, (p.place->>'id')::uuid, (c.copy->>'id')::uuid,
      (c.copy->>'leads')::boolean, p.place->'listed', p.place->'document', p.place->>'postcode',
      case when p.place->>'easting' is not null
        then point((p.place->>'easting')::float8, (p.place->>'northing')::float8) end
    from jsonb_array_elements(allowed) as c(copy), jsonb_array_elements(c.copy->'places') as p(place)
    where (c.copy->>'has_place')::boolean;
  insert into published.provider
    select distinct on (c.copy->>'organization_id') here, (c.copy->>'organization_id')::uuid,
      not exists (select from published.provider o
        where o.id = (c.copy->>'organization_id')::uuid and o.leads and o.partnership_id <> here),
      c.copy->'provider'->>'name', c.copy->'provider',
      to_tsvector('english', concat_ws(' ', c.copy->'provider'->>'name', left(c.copy->'provider'->>'description', 100000)))
    from jsonb_array_elements(allowed) as c(copy) where c.copy->>'organization_id' is not null
  on conflict (partnership_id, id) do update set name = excluded.name, document = excluded.document, words = excluded.words;
  insert into published.taxonomy_term
    select distinct on (t.term->>'id') here, (t.term->>'id')::uuid, (t.term->>'taxonomy_id')::uuid,
      (t.term->>'parent_id')::uuid, t.term->>'name', t.term
    from jsonb_array_elements(allowed) as c(copy), jsonb_array_elements(c.copy->'terms') as t(term)
  on conflict (partnership_id, id) do update set taxonomy_id = excluded.taxonomy_id, parent_id = excluded.parent_id,
    name = excluded.name, document = excluded.document;
  perform directory.count_published(here);
  return jsonb_array_length(allowed);
end $$;
revoke execute on function directory.publish from public;
grant execute on function directory.publish to concord_member;

-- An entry that stops being public is gone from the copies in the same transaction, whatever the code that changed it forgot.
create function directory.withhold() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.state <> 'live' or new.visibility not in ('public', 'address-withheld') then
    if exists (select from published.service s where s.partnership_id = new.partnership_id and s.id = new.id) then
      perform directory.unpublish(array[new.id]);
    end if;
  elsif new.visibility = 'address-withheld' then
    delete from published.service_place p where p.partnership_id = new.partnership_id and p.service_id = new.id;
    update published.service s set document = s.document - 'service_at_locations'
      where s.partnership_id = new.partnership_id and s.id = new.id;
    perform directory.count_published(new.partnership_id);
  end if;
  return null;
end $$;
revoke execute on function directory.withhold from public;
create trigger withheld after update on directory.service
  for each row when (old.state is distinct from new.state or old.visibility is distinct from new.visibility)
  execute function directory.withhold();

-- Gaps that enough people reported. `enough` comes from src/directory/gap.ts; a lower number than 5 is raised to it.
create function directory.publish_gaps(enough int) returns void
language plpgsql security definer set search_path = '' as $$
declare
  here uuid := partnership.bound();
begin
  delete from published.gap where partnership_id = here;
  insert into published.gap
    select here, g.id, g.area, g.tier, g.need, g.age, g.state
    from directory.gap g
    where g.partnership_id = here and g.state <> 'closed'
      and (select count(*) from directory.gap_report r where r.partnership_id = here and r.gap_id = g.id) >= greatest(enough, 5);
end $$;
revoke execute on function directory.publish_gaps from public;
grant execute on function directory.publish_gaps to concord_member;
