import { element, group, line, text, textLines, wayThrough } from './element.ts';
import { isMeasured, type LineModel, type Measured, type Point, type Series } from './model.ts';
import { flagged, ink, lineColours, lineDashes, others, own, quiet } from './palette.ts';
import { periodNumber, periodWords } from './period.ts';
import { legend, lineHeightOf, sampleWidth, type Drawing, type Key, type Room } from './room.ts';
import { placed, scaleOf, type Scale } from './scale.ts';
import { widthOf, wrapped } from './text-width.ts';
import {
  absentAt,
  drawnGaps,
  gapsOf,
  gapsSentences,
  numbersOf,
  slotOf,
  spanOf,
  timeAxis,
  timed,
  timePlace,
  valueAxis,
  valueMargin,
  type Plot,
  type Span,
  type Timed,
} from './time-axis.ts';
import { asSentence, countWords, inSentence, listWords, numberWords } from './words.ts';

interface Look {
  readonly colour: string;
  readonly dash: string | undefined;
  readonly width: number;
}

/** Something on the right edge that has a name. */
interface EndLabel extends Key {
  readonly value: number;
  readonly colour: string;
}

/** More lines than there are colours to tell apart: all but the reader's own go grey, and the table tells them apart. */
const mostColours = lineColours.length;

export const ownOf = (series: readonly Series[]): Series | undefined => series.find(({ isOwn }) => isOwn) ?? series[0];

function lookOf(series: readonly Series[], index: number): Look {
  const isOwn = series[index] === ownOf(series);
  if (isOwn) return { colour: own, dash: undefined, width: 3 };
  if (series.length > mostColours) return { colour: '#7a8285', dash: undefined, width: 1 };
  const before = series.slice(0, index).filter((one) => one !== ownOf(series)).length + 1;
  return { colour: lineColours[before] ?? others, dash: lineDashes[before], width: 2 };
}

/** Stretches of periods one behind another that all have a number. */
function stretches(row: Timed, span: Span): readonly (readonly (readonly [number, Point & Measured])[])[] {
  const found: (readonly [number, Point & Measured])[][] = [];
  let open = false;
  for (const number of numbersOf(span)) {
    const point = row.get(number);
    if (point === undefined || !isMeasured(point)) {
      open = false;
      continue;
    }
    if (open) found.at(-1)?.push([number, point]);
    else found.push([[number, point]]);
    open = true;
  }
  return found;
}

function drawnSeries(row: Timed, look: Look, span: Span, plot: Plot, scale: Scale): readonly string[] {
  const x = timePlace(span, plot);
  const y = placed(scale, plot.top + plot.height, plot.top);
  const slot = slotOf(span, plot);
  return stretches(row, span).flatMap((stretch) => {
    const bounded = stretch.filter(([, { low, high }]) => low !== undefined || high !== undefined);
    const lower = bounded.map(([number, { low }]) => [x(number), y(low ?? -Infinity)] as const);
    const upper = bounded.map(([number, { high }]) => [x(number), y(high ?? Infinity)] as const);
    const band =
      bounded.length > 1
        ? [
            element('path', {
              d: `${wayThrough([...upper, ...lower.toReversed()])}Z`,
              fill: look.colour,
              opacity: '0.18',
            }),
          ]
        : bounded.map((_, index) =>
            line(lower[index]?.[0] ?? 0, lower[index]?.[1] ?? 0, upper[index]?.[0] ?? 0, upper[index]?.[1] ?? 0, {
              stroke: look.colour,
              'stroke-width': 1,
            }),
          );
    const way = stretch.map(([number, { value }]) => [x(number), y(value)] as const);
    const isAlone = way.length === 1;
    const dots = isAlone || (slot >= 9 && look.width > 1) ? way : [];
    return [
      ...band,
      isAlone
        ? ''
        : element('path', {
            d: wayThrough(way),
            fill: 'none',
            stroke: look.colour,
            'stroke-width': look.width,
            'stroke-dasharray': look.dash,
            'stroke-linejoin': 'round',
          }),
      ...dots.map(([cx, cy]) =>
        element('circle', { cx, cy, r: isAlone ? 3.5 : look.width * 0.5 + 1.5, fill: look.colour }),
      ),
    ];
  });
}

/** The shapes of rules: told apart without colour. */
const flagShapes: readonly ((x: number, y: number) => string)[] = [
  (x, y) =>
    wayThrough([
      [x, y - 7],
      [x + 7, y],
      [x, y + 7],
      [x - 7, y],
    ]),
  (x, y) =>
    wayThrough([
      [x - 5.5, y - 5.5],
      [x + 5.5, y - 5.5],
      [x + 5.5, y + 5.5],
      [x - 5.5, y + 5.5],
    ]),
  (x, y) =>
    wayThrough([
      [x, y - 7],
      [x + 7, y + 5],
      [x - 7, y + 5],
    ]),
  (x, y) =>
    wayThrough([
      [x, y + 7],
      [x + 7, y - 5],
      [x - 7, y - 5],
    ]),
];

const drawnFlag = (index: number, x: number, y: number): string =>
  element('path', {
    d: `${(flagShapes[index % flagShapes.length] ?? flagShapes[0])?.(x, y) ?? ''}Z`,
    fill: flagged,
    stroke: ink,
    'stroke-width': 1,
  });

/** The rules that points set off, in the order in which they are first met, and when. */
export function flagsOf(model: LineModel): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const { points } of model.series)
    for (const point of points) {
      if (point.flag === undefined || !isMeasured(point)) continue;
      const when = found.get(point.flag) ?? [];
      found.set(
        point.flag,
        [...when, periodNumber(model.step, point.at)].sort((a, b) => a - b),
      );
    }
  return found;
}

/** `June 2025 and August 2025`, or how many where they are too many to read. */
export const datesWords = (model: LineModel, when: readonly number[]): string =>
  when.length > 6 ? countWords(when.length, 'point') : listWords(when.map((number) => periodWords(model.step, number)));

/** Words of annotations above the plot, in rows so that none lies on another; letters where the words do not fit. */
function drawnAnnotations(
  model: LineModel,
  span: Span,
  plotOf: (top: number) => Plot,
  room: Room,
): { readonly body: (plot: Plot) => readonly string[]; readonly height: number; readonly notes: readonly string[] } {
  const size = room.smallSize;
  const lineHeight = lineHeightOf(size);
  const x = timePlace(span, plotOf(0));
  const all = (model.annotations ?? [])
    .map((annotation) => ({ ...annotation, number: periodNumber(model.step, annotation.at) }))
    .sort((a, b) => a.number - b.number);
  const inside = all.filter(({ number }) => number >= span.from && number <= span.to);
  const laid = (labels: readonly string[]): readonly { left: number; row: number }[] => {
    const ends: number[] = [];
    return labels.map((words, index) => {
      const width = widthOf(words, size);
      const at = x(inside[index]?.number ?? 0);
      const left = Math.max(0, Math.min(room.width - width, at - width / 2));
      let row = 0;
      while ((ends[row] ?? -Infinity) > left - 8) row++;
      ends[row] = left + width;
      return { left, row };
    });
  };
  const letters = inside.map((_, index) => (index < 26 ? String.fromCharCode(65 + index) : String(index + 1)));
  const whole = inside.map(({ words }) => words);
  const fits =
    whole.every((words) => widthOf(words, size) <= room.width * 0.6) && laid(whole).every(({ row }) => row < 3);
  const labels = fits ? whole : letters;
  const places = laid(labels);
  const rows = Math.max(0, ...places.map(({ row }) => row + 1));
  const told = (number: number, words: string): string => `${periodWords(model.step, number)}: ${words}`;
  return {
    height: rows * lineHeight + (rows > 0 ? 4 : 0),
    // The change happened at the start of the period, so the line stands before its point.
    body: (plot) => {
      const baseOf = (index: number): number => plot.top - 6 - (rows - 1 - (places[index]?.row ?? 0)) * lineHeight;
      return [
        ...inside.map(({ number }, index) => {
          const at = timePlace(span, plot)(number) - slotOf(span, plot) / 2;
          const look = { stroke: ink, 'stroke-width': 1, 'stroke-dasharray': '4 3' };
          return line(at, baseOf(index) + 3, at, plot.top + plot.height, look);
        }),
        ...labels.map((words, index) =>
          text(places[index]?.left ?? 0, baseOf(index), words, { size, fill: ink, isBold: !fits, hasHalo: true }),
        ),
      ];
    },
    notes: [
      ...inside.map(({ number, words }, index) =>
        fits ? asSentence(told(number, words)) : asSentence(`${letters[index] ?? ''}: ${told(number, words)}`),
      ),
      ...all.filter((one) => !inside.includes(one)).map(({ number, words }) => asSentence(told(number, words))),
    ],
  };
}

function drawnLimits(model: LineModel, span: Span, plot: Plot, scale: Scale): readonly string[] {
  const y = placed(scale, plot.top + plot.height, plot.top);
  const x = timePlace(span, plot);
  const half = slotOf(span, plot) / 2;
  return (model.limits ?? []).flatMap(({ from, to, centre, lower, upper }) => {
    const left = Math.max(plot.left, x(periodNumber(model.step, from)) - half);
    const right = Math.min(plot.left + plot.width, x(periodNumber(model.step, to)) + half);
    const across = (value: number, dash?: string): string =>
      line(left, y(value), right, y(value), { stroke: quiet, 'stroke-width': 1.5, 'stroke-dasharray': dash });
    return right < left ? [] : [across(centre), across(lower, '6 4'), across(upper, '6 4')];
  });
}

const lineSample =
  (look: Look) =>
  (size: number) =>
  (x: number, y: number): string =>
    line(x, y + size / 2, x + sampleWidth, y + size / 2, {
      stroke: look.colour,
      'stroke-width': look.width,
      'stroke-dasharray': look.dash,
    });

function endLabels(model: LineModel, rows: readonly Timed[], span: Span, room: Room): readonly EndLabel[] {
  const sample = (look: Look): Key['sample'] => lineSample(look)(room.smallSize);
  const fromSeries = model.series.flatMap((series, index) => {
    const look = lookOf(model.series, index);
    const last = stretches(rows[index] ?? new Map(), span)
      .at(-1)
      ?.at(-1)?.[1];
    if (last === undefined || (model.series.length > mostColours && look.colour !== own)) return [];
    return [{ words: series.name, value: last.value, colour: look.colour, sample: sample(look) }];
  });
  const now = model.limits?.at(-1);
  const grey = { colour: quiet, width: 1.5 };
  const dashed = sample({ ...grey, dash: '6 4' });
  const said = (value: number): string => numberWords(value, model.decimals);
  const fromLimits = now
    ? [
        { words: `upper limit ${said(now.upper)}`, value: now.upper, colour: quiet, sample: dashed },
        {
          words: `centre ${said(now.centre)}`,
          value: now.centre,
          colour: quiet,
          sample: sample({ ...grey, dash: undefined }),
        },
        { words: `lower limit ${said(now.lower)}`, value: now.lower, colour: quiet, sample: dashed },
      ]
    : [];
  const target = model.target
    ? [
        {
          words: `${model.target.words} ${said(model.target.value)}`,
          value: model.target.value,
          colour: ink,
          sample: sample(targetLook),
        },
      ]
    : [];
  return [...fromSeries, ...fromLimits, ...target];
}

const targetLook: Look = { colour: ink, dash: '12 4 2 4', width: 1.5 };

/** Labels beside the ends of their lines, moved apart where they would lie on each other. */
function drawnEndLabels(
  labels: readonly EndLabel[],
  width: number,
  plot: Plot,
  scale: Scale,
  room: Room,
): readonly string[] {
  const y = placed(scale, plot.top + plot.height, plot.top);
  const size = room.smallSize;
  const lineHeight = lineHeightOf(size);
  const wanted = labels
    .map((label) => ({ ...label, lines: wrapped(label.words, size, width, label.colour === own) }))
    .map((label) => ({ ...label, top: y(label.value) - (label.lines.length * lineHeight) / 2 }))
    .sort((a, b) => a.top - b.top);
  let free = -Infinity;
  const tops = wanted.map(({ top, lines }) => {
    const at = Math.max(top, free);
    free = at + lines.length * lineHeight;
    return at;
  });
  // From the foot up again, so that none stands lower than the plot.
  let foot = plot.top + plot.height + lineHeight;
  for (let index = tops.length - 1; index >= 0; index--) {
    const height = (wanted[index]?.lines.length ?? 1) * lineHeight;
    tops[index] = Math.min(tops[index] ?? 0, foot - height);
    foot = tops[index] ?? 0;
  }
  return wanted.flatMap(({ lines, colour }, index) =>
    textLines(plot.left + plot.width + 8, (tops[index] ?? 0) + size, lines, lineHeight, {
      size,
      fill: colour === quiet ? quiet : colour,
      isBold: colour === own,
    }),
  );
}

const labelWidth = 150;

/** Draws rows of figures over time. */
export function drawLine(model: LineModel, room: Room): Drawing {
  const rows = model.series.map(({ points }) => timed(model.step, points));
  const span = spanOf(model.step, rows);
  if (span === undefined) return { body: [], height: 0, notes: ['There are no figures to draw.'] };
  const measured = model.series.flatMap(({ points }) => points.filter(isMeasured));
  const isFromZero = model.scale !== 'near';
  const scale = scaleOf(
    [
      ...(isFromZero ? [0] : []),
      ...measured.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
      ...(model.limits ?? []).flatMap(({ centre, lower, upper }) => [centre, lower, upper]),
      ...(model.target ? [model.target.value] : []),
    ],
    room.isNarrow ? 4 : 6,
  );
  const size = room.smallSize;
  const labels = endLabels(model, rows, span, room);
  const isBeside =
    !room.isNarrow &&
    labels.length <= 9 &&
    labels.every(({ words, colour }) => wrapped(words, size, labelWidth, colour === own).length <= 3);
  const beside = isBeside
    ? Math.max(
        0,
        ...labels.flatMap(({ words, colour }) =>
          wrapped(words, size, labelWidth, colour === own).map((part) => widthOf(part, size, colour === own)),
        ),
      )
    : 0;
  const flags = flagsOf(model);
  const flagKeys = [...flags.keys()].map((words, index) => ({
    words,
    sample: (x: number, y: number) => drawnFlag(index, x + sampleWidth / 2, y + size / 2),
  }));
  const keys = legend([...(isBeside ? [] : labels), ...flagKeys], room, (words) => widthOf(words, size));

  const left = valueMargin(scale, room);
  const height = room.isNarrow ? 200 : room.width < 800 ? 260 : 320;
  const plotOf = (top: number): Plot => ({
    left,
    top,
    width: room.width - left - (isBeside ? beside + 12 : 4),
    height,
  });
  const annotations = drawnAnnotations(model, span, plotOf, room);
  const plot = plotOf(keys.height + annotations.height + 8);
  const axis = timeAxis(span, plot, room);
  const y = placed(scale, plot.top + plot.height, plot.top);
  const x = timePlace(span, plot);

  const inAll = (number: number) => {
    const found = rows.map((row) => absentAt(row, number));
    return found.every((absent) => absent !== undefined) ? found[0] : undefined;
  };
  const gaps = drawnGaps(gapsOf(span, inAll), span, plot, room);
  const hasBand = measured.some(({ low, high }) => low !== undefined || high !== undefined);
  const order = model.series
    .map((_, index) => index)
    .sort((a, b) => Number(lookOf(model.series, a).width > 2) - Number(lookOf(model.series, b).width > 2));
  const rest = model.series.filter((one) => one !== ownOf(model.series));
  return {
    body: [
      ...keys.body,
      ...valueAxis(scale, plot, room),
      ...gaps.bands,
      ...drawnLimits(model, span, plot, scale),
      model.target
        ? line(plot.left, y(model.target.value), plot.left + plot.width, y(model.target.value), {
            stroke: ink,
            'stroke-width': targetLook.width,
            'stroke-dasharray': targetLook.dash,
          })
        : '',
      ...annotations.body(plot),
      ...order.map((index) =>
        group({}, ...drawnSeries(rows[index] ?? new Map(), lookOf(model.series, index), span, plot, scale)),
      ),
      ...model.series.flatMap(({ points }) =>
        points.filter(isMeasured).flatMap((point) => {
          if (point.flag === undefined) return [];
          return [
            drawnFlag([...flags.keys()].indexOf(point.flag), x(periodNumber(model.step, point.at)), y(point.value)),
          ];
        }),
      ),
      ...gaps.words,
      ...axis.body,
      ...(isBeside ? drawnEndLabels(labels, labelWidth, plot, scale, room) : []),
    ],
    height: plot.top + plot.height + axis.height,
    notes: [
      ...(hasBand ? [`Shaded: ${model.interval ?? 'the interval of each figure'}.`] : []),
      ...[...flags].map(([rule, when]) => asSentence(`${rule}: ${datesWords(model, when)}`)),
      ...annotations.notes,
      ...gapsSentences(
        span,
        rows,
        model.series.map(({ name }) => name),
      ),
      ...(model.series.length > mostColours
        ? [`The thin grey lines are: ${listWords(rest.map(({ name }) => inSentence(name)))}.`]
        : []),
      ...(isFromZero || scale.from <= 0 ? [] : ['The scale does not start at zero.']),
    ],
  };
}
