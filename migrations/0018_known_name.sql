-- Every name by which an organisation of the register is known: files of partners name a sender by a code as often as by its
-- name, and the register keeps such a code as a name that the organisation also has.
create view partnership.shared_organisation_name with (security_barrier) as
  select o.id as organisation_id, o.name, lower(o.name) as known_as
  from partnership.organisation o
  where o.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid
  union
  select o.id, o.name, lower(n.name)
  from partnership.organisation o
    join partnership.other_name n on n.partnership_id = o.partnership_id and n.organisation_id = o.id
  where o.partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid;
grant select on partnership.shared_organisation_name to concord_member;
