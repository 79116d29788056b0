import { z } from 'zod';
import type { ReadWork } from '../platform/database/work.ts';
import { typedAgain } from '../platform/http/form.page.tsx';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import type { Refused, Route } from '../platform/http/route.ts';
import { withQuery } from '../govuk/index.ts';
import { findPlace } from './feed.store.ts';
import { isPublicAddress } from './feed-import.job.ts';
import { FewPerHour, networkOf } from './few-per-hour.ts';
import { gapForm } from './gap.ts';
import { publicGaps, reportGap } from './gap.store.ts';
import { gapReportedPage, reportGapPage } from './gap-form.page.tsx';
import { boxOf } from './help-map.page.tsx';
import { helpCardPage } from './help-card.page.tsx';
import { helpHref, helpListPage, helpPerPage, helpServicePage, type HelpAsked } from './help.page.tsx';
import { findHelp, getHelp, townsWithin } from './help.store.ts';
import { placeKey } from './place.store.ts';
import { pointNamed } from './near.ts';
import { termsOf } from './prevention-terms.ts';
import { tiers, type Tier } from './prevention.ts';

const { get, post } = rowsOf<'published' | 'directory'>();

const audit = { none: 'public, and nothing about the visit is kept' } as const;
const serviceParams = partnershipParams.extend({ id: z.guid().transform((value) => value.toLowerCase()) });
const typedText = z.string().trim().max(200).default('');
const listQuery = z.object({
  need: typedText,
  age: typedText,
  near: typedText,
  tier: typedText,
  words: typedText,
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});

const tooMany: Refused = {
  refused: 'conflict',
  sentence: 'Many people have written today, more than can be read. Nothing was saved. Come back tomorrow.',
};

/** So many gaps one household or office may put on record in an hour; its address is in memory only, and for that hour. */
const reports = new FewPerHour(20);
const tooManyOfOne: Refused = {
  refused: 'conflict',
  sentence: 'Many gaps came from your network in the last hour. This one was not saved. Try again in an hour.',
};

async function pageOfHelp(
  work: ReadWork<'published'>,
  partnership: { readonly id: string; readonly slug: string; readonly name: string },
  { page, ...asked }: HelpAsked & { readonly page: number },
  today: string,
) {
  const errors: Record<string, string> = {};
  const age = asked.age === '' ? undefined : Number(asked.age);
  if (age !== undefined && !(Number.isInteger(age) && age >= 0 && age <= 120))
    errors['age'] = 'Enter an age as a number, such as 14';
  const here =
    asked.near === '' ? undefined : (pointNamed(asked.near) ?? (await findPlace(work, placeKey(asked.near))));
  if (asked.near !== '' && here === undefined)
    errors['near'] = 'We do not know this place. Check the spelling, or enter the nearest town';
  const isNeed = termsOf('need').some(({ slug }) => slug === asked.need);
  const { services, count } = await findHelp(
    work,
    partnership.id,
    {
      words: asked.words === '' ? undefined : asked.words,
      need: isNeed ? asked.need : undefined,
      tier: tiers.find((tier): tier is Tier => tier === asked.tier),
      age: errors['age'] === undefined ? age : undefined,
      near: here,
    },
    today,
    { limit: helpPerPage, offset: (page - 1) * helpPerPage },
  );
  const points = services.flatMap(({ place }) => (place === null ? [] : [place]));
  const towns =
    points.length === 0 ? [] : await townsWithin(work, boxOf(here === undefined ? points : [...points, here]));
  return helpListPage({
    slug: partnership.slug,
    partnership: partnership.name,
    asked,
    here,
    errors,
    services,
    count,
    page,
    href: withQuery(helpHref(partnership.slug), {
      ...Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, value === '' ? undefined : value])),
    }),
    towns,
    gaps: await publicGaps(work, partnership.id),
    today,
  });
}

export const helpRoutes: readonly Route[] = [
  get({
    path: '/:partnership/help',
    about: 'Find help: services by need, age, place and kind, as a list and a map',
    access: 'public',
    audit,
    params: partnershipParams,
    query: listQuery,
    example: ({ partnership }) => ({ params: { partnership }, query: { age: '14', near: 'Saltmarsh' } }),
    handle: async ({ work, visitor, query, today }) => ({
      page: await pageOfHelp(work, visitor.partnership ?? { id: '', slug: '', name: '' }, query, today),
    }),
  }),
  get({
    path: '/:partnership/help/missing',
    about: 'Tell the partnership what help is missing',
    access: 'public',
    audit,
    params: partnershipParams,
    query: z.object({ need: typedText, tier: typedText, age: typedText, area: typedText }),
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params, query }) => ({ page: reportGapPage({ slug: params.partnership, typed: query }) }),
  }),
  post({
    path: '/:partnership/help/missing',
    about: 'Put a gap on record',
    access: 'public',
    audit: 'GAP_REPORTED',
    params: partnershipParams,
    body: gapForm,
    example: ({ partnership }) => ({
      params: { partnership },
      body: { need: 'gangs', tier: 'secondary', age: '11-17', area: 'Saltmarsh', seen: 'Nothing after five.' },
    }),
    async handle({ work, params, body, today, moment, address }) {
      const sender = networkOf(address);
      // Behind a server that passes requests on, everybody comes from one address inside: then only the day has a bound.
      if (isPublicAddress(sender) && !reports.allows(sender, moment)) return tooManyOfOne;
      const gap = await reportGap(work, body, today);
      if (gap === undefined) return tooMany;
      return { seeOther: `${helpHref(params.partnership)}/missing/thanks`, subject: `gap/${gap}` };
    },
    invalid: ({ params, errors, typed }) => ({
      page: reportGapPage({ slug: params.partnership, typed: typedAgain(typed), errors }),
    }),
  }),
  get({
    path: '/:partnership/help/missing/thanks',
    about: 'What becomes of a gap that was put on record',
    access: 'public',
    audit,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: ({ params }) => ({ page: gapReportedPage(params.partnership) }),
  }),
  get({
    path: '/:partnership/help/:id',
    about: 'One service: hours, how to get its help, for whom',
    access: 'public',
    audit,
    params: serviceParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('service') } }),
    handle: async ({ work, params, visitor, today }) => ({
      page: helpServicePage({
        slug: params.partnership,
        service: await getHelp(work, visitor.partnership?.id ?? '', params.id),
        today,
      }),
    }),
  }),
  get({
    path: '/:partnership/help/:id/card',
    about: 'A card of a service to hand over: to print, to scan, to copy',
    access: 'public',
    audit,
    params: serviceParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('service') } }),
    handle: async ({ work, params, visitor, today, equipment }) => ({
      page: helpCardPage({
        slug: params.partnership,
        service: await getHelp(work, visitor.partnership?.id ?? '', params.id),
        today,
        origin: equipment.origin,
      }),
    }),
  }),
];
