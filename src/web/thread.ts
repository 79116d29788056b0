import { foldLinks, type Knot, type Orphan, type Ref, type Role, type ThreadLinks } from '../duty/index.ts';
import { links as directoryLinks } from '../directory/index.store.ts';
import { mayWorkOnFigures } from '../evidence/index.ts';
import { links as evidenceLinks } from '../evidence/index.store.ts';
import type { ReadWork, Schema } from '../platform/database/work.ts';
import { links as strategyLinks, orphans as strategyOrphans, workedLinks } from '../strategy/index.store.ts';

/** What may be asked for the thread: each slice's part, and no slice needs to know those below it. */
const linksOf: readonly ((work: ReadWork<Schema>, ref: Ref) => Promise<ThreadLinks>)[] = [
  evidenceLinks,
  directoryLinks,
  strategyLinks,
  workedLinks,
];
const orphansOf: readonly ((work: ReadWork<Schema>) => Promise<readonly Orphan[]>)[] = [strategyOrphans];

/** Kinds whose pages are not open to everybody in the partnership: a finding may say a small number, and so may what rests on it. */
const readersOf: ReadonlyMap<string, readonly Role[]> = new Map([
  ['finding', mayWorkOnFigures],
  ['need', mayWorkOnFigures],
]);

/** The golden thread round a record, as somebody with these roles may see it; undefined where there is no such record for them. */
export async function threadOf(
  work: ReadWork<Schema>,
  ref: Ref,
  roles: readonly Role[],
): Promise<(ThreadLinks & { readonly knot: Knot }) | undefined> {
  const maySee = ({ kind }: Ref) => readersOf.get(kind)?.some((role) => roles.includes(role)) ?? true;
  if (!maySee(ref)) return undefined;
  const parts: ThreadLinks[] = [];
  for (const links of linksOf) parts.push(await links(work, ref));
  const thread = foldLinks(parts);
  const seen = (knots: readonly Knot[]) => knots.filter((knot) => maySee(knot.ref));
  return thread && { ...thread, before: seen(thread.before), after: seen(thread.after) };
}

/** Everything that hangs on nothing, slice by slice. */
export async function allOrphans(work: ReadWork<Schema>): Promise<readonly Orphan[]> {
  const found: Orphan[] = [];
  for (const orphans of orphansOf) found.push(...(await orphans(work)));
  return found;
}

/** How people call the kinds. */
const kindWords: Readonly<Record<string, string>> = {
  action: 'Action',
  aim: 'Aim',
  approach: 'Approach',
  definition: 'Definition',
  evaluation: 'Evaluation',
  figure: 'Figure',
  finding: 'Finding',
  grant: 'Grant',
  indicator: 'Indicator',
  intervention: 'Intervention',
  measure: 'Measure',
  need: 'Need',
  priority: 'Priority',
  release: 'Data',
  service: 'Service',
  strategy: 'Strategy',
};
export const kindWord = (kind: string): string => kindWords[kind] ?? kind.replaceAll('-', ' ');
