-- Views: what somebody may see of a figure, and the ledger of those that were let out. What is out cannot be taken back, so
-- every new view is checked against all that the ledger holds.

create table evidence.view (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  -- Hash of figure, audience, rule and the head of the ledger against which it was checked.
  id text not null check (id ~ '^sha256:[0-9a-f]{64}$'),
  figure_id text not null,
  audience text not null check (audience in ('restricted', 'partner', 'public')),
  -- { name, version, hiddenUpTo, roundedTo }
  rule jsonb not null check (jsonb_typeof(rule) = 'object'),
  -- Null where nothing was let out before, and for a restricted view, which is not checked.
  ledger text check (ledger ~ '^sha256:[0-9a-f]{64}$'),
  -- Canonical JSON (RFC 8785) of rows, notes and the sentence on what is hidden, as text: its bytes are what the hash is of.
  answer text not null,
  answer_sha256 text not null check (answer_sha256 ~ '^sha256:[0-9a-f]{64}$'),
  -- Who asked for it first.
  made_by text not null check (made_by = 'system' or length(made_by) = 36),
  made_at timestamptz not null default now(),
  primary key (partnership_id, id),
  foreign key (partnership_id, figure_id) references evidence.figure (partnership_id, id)
);
create index view_figure on evidence.view (partnership_id, figure_id);
create index view_maker on evidence.view (partnership_id, made_by, made_at desc);

-- The published-view ledger: a chain by partnership, each entry with the hash of the one before it.
create table evidence.published_view (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  seq int not null check (seq >= 1),
  view_id text not null,
  audience text not null check (audience in ('partner', 'public')),
  at timestamptz not null,
  by text not null check (by = 'system' or length(by) = 36),
  prev text not null check (prev ~ '^sha256:[0-9a-f]{64}$'),
  -- Of prev, then the canonical JSON of { at, audience, by, seq, view }.
  hash text not null check (hash ~ '^sha256:[0-9a-f]{64}$'),
  primary key (partnership_id, seq),
  -- A chain never forks, and a view is let out once.
  unique (partnership_id, prev),
  unique (partnership_id, view_id),
  foreign key (partnership_id, view_id) references evidence.view (partnership_id, id)
);

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['view', 'published_view'] loop
    execute format('alter table evidence.%I enable row level security', name);
    execute format('alter table evidence.%I force row level security', name);
    execute format('create policy %I on evidence.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;
-- Neither is ever changed, and neither goes.
grant select, insert on evidence.view, evidence.published_view to concord_member;

-- ── What the public sees ───────────────────────────────────────────────────────────────────────────────────────────────

create table published.figure_view (
  partnership_id uuid not null,
  id text not null,
  title text not null,
  published_at timestamptz not null,
  -- See `ViewShown` in src/evidence/view-document.ts: the document, the names of its areas, the picture.
  shown jsonb not null,
  primary key (partnership_id, id)
);
grant select on published.figure_view to concord_member, concord_identity, concord_public;

-- Copies a view that the ledger holds for the public. Called in the unit of work that put it there.
create function evidence.publish_view(view text, shown jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  here uuid := partnership.bound();
begin
  insert into published.figure_view
    select here, v.id, f.title, p.at, publish_view.shown
    from evidence.published_view p
      join evidence.view v on v.partnership_id = here and v.id = p.view_id
      join evidence.figure f on f.partnership_id = here and f.id = v.figure_id
    where p.partnership_id = here and p.view_id = publish_view.view and p.audience = 'public';
  if not found then raise exception 'the view % is not in the ledger for the public', publish_view.view; end if;
end $$;
revoke execute on function evidence.publish_view from public;
grant execute on function evidence.publish_view to concord_member;
