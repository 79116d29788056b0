import { isUuid, noLinks, type Ref, type ThreadLinks } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';

/** What the directory knows of the golden thread: the service itself. One that is confidential is named nowhere. */
export async function links(work: ReadWork<'directory'>, { kind, id }: Ref): Promise<ThreadLinks> {
  if (kind !== 'service' || !isUuid(id)) return noLinks;
  const row = await work
    .selectFrom('directory.service')
    .select(['id', 'name', 'state'])
    .where('id', '=', id)
    .where('visibility', '<>', 'confidential')
    .executeTakeFirst();
  if (row === undefined) return noLinks;
  return {
    ...noLinks,
    knot: {
      ref: { kind: 'service', id: row.id },
      title: row.name,
      href: `/directory/${row.id}`,
      state: row.state === 'withdrawn' ? 'Withdrawn' : null,
    },
  };
}
