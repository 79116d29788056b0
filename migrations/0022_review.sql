-- Documents of what is published, measures that take their values from the evidence, the yearly review, and what keeps a
-- strategy from being published.

-- Files for everybody, made once for each version that is published. The same version gives the same bytes.
create table published.document (
  partnership_id uuid not null,
  -- `strategy/<id>`, or `plan/<hash of what is shown>`: a file that is made late is of no other plan.
  subject text not null check (length(subject) between 1 and 100),
  form text not null check (form in ('pdf', 'docx')),
  sha256 text not null check (sha256 ~ '^sha256:[0-9a-f]{64}$'),
  body bytea not null,
  primary key (partnership_id, subject, form)
);
grant select on published.document to concord_member, concord_identity, concord_public;

create function strategy.keep_document(subject text, form text, sha256 text, body bytea) returns void
language sql security definer set search_path = '' as $$
  insert into published.document (partnership_id, subject, form, sha256, body) values (partnership.bound(), subject, form, sha256, body)
    on conflict (partnership_id, subject, form) do update set sha256 = excluded.sha256, body = excluded.body;
$$;
-- What is published anew has no files until they are made.
create function strategy.drop_documents(of_subject text) returns void
language sql security definer set search_path = '' as $$
  delete from published.document where partnership_id = partnership.bound()
    and (subject = of_subject or starts_with(subject, of_subject || '/'));
$$;
revoke execute on function strategy.keep_document, strategy.drop_documents from public;
grant execute on function strategy.keep_document, strategy.drop_documents to concord_member;

-- The figure whose months are the values: a view that was let out, so that small numbers stay hidden.
alter table strategy.measure
  add column view_id text,
  add column baseline_from text check (baseline_from ~ '^\d{4}-\d\d$'),
  add column baseline_to text check (baseline_to ~ '^\d{4}-\d\d$'),
  add constraint measure_view foreign key (partnership_id, view_id) references evidence.view (partnership_id, id),
  add constraint measure_baseline check ((baseline_from is null) = (baseline_to is null) and baseline_from <= baseline_to);
create index measure_view on strategy.measure (partnership_id, view_id);

-- How the partnership works with its strategy. The newest row counts; without one nothing is kept back.
create table strategy.setting (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  -- Orphans and untested assumptions of the theory of change keep a strategy from being published.
  theory_blocks boolean not null,
  kept_at timestamptz not null default clock_timestamp()
);
create index setting_newest on strategy.setting (partnership_id, kept_at desc);

-- A review of a published version, part by part, against the year before.
create table strategy.review (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  strategy_id uuid not null,
  -- The year that is looked back on: the days after the first, to the last.
  since date not null,
  until date not null,
  -- By part, what people make of it.
  words jsonb not null default '{}' check (jsonb_typeof(words) = 'object'),
  outcome text check (outcome in ('keep', 'revise')),
  body text check (length(body) between 1 and 200),
  finished_on date,
  -- The report as it was on that day: a document model.
  report jsonb check (jsonb_typeof(report) = 'object'),
  pdf bytea,
  docx bytea,
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, strategy_id) references strategy.strategy (partnership_id, id),
  check (since < until),
  check ((finished_on is null) = (outcome is null) and (finished_on is null) = (body is null) and (finished_on is null) = (report is null)),
  check (report is not null or (pdf is null and docx is null))
);
create index review_strategy on strategy.review (partnership_id, strategy_id);
-- One at a time for a version.
create unique index review_open on strategy.review (partnership_id, strategy_id) where finished_on is null;

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['setting', 'review'] loop
    execute format('alter table strategy.%I enable row level security', name);
    execute format('alter table strategy.%I force row level security', name);
    execute format('create policy %I on strategy.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;
grant select, insert, update on strategy.review to concord_member;
-- Never changed: the next one counts.
grant select, insert on strategy.setting to concord_member;
-- A finished review is never changed: only its files are added, once.
create function strategy.keep_review() returns trigger
language plpgsql set search_path = '' as $$
begin
  if old.finished_on is not null and ((to_jsonb(old) - 'pdf' - 'docx') is distinct from (to_jsonb(new) - 'pdf' - 'docx')
      or (old.pdf is not null and new.pdf is distinct from old.pdf)
      or (old.docx is not null and new.docx is distinct from old.docx)) then
    raise exception 'a finished review is not changed';
  end if;
  return new;
end $$;
create trigger finished before update on strategy.review for each row execute function strategy.keep_review();
