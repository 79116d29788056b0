import { line, pixels, rectangle, text, textLines } from './element.ts';
import { isMeasured, type Absence, type Point, type Step } from './model.ts';
import { faint, ink, quiet } from './palette.ts';
import { periodNumber, periodTicks, runWords } from './period.ts';
import { absenceFill, lineHeightOf, type Room } from './room.ts';
import { placed, type Scale } from './scale.ts';
import { widthOf } from './text-width.ts';
import { absences, absenceWords, asSentence, countWords, inSentence, listWords, tickWords } from './words.ts';

/** Periods in a row from the first to the last, each of the same width. */
export interface Span {
  readonly step: Step;
  readonly from: number;
  readonly to: number;
}

export type Timed = ReadonlyMap<number, Point>;

export const timed = (step: Step, points: readonly Point[]): Timed =>
  new Map(points.map((point) => [periodNumber(step, point.at), point]));

/** From the first period of any row to the last; nothing where no row has a point. */
export function spanOf(step: Step, rows: readonly Timed[]): Span | undefined {
  const numbers = rows.flatMap((row) => [...row.keys()]);
  if (numbers.length === 0) return undefined;
  return { step, from: Math.min(...numbers), to: Math.max(...numbers) };
}

export const numbersOf = ({ from, to }: Span): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** What a row has at a period. What nobody wrote down is no record: it is never zero. */
export function absentAt(row: Timed, number: number): Absence | undefined {
  const point = row.get(number);
  if (point === undefined) return 'no-record';
  return isMeasured(point) ? undefined : point.absent;
}

/** Periods one behind another that have no number, for one and the same reason. */
export interface Gap {
  readonly absent: Absence;
  readonly from: number;
  readonly to: number;
}

export function gapsOf(span: Span, absentOf: (number: number) => Absence | undefined): readonly Gap[] {
  const gaps: Gap[] = [];
  for (const number of numbersOf(span)) {
    const absent = absentOf(number);
    const before = gaps.at(-1);
    if (absent === undefined) continue;
    if (before?.absent === absent && before.to === number - 1) gaps[gaps.length - 1] = { ...before, to: number };
    else gaps.push({ absent, from: number, to: number });
  }
  return gaps;
}

/** Above this many, dates of gaps are no longer a sentence. */
const mostDates = 6;
const stepName: Readonly<Record<Step, string>> = {
  month: 'month',
  quarter: 'quarter',
  year: 'year',
  'financial-year': 'financial year',
};

/** `No record for May 2020; hidden for July to August 2020.` Nothing where the row is whole. */
function gapsSentence(span: Span, gaps: readonly Gap[], name?: string): string | undefined {
  const told = absences.flatMap((absent) => {
    const these = gaps.filter((gap) => gap.absent === absent);
    if (these.length === 0) return [];
    const periods = these.reduce((sum, { from, to }) => sum + to - from + 1, 0);
    const when =
      these.length > mostDates
        ? `${countWords(periods, stepName[span.step])} of ${span.to - span.from + 1}`
        : listWords(these.map(({ from, to }) => runWords(span.step, from, to)));
    return [`${absenceWords[absent]} for ${when}`];
  });
  if (told.length === 0) return undefined;
  return asSentence(name === undefined ? told.join('; ') : `${inSentence(name)}: ${told.join('; ')}`);
}

/** The gaps of rows with names; once for all where they have the same ones, and without a name where it says nothing. */
export function gapsSentences(span: Span, rows: readonly Timed[], names: readonly string[]): readonly string[] {
  const gaps = rows.map((row) => gapsOf(span, (number) => absentAt(row, number)));
  const plain = gaps.map((these) => gapsSentence(span, these));
  if (plain.every((sentence) => sentence === plain[0])) return plain.slice(0, 1).filter((one) => one !== undefined);
  return gaps.flatMap((these, index) => gapsSentence(span, these, names[index]) ?? []);
}

/** The rectangle in which values are drawn. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const slotOf = ({ from, to }: Span, { width }: Plot): number => width / (to - from + 1);

/** The middle of a period. */
export const timePlace =
  (span: Span, plot: Plot) =>
  (number: number): number =>
    plot.left + (number - span.from + 0.5) * slotOf(span, plot);

/** Room to the left of a plot for the numbers of its axis. */
export const valueMargin = (scale: Scale, room: Room): number =>
  Math.max(...scale.ticks.map((tick) => widthOf(tickWords(tick, scale.step), room.smallSize))) + 8;

/** Numbers on the left and the lines to read them off by; zero is the stronger line. */
export function valueAxis(scale: Scale, plot: Plot, room: Room): readonly string[] {
  const y = placed(scale, plot.top + plot.height, plot.top);
  return scale.ticks.flatMap((tick) => [
    line(plot.left, y(tick), plot.left + plot.width, y(tick), { stroke: tick === 0 ? ink : faint, 'stroke-width': 1 }),
    text(plot.left - 8, y(tick) + room.smallSize * 0.35, tickWords(tick, scale.step), {
      size: room.smallSize,
      anchor: 'end',
      fill: quiet,
    }),
  ]);
}

/** Dates under a plot, as many as fit. */
export function timeAxis(
  span: Span,
  plot: Plot,
  room: Room,
): { readonly body: readonly string[]; readonly height: number } {
  const slot = slotOf(span, plot);
  const size = room.smallSize;
  const widest = (lines: readonly string[]): number => Math.max(...lines.map((words) => widthOf(words, size)));
  const ticks = periodTicks(
    span.step,
    span.from,
    span.to,
    (tried, stride) => Math.max(...tried.map(({ lines }) => widest(lines))) + 10 <= slot * stride,
  );
  const x = timePlace(span, plot);
  const bottom = plot.top + plot.height;
  const body = ticks.flatMap(({ number, lines }) => {
    const half = widest(lines) / 2;
    // The first and the last label may lean inwards, so that nothing is cut at the edge.
    const middle = Math.min(room.width - half, Math.max(half, x(number)));
    return [
      line(x(number), bottom, x(number), bottom + 5, { stroke: quiet, 'stroke-width': 1 }),
      ...textLines(middle, bottom + 7 + size, lines, lineHeightOf(size), { size, anchor: 'middle', fill: quiet }),
    ];
  });
  const lines = Math.max(...ticks.map((tick) => tick.lines.length));
  return { body, height: 10 + lines * lineHeightOf(size) };
}

/** Gaps over the whole height. Their words come apart, to lie over lines that cross a gap. */
export function drawnGaps(
  gaps: readonly Gap[],
  span: Span,
  plot: Plot,
  room: Room,
): { readonly bands: readonly string[]; readonly words: readonly string[] } {
  const slot = slotOf(span, plot);
  const x = timePlace(span, plot);
  const size = room.smallSize;
  const placedGaps = gaps.map(({ absent, from, to }) => ({
    absent,
    left: x(from) - slot / 2,
    width: (to - from + 1) * slot,
  }));
  return {
    bands: placedGaps.map(({ absent, left, width }) =>
      rectangle(left, plot.top, width, plot.height, { fill: absenceFill(absent), opacity: '0.5' }),
    ),
    words: placedGaps.flatMap(({ absent, left, width }) => {
      const words = absenceWords[absent];
      const long = widthOf(words, size);
      const options = { size, anchor: 'middle', fill: ink, hasHalo: true } as const;
      const height = plot.top + plot.height / 2;
      if (width >= long + 6) return [text(left + width / 2, height, words, options)];
      if (width < size || plot.height < long + 6) return [];
      const at = left + width / 2 + size * 0.35;
      return [text(at, height, words, { ...options, transform: `rotate(-90 ${pixels(at)} ${pixels(height)})` })];
    }),
  };
}
