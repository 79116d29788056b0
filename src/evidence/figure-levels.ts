import { monthsIn } from '../duty/index.ts';
import { crudeRate, directlyStandardisedRate, isRefusal, poissonLimits } from '../measures/index.ts';
import { standardBands } from './age-band.ts';
import {
  absentRow,
  byMonth,
  counts,
  gapNotes,
  level,
  number,
  one,
  refusedRow,
  type Counted,
  type FigureMeasure,
} from './figure-answer.ts';
import type { FigureRow } from './figure.ts';

const countRow = (key: Readonly<Record<string, string | null>>, count: number): FigureRow => {
  const limits = poissonLimits(count, level);
  if (isRefusal(limits)) return refusedRow(key, limits.sentence);
  return {
    ...key,
    state: 'shown',
    count,
    estimate: count,
    lower: limits.lower,
    upper: limits.upper,
    level,
    denominator: null,
  };
};

export const per = 100_000;

export const count: FigureMeasure = {
  name: 'count',
  version: '1',
  about: 'How many were recorded, with the interval of the underlying rate',
  title: 'Number of',
  asks: one,
  answer: (question, counted, context) => counts(question, counted, context, countRow),
};

export const rate: FigureMeasure = {
  name: 'rate',
  version: '1',
  about: `How many for each ${number(per)} people who live there, over the period of the cell`,
  title: `Rate per ${number(per)} people of`,
  asks: one,
  answer(question, counted, context) {
    const frames = new Set<string>();
    const answer = counts(question, counted, context, (key, events) => {
      const population = context.population(key['area'] ?? question.area);
      if (population === undefined)
        return refusedRow(key, 'No population is loaded for this area, so there is no rate. The count is there.');
      frames.add(population.source);
      const made = crudeRate({ events, population: population.persons, per, level });
      if (isRefusal(made)) return refusedRow(key, made.sentence);
      return {
        ...key,
        state: 'shown',
        count: events,
        estimate: made.estimate,
        lower: made.lower,
        upper: made.upper,
        level,
        denominator: population.persons,
      };
    });
    const notes = [...frames].map(
      (frame) =>
        `People: ${frame}. Where many visit who do not live there, a rate of residents looks higher than what anybody there lives through.`,
    );
    return { rows: answer.rows, notes: [...answer.notes, ...notes] };
  },
};

export const coverage: FigureMeasure = {
  name: 'coverage',
  version: '1',
  about: 'Of which months the source is there, and of which it is not',
  title: 'Coverage of',
  asks: byMonth,
  answer(question, counted, context) {
    const reasons = new Map(context.gaps(question.area, question.period).map(({ month, reason }) => [month, reason]));
    const found = new Map((counted['counts'] ?? []).map(({ key, count: n }) => [key[0] ?? '', n]));
    return {
      rows: monthsIn(question.period).map((month): FigureRow => {
        const reason = reasons.get(month);
        if (reason !== undefined) return absentRow({ month }, reason);
        const n = found.get(month) ?? 0;
        return {
          month,
          state: 'shown',
          count: n,
          estimate: n,
          lower: null,
          upper: null,
          level: null,
          denominator: null,
        };
      }),
      notes: gapNotes(context.gaps(question.area, question.period)),
    };
  },
};

export const standardisedRate: FigureMeasure = {
  name: 'standardised-rate',
  version: '1',
  about: `How many for each ${number(per)} people, had the area as many of each age as the European Standard Population 2013`,
  title: `Age-standardised rate per ${number(per)} people of`,
  asks: ({ area, period, by }, { ageColumn }) => [
    { name: 'ages', area, period, by: [...by, ...(ageColumn === undefined ? [] : [ageColumn])] },
  ],
  answer(question, counted, context) {
    if (context.ageColumn === undefined)
      return {
        rows: [
          refusedRow(
            {},
            'The rows of this source say no ages of those who were harmed, so the rate cannot be standardised. The rate without it is there.',
          ),
        ],
        notes: [],
      };
    // By cell, how many of each age: the same rows without ages are what is counted.
    const places = question.by.length;
    const ages = new Map<string, { readonly bands: number[]; without: number }>();
    const cells = new Map<string, Counted>();
    for (const group of counted['ages'] ?? []) {
      const key = group.key.slice(0, places);
      const name = JSON.stringify(key);
      const of = ages.get(name) ?? { bands: standardBands.map(() => 0), without: 0 };
      const age = Number(group.key[places] ?? Number.NaN);
      const band = standardBands.findIndex(({ from, to }) => age >= from && (to === null || age <= to));
      if (band < 0) of.without += group.count;
      else of.bands[band] = (of.bands[band] ?? 0) + group.count;
      ages.set(name, of);
      const sum = cells.get(name);
      cells.set(name, {
        key,
        count: (sum?.count ?? 0) + group.count,
        hidden: (sum?.hidden ?? 0) + group.hidden,
        absent: (sum?.absent ?? 0) + group.absent,
      });
    }
    const frames = new Set<string>();
    let without = 0;
    const answer = counts(question, { counts: [...cells.values()] }, context, (key, events) => {
      const of = ages.get(JSON.stringify(question.by.map((name) => key[name] ?? null)));
      const bands = standardBands.map(({ standard, ...band }, place) => {
        const people = context.populationAged(key['area'] ?? question.area, band);
        if (people !== undefined) frames.add(people.source);
        return { events: of?.bands[place] ?? 0, population: people?.persons, standard };
      });
      const known = bands.flatMap(({ population, ...band }) =>
        population === undefined ? [] : [{ ...band, population }],
      );
      if (known.length < bands.length)
        return refusedRow(
          key,
          'No population by five years of age is loaded for this area, so the rate cannot be standardised. The rate without it is there.',
        );
      // A band in which nobody lives has no rate; with nobody harmed in it, it takes no part.
      const lived = known.filter(({ population, events: n }) => population > 0 || n > 0);
      const made = directlyStandardisedRate({ bands: lived, per, level });
      if (isRefusal(made)) return refusedRow(key, made.sentence);
      without += of?.without ?? 0;
      return {
        ...key,
        state: 'shown',
        count: events,
        estimate: made.estimate,
        lower: made.lower,
        upper: made.upper,
        level,
        denominator: made.population,
        withoutAge: of?.without ?? 0,
      };
    });
    return {
      rows: answer.rows,
      notes: [
        ...answer.notes,
        ...(without === 0
          ? []
          : [
              `${number(without)} ${without === 1 ? context.things.one : context.things.many} with no age of the victim are counted and are not in the rate, so the true rate is higher.`,
            ]),
        ...[...frames].map(
          (frame) => `People by five years of age: ${frame}. Standard: European Standard Population 2013.`,
        ),
        'An age-standardised rate is meant for victims by where they live. These are counted where it happened.',
      ],
    };
  },
};
