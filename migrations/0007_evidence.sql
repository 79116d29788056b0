-- What do we know? Files of partners become releases: immutable Parquet files named by their hash, with what they were
-- made from. The rows of the files themselves are not here but in the release folder; here is what is known about them.

create schema evidence;
grant usage on schema evidence to concord_member;

-- A load of files that is being checked, waits for the word to go on, or has ended. Rows reach a release only from here.
create table evidence.intake (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  source text not null check (source ~ '^[a-z]+(-[a-z]+)*$'),
  -- checking → ready → loaded; or refused (nothing of it can be read), failed (try again) or left (somebody decided against it).
  state text not null default 'checking' check (state in ('checking', 'ready', 'loaded', 'refused', 'failed', 'left')),
  -- Where its files lie among the incoming ones, until it is loaded, refused or left.
  folder uuid not null,
  -- [{ name, sha256, bytes }] as they were sent, in their order; the first lies in the folder as `0`.
  files jsonb not null check (jsonb_typeof(files) = 'array'),
  -- { months, replaceMonths, mapping, agreement }
  options jsonb not null default '{}' check (jsonb_typeof(options) = 'object'),
  -- What the check found; see `CheckedLoad` in src/evidence/load.store.ts.
  checked jsonb check (jsonb_typeof(checked) = 'object'),
  refusal text check (length(refusal) between 1 and 2000),
  job_id uuid,
  release_id text,
  asked_by text not null,
  asked_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (partnership_id, id)
);
create index intake_asked on evidence.intake (partnership_id, asked_at desc);

create table evidence.release (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  -- Hash of what it was made from: files, format and its version, mapping, options. Never of when or by whom.
  id text not null check (id ~ '^sha256:[0-9a-f]{64}$'),
  source text not null check (source ~ '^[a-z]+(-[a-z]+)*$'),
  format_version int not null,
  -- Hash of the Parquet file, or of the list of hashes where it has several.
  parquet text not null check (parquet ~ '^sha256:[0-9a-f]{64}$'),
  mapping text,
  agreement_id uuid,
  months text[] not null,
  -- Whether it takes the place of what was there for its months.
  replaces_months boolean not null default false,
  rows_read bigint not null,
  rows_accepted bigint not null,
  rows_quarantined bigint not null,
  rows_already_loaded bigint not null,
  rows_outside bigint not null,
  rows_unlocated bigint not null,
  -- How often each reason came up, columns that were not read, words that were left out.
  notes jsonb not null default '{}',
  imported_by text not null,
  imported_at timestamptz not null default now(),
  primary key (partnership_id, id),
  foreign key (partnership_id, agreement_id) references exchange.agreement (partnership_id, id),
  check (rows_read = rows_accepted + rows_quarantined + rows_already_loaded + rows_outside),
  check (rows_unlocated <= rows_accepted)
);
create index release_source on evidence.release (partnership_id, source, imported_at);
alter table evidence.intake add foreign key (partnership_id, release_id) references evidence.release (partnership_id, id);

create table evidence.release_file (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  release_id text not null,
  place int not null,
  name text not null check (length(name) between 1 and 1000),
  -- Of the table itself: the same for a file that was sent plain, packed or in an archive.
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- Of the file as it was sent.
  sent_sha256 text not null check (sent_sha256 ~ '^[0-9a-f]{64}$'),
  rows jsonb not null,
  primary key (partnership_id, release_id, place),
  foreign key (partnership_id, release_id) references evidence.release (partnership_id, id)
);
create index release_file_hash on evidence.release_file (partnership_id, sha256);

create table evidence.release_part (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  release_id text not null,
  place int not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null,
  rows bigint not null,
  months text[] not null,
  primary key (partnership_id, release_id, place),
  foreign key (partnership_id, release_id) references evidence.release (partnership_id, id)
);

-- What a release holds of each month and provider. A month that a later release took the place of names that release; the
-- rows stay, and old figures keep theirs.
create table evidence.release_month (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  release_id text not null,
  month text not null check (month ~ '^\d{4}-\d\d$'),
  -- Empty where the format has none.
  provider text not null,
  rows bigint not null,
  unlocated bigint not null,
  superseded_by text,
  primary key (partnership_id, release_id, month, provider),
  foreign key (partnership_id, release_id) references evidence.release (partnership_id, id),
  foreign key (partnership_id, superseded_by) references evidence.release (partnership_id, id)
);

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['intake', 'release', 'release_file', 'release_part', 'release_month'] loop
    execute format('alter table evidence.%I enable row level security', name);
    execute format('alter table evidence.%I force row level security', name);
    execute format('create policy %I on evidence.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;

-- A release is never changed and never goes: only that a month of it was replaced is noted.
grant select, insert on evidence.release, evidence.release_file, evidence.release_part, evidence.release_month to concord_member;
grant update (superseded_by) on evidence.release_month to concord_member;
grant select, insert, update on evidence.intake to concord_member;
