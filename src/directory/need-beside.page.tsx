import {
  Button,
  Details,
  Filters,
  InsetText,
  ScrollBox,
  Select,
  SummaryList,
  Table,
  Tag,
  withQuery,
} from '../govuk/index.ts';
import { toSentence, type ChoroplethModel, type Outline } from '../pictures/index.ts';
import type { Page } from '../platform/http/route.ts';
import { directoryHref } from './directory.page.tsx';
import type { Beside, BesideAll, Standing } from './need-beside.ts';
import { tiers, type Tier } from './prevention.ts';

export const levels = ['ward', 'lsoa'] as const;
export type Level = (typeof levels)[number];
const levelLabels: Readonly<Record<Level, string>> = { ward: 'Ward', lsoa: 'Small area (LSOA)' };
export const reaches = ['1', '2', '5'] as const;
export type Reach = (typeof reaches)[number];
const tierLabels: Readonly<Record<Tier, string>> = {
  primary: 'Primary: for everybody, before anything happens',
  secondary: 'Secondary: for people at risk',
  tertiary: 'Tertiary: for people who were harmed or did harm',
};
export const standingLabels: Readonly<Record<Standing, string>> = {
  'under-served': 'Under-served',
  served: 'Served',
  'no-record': 'No record',
};
const standingTags: Readonly<Record<Standing, string>> = {
  'under-served': 'govuk-tag--red',
  served: 'govuk-tag--green',
  'no-record': 'govuk-tag--grey',
};

export interface NeedAsked {
  readonly tier: Tier;
  readonly level: Level;
  readonly reach: Reach;
}

export interface NeedShown extends BesideAll {
  readonly asked: NeedAsked;
  readonly needTitle: string;
  readonly needSource: string;
  readonly needPeriod: string | null;
  /** Address of the figure that the need comes from; null for deprivation. */
  readonly figureHref: string | null;
  readonly isDeprivation: boolean;
  readonly areaWide: number;
  readonly outlines: readonly { readonly code: string; readonly outline: Outline }[];
}

export const needHref = (slug: string): string => `${directoryHref(slug)}/need`;

/** Two decimals: with one, a gap whose lower end is just above 0 would look like one that is just below. */
const times = (value: number): string => {
  const text = value.toFixed(2);
  return Number(text) === 0 ? '0.00' : text.replace('-', '−');
};
export const rankWords = ({ rank }: Pick<Beside, 'rank'>): string =>
  rank === null ? 'None' : rank.first === rank.last ? String(rank.at) : `${rank.at} (${rank.first} to ${rank.last})`;

/** The map in three states; null where an area has no outline, for a map that leaves some out would tell another story. */
export function needPicture(shown: NeedShown): ChoroplethModel | null {
  const outlineOf = new Map(shown.outlines.map(({ code, outline }) => [code, outline]));
  const areas = shown.areas.flatMap(({ code, name, gap }) => {
    const outline = outlineOf.get(code);
    if (outline === undefined) return [];
    return [{ code, name, outline, ...(gap === null ? { absent: 'no-record' as const } : { value: gap.low }) }];
  });
  if (areas.length < shown.areas.length || areas.length < 2) return null;
  const under = shown.areas.flatMap(({ gap, standing }) =>
    gap !== null && standing === 'under-served' ? [gap.low] : [],
  );
  const served = shown.areas.some(({ standing }) => standing === 'served');
  return {
    kind: 'choropleth',
    title: `Where is there less ${shown.asked.tier} help than the need asks for?`,
    unit: 'times the mean: need above provision, lower end',
    source: `${shown.needSource}; directory of services`,
    notShown: [],
    decimals: 1,
    across: levelLabels[shown.asked.level],
    areas,
    classes: [
      ...(served ? [{ ...(under.length > 0 && { below: Math.min(...under) }), words: standingLabels.served }] : []),
      ...(under.length > 0 ? [{ words: standingLabels['under-served'] }] : []),
    ],
    // No number: a map of somebody who may know of a confidential entry must look like everybody's.
    notMapped: 'Services that count for the whole area are not on the map',
  };
}

function summaryOf({ areas, asked }: NeedShown): string {
  const count = (standing: Standing) => areas.filter((area) => area.standing === standing).length;
  const [first] = areas;
  const unknown = count('no-record');
  const kind = asked.level === 'ward' ? 'wards' : 'small areas';
  return [
    `${count('under-served')} of ${areas.length} ${kind} are under-served with ${asked.tier} help.`,
    ...(first?.standing === 'under-served' ? [`The widest gap is in ${first.name}.`] : []),
    ...(unknown === 0 ? [] : [`Of ${unknown} there is no record. That does not mean that there is no need.`]),
  ].join(' ');
}

export function needPage({
  slug,
  asked,
  shown,
}: {
  readonly slug: string;
  readonly asked: NeedAsked;
  readonly shown: NeedShown | string;
}): Page {
  const at = needHref(slug);
  const address = (ending: string) => withQuery(`${at}${ending}`, { ...asked });
  const picture = typeof shown === 'string' ? null : needPicture(shown);
  return {
    title: 'Need beside help',
    breadcrumbs: [{ text: 'Directory of services', href: directoryHref(slug) }],
    main: (
      <>
        <h1 class="govuk-heading-l">Need beside help</h1>
        <p class="govuk-body">Where violence does harm, and how much help people can reach from there.</p>
        <Filters action={at} clearHref={at} title="Choose" kept={{}}>
          <Select
            name="tier"
            label="Kind of help"
            value={asked.tier}
            items={tiers.map((value) => ({ text: tierLabels[value], value }))}
          />
          <Select
            name="level"
            label="By"
            value={asked.level}
            items={levels.map((value) => ({ text: levelLabels[value], value }))}
          />
          <Select
            name="reach"
            label="How far people can go"
            value={asked.reach}
            items={reaches.map((value) => ({ text: value === '1' ? '1 kilometre' : `${value} kilometres`, value }))}
          />
        </Filters>
        {typeof shown === 'string' ? (
          <InsetText>{shown}</InsetText>
        ) : (
          <>
            <p class="govuk-body-l">{summaryOf(shown)}</p>
            {shown.isDeprivation && (
              <InsetText>
                No figure by small area is there that you may see, so deprivation stands in for need. It says where life
                is hard, not where violence is, and has no interval. Ask the analyst for a figure by area that may be
                let out to partners, such as a rate.
              </InsetText>
            )}
            {picture !== null && (
              <figure class="concord-figure">
                <picture>
                  <source media="(max-width: 40em)" srcset={withQuery(`${at}.svg`, { ...asked, width: '320' })} />
                  <img
                    class="concord-picture"
                    src={withQuery(`${at}.svg`, { ...asked, width: '960' })}
                    alt={toSentence(picture)}
                  />
                </picture>
              </figure>
            )}
            <ScrollBox label="Table of need beside help">
              <Table
                caption="Need beside help, the widest gap first"
                captionClasses="govuk-table__caption--m"
                firstCellIsHeader
                head={['Area', 'State', 'Rank', 'Need', 'Help in reach', 'Gap', 'People']}
                rows={shown.areas.map((area) => [
                  area.name,
                  <>
                    <Tag classes={standingTags[area.standing]}>{standingLabels[area.standing]}</Tag>
                    {area.why !== null && <span class="govuk-hint govuk-!-margin-bottom-0">{area.why}</span>}
                  </>,
                  rankWords(area),
                  area.need === null ? 'Not known' : times(area.need),
                  area.provision === null ? 'Not known' : times(area.provision),
                  area.gap === null
                    ? 'Not known'
                    : `${times(area.gap.value)} (${times(area.gap.low)} to ${times(area.gap.high)})`,
                  area.people === null ? 'Not known' : area.people.toLocaleString('en-GB'),
                ])}
              />
            </ScrollBox>
            <p class="govuk-body">
              <a class="govuk-link" href={address('.csv')}>
                Download this table, for all three kinds of help (CSV)
              </a>
            </p>
            <SummaryList
              rows={[
                {
                  key: 'Need',
                  value: (
                    <>
                      {shown.figureHref === null ? (
                        shown.needTitle
                      ) : (
                        <a class="govuk-link" href={shown.figureHref}>
                          {shown.needTitle}
                        </a>
                      )}
                      {shown.needPeriod !== null && `, ${shown.needPeriod}`}
                    </>
                  ),
                },
                {
                  key: 'Help on the map',
                  value: `Places of services: ${shown.services}. That say how many people they can take: ${shown.withPlaces}`,
                },
                {
                  key: 'Help for the whole area',
                  value: `Services without a place here: ${shown.areaWide}. They help by phone or online, or their place is not for everybody. They are in no number above`,
                },
              ]}
            />
            <Details summaryText="How this is worked out">
              <p class="govuk-body">
                1 is the mean of the area, for one person. A need of 2 is twice the mean. The gap is the need less the
                help in reach.
              </p>
              <p class="govuk-body">
                Each service shares its places among all people within reach of it, as the crow flies. The help in reach
                of an area is the sum of the shares of all services within reach. A service that does not say how many
                people it can take counts like the middle one of those that do.
              </p>
              <ul class="govuk-list govuk-list--bullet">
                <li>Share of service j: places of j ÷ people within reach of j.</li>
                <li>Help in reach of area i: sum of the shares of all services within reach of i.</li>
                <li>Gap of i: need of i ÷ mean need − help of i ÷ mean help.</li>
              </ul>
              <p class="govuk-body">
                “Under-served” means that even the lower end of the need lies above the help. “No record” means that we
                cannot say, never that there is no need. The numbers in brackets say how far the gap and the rank could
                lie by chance, with 95% confidence in the need.
              </p>
              <p class="govuk-body">
                It does not see rivers, roads or buses, nor people and services outside of the area. Distances are from
                the middle of each small area. Source of the method: Luo and Wang (2003), Environment and Planning B 30,
                865 to 884.
              </p>
            </Details>
            <Button href={`${directoryHref(slug)}/gaps`} classes="govuk-button--secondary">
              Gaps on record
            </Button>
          </>
        )}
      </>
    ),
  };
}
