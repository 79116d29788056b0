import { parsePartialDate, type IsoDate, type PartialDate } from '../duty/index.ts';
import { addArea } from '../partnership/area.store.ts';
import {
  exampleAreas,
  exampleIntake,
  exampleOrganisations,
  examplePartnershipName,
} from '../partnership/example-organisations.ts';
import { examplePeople, examplePeopleUnderLock } from '../partnership/example-people.ts';
import {
  addMembership,
  addOrganisation,
  addOtherName,
  addSuccession,
  changeMembership,
  changeOrganisation,
  membershipsOf,
} from '../partnership/organisation.store.ts';
import { keepIntake } from '../partnership/intake.store.ts';
import { addPerson, addProtectedPerson, changePerson } from '../partnership/person.store.ts';
import { addPost } from '../partnership/post.store.ts';
import { publish } from '../partnership/register.store.ts';
import { dayBefore } from '../partnership/succession.ts';
import { reading, type Work } from '../platform/database/work.ts';
import { loadExampleBoards } from './example-boards.ts';

/**
 * Fills the register of one partnership of the example.
 * @param accounts who signs in, by email address
 */
export async function loadExampleRegister(
  work: Work<'partnership'>,
  slug: string,
  today: IsoDate,
  accounts: ReadonlyMap<string, string>,
): Promise<void> {
  for (const { id, within, ...area } of exampleAreas[slug] ?? [])
    await addArea(work, { ...area, within: within ?? null, since: null, until: null }, id);
  if (slug === 'haverness') {
    await loadOrganisations(work);
    await loadPeople(work, accounts);
    await loadExampleBoards(work, {
      organisation(name) {
        const found = exampleOrganisations.find((each) => each.name === name);
        if (found === undefined) throw new Error(`the example has no organisation ${name}`);
        return found.id;
      },
      dated,
    });
    const by = accounts.get('coordinator@haverness.example') ?? '';
    await keepIntake(work, { ...exampleIntake, kind: 'organisations', by });
  }
  await publish(work, today);
}

async function loadOrganisations(work: Work<'partnership'>): Promise<void> {
  await addOtherName(work, {}, { ...examplePartnershipName, use: 'also', until: null });
  for (const { id, name, website, isHidden, otherNames = [], formerName, memberships } of exampleOrganisations) {
    await addOrganisation(work, { id, name, website: website ?? null, isPublic: isHidden !== true });
    for (const other of otherNames)
      await addOtherName(work, { organisation: id }, { ...other, use: 'also', until: null });
    if (formerName !== undefined)
      await addOtherName(
        work,
        { organisation: id },
        { name: formerName.name, use: 'former', until: dated(formerName.until) },
      );
    for (const { id: membership, capacity, since, until, because } of memberships)
      await addMembership(
        work,
        id,
        { capacity, areaId: null, since: dated(since), until: dated(until), optedInBecause: because ?? null },
        membership,
      );
  }
  for (const { id, became } of exampleOrganisations) {
    const on = dated(became?.on);
    if (became === undefined || on === null) continue;
    for (const membership of await membershipsOf(reading(work), id)) {
      await changeMembership(work, membership.id, { ...membership, until: dayBefore(on) });
      await addMembership(work, became.successor, { ...membership, since: on, until: null });
    }
    await addSuccession(work, id, became.successor, on);
    await changeOrganisation(work, id, { ended: dayBefore(on) });
  }
}

/** @throws where the example names an organisation or an account that is not there */
async function loadPeople(work: Work<'partnership'>, accounts: ReadonlyMap<string, string>): Promise<void> {
  const idByName = new Map(exampleOrganisations.map(({ id, name }) => [name, id]));
  const found = (kind: string, name: string, id: string | undefined): string => {
    if (id === undefined) throw new Error(`the example has no ${kind} ${name}`);
    return id;
  };
  for (const { id, name, email = null, phone = null, account, left, posts } of examplePeople) {
    const accountId = account === undefined ? null : found('account', account, accounts.get(account));
    await addPerson(work, { id, name, email, phone, accountId });
    for (const { id: post, title, at, since, until } of posts) {
      const organisationId = found('organisation', at, idByName.get(at));
      await addPost(work, id, { id: post, organisationId, title, since: dated(since), until: dated(until) });
    }
    if (left !== undefined) await changePerson(work, id, { leftOn: dated(left) });
  }
  for (const person of examplePeopleUnderLock) await addProtectedPerson(work, person);
}

/** @throws where the example says something that is no date */
function dated(words: string | undefined): PartialDate | null {
  if (words === undefined) return null;
  const read = parsePartialDate(words);
  if (!read.done) throw new Error(`${words}: ${read.sentence}`);
  return read.value;
}
