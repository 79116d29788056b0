import { z } from 'zod';
import { roles } from '../duty/index.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { readCsv } from '../platform/files/csv.ts';
import { again, typedAgain, type Errors, type Typed } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Page, type Route } from '../platform/http/route.ts';
import { formatOf } from './formats/index.ts';
import { mappingForm, newMappingForm, typedMapping } from './mapping-form.ts';
import { mappingPage, mappingsPage, mayMap, newMappingPage } from './mapping.page.tsx';
import {
  addMapping,
  changeMapping,
  findMapping,
  forgetSample,
  listMappings,
  organisationsToChoose,
  sampleOf,
} from './mapping.store.ts';
import { applyMapping, guessedMapping, mistakesIn } from './mapping.ts';

const { get, post } = rowsOf<'evidence' | 'partnership'>();
type Reads = ReadWork<'evidence' | 'partnership'>;
const written = { anyOf: mayMap } as const;
/** So many rows of a file are kept to look at. */
const sampleRows = 60;
const most = { rows: 200_000, columns: 200 };
const noneYet = { none: 'the example has no mapping: a test makes one' } as const;

async function pageOf(
  work: Reads,
  slug: string,
  id: string,
  given: { typed?: Typed; errors?: Errors } = {},
): Promise<Page | undefined> {
  const mapping = await findMapping(work, id);
  if (mapping === undefined) return undefined;
  const sample = await sampleOf(work, id);
  const mapped = sample === undefined ? undefined : applyMapping({ rows: sample.rows }, mapping.content);
  return mappingPage({ slug, mapping, sample, mapped, ...given });
}

export const mappingRoutes: readonly Route[] = [
  get({
    path: '/:partnership/mappings',
    about: 'How tables of partners are read',
    access: { anyOf: roles },
    audit: { none: 'names of columns; no rows' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({
      page: mappingsPage(
        params.partnership,
        await listMappings(work),
        mayMap.some((role) => visitor.roles.includes(role)),
      ),
    }),
  }),
  get({
    path: '/:partnership/mappings/new',
    about: 'Add a mapping',
    access: written,
    audit: { none: 'holds nothing' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      page: newMappingPage({ slug: params.partnership, organisations: await organisationsToChoose(work) }),
    }),
  }),
  post({
    path: '/:partnership/mappings/new',
    about: 'Add a mapping',
    access: written,
    audit: 'MAPPING_ADDED',
    params: partnershipParams,
    body: newMappingForm,
    upload: { field: 'file', mostBytes: 10 * 1024 * 1024, missing: 'Choose the file' },
    example: ({ partnership }) => ({
      params: { partnership },
      body: { name: 'Night shelter, each quarter', format: 'generic' },
      file: {
        name: 'shelter.csv',
        type: 'text/csv',
        bytes: new TextEncoder().encode('Month,Kind,Number\n2026-01,Assault,3\n'),
      },
    }),
    async handle({ work, params, body, files, visitor }) {
      const reads = reading(work);
      const refuse = async (errors: Errors) =>
        again(
          newMappingPage({
            slug: params.partnership,
            organisations: await organisationsToChoose(reads),
            typed: typedAgain(body),
            errors,
          }),
        );
      const [file] = files;
      if (file === undefined) return refuse({ file: 'Choose the file' });
      if ((await listMappings(reads)).some(({ name }) => name === body.name))
        return refuse({ name: 'There is a mapping of this name. Enter another one' });
      const chosen = body.organisation === '' ? null : body.organisation;
      if (chosen !== null && !(await organisationsToChoose(reads)).some(({ id }) => id === chosen))
        return refuse({ organisation: 'Choose one from the list' });
      const table = readCsv(file.bytes, most);
      if (!table.done) return refuse({ file: table.sentence });
      const { header, rows } = table.value;
      const id = await addMapping(work, {
        name: body.name,
        organisationId: chosen,
        content: guessedMapping(formatOf(body.format), header),
        sample: {
          fileName: file.name.slice(0, 300),
          rows: [header, ...rows.slice(0, sampleRows).map(({ cells }) => cells)],
        },
        by: visitor.person?.id ?? 'system',
      });
      return {
        seeOther: `/${params.partnership}/mappings/${id}`,
        subject: `mapping/${id}`,
        fields: ['name', 'organisation', 'format', 'columns'],
      };
    },
    async invalid({ work, params, errors, typed }) {
      const organisations = await organisationsToChoose(work);
      return { page: newMappingPage({ slug: params.partnership, organisations, errors, typed }) };
    },
  }),
  get({
    path: '/:partnership/mappings/:id',
    about: 'A mapping, and how the first rows of a file are read by it',
    access: written,
    audit: 'MAPPING_SEEN',
    params: recordParams,
    example: () => noneYet,
    async handle({ work, params }) {
      const page = await pageOf(work, params.partnership, params.id);
      return page === undefined ? notFound : { page, subject: `mapping/${params.id}` };
    },
  }),
  post({
    path: '/:partnership/mappings/:id',
    about: 'Change a mapping: a new version of it',
    access: written,
    audit: 'MAPPING_CHANGED',
    params: recordParams,
    body: mappingForm,
    example: () => noneYet,
    async handle({ work, params, body, visitor }) {
      const reads = reading(work);
      const before = await findMapping(reads, params.id);
      if (before === undefined) return notFound;
      const refuse = async (errors: Errors, status: 409 | 422 = 422) => {
        const typed: Typed = {
          ...typedAgain(body),
          version: String(before.version),
          headerRow: String(body.headerRow),
        };
        const page = await pageOf(reads, params.partnership, params.id, { typed, errors });
        return page === undefined ? notFound : again(page, status);
      };
      if (body.version !== before.version)
        return refuse(
          {
            '': `Somebody else has saved version ${before.version} meanwhile. Yours is below: save to put it in its place`,
          },
          409,
        );
      const typed = typedMapping(before.content, body);
      if (!typed.done) return refuse({ [typed.field ?? '']: typed.sentence });
      const mistakes = mistakesIn(typed.value);
      if (mistakes['format'] !== undefined || mistakes['countsRows'] !== undefined)
        return refuse({ shape: mistakes['format'] ?? mistakes['countsRows'] ?? '' });
      // A header row that was just named shows other columns, so a mapping may be saved before it is whole: the page and
      // every load say what it lacks.
      await changeMapping(work, before, typed.value, visitor.person?.id ?? 'system');
      return {
        seeOther: `/${params.partnership}/mappings/${params.id}`,
        subject: `mapping/${params.id}`,
        fields: ['columns', 'constants', 'words', 'dates', 'shape'],
      };
    },
    async invalid({ work, params, errors, typed }) {
      const page = await pageOf(work, params.partnership, params.id, { errors, typed });
      return page === undefined ? notFound : { page };
    },
  }),
  post({
    path: '/:partnership/mappings/:id/sample',
    about: 'Take away the rows that were kept to look at a mapping',
    access: written,
    audit: 'MAPPING_SAMPLE_REMOVED',
    params: recordParams,
    body: z.object({}),
    example: () => noneYet,
    async handle({ work, params }) {
      if ((await findMapping(reading(work), params.id)) === undefined) return notFound;
      await forgetSample(work, params.id);
      return {
        seeOther: `/${params.partnership}/mappings/${params.id}`,
        subject: `mapping/${params.id}`,
        fields: ['sample'],
      };
    },
    async invalid({ work, params }) {
      const page = await pageOf(work, params.partnership, params.id);
      return page === undefined ? notFound : { page };
    },
  }),
];
