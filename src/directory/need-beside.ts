import { floatingCatchment, isRefusal, quantile, type Refusal } from '../measures/index.ts';

/** Who reads where need lies beside help. */
export const needReaders = ['coordinator', 'prevention-lead', 'analyst', 'councillor'] as const;

/** A place where people live, with what is known of its need; metres of the British National Grid. */
export interface PlaceOfNeed {
  readonly code: string;
  readonly name: string;
  readonly people: number | null;
  readonly centre: { readonly easting: number; readonly northing: number } | null;
  readonly need:
    | { readonly per1000: number; readonly low: number; readonly high: number }
    | { readonly absent: 'hidden' | 'no-record' };
  /** The larger area it is taken together in: itself where places are shown one by one. */
  readonly group: { readonly code: string; readonly name: string };
}

/** A service whose place everybody may know. Nothing else may come here: see `placedServices`. */
export interface PlacedService {
  readonly easting: number;
  readonly northing: number;
  /** Places it has in all; null where nobody knows. */
  readonly places: number | null;
}

export const standings = ['under-served', 'served', 'no-record'] as const;
export type Standing = (typeof standings)[number];

export interface Beside {
  readonly code: string;
  readonly name: string;
  readonly people: number | null;
  readonly standing: Standing;
  /** Why nothing can be said; null where something can. */
  readonly why: string | null;
  /** Need and provision for each person, as times the mean of all areas: 1 is the mean. */
  readonly need: number | null;
  readonly provision: number | null;
  /** Need less provision, with the interval that the need has: above 0, there is less help than the need would ask for. */
  readonly gap: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** 1 has the widest gap. The ranks from `first` to `last` are possible within the intervals. */
  readonly rank: { readonly at: number; readonly first: number; readonly last: number } | null;
}

export interface BesideAll {
  readonly areas: readonly Beside[];
  readonly services: number;
  /** Services whose number of places is known. */
  readonly withPlaces: number;
}

/**
 * Need beside the help that can be reached: gap = need ÷ mean need − provision ÷ mean provision, each for one person, the
 * means over all people of areas with both. Provision is a two-step floating catchment by distance (see
 * `floatingCatchment`), with the number of places as capacity; a service that does not say counts as the median of those that do.
 * Under-served: even the lower end of the need lies above the provision. An area without people, place or number
 * of need has no standing, and neither has any where no service with a known place is on record: that says nothing of need.
 * Sources: Luo and Wang (2003), as there; the ratio to the mean is a location quotient.
 */
export function needBeside(
  places: readonly PlaceOfNeed[],
  services: readonly PlacedService[],
  reachMetres: number,
): BesideAll | Refusal {
  const known = services.flatMap((service) => (service.places === null ? [] : [service.places]));
  const middle = known.length === 0 ? undefined : quantile(known, 0.5);
  const usual = typeof middle === 'number' && middle > 0 ? middle : 1;
  const living = places.filter(
    (place): place is PlaceOfNeed & { people: number; centre: NonNullable<PlaceOfNeed['centre']> } =>
      place.people !== null && place.people > 0 && place.centre !== null,
  );
  const made = floatingCatchment(
    {
      eastings: living.map(({ centre }) => centre.easting),
      northings: living.map(({ centre }) => centre.northing),
      people: living.map(({ people }) => people),
    },
    {
      eastings: services.map(({ easting }) => easting),
      northings: services.map(({ northing }) => northing),
      capacity: services.map((service) => service.places ?? usual),
    },
    reachMetres,
  );
  if (isRefusal(made)) return made;
  const access = new Map(living.map(({ code }, at) => [code, made.accessibilityPer1000[at] ?? 0]));
  const isReached = made.accessibilityPer1000.some((value) => value > 0);
  const groups = [...Map.groupBy(places, ({ group }) => group.code)].map(([code, parts]) =>
    together(code, parts, access, isReached),
  );
  const measured = groups.flatMap((group) =>
    group.known === null ? [] : [{ people: group.people ?? 0, ...group.known }],
  );
  const all = measured.reduce((sum, { people }) => sum + people, 0);
  const meanNeed = measured.reduce((sum, { people, per1000 }) => sum + people * per1000, 0) / all;
  const meanProvision = measured.reduce((sum, { people, provision }) => sum + people * provision, 0) / all;
  const compared = groups.map(({ known: own, ...group }): Omit<Beside, 'rank'> => {
    if (own === null || !(meanNeed > 0) || !(meanProvision > 0))
      return {
        ...group,
        standing: 'no-record',
        why: group.why ?? 'Nothing to compare with',
        need: null,
        provision: null,
        gap: null,
      };
    const provision = own.provision / meanProvision;
    const gapAt = (need: number) => need / meanNeed - provision;
    const gap = { value: gapAt(own.per1000), low: gapAt(own.low), high: gapAt(own.high) };
    const standing = gap.low > 0 ? 'under-served' : 'served';
    return { ...group, standing, need: own.per1000 / meanNeed, provision, gap };
  });
  return { areas: ranked(compared), services: services.length, withPlaces: known.length };
}

function together(
  code: string,
  parts: readonly PlaceOfNeed[],
  access: ReadonlyMap<string, number>,
  isReached: boolean,
) {
  const people = parts.some((part) => part.people === null)
    ? null
    : parts.reduce((sum, part) => sum + (part.people ?? 0), 0);
  const about = { code, name: parts[0]?.group.name ?? code, people };
  const lacks = (why: string) => ({ ...about, why, known: null });
  if (people === null || people === 0) return lacks('The number of people is not known');
  if (parts.some(({ need }) => 'absent' in need && need.absent === 'hidden'))
    return lacks('The number is too small to show');
  const needs = parts.flatMap(({ need, people: own }) =>
    'absent' in need ? [] : [{ ...need, share: (own ?? 0) / people }],
  );
  if (needs.length < parts.length) return lacks('There is no number of need');
  if (parts.some((part) => !access.has(part.code))) return lacks('There is no outline to measure distances from');
  if (!isReached) return lacks('No service with a known place is on record within reach of anybody');
  const per1000 = needs.reduce((sum, { per1000: own, share }) => sum + own * share, 0);
  // Chance moves each part by itself, so half widths add up as squares.
  const half = (of: (need: (typeof needs)[number]) => number) =>
    Math.hypot(...needs.map((need) => of(need) * need.share));
  return {
    ...about,
    why: null,
    known: {
      per1000,
      low: Math.max(0, per1000 - half((need) => need.per1000 - need.low)),
      high: per1000 + half((need) => need.high - need.per1000),
      provision: parts.reduce((sum, part) => sum + ((access.get(part.code) ?? 0) * (part.people ?? 0)) / people, 0),
    },
  };
}

/** The widest gap first; areas of which nothing is known last, by name. */
function ranked(areas: readonly Omit<Beside, 'rank'>[]): readonly Beside[] {
  const gaps = areas.flatMap(({ gap }) => (gap === null ? [] : [gap]));
  return areas
    .map((area): Beside => {
      const { gap } = area;
      if (gap === null) return { ...area, rank: null };
      const above = (of: (other: NonNullable<Beside['gap']>) => boolean) =>
        gaps.filter((other) => other !== gap && of(other)).length;
      return {
        ...area,
        rank: {
          at: 1 + above(({ value }) => value > gap.value),
          first: 1 + above(({ low }) => low > gap.high),
          last: gaps.length - above(({ high }) => high < gap.low),
        },
      };
    })
    .sort(
      (a, b) =>
        (a.rank?.at ?? Infinity) - (b.rank?.at ?? Infinity) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0) || 0,
    );
}
