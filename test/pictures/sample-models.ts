import type { Area, LineModel, Outline, PictureModel, Point, Reading } from '../../src/pictures/index.ts';

const frame = {
  unit: 'offences a month',
  period: 'January 2022 to December 2024',
  source: 'Records of the example force, read on 1 March 2025',
  notShown: ['Offences outside the area.'],
};

/** A number that looks like chance and is not: the same in every run. */
const wave = (at: number, around: number): number =>
  Math.round(around * (1 + 0.3 * Math.sin(at * 1.7) + 0.1 * Math.cos(at * 5)));

const month = (index: number): string =>
  `${2022 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;

const monthly = (around: number, count = 36): readonly Point[] =>
  Array.from({ length: count }, (_, index): Point => ({ at: month(index), value: wave(index, around) }));

/** Unit squares with borders that are not straight, shared to the last digit by the neighbours. */
export function squares(across: number, down: number, readingOf: (index: number) => Reading): readonly Area[] {
  const step = 0.01;
  const corner = (x: number, y: number): readonly [number, number] => [-3 + x * step, 53.8 + y * step * 0.6];
  const side = (from: readonly [number, number], to: readonly [number, number]): (readonly [number, number])[] => {
    const isOuter = [from, to].every(([x]) => x === 0 || x === across) && from[0] === to[0];
    // Counted from the smaller end, so that both neighbours bend it alike.
    const [start, end] = from[0] + from[1] < to[0] + to[1] ? [from, to] : [to, from];
    const inner = Array.from({ length: 9 }, (_, at): readonly [number, number] => {
      const share = (at + 1) / 10;
      const bend = isOuter ? 0 : 0.09 * Math.sin(share * 12 + start[0] * 3 + start[1] * 7);
      const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
      return corner(start[0] + share * dx + bend * dy, start[1] + share * dy + bend * dx);
    });
    return [corner(...from), ...(start === from ? inner : inner.toReversed())];
  };
  return Array.from({ length: across * down }, (_, index): Area => {
    const [x, y] = [index % across, Math.floor(index / across)];
    const way = (
      [
        [x, y],
        [x + 1, y],
        [x + 1, y + 1],
        [x, y + 1],
        [x, y],
      ] as const
    ).map((at) => at);
    const ring = way.slice(0, 4).flatMap((from, at) => side(from, way[at + 1] ?? from));
    const outline: Outline = { type: 'Polygon', coordinates: [[...ring, ring[0] ?? [0, 0]]] };
    return { code: `E0${1000 + index}`, name: `Area ${index + 1}`, outline, ...readingOf(index) };
  });
}

export const controlChart: LineModel = {
  kind: 'line',
  title: 'Is the latest month unusual?',
  ...frame,
  step: 'month',
  series: [
    {
      name: 'Robbery',
      points: monthly(60)
        .map((point, index): Point => {
          if (index === 9) return { at: point.at, absent: 'hidden' };
          return { ...point, ...(index === 30 ? { flag: 'Outside the limits' } : {}) };
        })
        .filter((_, index) => index < 15 || index > 17),
    },
  ],
  limits: [
    { from: month(0), to: month(20), centre: 60, lower: 30, upper: 90 },
    { from: month(21), to: month(35), centre: 62, lower: 34, upper: 91 },
  ],
  target: { value: 50, words: 'Target' },
  annotations: [
    { at: '2022-07', words: 'New recording system' },
    {
      at: '2023-10',
      words: 'Limits drawn anew after a change of counting rules that took effect in the whole country',
    },
  ],
  verdict: 'We cannot tell whether it changed.',
};

/** One model of each kind, with absences, intervals and marks. */
export const sampleModels: readonly PictureModel[] = [
  controlChart,
  {
    kind: 'line',
    title: 'How do three kinds run beside each other?',
    ...frame,
    step: 'month',
    interval: '95% interval',
    series: [
      {
        name: 'Haverness',
        isOwn: true,
        points: monthly(40).map((point) =>
          'value' in point ? { ...point, low: point.value - 8, high: point.value + 9 } : point,
        ),
      },
      { name: 'Most similar areas', points: monthly(55) },
      { name: 'England', points: monthly(50, 30) },
    ],
  },
  {
    kind: 'bars',
    title: 'Where is the rate highest?',
    ...frame,
    across: 'Ward',
    decimals: 1,
    interval: '95% confidence interval',
    reference: { value: 31.25, words: 'England' },
    rows: [
      { name: 'Ash', value: 48.5, low: 40.25, high: 57.5 },
      { name: 'Beech', value: 31, low: 25.5, high: Infinity, isHighlighted: true },
      { name: 'Cedar', absent: 'hidden' },
      { name: 'Elm', absent: 'no-record' },
      { name: 'Fir', value: -4.5, low: -9, high: 1 },
    ],
  },
  {
    kind: 'dots',
    title: 'Which wards differ from the county?',
    ...frame,
    across: 'Ward',
    reference: { value: 41, words: 'County' },
    rows: Array.from({ length: 12 }, (_, index) => ({
      name: `Ward ${index + 1}`,
      value: 60 - index * 3,
      low: 50 - index * 3,
      high: 72 - index * 3,
      isHighlighted: index === 4,
    })),
  },
  {
    kind: 'columns',
    title: 'How do kinds run through the year?',
    ...frame,
    step: 'month',
    categories: [
      { name: 'Robbery', points: monthly(20) },
      { name: 'Knives', points: monthly(35).filter((_, index) => index !== 7) },
      { name: 'Other', points: [...monthly(9, 35), { at: month(35), absent: 'hidden' }] },
    ],
  },
  {
    kind: 'funnel',
    title: 'Do wards differ more than by chance?',
    ...frame,
    decimals: 1,
    across: 'Ward',
    sizeName: 'People',
    points: Array.from({ length: 20 }, (_, index) => ({
      name: `Ward ${index + 1}`,
      size: 2000 + index * 400,
      value: wave(index, 20),
      ...(index % 9 === 2 ? { flag: 'Outside the 99.8% limits' } : {}),
      isHighlighted: index === 5,
    })),
    centre: { value: 20, words: 'All wards' },
    limits: [
      {
        words: '95% limits',
        curve: Array.from({ length: 30 }, (_, index) => {
          const size = 500 + index * 350;
          const half = 1.96 * Math.sqrt(20_000 / size);
          return { size, low: Math.max(0, 20 - half), high: 20 + half };
        }),
      },
    ],
    absent: [{ name: 'Ward 99', absent: 'hidden' }],
  },
  {
    kind: 'choropleth',
    title: 'Where was it recorded?',
    ...frame,
    across: 'Area',
    areas: squares(8, 6, (index): Reading => {
      if (index === 3) return { absent: 'hidden' };
      if (index === 11) return { absent: 'no-record' };
      return index === 17 ? { absent: 'not-applicable' } : { value: wave(index, 30) };
    }).map((area, index) => (index === 20 ? { ...area, isHighlighted: true } : area)),
    places: [{ name: 'Haverness', longitude: -2.96, latitude: 53.82 }],
    notMapped: '37 offences have no place',
  },
  {
    kind: 'heat',
    title: 'When does it happen?',
    ...frame,
    rowName: 'Day',
    columnName: 'Hour',
    rows: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    columns: Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')),
    cells: Array.from({ length: 7 }, (_, day) =>
      Array.from({ length: 24 }, (__, hour): Reading =>
        day === 2 && hour === 4 ? { absent: 'hidden' } : { value: wave(day * 24 + hour, 40) },
      ),
    ),
  },
  {
    kind: 'lorenz',
    title: 'How few streets hold half of it?',
    ...frame,
    across: 'Share of streets',
    up: 'Share of offences',
    curves: [
      {
        name: 'Recorded',
        isOwn: true,
        points: [
          { across: 0, up: 0 },
          { across: 0.05, up: 0.5 },
          { across: 0.4, up: 0.9 },
          { across: 1, up: 1 },
        ],
      },
      {
        name: 'By chance alone',
        points: [
          { across: 0, up: 0 },
          { across: 0.3, up: 0.55 },
          { across: 1, up: 1 },
        ],
      },
    ],
  },
];
