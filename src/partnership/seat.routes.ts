import { z } from 'zod';
import { roles, type IsoDate } from '../duty/index.ts';
import { csvOf } from '../platform/files/csv.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { type Errors, type Typed, again, changedMeanwhile, typedAgain, valueOf } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Page, type Route } from '../platform/http/route.ts';
import { mayWriteBodies } from './body.page.tsx';
import { seatCells, seatColumns } from './body-rows.ts';
import { getBody, holdBody, otherNamesOf, personChoices, versionOfRow } from './body.store.ts';
import { organisationChoices } from './organisation.store.ts';
import { publish } from './register.store.ts';
import { addSeatPage, chairPage, changeSeatPage, removeSeatPage, typedOfSeat, whoSitsPage } from './seat.page.tsx';
import {
  chairForm,
  changeSeatForm,
  isSameSitter,
  newChair,
  seatForm,
  seatRoleLabels,
  seatRoles,
  showSeats,
  whoSitsForm,
  whyNoSeat,
  type SeatRole,
} from './seat.ts';
import {
  addSeat,
  bodyOfSeat,
  changeSeat,
  endSeats,
  getSeat,
  organisationsToSeat,
  postsOf,
  removeSeat,
  seatsOf,
  seatsToExport,
} from './seat.store.ts';
import { isOver } from './span.ts';

const { get, post } = rowsOf<'partnership' | 'platform'>();
type Reads = ReadWork<'partnership' | 'platform'>;

const written = { anyOf: mayWriteBodies } as const;
const contacts = { none: 'work contacts, as in a staff list' } as const;

interface Given {
  readonly typed?: Typed | undefined;
  readonly errors?: Errors | undefined;
}

const sittersFor = async (work: Reads, today: IsoDate) => ({
  organisations: await organisationChoices(work),
  people: await personChoices(work, today),
});

async function addPage(work: Reads, slug: string, id: string, today: IsoDate, given: Given = {}): Promise<Page> {
  return addSeatPage(slug, await getBody(work, id), await sittersFor(work, today), given);
}

async function whoPage(work: Reads, slug: string, id: string, today: IsoDate, given: Given = {}): Promise<Page> {
  const body = await getBody(work, id);
  const sitting = (await seatsOf(work, id)).filter((seat) => seat.personId === null && !isOver(seat, today));
  const all = await organisationsToSeat(work, today);
  const sits = new Set(sitting.map(({ organisationId }) => organisationId));
  return whoSitsPage(
    slug,
    body,
    {
      offered: all.filter(({ id: organisation }) => !sits.has(organisation)),
      already: sitting.flatMap(({ organisation }) => organisation ?? []),
    },
    given,
  );
}

async function chairForms(work: Reads, slug: string, id: string, today: IsoDate, given: Given = {}): Promise<Page> {
  const body = await getBody(work, id);
  const seats = await seatsOf(work, id);
  const posts = await postsOf(
    work,
    seats.flatMap(({ personId }) => personId ?? []),
  );
  const names = await otherNamesOf(
    work,
    seats.flatMap(({ organisationId }) => organisationId ?? []),
  );
  const { chair } = showSeats(seats, posts, names, today);
  return chairPage(slug, body, await sittersFor(work, today), chair, given);
}

type ChangeGiven = Given & Pick<Parameters<typeof changeSeatPage>[3], 'differing'>;
async function changePage(work: Reads, slug: string, id: string, given: ChangeGiven = {}): Promise<Page> {
  const seat = await getSeat(work, id);
  const version = await versionOfRow(work, seat.bodyId, id);
  return changeSeatPage(slug, await getBody(work, seat.bodyId), seat, { ...given, version });
}

export const seatRoutes: readonly Route[] = [
  get({
    path: '/:partnership/bodies/seats.csv',
    about: 'Who sits and sat on every board and group, as a file',
    access: { anyOf: roles },
    audit: contacts,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      file: {
        name: `seats-${params.partnership}.csv`,
        type: 'text/csv; charset=utf-8',
        body: csvOf(
          seatColumns.map(({ name }) => name),
          (await seatsToExport(work)).map(seatCells),
        ),
      },
    }),
  }),
  get({
    path: '/:partnership/bodies/:id/seats/new',
    about: 'Add a seat on a board or group',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('body') } }),
    handle: async ({ work, params, today }) => ({ page: await addPage(work, params.partnership, params.id, today) }),
  }),
  post({
    path: '/:partnership/bodies/:id/seats/new',
    about: 'Add a seat on a board or group',
    access: written,
    audit: 'SEAT_ADDED',
    params: recordParams,
    body: seatForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('body') },
      body: { organisation: idOf('organisation'), role: 'in-attendance', since: 'May 2026' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdBody(work, id);
      const wanted = {
        organisationId: body.organisation,
        personId: body.person,
        role: body.role,
        since: body.since,
        until: body.until,
      };
      const why = whyNoSeat(wanted, await seatsOf(reading(work), id), await getBody(reading(work), id));
      if (why !== undefined) {
        const errors = { [why.field]: why.sentence };
        return again(await addPage(reading(work), slug, id, today, { typed: typedAgain(body), errors }));
      }
      const seat = await addSeat(work, id, wanted);
      await publish(work, today);
      return { seeOther: `/${slug}/bodies/${id}`, subject: `seat/${seat}`, fields: ['role', 'since', 'until'] };
    },
    invalid: async ({ work, params, today, errors, typed }) => ({
      page: await addPage(work, params.partnership, params.id, today, { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/bodies/:id/seats/several',
    about: 'Say which organisations sit on a board or group',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('body') } }),
    handle: async ({ work, params, today }) => ({ page: await whoPage(work, params.partnership, params.id, today) }),
  }),
  post({
    path: '/:partnership/bodies/:id/seats/several',
    about: 'Say which organisations sit on a board or group',
    access: written,
    audit: 'SEATS_ADDED',
    params: recordParams,
    body: whoSitsForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('body') },
      body: { organisations: idOf('organisation'), since: 'May 2026' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdBody(work, id);
      const seats = await seatsOf(reading(work), id);
      const owner = await getBody(reading(work), id);
      const known = new Map((await organisationChoices(reading(work))).map((each) => [each.id, each.name]));
      for (const organisationId of new Set(body.organisations)) {
        const wanted = { organisationId, personId: null, role: 'member', since: body.since, until: null } as const;
        // Another may have ticked the same box a moment ago: then it is as both want it.
        if (seats.some((seat) => isSameSitter(seat, wanted) && !isOver(seat, today))) continue;
        const name = known.get(organisationId);
        const why =
          name === undefined
            ? { field: 'organisations', sentence: 'One of these organisations is not in the register. Choose again' }
            : whyNoSeat(wanted, seats, owner);
        if (why !== undefined) {
          const field = why.field === 'organisation' || why.field === 'until' ? 'organisations' : why.field;
          const typed = { ...typedAgain(body), organisations: body.organisations };
          return again(await whoPage(reading(work), slug, id, today, { typed, errors: { [field]: why.sentence } }));
        }
        await addSeat(work, id, wanted);
      }
      await publish(work, today);
      return { seeOther: `/${slug}/bodies/${id}`, subject: `body/${id}`, fields: ['seat'] };
    },
    invalid: async ({ work, params, today, errors, typed }) => ({
      page: await whoPage(work, params.partnership, params.id, today, { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/bodies/:id/chair',
    about: 'Change the chair of a board or group',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('body') } }),
    handle: async ({ work, params, today }) => ({
      page: await chairForms(work, params.partnership, params.id, today),
    }),
  }),
  post({
    path: '/:partnership/bodies/:id/chair',
    about: 'Change the chair of a board or group',
    access: written,
    audit: 'CHAIR_CHANGED',
    params: recordParams,
    body: chairForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('body') },
      body: { organisation: idOf('organisation'), since: '1 June 2026' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      await holdBody(work, id);
      const seats = await seatsOf(reading(work), id);
      const sitter = { organisationId: body.organisation, personId: body.person };
      const refuse = async (errors: Errors) =>
        again(await chairForms(reading(work), slug, id, today, { typed: typedAgain(body), errors }));
      const change = newChair({ ...sitter, since: body.since }, seats);
      if ('field' in change) return refuse({ [change.field]: change.sentence });
      const wanted = { ...sitter, role: 'chair', since: body.since, until: null } as const;
      const ends = new Map(change.ends.map(({ id: seat, until }) => [seat, until]));
      const then = seats.map((seat) => ({ ...seat, until: ends.get(seat.id) ?? seat.until }));
      const why = whyNoSeat(wanted, then, await getBody(reading(work), id));
      if (why !== undefined) return refuse({ [why.field === 'until' ? 'since' : why.field]: why.sentence });
      await endSeats(work, change.ends);
      const seat = await addSeat(work, id, wanted);
      await publish(work, today);
      return { seeOther: `/${slug}/bodies/${id}`, subject: `seat/${seat}`, fields: ['role', 'since', 'until'] };
    },
    invalid: async ({ work, params, today, errors, typed }) => ({
      page: await chairForms(work, params.partnership, params.id, today, { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/seats/:id/change',
    about: 'Change or end a seat',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('seat') } }),
    handle: async ({ work, params }) => ({ page: await changePage(work, params.partnership, params.id) }),
  }),
  post({
    path: '/:partnership/seats/:id/change',
    about: 'Change or end a seat',
    access: written,
    audit: 'SEAT_CHANGED',
    params: recordParams,
    body: changeSeatForm,
    example: ({ partnership, idOf }) => ({
      params: { partnership, id: idOf('seat') },
      body: { role: 'member', since: '2023', until: 'May 2026' },
    }),
    async handle({ work, params: { partnership: slug, id }, body, today }) {
      const { bodyId } = await getSeat(reading(work), id);
      await holdBody(work, bodyId);
      const before = await getSeat(reading(work), id);
      const typed = typedAgain(body);
      if (body.version !== '' && body.version !== (await versionOfRow(reading(work), bodyId, id))) {
        const kept = typedOfSeat(before);
        const differing = Object.entries({ role: 'Seat', since: 'Since', until: 'Until' }).flatMap(([field, label]) => {
          const [was, now] = [valueOf(kept, field), valueOf(typed, field)];
          return was === now ? [] : [{ label, kept: inWords(was), typed: inWords(now) }];
        });
        const errors = { '': changedMeanwhile };
        return again(await changePage(reading(work), slug, id, { typed, errors, differing }), 409);
      }
      const wanted = { ...before, role: body.role, since: body.since, until: body.until };
      const others = (await seatsOf(reading(work), bodyId)).filter((other) => other.id !== id);
      const why = whyNoSeat(wanted, others, await getBody(reading(work), bodyId));
      if (why !== undefined) {
        // The form does not ask who sits: what stands against them is about the dates.
        const field = ['role', 'until'].includes(why.field) ? why.field : 'since';
        return again(await changePage(reading(work), slug, id, { typed, errors: { [field]: why.sentence } }));
      }
      await changeSeat(work, id, wanted);
      await publish(work, today);
      const fields = ['role', 'since', 'until'].filter(
        (field) => valueOf(typedOfSeat(before), field) !== valueOf(typed, field),
      );
      return { seeOther: `/${slug}/bodies/${bodyId}`, subject: `seat/${id}`, fields };
    },
    invalid: async ({ work, params, errors, typed }) => ({
      page: await changePage(work, params.partnership, params.id, { typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/seats/:id/remove',
    about: 'Remove a seat that was entered by mistake',
    access: written,
    audit: contacts,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('seat') } }),
    async handle({ work, params }) {
      const seat = await getSeat(work, params.id);
      return { page: removeSeatPage(params.partnership, await getBody(work, seat.bodyId), seat) };
    },
  }),
  post({
    path: '/:partnership/seats/:id/remove',
    about: 'Remove a seat that was entered by mistake',
    access: written,
    audit: 'SEAT_REMOVED',
    params: recordParams,
    body: z.object({}),
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('seat-to-remove') }, body: {} }),
    async handle({ work, params: { partnership: slug, id }, today }) {
      const bodyId = await bodyOfSeat(reading(work), id);
      if (bodyId === undefined || !(await removeSeat(work, id)))
        return { refused: 'conflict', sentence: 'This seat is not there any more.' };
      await publish(work, today);
      return { seeOther: `/${slug}/bodies/${bodyId}`, subject: `seat/${id}`, fields: ['role', 'since', 'until'] };
    },
    invalid: () => notFound,
  }),
];

const inWords = (typed: string): string =>
  (seatRoles as readonly string[]).includes(typed) ? seatRoleLabels[typed as SeatRole] : typed;
