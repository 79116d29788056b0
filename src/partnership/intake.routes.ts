import { z } from 'zod';
import { reading } from '../platform/database/work.ts';
import { csvOf, readCsv } from '../platform/files/csv.ts';
import { again } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Route } from '../platform/http/route.ts';
import { intakeKinds, rowsUnder, type IntakeKind } from './intake.ts';
import { intakeListPage, intakePage, sendFilePage } from './intake.page.tsx';
import { getIntake, intakes, keepIntake, planIntake, takeIntake } from './intake.store.ts';
import { mayWriteRegister } from './register.page.tsx';
import { publish } from './register.store.ts';

const { get, post } = rowsOf<'partnership' | 'platform'>();

const written = { anyOf: mayWriteRegister } as const;
const kind = z.enum(intakeKinds, 'Choose what is in the file');
const most = { rows: 20_000, columns: 100 };
const columnsOf = (of: IntakeKind) => intakes[of].columns;

export const intakeRoutes: readonly Route[] = [
  get({
    path: '/:partnership/partnership/files',
    about: 'Read the register in from a file: what is in it?',
    access: written,
    audit: { none: 'holds nothing' },
    params: partnershipParams,
    query: z.object({ kind: kind.optional() }),
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params, query }) =>
      query.kind === undefined
        ? { page: intakeListPage(params.partnership, intakeKinds) }
        : { seeOther: `/${params.partnership}/partnership/files/new?kind=${query.kind}` },
  }),
  get({
    path: '/:partnership/partnership/files/new',
    about: 'Send a file for the register',
    access: written,
    audit: { none: 'holds nothing' },
    params: partnershipParams,
    query: z.object({ kind: kind.default('organisations') }),
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params, query }) => ({
      page: sendFilePage({ slug: params.partnership, kind: query.kind, columns: columnsOf(query.kind) }),
    }),
  }),
  get({
    path: '/:partnership/partnership/files/empty.csv',
    about: 'An empty file with the columns that are read',
    access: written,
    audit: { none: 'holds nothing' },
    params: partnershipParams,
    query: z.object({ kind: kind.default('organisations') }),
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ query }) => ({
      file: {
        name: `${query.kind}.csv`,
        type: 'text/csv; charset=utf-8',
        body: csvOf(
          columnsOf(query.kind).map(({ name }) => name),
          [],
        ),
      },
    }),
  }),
  post({
    path: '/:partnership/partnership/files/new',
    about: 'Send a file for the register',
    access: written,
    audit: 'REGISTER_FILE_SENT',
    params: partnershipParams,
    upload: { field: 'file', mostBytes: 10 * 1024 * 1024, missing: 'Choose the file' },
    body: z.object({ kind }),
    example: ({ partnership }) => ({
      params: { partnership },
      body: { kind: 'organisations' },
      file: {
        name: 'members.csv',
        type: 'text/csv',
        bytes: new TextEncoder().encode('Organisation\nHaver Bay Rowing Club\n'),
      },
    }),
    async handle({ work, params, body, files, visitor }) {
      const [file] = files;
      const columns = columnsOf(body.kind);
      const refuse = (sentence: string) =>
        again(sendFilePage({ slug: params.partnership, kind: body.kind, columns, errors: { file: sentence } }));
      if (file === undefined) return refuse('Choose the file');
      const table = readCsv(file.bytes, { ...most, rows: intakes[body.kind].mostRows ?? most.rows });
      if (!table.done) return refuse(table.sentence);
      const rows = rowsUnder(columns, table.value);
      if (!rows.done) return refuse(rows.sentence);
      const id = await keepIntake(work, {
        kind: body.kind,
        fileName: file.name,
        rows: rows.value,
        by: visitor.person?.id ?? '',
      });
      return { seeOther: `/${params.partnership}/partnership/files/${id}`, subject: `intake/${id}`, fields: ['file'] };
    },
    invalid({ params, errors, typed }) {
      const sent = kind.safeParse(typed['kind']);
      const of = sent.success ? sent.data : 'organisations';
      return { page: sendFilePage({ slug: params.partnership, kind: of, columns: columnsOf(of), errors }) };
    },
  }),
  get({
    path: '/:partnership/partnership/files/:id',
    about: 'What a file would change in the register, or what it did',
    access: written,
    audit: 'REGISTER_FILE_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('intake') } }),
    async handle({ work, params }) {
      const sent = await getIntake(work, params.id);
      const plan =
        sent.takenAt === null
          ? await planIntake(work, sent)
          : {
              actions: [],
              added: sent.added ?? 0,
              changed: sent.changed ?? 0,
              unchanged: sent.unchanged ?? 0,
              refused: sent.refused,
            };
      return { page: intakePage(params.partnership, sent, plan), subject: `intake/${sent.id}` };
    },
  }),
  get({
    path: '/:partnership/partnership/files/:id/refused.csv',
    about: 'The rows of a file that could not be read, with the reason',
    access: written,
    audit: 'REGISTER_FILE_SEEN',
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('intake') } }),
    async handle({ work, params }) {
      const sent = await getIntake(work, params.id);
      const refused = sent.takenAt === null ? (await planIntake(work, sent)).refused : sent.refused;
      const columns = columnsOf(sent.kind).map(({ name }) => name);
      return {
        file: {
          name: `${sent.kind}-to-put-right.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf(
            [...columns, 'Row', 'Why not'],
            refused.map(({ row, cells, reason }) => [...columns.map((name) => cells[name] ?? ''), row, reason]),
          ),
        },
        subject: `intake/${sent.id}`,
      };
    },
  }),
  post({
    path: '/:partnership/partnership/files/:id/take',
    about: 'Read a file into the register',
    access: written,
    audit: 'REGISTER_FILE_TAKEN',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('intake') }, body: {} }),
    async handle({ work, params, today }) {
      const taken = await takeIntake(work, reading(work), params.id);
      if (taken === 'changed meanwhile')
        return {
          refused: 'conflict',
          sentence:
            'Somebody else changed the register at the same moment. Nothing was read in. Go back and try again.',
        };
      if (taken === 'taken before')
        return { refused: 'conflict', sentence: 'This file was read in already, so it is not read in again.' };
      await publish(work, today);
      return {
        seeOther: `/${params.partnership}/partnership/files/${params.id}`,
        subject: `intake/${params.id}`,
        fields: ['register'],
      };
    },
    invalid: () => notFound,
  }),
];
