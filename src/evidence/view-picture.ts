import { formatMonth, type Month } from '../duty/index.ts';
import { isRefusal, toWgs84Degrees } from '../measures/index.ts';
import type { ChoroplethModel, PictureModel, Reading, Row } from '../pictures/index.ts';
import type { FigureRow } from './figure.ts';
import type { Boundary } from './reference-boundaries.ts';
import { headingOf, keyColumns, keyWords } from './view-words.ts';
import type { ViewDocument, ViewShown } from './view-document.ts';

/** More than this is read in the table. */
const mostBars = 20;
const mostSeries = 12;
const mostHeat = 24;

/**
 * The picture of a view: a map by area where its outlines are loaded, lines by month, small multiples by month and another breakdown, bars by one breakdown, shades by two.
 * Hidden cells and gaps are drawn as such. Null where one number stands alone, or where a picture would have too many parts.
 */
export function pictureOf(
  document: ViewDocument,
  { source, names }: Pick<ViewShown, 'source' | 'names'>,
  outlines: readonly Boundary[] = [],
): PictureModel | null {
  const by = keyColumns(document);
  const rows = document.rows as readonly FigureRow[];
  if (by.length === 0 || !rows.some(({ state }) => state === 'shown')) return null;
  const { measure, title } = document;
  const decimals = [
    'rate',
    'standardised-rate',
    'hot-spots',
    'hot-spot-cells',
    'near-repeat',
    'relative-rate',
  ].includes(measure.name)
    ? 1
    : 0;
  const framed = {
    title,
    unit: unitOf(document, source.counts),
    source: source.title,
    notShown: hiddenNote(rows),
    decimals,
    ...(withInterval.has(measure.name) ? { interval: '95% confidence interval' } : {}),
  };
  const isChart = measure.name === 'control-chart';
  const read = (row: FigureRow): Reading => readingOf(row, isChart);
  const others = by.filter((name) => name !== 'month');
  const [other, second] = others;
  if (by.includes('month')) {
    if (other === undefined)
      return {
        ...framed,
        kind: 'line',
        step: 'month',
        series: methodsIn(rows).map(({ from, rows: months }, nth, all) => ({
          name: nameOfMethod(source.counts, from, all[nth + 1]?.from),
          isOwn: nth === all.length - 1,
          points: months.map((row) => ({
            ...read(row),
            at: row.month ?? '',
            ...(isChart && typeof row['signal'] === 'string' && row['signal'] !== 'none' ? { flag: 'Not usual' } : {}),
          })),
        })),
        ...(isChart ? { limits: limitsOf(rows) } : {}),
        ...(rows.some(({ methodBreak }) => typeof methodBreak === 'string')
          ? {
              annotations: rows.flatMap(({ month, methodBreak }) =>
                month === undefined || typeof methodBreak !== 'string'
                  ? []
                  : [{ at: month, words: 'Counted otherwise' }],
              ),
            }
          : {}),
      };
    const groups = Map.groupBy(rows, (row) => String(row[other] ?? ''));
    if (second !== undefined || groups.size > mostSeries) return null;
    return {
      ...framed,
      kind: 'columns',
      step: 'month',
      categories: [...groups].map(([value, of]) => ({
        name: keyWords(other, value, names),
        points: of.map((row) => ({ ...read(row), at: row.month ?? '' })),
      })),
    };
  }
  if (other === undefined) return null;
  if (second === undefined && other === 'area') {
    const map = mapOf(document, { rows, outlines, names, counts: source.counts });
    if (map !== undefined) return { ...framed, ...map };
  }
  if (second === undefined && other === 'cell') {
    const map = mapOfCells(rows, source.counts);
    if (map !== undefined) return { ...framed, ...map };
  }
  if (second === undefined) {
    const bars: readonly Row[] = rows.map((row) => ({ ...read(row), name: keyWords(other, row[other], names) }));
    const order = (row: Row) => ('value' in row ? row.value : -Infinity);
    const drawn = bars.toSorted((a, b) => order(b) - order(a)).slice(0, mostBars);
    const left = bars.length - drawn.length;
    return {
      ...framed,
      kind: measure.name === 'change' ? 'dots' : 'bars',
      across: headingOf(other),
      rows: drawn,
      notShown: [
        ...framed.notShown,
        ...(left === 0
          ? []
          : [`The ${mostBars} with the highest numbers are drawn. The table has all ${bars.length}.`]),
      ],
    };
  }
  const [first, last] = [valuesOf(rows, other), valuesOf(rows, second)];
  if (others.length > 2 || first.length > mostHeat || last.length > mostHeat) return null;
  const at = new Map(rows.map((row) => [JSON.stringify([row[other] ?? null, row[second] ?? null]), row]));
  return {
    ...framed,
    kind: 'heat',
    rowName: headingOf(other),
    columnName: headingOf(second),
    rows: first.map((value) => keyWords(other, value, names)),
    columns: last.map((value) => keyWords(second, value, names)),
    cells: first.map((one) =>
      last.map((two): Reading => {
        const row = at.get(JSON.stringify([one, two]));
        return row === undefined ? { absent: 'no-record' } : read(row);
      }),
    ),
  };
}

const withInterval: ReadonlySet<string> = new Set(['count', 'rate', 'standardised-rate', 'relative-rate', 'harm']);

/** More outlines than this are read in the table: each of them would stand in every picture that is sent. */
const mostOutlines = 400;
const onMaps: ReadonlySet<string> = new Set(['count', 'rate', 'standardised-rate', 'harm', 'hot-spots']);

/** Undefined where an area that has a number has no outline: a map that leaves some out would tell another story. */
function mapOf(
  { measure }: ViewDocument,
  {
    rows,
    outlines,
    names,
    counts,
  }: {
    readonly rows: readonly FigureRow[];
    readonly outlines: readonly Boundary[];
    readonly names: ViewShown['names'];
    readonly counts: string;
  },
): Pick<ChoroplethModel, 'kind' | 'across' | 'areas' | 'notMapped' | 'classes'> | undefined {
  const placed = rows.filter(({ area }) => typeof area === 'string');
  if (!onMaps.has(measure.name) || placed.length < 2 || placed.length > mostOutlines) return undefined;
  const outlineOf = new Map(outlines.map((each) => [each.code, each]));
  const areas = placed.flatMap((row) => {
    const outline = outlineOf.get(row.area ?? '');
    return outline === undefined
      ? []
      : [
          {
            ...readingOf(row, false),
            code: outline.code,
            name: keyWords('area', row.area, names),
            outline: { type: 'MultiPolygon' as const, coordinates: toTheMetre(outline.polygons) },
          },
        ];
  });
  if (areas.length < placed.length) return undefined;
  const elsewhere = rows.find(({ area }) => typeof area !== 'string');
  const classes = measure.name === 'hot-spots' ? spotClasses(placed) : undefined;
  return {
    kind: 'choropleth',
    across: headingOf('area'),
    areas,
    notMapped:
      elsewhere?.state === 'shown' && elsewhere.count !== null
        ? `${elsewhere.count.toLocaleString('en-GB')} ${counts} have no place and are not on the map`
        : `${counts.charAt(0).toUpperCase()}${counts.slice(1)} without a place are not on the map`,
    ...(classes === undefined ? {} : { classes }),
  };
}

/** More squares than this are read in the table. */
const mostCells = 2_500;
const cellSide = 200;

/** Squares that have something in them or stand out; the others are the paper. */
function mapOfCells(rows: readonly FigureRow[], counts: string): ReturnType<typeof mapOf> {
  const placed = rows.filter(({ cell, state }) => typeof cell === 'string' && state === 'shown');
  if (placed.length < 2 || placed.length > mostCells) return undefined;
  const corners = placed.flatMap(({ cell }) => {
    const [easting = 0, northing = 0] = String(cell).split(', ').map(Number);
    return [
      [easting, northing],
      [easting + cellSide, northing],
      [easting + cellSide, northing + cellSide],
      [easting, northing + cellSide],
    ] as const;
  });
  const degrees = toWgs84Degrees(
    corners.map(([easting]) => easting),
    corners.map(([, northing]) => northing),
  );
  if (isRefusal(degrees)) return undefined;
  const classes = spotClasses(placed);
  return {
    kind: 'choropleth',
    across: headingOf('cell'),
    areas: placed.map((row, place) => {
      const ring = [0, 1, 2, 3, 0].map((at) => [
        degrees.longitudes[place * 4 + at] ?? 0,
        degrees.latitudes[place * 4 + at] ?? 0,
      ]);
      const name = String(row['cell']);
      return {
        ...readingOf(row, false),
        code: name,
        name,
        outline: { type: 'MultiPolygon' as const, coordinates: toTheMetre([[ring]]) },
      };
    }),
    notMapped: `Squares without ${counts} are not drawn`,
    ...(classes === undefined ? {} : { classes }),
  };
}

const toTheMetre = (polygons: Boundary['polygons']) =>
  polygons.map((rings) =>
    rings.map((ring) => ring.map((corner) => corner.map((each) => Math.round(each * 1e5) / 1e5))),
  );

/** What counts as hot or cold is cut at one deviate, which the finds of the test tell. */
function spotClasses(rows: readonly FigureRow[]): ChoroplethModel['classes'] {
  const ends = (verdict: string) =>
    rows.flatMap((row) => (row['verdict'] === verdict && row.estimate !== null ? [row.estimate] : []));
  const [hot, cold] = [ends('hot spot'), ends('cold spot')];
  const even = ends('as chance would have it');
  return [
    ...(cold.length === 0 ? [] : [{ below: Math.min(...even, ...hot), words: 'Cold spot' }]),
    ...(even.length === 0
      ? []
      : [{ ...(hot.length === 0 ? {} : { below: Math.min(...hot) }), words: 'As chance would have it' }]),
    ...(hot.length === 0 ? [] : [{ words: 'Hot spot' }]),
  ];
}

/** Months that were counted by one method: a line over a change of method would join two series. */
function methodsIn(rows: readonly FigureRow[]): readonly { readonly from: Month | null; readonly rows: FigureRow[] }[] {
  const methods: { from: Month | null; rows: FigureRow[] }[] = [{ from: null, rows: [] }];
  for (const row of rows) {
    if (typeof row['methodBreak'] === 'string' && row.month !== undefined) methods.push({ from: row.month, rows: [] });
    methods.at(-1)?.rows.push(row);
  }
  return methods.filter((method) => method.rows.length > 0);
}

function nameOfMethod(counts: string, from: Month | null, next: Month | null | undefined): string {
  const name = `${counts.charAt(0).toUpperCase()}${counts.slice(1)}`;
  if (from !== null) return `${name} since ${formatMonth(from)}`;
  return typeof next === 'string' ? `${name} before ${formatMonth(next)}` : name;
}

const valuesOf = (rows: readonly FigureRow[], name: string) => [
  ...new Set(rows.map((row) => (row[name] ?? null) as string | null)),
];

function readingOf(row: FigureRow, isChart: boolean): Reading {
  if (row.state === 'hidden') return { absent: 'hidden' };
  if (row.state === 'absent') return { absent: 'no-record' };
  const value = isChart ? row.count : row.estimate;
  if (row.state === 'refused' || value === null) return { absent: 'not-applicable' };
  if (isChart) return { value };
  return {
    value,
    ...(row.lower === null ? {} : { low: row.lower }),
    ...(row.upper === null ? {} : { high: row.upper }),
  };
}

function hiddenNote(rows: readonly FigureRow[]): readonly string[] {
  const hidden = rows.filter(({ state }) => state === 'hidden').length;
  if (hidden === 0) return [];
  return [
    `${hidden === 1 ? 'One number is' : `${hidden} numbers are`} hidden, because small numbers may tell about a person.`,
  ];
}

/** Limits of each month on its own: months differ in length. */
const limitsOf = (rows: readonly FigureRow[]) =>
  rows.flatMap(({ month, estimate, lower, upper }: FigureRow & { readonly month?: Month }) =>
    month === undefined || estimate === null || lower === null || upper === null
      ? []
      : [{ from: month, to: month, centre: estimate, lower, upper }],
  );

function unitOf({ measure, by }: ViewDocument, counts: string): string {
  if (measure.name === 'rate') return `${counts} per 100,000 people`;
  if (measure.name === 'standardised-rate') return `${counts} per 100,000 people, age-standardised`;
  if (measure.name === 'change') return 'change in per cent';
  if (measure.name === 'harm') return 'days of sentence';
  if (measure.name === 'hot-spots' || measure.name === 'hot-spot-cells')
    return 'standard deviations from what chance would put there';
  if (measure.name === 'relative-rate') return 'times the rate of the largest group';
  if (measure.name === 'near-repeat') return 'times as many pairs as by chance';
  return by.includes('month') || measure.name === 'control-chart' ? `${counts} a month` : counts;
}
