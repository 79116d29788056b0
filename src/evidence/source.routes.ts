import { z } from 'zod';
import { roles } from '../duty/index.ts';
import { csvOf } from '../platform/files/csv.ts';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import type { Route } from '../platform/http/route.ts';
import { formatOf, formats } from './formats/index.ts';
import { exampleRow } from './source-example.ts';
import { sourcePage, sourcesPage } from './source.page.tsx';
import { formatNames } from './source.ts';

const { get } = rowsOf<'evidence'>();
const seen = { anyOf: roles } as const;
const audit = { none: 'says what files look like; the same everywhere' } as const;
const params = partnershipParams.extend({ name: z.enum(formatNames) });

export const sourceRoutes: readonly Route[] = [
  get({
    path: '/:partnership/sources',
    about: 'Kinds of file that partners send, and what each can say',
    access: seen,
    audit,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params: { partnership } }) => ({ page: sourcesPage(partnership, formats) }),
  }),
  get({
    path: '/:partnership/sources/:name',
    about: 'A kind of file: its columns, and what to know before using it',
    access: seen,
    audit,
    params,
    example: ({ partnership }) => ({ params: { partnership, name: 'force-extract' } }),
    handle: ({ params: { partnership, name } }) => ({ page: sourcePage(partnership, formatOf(name)) }),
  }),
  get({
    path: '/:partnership/sources/:name/empty.csv',
    about: 'An empty file of a kind, with one generated row',
    access: seen,
    audit,
    params,
    example: ({ partnership }) => ({ params: { partnership, name: 'istv' } }),
    handle: ({ params: { name } }) => ({
      file: {
        name: `${name}.csv`,
        type: 'text/csv; charset=utf-8',
        body: csvOf(
          formatOf(name).rules.columns.map(({ header }) => header),
          [exampleRow(formatOf(name))],
        ),
      },
    }),
  }),
];
