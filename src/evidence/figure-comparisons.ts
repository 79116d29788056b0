import { compareRates, isRefusal, relativeRateIndex } from '../measures/index.ts';
import { gapSentence, level, monthsInWords, number, refusedRow, type FigureMeasure } from './figure-answer.ts';
import { per } from './figure-levels.ts';
import type { FigureRow } from './figure.ts';
import { groupKindOf, groupOf } from './people-group.ts';

export const comparison: FigureMeasure = {
  name: 'comparison',
  version: '1',
  about: 'The rate beside that of the rest of a wider area: the ratio and how sure it is',
  title: 'Comparison with elsewhere of the rate of',
  asks: ({ area, period, options }) => [
    { name: 'here', area, period, by: [] },
    ...(typeof options['comparator'] === 'string'
      ? [{ name: 'there', area: options['comparator'], period, by: [] }]
      : []),
  ],
  answer(question, counted, context) {
    const { area, period, options } = question;
    const other = options['comparator'];
    if (typeof other !== 'string' || counted['there'] === undefined)
      return {
        rows: [refusedRow({}, 'Cannot check: no series of anywhere else is loaded. Name an area to compare with.')],
        notes: [],
      };
    const gaps = [...context.gaps(area, period), ...context.gaps(other, period)];
    if (gaps.length > 0)
      return {
        rows: [
          refusedRow(
            {},
            `${monthsInWords([...new Set(gaps.map(({ month }) => month))])} ${gaps.length === 1 ? 'is' : 'are'} missing.`,
          ),
        ],
        notes: [],
      };
    const [here, all] = [counted['here']?.[0]?.count ?? 0, counted['there'][0]?.count ?? 0];
    const [people, allPeople] = [context.population(area), context.population(other)];
    if (people === undefined || allPeople === undefined)
      return {
        rows: [refusedRow({}, 'No population is loaded for both areas, so rates cannot be compared.')],
        notes: [],
      };
    // The rest, and not the whole: an area is no evidence against itself.
    const compared = compareRates({
      before: { events: all - here, exposure: allPeople.persons - people.persons },
      after: { events: here, exposure: people.persons },
      level,
    });
    if (isRefusal(compared)) return { rows: [refusedRow({}, compared.sentence)], notes: [] };
    return {
      rows: [
        {
          state: 'shown',
          count: here,
          estimate: compared.ratio.estimate,
          lower: compared.ratio.lower,
          upper: compared.ratio.upper,
          level,
          denominator: people.persons,
          elsewhere: all - here,
          populationElsewhere: allPeople.persons - people.persons,
          pValue: compared.pValue,
        },
      ],
      notes: [
        `The rate of ${context.nameOf(area)} divided by that of the rest of ${context.nameOf(other)}, both per head of residents (${people.source}).`,
        'An interval that holds 1 is no difference that can be claimed. Visitors are not in the population.',
        ...(context.unlocated === 0
          ? []
          : [`${number(context.unlocated)} ${context.things.many} without a place are in neither.`]),
      ],
    };
  },
};

const unknown = 'Not known';

export const relativeRate: FigureMeasure = {
  name: 'relative-rate',
  version: '1',
  about: 'How much more often it happened to people of each group than to those of the largest, by ethnic group or sex',
  title: 'Relative rates by group of',
  over: ['month', 'area', 'category', 'provider'],
  // One column of people: the one that was asked for, or the first that the source has.
  by(wanted, offered) {
    const fits = (name: string) => groupKindOf(name) !== undefined;
    const column = wanted.find(fits) ?? offered.find((name) => groupKindOf(name) === 'ethnicity') ?? offered.find(fits);
    return column === undefined ? [] : [column];
  },
  asks: ({ area, period, by }) => (by.length === 0 ? [] : [{ name: 'groups', area, period, by }]),
  answer(question, counted, context) {
    const refuse = (sentence: string) => ({ rows: [refusedRow({}, sentence)], notes: [] });
    const [column] = question.by;
    const kind = column === undefined ? undefined : groupKindOf(column);
    if (column === undefined || kind === undefined)
      return refuse('The rows of this source say neither ethnic group nor sex, so groups cannot be compared.');
    const groups = counted['groups'] ?? [];
    const total = groups.reduce((sum, each) => sum + each.count, 0);
    const gaps = context.gaps(question.area, question.period);
    if (gaps.length > 0) return refuse(gapSentence(question, gaps, total, context));
    if (groups.some(({ hidden, absent }) => hidden + absent > 0))
      return refuse('The sender kept some numbers back, so groups cannot be compared.');
    const people = context.peopleBy(column);
    if (people === undefined)
      return refuse(
        `No population by ${kind === 'sex' ? 'sex' : 'ethnic group'} is loaded for this area, so rates cannot be compared.`,
      );
    const events = new Map(people.groups.map(({ name }) => [name, 0]));
    let without = 0;
    for (const { key, count } of groups) {
      const group = groupOf(kind, key[0] ?? null);
      const known = group === undefined ? undefined : events.get(group);
      if (group === undefined || known === undefined) without += count;
      else events.set(group, known + count);
    }
    const wanted = question.options['reference'];
    const reference = typeof wanted === 'string' ? wanted : people.reference;
    if (!events.has(reference))
      return refuse(`There is no group ${reference}. There are: ${[...events.keys()].join(', ')}.`);
    const made = relativeRateIndex({
      groups: people.groups.map(({ name, persons }) => ({ name, events: events.get(name) ?? 0, population: persons })),
      reference,
      per,
      level,
      unknownEvents: without,
    });
    if (isRefusal(made)) return refuse(made.sentence);
    const rows = made.groups.map((group): FigureRow => ({
      [column]: group.name,
      state: 'shown',
      count: group.events,
      estimate: group.ratio === null ? 1 : group.ratio.estimate,
      lower: group.ratio?.lower ?? null,
      upper: group.ratio?.upper ?? null,
      level: group.ratio === null ? null : level,
      denominator: group.population,
      ratePer100000: group.rate,
      excess: group.excessEvents,
      ratioLeast: group.ratioBounds?.lowest ?? null,
      ratioMost: group.ratioBounds?.highest ?? null,
    }));
    return {
      rows: [
        ...rows,
        {
          [column]: unknown,
          state: 'shown',
          count: made.unknownEvents,
          estimate: null,
          lower: null,
          upper: null,
          level: null,
          denominator: null,
          shareOfAll: made.unknownShare,
        },
      ],
      notes: [
        `The rate of each group divided by that of ${reference}, per head of residents (${people.source}). An interval that holds 1 is no difference that can be claimed.`,
        'The least and the most are what the ratio would be if all of whom the group is not known were of the reference group, or of this one.',
        'Visitors are not in the population, people can be counted more than once, and a difference is no proof of why. Set rates of suspects or of calls beside it, which have a bias of their own.',
      ],
    };
  },
};
