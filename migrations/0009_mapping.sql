-- How the table of a partner becomes a file of a format: made once, used again next quarter. A changed mapping is a new
-- version; releases name the id, version and hash of the one by which they were made.

create table evidence.mapping (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  name text not null check (length(name) between 1 and 200),
  -- The organisation that sends the table, if it is in the register.
  organisation_id uuid,
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  unique (partnership_id, name),
  foreign key (partnership_id, organisation_id) references partnership.organisation (partnership_id, id)
);

create table evidence.mapping_version (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  mapping_id uuid not null,
  version int not null check (version > 0),
  -- See `mappingSchema` in src/evidence/mapping.ts.
  content jsonb not null check (jsonb_typeof(content) = 'object'),
  -- Of the canonical JSON of the content.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  made_by text not null,
  made_at timestamptz not null default now(),
  primary key (partnership_id, mapping_id, version),
  foreign key (partnership_id, mapping_id) references evidence.mapping (partnership_id, id)
);

-- The first rows of a table of the partner, to look at what a mapping makes of them. They may be records of people, so
-- there is one of each mapping, a newer takes its place, and anyone who works on the mapping can take it away.
create table evidence.mapping_sample (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  mapping_id uuid not null,
  file_name text not null check (length(file_name) between 1 and 300),
  rows jsonb not null check (jsonb_typeof(rows) = 'array'),
  kept_at timestamptz not null default now(),
  primary key (partnership_id, mapping_id),
  foreign key (partnership_id, mapping_id) references evidence.mapping (partnership_id, id)
);

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['mapping', 'mapping_version', 'mapping_sample'] loop
    execute format('alter table evidence.%I enable row level security', name);
    execute format('alter table evidence.%I force row level security', name);
    execute format('create policy %I on evidence.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;

grant select, insert on evidence.mapping, evidence.mapping_version to concord_member;
grant update (name, organisation_id) on evidence.mapping to concord_member;
grant select, insert, update, delete on evidence.mapping_sample to concord_member;
