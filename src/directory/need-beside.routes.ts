import { z } from 'zod';
import { needsByArea, type AreaNeeds } from '../evidence/index.store.ts';
import { isRefusal } from '../measures/index.ts';
import { toSvg } from '../pictures/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import type { Route, Visit, Visitor } from '../platform/http/route.ts';
import {
  levels,
  needPage,
  needPicture,
  rankWords,
  reaches,
  standingLabels,
  type NeedAsked,
  type NeedShown,
} from './need-beside.page.tsx';
import { servicesOfTier } from './need-beside.store.ts';
import { needBeside, needReaders } from './need-beside.ts';
import { tiers } from './prevention.ts';

const { get } = rowsOf<'directory' | 'evidence' | 'published'>();

const seen = { anyOf: needReaders } as const;
const askedQuery = z.object({
  tier: z.enum(tiers).catch('secondary').default('secondary'),
  level: z.enum(levels).catch('ward').default('ward'),
  reach: z.enum(reaches).catch('2').default('2'),
});
const widthQuery = askedQuery.extend({
  width: z.coerce.number().int().min(280).max(2_400).catch(640).default(640),
});

const noNeed =
  'Nothing is known of need here yet, so there is nothing to set beside the help. This does not mean that there is no need. Add the areas, people and outlines of the partnership, then a figure of harm by area or the Index of Multiple Deprivation.';

type Work = ReadWork<'directory' | 'evidence' | 'published'>;
type Visiting = Pick<Visit<Work, unknown, unknown>, 'today' | 'equipment'> & { readonly visitor: Visitor };

const needsFor = (work: Work, { visitor, equipment }: Visiting): Promise<AreaNeeds | undefined> =>
  needsByArea(work, {
    roles: visitor.roles,
    partnership: visitor.partnership?.id ?? '',
    releases: equipment.releases,
  });

/** What is shown, or a sentence that says why nothing is. */
async function shownFor(
  work: Work,
  asked: NeedAsked,
  slug: string,
  needs: AreaNeeds | undefined,
  { visitor, today }: Visiting,
): Promise<NeedShown | string> {
  if (needs === undefined) return noNeed;
  const { placed, areaWide } = await servicesOfTier(work, asked.tier, {
    today,
    withConfidential: visitor.roles.some((role) => role === 'coordinator' || role === 'prevention-lead'),
  });
  const isByWard = asked.level === 'ward';
  const made = needBeside(
    needs.areas.map((area) => ({ ...area, group: (isByWard ? area.ward : null) ?? area })),
    placed,
    Number(asked.reach) * 1_000,
  );
  if (isRefusal(made)) return made.sentence;
  return {
    ...made,
    asked,
    needTitle: needs.title,
    needSource: needs.source,
    needPeriod: needs.period,
    figureHref: needs.view === null ? null : `/${slug}/figures/${needs.view}`,
    isDeprivation: needs.kind === 'deprivation',
    areaWide,
    outlines: (isByWard ? needs.wardOutlines : needs.outlines).map(({ code, polygons }) => ({
      code,
      outline: { type: 'MultiPolygon', coordinates: polygons },
    })),
  };
}

const subjectOf = (needs: AreaNeeds | undefined, visitor: Visitor): string =>
  needs?.view == null ? `partnership/${visitor.partnership?.id ?? ''}` : `view/${needs.view}`;

export const needBesideRoutes: readonly Route[] = [
  get({
    path: '/:partnership/directory/need',
    about: 'Need beside the help that can be reached, by ward or small area',
    access: seen,
    audit: 'NEED_BESIDE_HELP_SEEN',
    params: partnershipParams,
    query: askedQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, ...visit }) {
      const needs = await needsFor(work, visit);
      const shown = await shownFor(work, query, params.partnership, needs, visit);
      return {
        page: needPage({ slug: params.partnership, asked: query, shown }),
        subject: subjectOf(needs, visit.visitor),
      };
    },
  }),
  get({
    path: '/:partnership/directory/need.csv',
    about: 'Need beside help as a file, for all tiers',
    access: seen,
    audit: 'NEED_BESIDE_HELP_SEEN',
    params: partnershipParams,
    query: askedQuery,
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, query, ...visit }) {
      const needs = await needsFor(work, visit);
      const rows: (string | number | null)[][] = [];
      const round = (value: number | undefined | null) => (value == null ? null : Number(value.toFixed(2)));
      for (const tier of tiers) {
        const shown = await shownFor(work, { ...query, tier }, params.partnership, needs, visit);
        if (typeof shown === 'string') continue;
        for (const area of shown.areas)
          rows.push([
            tier,
            area.code,
            area.name,
            standingLabels[area.standing],
            area.why,
            rankWords(area),
            round(area.need),
            round(area.provision),
            round(area.gap?.value),
            round(area.gap?.low),
            round(area.gap?.high),
            area.people,
          ]);
      }
      return {
        file: {
          name: `need-beside-help-${params.partnership}.csv`,
          type: 'text/csv; charset=utf-8',
          body: csvOf(
            [
              'Tier',
              'Code',
              'Area',
              'State',
              'Why not known',
              'Rank (possible ranks)',
              'Need (times the mean)',
              'Help in reach (times the mean)',
              'Gap',
              'Gap, lower end',
              'Gap, upper end',
              'People',
            ],
            rows,
          ),
        },
        subject: subjectOf(needs, visit.visitor),
      };
    },
  }),
  get({
    path: '/:partnership/directory/need.svg',
    about: 'The map of need beside help',
    access: seen,
    audit: 'NEED_BESIDE_HELP_SEEN',
    params: partnershipParams,
    query: widthQuery,
    example: () => ({ none: 'the example has no outlines: they come with its evidence' }),
    async handle({ work, params, query: { width, ...asked }, ...visit }) {
      const needs = await needsFor(work, visit);
      const shown = await shownFor(work, asked, params.partnership, needs, visit);
      const picture = typeof shown === 'string' ? null : needPicture(shown);
      if (picture === null)
        return { refused: 'not-found', sentence: 'There is no map: outlines of these areas are not loaded.' };
      return {
        part: { type: 'image/svg+xml', body: toSvg(picture, { width }), forAnySite: false },
        subject: subjectOf(needs, visit.visitor),
      };
    },
  }),
];
