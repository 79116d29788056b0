-- How a partnership looks, and who answers for its public pages: what the privacy notice and the accessibility statement name.

create table partnership.look (
  partnership_id uuid primary key references platform.partnership,
  -- Checked for contrast before it is kept; see src/govuk/accent-colour.ts.
  accent text check (accent ~ '^#[0-9a-f]{6}$'),
  -- A PNG.
  logo bytea check (length(logo) between 1 and 200000),
  logo_alt text check (length(logo_alt) between 1 and 200),
  contact_name text check (length(contact_name) between 1 and 200),
  contact_email text check (length(contact_email) <= 254),
  contact_phone text check (length(contact_phone) <= 40),
  -- Counts the changes, so that of two who change it at the same time one is told.
  version int not null default 1,
  check ((logo is null) = (logo_alt is null))
);
alter table partnership.look enable row level security;
alter table partnership.look force row level security;
create policy look_of_partnership on partnership.look to concord_member, concord_owner
  using (partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid)
  with check (partnership_id = nullif(current_setting('concord.partnership', true), '')::uuid);
grant select, insert, update on partnership.look to concord_member;

alter table published.partnership
  add column accent text,
  -- The beginning of SHA-256 of its bytes: the address of a logo changes with the logo.
  add column logo_hash text,
  add column logo_alt text,
  add column contact_name text,
  add column contact_email text,
  add column contact_phone text;

create table published.logo (
  partnership_id uuid primary key,
  bytes bytea not null
);
grant select on published.logo to concord_public;

-- Names the bound partnership and copies how it looks to where the public sees it. Called in the unit of work that changed it.
create function partnership.publish_look(called text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  here uuid := partnership.bound();
begin
  update platform.partnership set name = called where id = here and name <> called;
  update published.partnership p set
      name = called,
      accent = l.accent,
      logo_hash = left(encode(sha256(l.logo), 'hex'), 16),
      logo_alt = l.logo_alt,
      contact_name = l.contact_name,
      contact_email = l.contact_email,
      contact_phone = l.contact_phone
    from partnership.look l
    where p.id = here and l.partnership_id = here;
  delete from published.logo where partnership_id = here;
  insert into published.logo select here, l.logo from partnership.look l where l.partnership_id = here and l.logo is not null;
end $$;
revoke execute on function partnership.publish_look from public;
grant execute on function partnership.publish_look to concord_member;
