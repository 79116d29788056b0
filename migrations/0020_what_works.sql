-- What works? A register of approaches and of other partnerships' case studies, each with how sure one can be and where it
-- is from, and the files that were read into it.

create table strategy.approach (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  kind text not null check (kind in ('approach', 'case-study')),
  title text not null check (length(title) between 1 and 200),
  about text check (length(about) between 1 and 4000),
  -- Of whom a case study tells: a place or a partnership.
  told_by text check (length(told_by) between 1 and 200),
  impact text not null check (impact in ('harmful', 'none', 'low', 'moderate', 'high', 'insufficient')),
  -- One to five, and one to three; null where the source does not say.
  security int check (security between 1 and 5),
  cost int check (cost between 1 and 3),
  tiers text[] not null default '{}' check (tiers <@ array['primary', 'secondary', 'tertiary']),
  source text not null check (length(source) between 1 and 500),
  source_address text check (length(source_address) between 1 and 500),
  -- The day on which somebody of the partnership held it against its source; null: nobody did.
  checked_on date,
  -- The word of the directory's taxonomy of approaches, where it has one.
  term text check (length(term) between 1 and 100),
  origin text not null default 'own' check (origin in ('own', 'default', 'file', 'hub')),
  -- Shown to the other partnerships of the hub.
  is_shared boolean not null default false,
  -- Which entry of which partnership it was taken over from.
  of_partnership uuid,
  of_id uuid,
  ended_on date,
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  check ((of_partnership is null) = (of_id is null))
);
create unique index approach_title on strategy.approach (partnership_id, lower(title)) where ended_on is null;
create unique index approach_taken on strategy.approach (partnership_id, of_id) where of_id is not null;

-- A file that somebody sent, of approaches or of interventions: what was read of it, and the rows that go back.
create table strategy.rows_file (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  kind text not null check (kind in ('approaches', 'interventions')),
  file_name text not null check (length(file_name) between 1 and 200),
  added int not null,
  changed int not null,
  unchanged int not null,
  -- [{ row, cells, reason }]
  refused jsonb not null check (jsonb_typeof(refused) = 'array'),
  sent_by text not null check (length(sent_by) = 36),
  sent_at timestamptz not null default now()
);

create trigger kept after insert or update or delete on strategy.approach
  for each row when (current_user <> 'concord_owner') execute function partnership.keep_change('id');

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['approach', 'rows_file']
  loop
    execute format('alter table strategy.%I enable row level security', name);
    execute format('alter table strategy.%I force row level security', name);
    execute format('create policy %I on strategy.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;
grant select, insert, update on strategy.approach to concord_member;
grant select, insert on strategy.rows_file to concord_member;

-- ── What the partnerships of one hub show each other ───────────────────────────────────────────────────────────────────

-- Members may read it, the public may not: it is shared, and not published.
create table published.approach (
  partnership_id uuid not null,
  id uuid not null,
  partnership_name text not null,
  hub_id uuid not null,
  kind text not null,
  title text not null,
  about text,
  told_by text,
  impact text not null,
  security int,
  cost int,
  tiers text[] not null,
  source text not null,
  source_address text,
  checked_on date,
  primary key (partnership_id, id)
);
create index approach_hub on published.approach (hub_id);
grant select on published.approach to concord_member;

-- Copies what the bound partnership shares with its hub. Called in the unit of work that changed it.
create function strategy.share_approaches() returns void
language plpgsql security definer set search_path = '' as $$
declare
  here uuid := partnership.bound();
begin
  delete from published.approach where partnership_id = here;
  insert into published.approach
    select here, a.id, p.name, coalesce(p.hub_id, p.id), a.kind, a.title, a.about, a.told_by, a.impact, a.security, a.cost, a.tiers,
      a.source, a.source_address, a.checked_on
    from strategy.approach a join platform.partnership p on p.id = here
    where a.partnership_id = here and a.is_shared and a.ended_on is null;
end $$;
revoke execute on function strategy.share_approaches from public;
grant execute on function strategy.share_approaches to concord_member;
