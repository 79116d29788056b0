import { harmIndex, harmRankIntervals, isRefusal, normalQuantile } from '../measures/index.ts';
import {
  counts,
  level,
  number,
  refusedRow,
  type Counted,
  type FigureMeasure,
  type HarmWeights,
} from './figure-answer.ts';
import type { FigureRow } from './figure.ts';

/** As many draws of as many counts as a reader waits for. */
const mostDraws = 30_000_000;
const draws = 1_000;
const rankLevel = 0.9;

/** The seed of a figure for which nobody named one. */
export const usualSeed = 1;

export const harm: FigureMeasure = {
  name: 'harm',
  version: '1',
  about: 'How grave they were together: counts times the weight of each offence, beside the count, with ranks of areas',
  title: 'Harm of',
  isDrawn: true,
  needs: ['weights'],
  asks: ({ area, period, by }) => [{ name: 'offences', area, period, by: [...new Set([...by, 'category'])] }],
  answer(question, counted, context) {
    const { weights } = context.material;
    if (weights === undefined)
      return {
        rows: [
          refusedRow(
            {},
            'No weights of harm are loaded that fit this source. Add them: concord reference add weights <file>',
          ),
        ],
        notes: [],
      };
    const by = [...new Set([...question.by, 'category'])];
    const at = by.indexOf('category');
    const offences = (counted['offences'] ?? []).map(({ key }) => key[at] ?? '');
    const known = [...new Set(offences)].sort().flatMap((category) => {
      const weight = weights.of(category);
      return weight === undefined ? [] : [{ category, ...weight }];
    });
    const placeOf = new Map(known.map(({ category }, place) => [category, place]));
    let without = 0;
    // By cell, how many of each offence that has a weight.
    const table = new Map<string, number[]>();
    const cells = new Map<string, Counted>();
    for (const group of counted['offences'] ?? []) {
      const key = question.by.map((name) => group.key[by.indexOf(name)] ?? null);
      const name = JSON.stringify(key);
      const place = placeOf.get(group.key[at] ?? '');
      if (place === undefined) {
        without += group.count;
        continue;
      }
      const row = table.get(name) ?? known.map(() => 0);
      row[place] = (row[place] ?? 0) + group.count;
      table.set(name, row);
      const sum = cells.get(name);
      cells.set(name, {
        key,
        count: (sum?.count ?? 0) + group.count,
        hidden: (sum?.hidden ?? 0) + group.hidden,
        absent: (sum?.absent ?? 0) + group.absent,
      });
    }
    if (known.length === 0 && without > 0)
      return { rows: [refusedRow({}, 'None of the offences has a weight, so there is no harm to add up.')], notes: [] };
    const list = known.map(({ weight }) => weight);
    const answer = counts(question, { counts: [...cells.values()] }, context, (key) =>
      harmRow(key, table.get(JSON.stringify(question.by.map((name) => key[name] ?? null))) ?? known.map(() => 0), {
        known,
        weights,
      }),
    );
    const ranked = rank(question.by, answer.rows, table, list, question.seed ?? usualSeed);
    return {
      rows: ranked.rows,
      notes: [
        ...answer.notes,
        `In ${weights.unit}: ${weights.source}.`,
        'A ranking by harm can rest on very few events. Look at the count beside it.',
        ...(weights.isCoarse
          ? [
              'The source does not tell single offences. Each type weighs the mean of the offences that it hides, by how often they are recorded in England and Wales; the least and the most that it can be stand beside it.',
            ]
          : []),
        ...(without === 0
          ? []
          : [
              `${number(without)} ${without === 1 ? context.things.one : context.things.many} have no weight, and are in neither the count nor the harm.`,
            ]),
        ...ranked.notes,
      ],
    };
  },
};

function harmRow(
  key: Readonly<Record<string, string | null>>,
  row: readonly number[],
  {
    known,
    weights,
  }: {
    readonly known: readonly { readonly weight: number; readonly least: number; readonly most: number }[];
    readonly weights: HarmWeights;
  },
): FigureRow {
  const made = harmIndex({ counts: [row], weights: known.map(({ weight }) => weight) });
  if (isRefusal(made)) return refusedRow(key, made.sentence);
  const [only] = made.areas;
  const count = only?.count ?? 0;
  const total = only?.harm ?? 0;
  const spread = normalQuantile(1 - (1 - level) / 2) * (only?.standardError ?? 0);
  const sum = (of: 'least' | 'most') => row.reduce((all, n, place) => all + n * (known[place]?.[of] ?? 0), 0);
  return {
    ...key,
    state: 'shown',
    count,
    estimate: total,
    lower: Math.max(0, total - spread),
    upper: total + spread,
    level,
    denominator: null,
    ...(weights.isCoarse
      ? { least: sum('least'), most: sum('most') }
      : {
          graveEvents: only?.graveEvents ?? 0,
          ...(only?.drivenByFewEvents === true
            ? {
                verdict: `driven by ${only.graveEvents} ${only.graveEvents === 1 ? 'event' : 'events'}`,
              }
            : {}),
        }),
  };
}

/** Ranks by count and by harm beside each other, where areas are compared; an area without a number has no rank. */
function rank(
  by: readonly string[],
  rows: readonly FigureRow[],
  table: ReadonlyMap<string, readonly number[]>,
  weights: readonly number[],
  seed: number,
): { readonly rows: readonly FigureRow[]; readonly notes: readonly string[] } {
  const shown = rows.filter(({ state, area }) => state === 'shown' && typeof area === 'string');
  if (by.length !== 1 || by[0] !== 'area' || shown.length < 2) return { rows, notes: [] };
  const matrix = shown.map(({ area }) => table.get(JSON.stringify([area])) ?? weights.map(() => 0));
  const index = harmIndex({ counts: matrix, weights });
  if (isRefusal(index)) return { rows, notes: [] };
  const isTooMuch = matrix.length * weights.length * draws > mostDraws;
  const intervals = isTooMuch
    ? undefined
    : harmRankIntervals({ counts: matrix, weights, seed, draws, level: rankLevel });
  const ranks = new Map(
    shown.map(({ area }, place) => {
      const own = index.areas[place];
      const interval = intervals === undefined || isRefusal(intervals) ? undefined : intervals.intervals[place];
      return [
        area,
        {
          rankByCount: own?.rankByCount ?? null,
          rankByHarm: own?.rankByHarm ?? null,
          rankLow: interval?.low ?? null,
          rankHigh: interval?.high ?? null,
        },
      ] as const;
    }),
  );
  return {
    rows: rows.map((row) => ({ ...row, ...(ranks.get(row.area) ?? {}) })),
    notes: [
      isTooMuch
        ? 'There are too many areas and offences to say how far the ranks could move by chance.'
        : `The rank of an area could lie between the two that are given by chance alone: ${number(draws)} draws, nine in ten of them within.`,
    ],
  };
}
