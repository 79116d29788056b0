import { roles } from '../duty/index.ts';
import { csvOf } from '../platform/files/csv.ts';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import type { Route } from '../platform/http/route.ts';
import { referencePage } from './reference.page.tsx';
import { listReferences, type Reference } from './reference.store.ts';

const { get } = rowsOf<'evidence' | 'platform'>();

const openTables = { none: 'open tables about areas' } as const;

/** The command adds them: on behalf of an account, or of the installation. */
const byWhom = ({ addedBy }: Reference): string => (addedBy === 'system' ? 'by the installation' : 'by an account');

export const referenceRoutes: readonly Route[] = [
  get({
    path: '/:partnership/reference',
    about: 'Reference tables: areas, population, deprivation and more',
    access: { anyOf: roles },
    audit: openTables,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      page: referencePage(
        params.partnership,
        (await listReferences(work)).map((each) => ({ ...each, by: byWhom(each) })),
      ),
    }),
  }),
  get({
    path: '/:partnership/reference/export.csv',
    about: 'Reference tables as a file',
    access: { anyOf: roles },
    audit: openTables,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      file: {
        name: `reference-tables-${params.partnership}.csv`,
        type: 'text/csv; charset=utf-8',
        body: csvOf(
          ['Kind', 'Table', 'Of', 'Rows', 'Publisher', 'Licence', 'Files', 'Id', 'Added'],
          (await listReferences(work)).map((each) => [
            each.kind,
            each.title,
            each.vintage,
            each.rows,
            each.publisher,
            each.licence,
            each.files.map(({ name }) => name).join(', '),
            each.id,
            each.addedAt.slice(0, 10),
          ]),
        ),
      },
    }),
  }),
];
