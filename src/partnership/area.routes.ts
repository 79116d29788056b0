import { roles } from '../duty/index.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { type Errors, type Typed, again, typedAgain } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Page, type Route } from '../platform/http/route.ts';
import { areaForm, kindLabelOf, whyNoArea, type AreaTyped } from './area.ts';
import { areaFormPage, areaListPage } from './area.page.tsx';
import { addArea, changeArea, holdAreas, listAreas } from './area.store.ts';
import { mayWriteRegister } from './register.page.tsx';
import { historyOf, publish } from './register.store.ts';

const { get, post } = rowsOf<'partnership' | 'platform'>();
type Reads = ReadWork<'partnership' | 'platform'>;

const written = { anyOf: mayWriteRegister } as const;
const publicFacts = { none: 'areas are public' } as const;

async function formOf(
  work: Reads,
  slug: string,
  id: string | undefined,
  given: { typed?: Typed; errors?: Errors } = {},
): Promise<Page | undefined> {
  const others = await listAreas(work);
  const area = others.find((each) => each.id === id);
  if (id !== undefined && area === undefined) return undefined;
  const changes = id === undefined ? [] : await historyOf(work, id);
  return areaFormPage({ slug, area, others, changes, ...given });
}

async function save(
  work: Work<'partnership' | 'platform'>,
  slug: string,
  id: string | undefined,
  body: AreaTyped,
  today: string,
) {
  await holdAreas(work);
  const all = await listAreas(reading(work));
  if (id !== undefined && !all.some((area) => area.id === id)) return notFound;
  const why = whyNoArea(
    body,
    all.filter((area) => area.id !== id),
  );
  if (why !== undefined) {
    const page = await formOf(reading(work), slug, id, {
      typed: typedAgain(body),
      errors: { [why.field]: why.sentence },
    });
    return page === undefined ? notFound : again(page);
  }
  const saved = id ?? (await addArea(work, body));
  if (id !== undefined) await changeArea(work, id, body);
  await publish(work, today);
  return {
    seeOther: `/${slug}/areas`,
    subject: `area/${saved}`,
    fields: ['code', 'name', 'vintage', 'within', 'dates'],
  };
}

export const areaRoutes: readonly Route[] = [
  get({
    path: '/:partnership/areas',
    about: 'Areas for which the partnership acts',
    access: { anyOf: roles },
    audit: publicFacts,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({
      page: areaListPage(
        params.partnership,
        await listAreas(work),
        mayWriteRegister.some((role) => visitor.roles.includes(role)),
      ),
    }),
  }),
  get({
    path: '/:partnership/areas/export.csv',
    about: 'Areas as a file',
    access: { anyOf: roles },
    audit: publicFacts,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      file: {
        name: `areas-${params.partnership}.csv`,
        type: 'text/csv; charset=utf-8',
        body: csvOf(
          ['Area', 'Code', 'What it is', 'Within', 'Boundaries of', 'From', 'Until'],
          (await listAreas(work)).map((area) => [
            area.name,
            area.code,
            kindLabelOf(area.code),
            area.withinName,
            area.vintage,
            area.since?.text ?? '',
            area.until?.text ?? '',
          ]),
        ),
      },
    }),
  }),
  get({
    path: '/:partnership/areas/new',
    about: 'Add an area',
    access: written,
    audit: publicFacts,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params }) {
      const page = await formOf(work, params.partnership, undefined);
      return page === undefined ? notFound : { page };
    },
  }),
  post({
    path: '/:partnership/areas/new',
    about: 'Add an area',
    access: written,
    audit: 'AREA_ADDED',
    params: partnershipParams,
    body: areaForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { code: 'E06000992', name: 'Haver Island', vintage: '2023' },
    }),
    handle: ({ work, params, body, today }) => save(work, params.partnership, undefined, body, today),
    async invalid({ work, params, errors, typed }) {
      const page = await formOf(work, params.partnership, undefined, { errors, typed });
      return page === undefined ? notFound : { page };
    },
  }),
  get({
    path: '/:partnership/areas/:id',
    about: 'Change an area, and its history',
    access: written,
    audit: publicFacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('area') } }),
    async handle({ work, params }) {
      const page = await formOf(work, params.partnership, params.id);
      return page === undefined ? notFound : { page };
    },
  }),
  post({
    path: '/:partnership/areas/:id',
    about: 'Change an area',
    access: written,
    audit: 'AREA_CHANGED',
    params: recordParams,
    body: areaForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('area') },
      body: { code: 'E06000990', name: 'Haverness', vintage: '2023', since: '1998' },
    }),
    handle: ({ work, params, body, today }) => save(work, params.partnership, params.id, body, today),
    async invalid({ work, params, errors, typed }) {
      const page = await formOf(work, params.partnership, params.id, { errors, typed });
      return page === undefined ? notFound : { page };
    },
  }),
];
