-- Figures: questions that have one answer for ever. The answer is kept, so that it is there at once the next time, and so
-- that whoever asks later can see that the same inputs give the same bytes.

create table evidence.figure (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  -- Hash of the question: measure, source, area, period, breakdown, definition, releases, references, options, seed.
  id text not null check (id ~ '^sha256:[0-9a-f]{64}$'),
  title text not null check (length(title) between 1 and 1000),
  question jsonb not null check (jsonb_typeof(question) = 'object'),
  -- Canonical JSON (RFC 8785) of rows and notes, as text: its bytes are what the hash beside it is of.
  answer text not null,
  answer_sha256 text not null check (answer_sha256 ~ '^sha256:[0-9a-f]{64}$'),
  -- Version of Concord that worked it out.
  code text not null,
  asked_at timestamptz not null default now(),
  primary key (partnership_id, id)
);

alter table evidence.figure enable row level security;
alter table evidence.figure force row level security;
create policy figure_of_partnership on evidence.figure to concord_member, concord_owner
  using (partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid)
  with check (partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid);
grant select, insert on evidence.figure to concord_member;
