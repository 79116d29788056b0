-- What an indicator says today: the figures that were worked out for it, by area. The numbers are in the figures, each with its
-- passport; here stands only which figures they are, or why there is none.

create table evidence.indicator_value (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  indicator_id uuid not null,
  area text not null,
  area_name text not null check (length(area_name) between 1 and 200),
  from_month text not null check (from_month ~ '^\d{4}-\d\d$'),
  to_month text not null check (to_month ~ '^\d{4}-\d\d$'),
  -- { value, whole, rate, change, chart, comparison }, each { figure } or { why }: see `IndicatorFound` in src/evidence/indicator-value.ts.
  found jsonb not null check (jsonb_typeof(found) = 'object'),
  -- Hash of what was counted and how: where the indicator changed since, these figures are not its value any more.
  asked_sha256 text not null check (asked_sha256 ~ '^sha256:[0-9a-f]{64}$'),
  made_by text not null check (made_by = 'system' or length(made_by) = 36),
  made_at timestamptz not null default now(),
  primary key (partnership_id, indicator_id, area),
  foreign key (partnership_id, indicator_id) references evidence.indicator (partnership_id, id)
);

alter table evidence.indicator_value enable row level security;
alter table evidence.indicator_value force row level security;
create policy indicator_value_of_partnership on evidence.indicator_value to concord_member, concord_owner
  using (partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid)
  with check (partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid);
grant select, insert, update, delete on evidence.indicator_value to concord_member;
