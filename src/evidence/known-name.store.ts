import type { ReadWork } from '../platform/database/work.ts';

/** Names of organisations of the register by every name and code by which they are known, in small letters. */
export async function knownNames(work: ReadWork<'partnership'>): Promise<ReadonlyMap<string, string>> {
  const rows = await work
    .selectFrom('partnership.shared_organisation_name')
    .select(['name', 'known_as'])
    .orderBy('name')
    .execute();
  // Where two are known by the same, the one that is called so wins.
  const names = new Map<string, string>();
  for (const { name, known_as } of rows)
    if (!names.has(known_as) || name.toLowerCase() === known_as) names.set(known_as, name);
  return names;
}
