import { figureId } from '../../src/evidence/figure.store.ts';
import { noCoverage, type Figure, type FigureQuestion, type FigureRow } from '../../src/evidence/figure.ts';

/** A figure of a source of records, whose small numbers are hidden, with counts as given. */
export function figureOf(
  cells: readonly { readonly key: Readonly<Record<string, string>>; readonly count: number }[],
  asked: Partial<FigureQuestion> = {},
): Figure {
  const question: FigureQuestion = {
    measure: { name: 'count', version: '1' },
    source: 'force-extract',
    area: 'E06000009',
    period: { from: '2025-01', to: '2025-12' },
    by: Object.keys(cells[0]?.key ?? {}),
    distinct: false,
    definition: null,
    releases: [],
    references: [],
    coverage: noCoverage,
    options: {},
    seed: null,
    ...asked,
  };
  return {
    id: figureId(question),
    title: `Number of offences, by ${question.by.join(' and ')}`,
    question,
    rows: cells.map(({ key, count }): FigureRow => ({
      ...key,
      state: 'shown',
      count,
      estimate: count,
      lower: count / 2,
      upper: count * 2 + 3,
      level: 0.95,
      denominator: null,
    })),
    notes: [],
  };
}
