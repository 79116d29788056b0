-- Did it work? Interventions that the partnership runs or buys with what came of them by quarter, the approach that work
-- builds on, evaluations from the plan to the result, and what was learned.

create table strategy.intervention (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  title text not null check (length(title) between 1 and 200),
  about text check (length(about) between 1 and 4000),
  for_whom text not null check (length(for_whom) between 1 and 300),
  -- Run by the partnership, or bought.
  how text not null check (how in ('run', 'procured')),
  state text not null check (state in ('planned', 'running', 'ended')),
  -- An organisation of the register, a service of the directory, or both.
  provider_id uuid,
  service_id uuid,
  grant_id uuid,
  starts date,
  ends date,
  -- Of the whole contract.
  cost_pence bigint check (cost_pence between 0 and 9999999999999),
  -- What counts as the outcome of somebody who completed it.
  outcome text not null check (length(outcome) between 1 and 300),
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, provider_id) references partnership.organisation (partnership_id, id),
  foreign key (partnership_id, service_id) references directory.service (partnership_id, id),
  foreign key (partnership_id, grant_id) references strategy.grant_fund (partnership_id, id),
  check (ends >= starts)
);
create unique index intervention_title on strategy.intervention (partnership_id, lower(title));
create index intervention_grant on strategy.intervention (partnership_id, grant_id);
create index intervention_provider on strategy.intervention (partnership_id, provider_id);

create table strategy.intervention_action (
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  id uuid not null default gen_random_uuid(),
  intervention_id uuid not null,
  action_id uuid not null,
  primary key (partnership_id, intervention_id, action_id),
  foreign key (partnership_id, intervention_id) references strategy.intervention (partnership_id, id),
  foreign key (partnership_id, action_id) references strategy.action (partnership_id, id)
);
create index intervention_action_action on strategy.intervention_action (partnership_id, action_id);

-- Counts of a quarter, never persons. One after another: a quarter is not put in between two that are there.
create table strategy.intervention_quarter (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  intervention_id uuid not null,
  -- Its first month.
  quarter text not null check (quarter ~ '^\d{4}-(01|04|07|10)$'),
  referred int not null check (referred between 0 and 1000000),
  started int not null check (started between 0 and 1000000),
  completed int not null check (completed between 0 and 1000000),
  -- Of those who completed it in the quarter.
  outcome int not null check (outcome between 0 and completed),
  spent_pence bigint check (spent_pence between 0 and 9999999999999),
  words text check (length(words) between 1 and 1000),
  -- What nobody below the restricted audience is shown, of the quarter and of the sums up to it. It was decided against all
  -- that was shown before, so it stays.
  hidden text[] not null,
  recorded_on date not null,
  unique (partnership_id, intervention_id, quarter),
  foreign key (partnership_id, intervention_id) references strategy.intervention (partnership_id, id)
);

-- What an action or an intervention builds on: one approach each.
create table strategy.approach_use (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  approach_id uuid not null,
  action_id uuid,
  intervention_id uuid,
  -- Why it was chosen although it is rated harmful.
  override text check (length(override) between 1 and 2000),
  chosen_on date not null,
  chosen_by text not null check (chosen_by = 'system' or length(chosen_by) = 36),
  unique (partnership_id, action_id),
  unique (partnership_id, intervention_id),
  foreign key (partnership_id, approach_id) references strategy.approach (partnership_id, id),
  foreign key (partnership_id, action_id) references strategy.action (partnership_id, id),
  foreign key (partnership_id, intervention_id) references strategy.intervention (partnership_id, id),
  check (num_nonnulls(action_id, intervention_id) = 1)
);
create index approach_use_approach on strategy.approach_use (partnership_id, approach_id);

create table strategy.evaluation (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  title text not null check (length(title) between 1 and 300),
  action_id uuid,
  intervention_id uuid,
  owner text check (length(owner) between 1 and 200),
  design text not null check (design in ('before-and-after', 'interrupted-time-series', 'displacement-difference',
    'difference-in-differences', 'synthetic-control')),
  comparison text check (length(comparison) between 1 and 1000),
  outcome text not null check (length(outcome) between 1 and 300),
  better text not null check (better in ('lower', 'higher')),
  measure_id uuid,
  -- The first month after the start.
  begins text check (begins ~ '^\d{4}-\d\d$'),
  months_before int check (months_before between 1 and 240),
  months_after int check (months_after between 1 and 240),
  -- Events that are expected if nothing changes, in the whole of each period.
  expected_before int check (expected_before between 0 and 999999999),
  expected_after int check (expected_after between 0 and 999999999),
  comparison_before int check (comparison_before between 0 and 999999999),
  comparison_after int check (comparison_after between 0 and 999999999),
  dispersion numeric not null default 1 check (dispersion between 0.1 and 100),
  state text not null default 'draft' check (state in ('draft', 'planned', 'under-way', 'reported', 'stopped')),
  -- What the design would see, as it was known when the plan was agreed. See `Power` in src/strategy/evaluation.ts.
  power jsonb,
  agreed_on date,
  began_on date,
  -- See `EvaluationResult` in src/strategy/evaluation-result.ts.
  result jsonb,
  decision text check (length(decision) between 1 and 2000),
  ended_on date,
  stopped_because text check (length(stopped_because) between 1 and 1000),
  added_at timestamptz not null default now(),
  unique (partnership_id, id),
  foreign key (partnership_id, action_id) references strategy.action (partnership_id, id),
  foreign key (partnership_id, intervention_id) references strategy.intervention (partnership_id, id),
  foreign key (partnership_id, measure_id) references strategy.measure (partnership_id, id),
  check (num_nonnulls(action_id, intervention_id) = 1),
  check ((state = 'reported') = (result is not null)),
  check ((state = 'stopped') = (stopped_because is not null)),
  check (state = 'draft' or state = 'stopped' or (power is not null and agreed_on is not null and begins is not null))
);
create index evaluation_action on strategy.evaluation (partnership_id, action_id);
create index evaluation_intervention on strategy.evaluation (partnership_id, intervention_id);
create index evaluation_measure on strategy.evaluation (partnership_id, measure_id);

-- What was counted: a place and a month each.
create table strategy.evaluation_month (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  evaluation_id uuid not null,
  place text not null check (length(place) between 1 and 100),
  role text not null check (role in ('treated', 'comparison', 'buffer', 'buffer-comparison')),
  month text not null check (month ~ '^\d{4}-\d\d$'),
  count int not null check (count between 0 and 999999999),
  unique (partnership_id, evaluation_id, place, month),
  foreign key (partnership_id, evaluation_id) references strategy.evaluation (partnership_id, id)
);

-- What was learned, for whoever does the like.
create table strategy.lesson (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  title text not null check (length(title) between 1 and 200),
  words text not null check (length(words) between 1 and 4000),
  action_id uuid,
  intervention_id uuid,
  approach_id uuid,
  evaluation_id uuid,
  learned_on date not null,
  unique (partnership_id, id),
  foreign key (partnership_id, action_id) references strategy.action (partnership_id, id),
  foreign key (partnership_id, intervention_id) references strategy.intervention (partnership_id, id),
  foreign key (partnership_id, approach_id) references strategy.approach (partnership_id, id),
  foreign key (partnership_id, evaluation_id) references strategy.evaluation (partnership_id, id),
  check (num_nonnulls(action_id, intervention_id, approach_id, evaluation_id) <= 1)
);
create index lesson_evaluation on strategy.lesson (partnership_id, evaluation_id);

do $$
declare
  kept text[];
begin
  foreach kept slice 1 in array array[
    ['intervention', 'id'], ['intervention_action', 'intervention_id'], ['intervention_quarter', 'intervention_id'],
    ['approach_use', 'intervention_id,action_id'], ['evaluation', 'id'], ['lesson', 'id']]
  loop
    execute format('create trigger kept after insert or update or delete on strategy.%I
      for each row when (current_user <> ''concord_owner'') execute function partnership.keep_change(%L)', kept[1], kept[2]);
  end loop;
end $$;

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['intervention', 'intervention_action', 'intervention_quarter', 'approach_use', 'evaluation',
    'evaluation_month', 'lesson']
  loop
    execute format('alter table strategy.%I enable row level security', name);
    execute format('alter table strategy.%I force row level security', name);
    execute format('create policy %I on strategy.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;
grant select, insert, update on strategy.intervention, strategy.intervention_quarter, strategy.approach_use, strategy.evaluation,
  strategy.lesson to concord_member;
grant select, insert, delete on strategy.intervention_action, strategy.evaluation_month to concord_member;

-- What is confidential in the directory is named nowhere else.
create view directory.shared_service with (security_barrier) as
  select s.id, s.name, s.state, s.prevention->'approach' as approach
  from directory.service s
  where s.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid and s.visibility <> 'confidential';
grant select on directory.shared_service to concord_member;
