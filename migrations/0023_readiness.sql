-- How ready the partnership is: dimensions and levels that it sets itself, scored by each partner, moderated, repeated.

create table strategy.readiness_dimension (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  place int not null check (place between 1 and 999),
  title text not null check (length(title) between 1 and 200),
  -- The words of each level, the lowest first.
  levels jsonb not null check (jsonb_typeof(levels) = 'array' and jsonb_array_length(levels) between 2 and 6),
  ended_on date,
  unique (partnership_id, id)
);

create table strategy.readiness_round (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  number int not null check (number >= 1),
  opened_on date not null,
  closed_on date,
  unique (partnership_id, id),
  unique (partnership_id, number),
  check (closed_on >= opened_on)
);
create unique index readiness_round_open on strategy.readiness_round (partnership_id) where closed_on is null;

-- What one organisation says of itself and the partnership.
create table strategy.readiness_score (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  round_id uuid not null,
  dimension_id uuid not null,
  organisation_id uuid not null,
  level int not null check (level between 1 and 6),
  evidence text check (length(evidence) between 1 and 2000),
  scored_on date not null,
  unique (partnership_id, round_id, dimension_id, organisation_id),
  foreign key (partnership_id, round_id) references strategy.readiness_round (partnership_id, id),
  foreign key (partnership_id, dimension_id) references strategy.readiness_dimension (partnership_id, id),
  foreign key (partnership_id, organisation_id) references partnership.organisation (partnership_id, id)
);
create index readiness_score_dimension on strategy.readiness_score (partnership_id, dimension_id);
create index readiness_score_organisation on strategy.readiness_score (partnership_id, organisation_id);

-- What all agreed on, where they want to be, and the action that leads there.
create table strategy.readiness_agreed (
  id uuid primary key default gen_random_uuid(),
  partnership_id uuid not null default partnership.bound() references platform.partnership,
  round_id uuid not null,
  dimension_id uuid not null,
  level int not null check (level between 1 and 6),
  target int not null check (target between 1 and 6),
  note text not null check (length(note) between 1 and 2000),
  action_id uuid,
  agreed_on date not null,
  unique (partnership_id, round_id, dimension_id),
  foreign key (partnership_id, round_id) references strategy.readiness_round (partnership_id, id),
  foreign key (partnership_id, dimension_id) references strategy.readiness_dimension (partnership_id, id),
  foreign key (partnership_id, action_id) references strategy.action (partnership_id, id)
);
create index readiness_agreed_dimension on strategy.readiness_agreed (partnership_id, dimension_id);
create index readiness_agreed_action on strategy.readiness_agreed (partnership_id, action_id);

do $$
declare
  of_partnership text := 'partnership_id = nullif(current_setting(''concord.partnership'', true), '''')::uuid';
  name text;
begin
  foreach name in array array['readiness_dimension', 'readiness_round', 'readiness_score', 'readiness_agreed'] loop
    execute format('alter table strategy.%I enable row level security', name);
    execute format('alter table strategy.%I force row level security', name);
    execute format('create policy %I on strategy.%I to concord_member, concord_owner using (%s) with check (%s)',
      name || '_of_partnership', name, of_partnership, of_partnership);
  end loop;
end $$;
grant select, insert, update on strategy.readiness_dimension, strategy.readiness_round, strategy.readiness_score,
  strategy.readiness_agreed to concord_member;
