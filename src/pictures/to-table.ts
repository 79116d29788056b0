import { checkedModel } from './checked-model.ts';
import {
  isMeasured,
  type BarsModel,
  type ChoroplethModel,
  type ColumnsModel,
  type DotsModel,
  type FunnelModel,
  type HeatModel,
  type LineModel,
  type LorenzModel,
  type PictureModel,
  type Point,
  type Reading,
} from './model.ts';
import { periodNumber, periodWords } from './period.ts';
import { numbersOf, spanOf, timed, type Timed } from './time-axis.ts';
import { absenceWords, numberWords } from './words.ts';

/** A cell as people read it; `value` is the number itself, with all its digits, for a file of figures. */
export interface Cell {
  readonly text: string;
  readonly format?: 'numeric';
  readonly value?: number;
}

/** The figures of a picture in rows. The first cell of a row names it; no row is shorter than the head. */
export interface PictureTable {
  readonly caption: string;
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}

const words = (text: string): Cell => ({ text });
const heading = (text: string): Cell => ({ text, format: 'numeric' });
const none: Cell = { text: '', format: 'numeric' };

function number(value: number | undefined, decimals: number | undefined): Cell {
  if (value === undefined) return none;
  // An interval without an end has no number, and a file of figures has no sign for it.
  if (!Number.isFinite(value)) return { text: 'no limit', format: 'numeric' };
  return { text: numberWords(value, decimals), format: 'numeric', value };
}

const reading = (one: Reading, decimals: number | undefined): Cell =>
  isMeasured(one) ? number(one.value, decimals) : { text: absenceWords[one.absent], format: 'numeric' };

/** The number, and its limits where any of the readings beside it has some. */
function readingCells(one: Reading, hasInterval: boolean, decimals: number | undefined): readonly Cell[] {
  const shown = reading(one, decimals);
  if (!hasInterval) return [shown];
  return isMeasured(one) ? [shown, number(one.low, decimals), number(one.high, decimals)] : [shown, none, none];
}

const hasIntervals = (readings: readonly Reading[]): boolean =>
  readings.some((one) => isMeasured(one) && (one.low !== undefined || one.high !== undefined));

const readingHead = (name: string, hasInterval: boolean): readonly Cell[] =>
  hasInterval ? [heading(name), heading(`${name}: from`), heading(`${name}: to`)] : [heading(name)];

const stepHead = { month: 'Month', quarter: 'Quarter', year: 'Year', 'financial-year': 'Financial year' } as const;

function lineTable(model: LineModel): Omit<PictureTable, 'caption'> {
  const rows = model.series.map(({ points }) => timed(model.step, points));
  const span = spanOf(model.step, rows);
  const bounded = model.series.map(({ points }) => hasIntervals(points));
  const limits = model.limits ?? [];
  const notesAt = (at: number): string =>
    [
      ...(model.annotations ?? []).filter((one) => periodNumber(model.step, one.at) === at).map((one) => one.words),
      ...rows.flatMap((row, index) => {
        const flag = row.get(at)?.flag;
        return flag === undefined ? [] : [rows.length === 1 ? flag : `${model.series[index]?.name ?? ''}: ${flag}`];
      }),
    ].join('; ');
  const limitsAt = (at: number): readonly Cell[] => {
    if (limits.length === 0) return [];
    const now = limits.find(
      ({ from, to }) => periodNumber(model.step, from) <= at && at <= periodNumber(model.step, to),
    );
    return [now?.lower, now?.centre, now?.upper].map((value) => number(value, model.decimals));
  };
  const outside = (model.annotations ?? [])
    .map((one) => ({ ...one, number: periodNumber(model.step, one.at) }))
    .filter((one) => span === undefined || one.number < span.from || one.number > span.to);
  const numbers = [...(span === undefined ? [] : numbersOf(span)), ...outside.map((one) => one.number)];
  const hasNotes = numbers.some((at) => notesAt(at) !== '');
  return {
    head: [
      words(stepHead[model.step]),
      ...model.series.flatMap(({ name }, index) => readingHead(name, bounded[index] ?? false)),
      ...(limits.length > 0 ? ['Lower limit', 'Centre', 'Upper limit'].map(heading) : []),
      ...(model.target ? [heading(model.target.words)] : []),
      ...(hasNotes ? [words('Note')] : []),
    ],
    rows: [...new Set(numbers)]
      .sort((a, b) => a - b)
      .map((at) => [
        words(periodWords(model.step, at)),
        ...rows.flatMap((row, index) => timedCells(row, at, bounded[index] ?? false, model.decimals)),
        ...limitsAt(at),
        ...(model.target ? [number(model.target.value, model.decimals)] : []),
        ...(hasNotes ? [words(notesAt(at))] : []),
      ]),
  };
}

function timedCells(row: Timed, at: number, hasInterval: boolean, decimals: number | undefined): readonly Cell[] {
  const point: Point | { absent: 'no-record' } = row.get(at) ?? { absent: 'no-record' };
  return readingCells(point, hasInterval, decimals);
}

function rowsTable(model: BarsModel | DotsModel): Omit<PictureTable, 'caption'> {
  const bounded = hasIntervals(model.rows);
  return {
    head: [words(model.across), ...readingHead(model.unit, bounded)],
    rows: [
      ...model.rows.map((row) => [words(row.name), ...readingCells(row, bounded, model.decimals)]),
      ...(model.reference
        ? [[words(model.reference.words), ...readingCells({ value: model.reference.value }, bounded, model.decimals)]]
        : []),
    ],
  };
}

function columnsTable(model: ColumnsModel): Omit<PictureTable, 'caption'> {
  const rows = model.categories.map(({ points }) => timed(model.step, points));
  const span = spanOf(model.step, rows);
  const bounded = model.categories.map(({ points }) => hasIntervals(points));
  return {
    head: [
      words(stepHead[model.step]),
      ...model.categories.flatMap(({ name }, index) => readingHead(name, bounded[index] ?? false)),
    ],
    rows: (span === undefined ? [] : numbersOf(span)).map((at) => [
      words(periodWords(model.step, at)),
      ...rows.flatMap((row, index) => timedCells(row, at, bounded[index] ?? false, model.decimals)),
    ]),
  };
}

function funnelTable(model: FunnelModel): Omit<PictureTable, 'caption'> {
  const hasFlags = model.points.some(({ flag }) => flag !== undefined);
  const note = (flag: string | undefined): readonly Cell[] => (hasFlags ? [words(flag ?? '')] : []);
  return {
    head: [words(model.across), heading(model.sizeName), heading(model.unit), ...(hasFlags ? [words('Note')] : [])],
    rows: [
      ...model.points.map(({ name, size, value, flag }) => [
        words(name),
        number(size, 0),
        number(value, model.decimals),
        ...note(flag),
      ]),
      ...(model.absent ?? []).map((one) => [words(one.name), none, reading(one, 0), ...note(undefined)]),
      [words(model.centre.words), none, number(model.centre.value, model.decimals), ...note(undefined)],
    ],
  };
}

function choroplethTable(model: ChoroplethModel): Omit<PictureTable, 'caption'> {
  const bounded = hasIntervals(model.areas);
  return {
    head: [words(model.across), words('Code'), ...readingHead(model.unit, bounded)],
    rows: model.areas.map((area) => [
      words(area.name),
      words(area.code),
      ...readingCells(area, bounded, model.decimals),
    ]),
  };
}

function heatTable(model: HeatModel): Omit<PictureTable, 'caption'> {
  return {
    head: [words(model.rowName), ...model.columns.map(heading)],
    rows: model.rows.map((name, row) => [
      words(name),
      ...model.columns.map((_, column) =>
        reading(model.cells[row]?.[column] ?? { absent: 'no-record' }, model.decimals),
      ),
    ]),
  };
}

/** Shares as percentages to read; the number stays a share. */
const share = (value: number): Cell => ({ text: `${numberWords(value * 100, 1)}%`, format: 'numeric', value });

function lorenzTable(model: LorenzModel): Omit<PictureTable, 'caption'> {
  return {
    head: [words('Line'), heading(model.across), heading(model.up)],
    rows: model.curves.flatMap(({ name, points }) =>
      points.map((point) => [words(name), share(point.across), share(point.up)]),
    ),
  };
}

function tableOf(model: PictureModel): Omit<PictureTable, 'caption'> {
  switch (model.kind) {
    case 'line':
      return lineTable(model);
    case 'bars':
    case 'dots':
      return rowsTable(model);
    case 'columns':
      return columnsTable(model);
    case 'funnel':
      return funnelTable(model);
    case 'choropleth':
      return choroplethTable(model);
    case 'heat':
      return heatTable(model);
    case 'lorenz':
      return lorenzTable(model);
  }
}

/**
 * All that a picture draws, as a table: for who cannot see it, for a spreadsheet, and to look a number up.
 *
 * Periods without a record have a row, and an absence its word. Throws RangeError for a number that cannot be drawn.
 */
export function toTable(model: PictureModel): PictureTable {
  const { title, unit, period } = checkedModel(model);
  return { caption: `${title} (${period === undefined ? unit : `${unit}, ${period}`})`, ...tableOf(model) };
}
