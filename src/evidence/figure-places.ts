import { concentration, giStar, isRefusal, knoxTest, neighboursFromLists } from '../measures/index.ts';
import { gapSentence, number, refusedRow, type FigureMeasure } from './figure-answer.ts';
import { usualSeed } from './figure-harm.ts';
import type { FigureRow } from './figure.ts';

export const concentrated: FigureMeasure = {
  name: 'concentration',
  version: '1',
  about: 'How unevenly they fall over small areas: the share of areas that has half of them',
  title: 'Concentration of',
  over: ['area'],
  asks: ({ area, period }) => [{ name: 'counts', area, period, by: ['area'] }],
  answer(question, counted, context) {
    const groups = (counted['counts'] ?? []).filter(({ key }) => key[0] !== null);
    const gaps = context.gaps(question.area, question.period);
    if (gaps.length > 0)
      return {
        rows: [
          refusedRow(
            {},
            gapSentence(
              question,
              gaps,
              groups.reduce((sum, each) => sum + each.count, 0),
              context,
            ),
          ),
        ],
        notes: [],
      };
    const seen = new Map(groups.map(({ key, count: n }) => [key[0] ?? '', n]));
    const areas = context.domain('area', [...seen.keys()]) ?? [...seen.keys()];
    const values = areas.map((area) => seen.get(area) ?? 0).sort((a, b) => b - a);
    const found = concentration(values);
    if (isRefusal(found)) return { rows: [refusedRow({}, found.sentence)], notes: [] };
    let reached = 0;
    let holding = 0;
    while (reached < found.events / 2) {
      reached += values[holding] ?? 0;
      holding += 1;
    }
    return {
      rows: [
        {
          state: 'shown',
          count: found.events,
          estimate: found.generalisedGini,
          lower: null,
          upper: null,
          level: null,
          denominator: found.places,
          gini: found.gini,
          areasWithHalf: holding,
          shareOfAreasWithHalf: holding / found.places,
        },
      ],
      notes: [
        `${number(holding)} of ${number(found.places)} small areas have half of all ${context.things.many}.`,
        'Small areas have about as many residents each; where many work or go out, more happens without more risk for those who live there.',
      ],
    };
  },
};

/** With fewer places a deviate is no deviate (analysis.md, section 5). */
const fewestAreas = 30;
const significant = 0.05;

export const hotSpots: FigureMeasure = {
  name: 'hot-spots',
  version: '1',
  about: 'Which small areas, together with those that touch them, have more or fewer than chance would put there',
  title: 'Hot spots of',
  over: ['month', 'category', 'provider'],
  by: () => ['area'],
  needs: ['neighbours'],
  asks: ({ area, period }) => [{ name: 'counts', area, period, by: ['area'] }],
  answer(question, counted, context) {
    const groups = (counted['counts'] ?? []).filter(({ key }) => key[0] !== null);
    const refuse = (sentence: string) => ({ rows: [refusedRow({}, sentence)], notes: [] });
    const gaps = context.gaps(question.area, question.period);
    const total = groups.reduce((sum, each) => sum + each.count, 0);
    if (gaps.length > 0) return refuse(gapSentence(question, gaps, total, context));
    if (groups.some(({ hidden, absent }) => hidden + absent > 0))
      return refuse('The sender kept some numbers back, so hot spots cannot be told from the others.');
    const seen = new Map(groups.map(({ key, count: n }) => [key[0] ?? '', n]));
    const areas = context.domain('area', [...seen.keys()]);
    if (areas === undefined || areas.length < fewestAreas)
      return refuse(
        `${areas === undefined ? 'The small areas of this area are not known' : `There are ${areas.length} small areas here`}. Hot spots need at least ${fewestAreas} to stand out from.`,
      );
    const { neighbours } = context.material;
    if (neighbours === undefined)
      return refuse(
        'No boundaries of these small areas are loaded, so nobody can say which touch. Add them: concord reference add boundaries <file>',
      );
    if (neighbours.without > 0)
      return refuse(
        `${number(neighbours.without)} of ${number(areas.length)} small areas have no boundary that is loaded, so nobody can say what they touch. Add boundaries that have them all.`,
      );
    const ordered = [...areas].sort();
    const values = ordered.map((area) => seen.get(area) ?? 0);
    const lists = neighboursFromLists(neighbours.lists);
    if (isRefusal(lists)) return refuse(lists.sentence);
    const found = giStar(values, lists);
    if (isRefusal(found)) return refuse(found.sentence);
    const rows = ordered.map((area, place): FigureRow => {
      const [z, q] = [found.z[place] ?? 0, found.qValue[place] ?? 1];
      return {
        area,
        state: 'shown',
        count: values[place] ?? 0,
        estimate: z,
        lower: null,
        upper: null,
        level: null,
        denominator: null,
        pValue: found.pTwoSided[place] ?? 1,
        qValue: q,
        verdict: q > significant ? 'as chance would have it' : z > 0 ? 'hot spot' : 'cold spot',
      };
    });
    const hot = rows.filter(({ verdict }) => verdict === 'hot spot').length;
    return {
      rows,
      notes: [
        `${number(hot)} of ${number(rows.length)} small areas are hot spots: with those that touch them they have more than chance would put there.`,
        `${number(rows.length)} tests were made and are allowed for (Getis-Ord Gi*, Benjamini and Hochberg, q at most ${significant}). Areas outside of the boundary take no part.`,
        'Small areas have about as many residents each, and a town centre has many more visitors: a hot spot is a place to look at, and no measure of risk.',
        ...(context.unlocated === 0
          ? []
          : [`${number(context.unlocated)} ${context.things.many} without a place are in none of them.`]),
      ],
    };
  },
};

/** With fewer squares a deviate is no deviate, and an area of a few streets has no hot spots in it. */
const fewestCells = 100;

export const hotSpotCells: FigureMeasure = {
  name: 'hot-spot-cells',
  version: '1',
  about: 'Which squares of 200 metres, together with those round them, have more or fewer than chance would put there',
  title: 'Hot spots on squares of 200 metres of',
  over: ['month', 'area', 'category', 'provider'],
  by: () => ['cell'],
  needs: ['cells'],
  asks: () => [],
  answer(question, _counted, context) {
    const refuse = (sentence: string) => ({ rows: [refusedRow({}, sentence)], notes: [] });
    const { cells: grid } = context.material;
    const gaps = context.gaps(question.area, question.period);
    if (grid === undefined)
      return refuse(
        'The rows of this source have no point, so they cannot be put on squares. Hot spots of small areas are there.',
      );
    if (grid.refusal !== null) return refuse(grid.refusal);
    const total = grid.cells.reduce((sum, { count }) => sum + count, 0);
    if (gaps.length > 0) return refuse(gapSentence(question, gaps, total, context));
    if (grid.cells.length < fewestCells)
      return refuse(
        `There are ${number(grid.cells.length)} squares here. Hot spots need at least ${fewestCells} to stand out from.`,
      );
    const lists = neighboursFromLists(grid.lists);
    if (isRefusal(lists)) return refuse(lists.sentence);
    const found = giStar(
      grid.cells.map(({ count }) => count),
      lists,
    );
    if (isRefusal(found)) return refuse(found.sentence);
    const rows = grid.cells.flatMap(({ easting, northing, count }, place): readonly FigureRow[] => {
      const [z, q] = [found.z[place] ?? 0, found.qValue[place] ?? 1];
      // An empty square that is as chance would have it is not worth a line: there are thousands.
      if (count === 0 && q > significant) return [];
      return [
        {
          cell: `${easting}, ${northing}`,
          state: 'shown',
          count,
          estimate: z,
          lower: null,
          upper: null,
          level: null,
          denominator: null,
          pValue: found.pTwoSided[place] ?? 1,
          qValue: q,
          verdict: q > significant ? 'as chance would have it' : z > 0 ? 'hot spot' : 'cold spot',
        },
      ];
    });
    const hot = rows.filter(({ verdict }) => verdict === 'hot spot').length;
    return {
      // Whoever reads the table looks for the hottest.
      rows: rows.toSorted((one, other) => (other.estimate ?? 0) - (one.estimate ?? 0)),
      notes: [
        `${number(hot)} of ${number(grid.cells.length)} squares are hot spots: with the eight round them they have more than chance would put there.`,
        `${number(grid.cells.length)} tests were made and are allowed for (Getis-Ord Gi*, Benjamini and Hochberg, q at most ${significant}). Squares outside of the boundary take no part. Empty squares that are as chance would have it are not listed.`,
        'A square goes by the metres of its south-west corner in the British National Grid: east, then north.',
        'More happens where more people pass: a hot spot is a place to look at, and no measure of risk.',
        ...(grid.left === 0
          ? []
          : [
              `${number(grid.left)} ${grid.left === 1 ? context.things.one : context.things.many} have no point and are in none of the squares.`,
            ]),
      ],
    };
  },
};

/** The same place apart from near it (analysis.md, section 7). */
const distances = [0, 0.1, 200, 400, 600] as const;
const dayEdges = [0, 4, 8, 15, 29] as const;
const permutations = 999;
const fewestEvents = 30;

export const nearRepeat: FigureMeasure = {
  name: 'near-repeat',
  version: '1',
  about: 'Whether one event is soon followed by others close by, more often than chance would have it',
  title: 'Near repeats of',
  over: ['month', 'area', 'category', 'provider'],
  by: () => ['distance', 'days'],
  isDrawn: true,
  needs: ['events'],
  asks: () => [],
  answer(question, _counted, context) {
    const refuse = (sentence: string) => ({ rows: [refusedRow({}, sentence)], notes: [] });
    if (!context.hasDays)
      return refuse(
        'The dates of this source are months and its places are map points, so near repeats cannot be seen in it.',
      );
    const { events } = context.material;
    if (events === undefined) return refuse('The rows of this source have no day and no point of their own.');
    if (events.refusal !== null) return refuse(events.refusal);
    if (events.days.length < fewestEvents)
      return refuse(`Fewer than ${fewestEvents} events have a day and a point, too few to look for near repeats.`);
    const found = knoxTest(events, events.days, {
      distanceBreaksMetres: distances,
      dayBreaks: dayEdges,
      metric: 'euclidean',
      permutations,
      seed: question.seed ?? usualSeed,
    });
    if (isRefusal(found)) return refuse(found.sentence);
    const rows = found.cells.flat().map((cell): FigureRow => ({
      distance: cell.toMetres < 1 ? 'Same place' : `${Math.floor(cell.fromMetres)} to ${cell.toMetres} metres`,
      days: `${cell.fromDays} to ${cell.toDays - 1} days`,
      state: 'shown',
      count: cell.observedPairs,
      estimate: cell.ratio,
      lower: null,
      upper: null,
      level: null,
      denominator: cell.expectedPairs,
      pValue: cell.p,
      verdict: cell.p <= significant && (cell.ratio ?? 0) > 1 ? 'more than by chance' : 'as chance would have it',
    }));
    const gaps = context.gaps(question.area, question.period);
    return {
      rows,
      notes: [
        `Pairs of ${number(found.events)} ${context.things.many}, and how many times as many as when their days are dealt out anew ${number(permutations)} times (Knox test).`,
        `${rows.length} cells are tested at once: one in twenty of them stands out by chance. Read the table as a whole.`,
        'A steady rise in one district makes pairs as well: a ratio is no cause.',
        ...(events.left === 0
          ? []
          : [
              `${number(events.left)} ${context.things.many} are left out: they have no day or no point, lie over more than a day, or are told by another row.`,
            ]),
        ...(gaps.length === 0
          ? []
          : [`Pairs over ${gaps.length} missing ${gaps.length === 1 ? 'month' : 'months'} cannot be seen.`]),
      ],
    };
  },
};
