-- Open tables that everybody uses: areas, boundaries, population, deprivation, weights, places. They belong to the
-- installation and to no partnership: their publishers give them to anyone, and what stands in them is about nobody.

create table evidence.reference_release (
  -- Hash of what it holds, of what it was read as, and of its vintage. Never of when or by whom.
  id text primary key check (id ~ '^sha256:[0-9a-f]{64}$'),
  kind text not null check (kind in ('areas', 'boundaries', 'lookup', 'population', 'ethnicity', 'deprivation', 'weights', 'places')),
  -- How it was read: see src/evidence/reference.ts.
  layout text not null check (layout ~ '^[a-z]+(-[a-z]+)*$'),
  vintage text not null check (length(vintage) between 1 and 60),
  title text not null check (length(title) between 1 and 300),
  publisher text not null check (length(publisher) between 1 and 300),
  licence text not null check (length(licence) between 1 and 600),
  rows bigint not null check (rows > 0),
  -- [{ name, type }] of the stored table, in order.
  columns jsonb not null check (jsonb_typeof(columns) = 'array'),
  -- What was left out of the files, in sentences.
  notes jsonb not null default '[]' check (jsonb_typeof(notes) = 'array'),
  -- [{ name, sha256, bytes }] as they were given.
  files jsonb not null check (jsonb_typeof(files) = 'array'),
  -- The stored table, <hash>.parquet, or the boundaries, <hash>.geojson.gz.
  stored text not null check (stored ~ '^[0-9a-f]{64}$'),
  added_by text not null,
  added_at timestamptz not null default now()
);
create index reference_release_kind on evidence.reference_release (kind, layout, vintage);

-- It is never changed and never goes: figures name it.
grant select, insert on evidence.reference_release to concord_member;
