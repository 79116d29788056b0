import { element, line, rectangle, text, textLines, wayThrough } from './element.ts';
import { isMeasured, type BarsModel, type DotsModel, type Row } from './model.ts';
import { faint, ink, others, own, paper, quiet } from './palette.ts';
import { absenceFill, lineHeightOf, type Drawing, type Room } from './room.ts';
import { placed, scaleOf, type Scale } from './scale.ts';
import { widthOf, wrapped } from './text-width.ts';
import { absenceWords, asSentence, numberWords, tickWords } from './words.ts';

const stub = 34;

/** From limit to limit, on the dark bar with a white edge so that it is seen; an open end has no foot. */
function drawnInterval(row: Row, x: (value: number) => number, y: number): readonly string[] {
  if (!isMeasured(row) || (row.low === undefined && row.high === undefined)) return [];
  const low = row.low ?? row.value;
  const high = row.high ?? row.value;
  const foot = (value: number): string =>
    Number.isFinite(value) ? line(x(value), y - 4, x(value), y + 4, { stroke: ink, 'stroke-width': 1.5 }) : '';
  return [
    row.isHighlighted ? line(x(low), y, x(high), y, { stroke: paper, 'stroke-width': 4 }) : '',
    line(x(low), y, x(high), y, { stroke: ink, 'stroke-width': 1.5 }),
    foot(low),
    foot(high),
  ];
}

function drawnMark(kind: 'bars' | 'dots', row: Row, x: (value: number) => number, y: number, thick: number): string {
  if (!isMeasured(row)) return '';
  const fill = row.isHighlighted ? own : others;
  if (kind === 'bars') {
    const [from, to] = [x(0), x(row.value)];
    return rectangle(Math.min(from, to), y - thick / 2, Math.abs(to - from), thick, { fill });
  }
  const at = x(row.value);
  return row.isHighlighted
    ? element('path', {
        d: `${wayThrough([
          [at, y - 7],
          [at + 7, y],
          [at, y + 7],
          [at - 7, y],
        ])}Z`,
        fill,
        stroke: paper,
        'stroke-width': 1,
      })
    : element('circle', { cx: at, cy: y, r: 5, fill, stroke: paper, 'stroke-width': 1 });
}

function scaleFor(model: BarsModel | DotsModel, room: Room): Scale {
  const measured = model.rows.filter(isMeasured);
  return scaleOf(
    [
      ...(model.kind === 'bars' ? [0] : []),
      ...measured.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
      ...(model.reference ? [model.reference.value] : []),
    ],
    room.isNarrow ? 4 : 6,
  );
}

/** Draws a row for each thing: its name, its bar or dot with its interval, and its number. */
export function drawRows(model: BarsModel | DotsModel, room: Room): Drawing {
  if (model.rows.length === 0) return { body: [], height: 0, notes: ['There are no figures to draw.'] };
  const size = room.smallSize;
  const lineHeight = lineHeightOf(size);
  const scale = scaleFor(model, room);
  const numberOf = (row: Row): string =>
    isMeasured(row) ? numberWords(row.value, model.decimals) : absenceWords[row.absent];
  const isBold = (row: Row): boolean => row.isHighlighted === true;
  // On a phone the name stands above its bar, which so keeps the whole width.
  const nameRoom = room.isNarrow ? room.width : Math.round(room.width * 0.34);
  const names = model.rows.map((row) => wrapped(row.name, size, nameRoom, isBold(row)));
  const nameWidth = Math.max(
    0,
    ...names.flatMap((lines, index) => lines.map((words) => widthOf(words, size, model.rows[index]?.isHighlighted))),
  );
  const left = room.isNarrow ? 1 : nameWidth + 12;
  const numberWidth = Math.max(...model.rows.map((row) => widthOf(numberOf(row), size, true)));
  const right = Math.max(left + 60, room.width - numberWidth - 14);
  const x = placed(scale, left, right);
  const thick = model.kind === 'bars' ? 16 : 12;

  const reference = model.reference;
  const referenceLines = reference
    ? wrapped(`${reference.words}: ${numberWords(reference.value, model.decimals)}`, size, room.width * 0.8)
    : [];
  const top = referenceLines.length * lineHeight + (reference ? 6 : 0);

  let y = top;
  const drawn = model.rows.map((row, index) => {
    const lines = names[index] ?? [];
    const above = room.isNarrow ? lines.length * lineHeight + 2 : 0;
    const height = room.isNarrow ? above + thick + 8 : Math.max(thick + 8, lines.length * lineHeight + 6);
    const middle = room.isNarrow ? y + above + thick / 2 : y + height / 2;
    const nameTop = room.isNarrow ? y : middle - (lines.length * lineHeight) / 2;
    const name = textLines(room.isNarrow ? 0 : left - 12, nameTop + size * 0.98, lines, lineHeight, {
      size,
      fill: ink,
      isBold: isBold(row),
      anchor: room.isNarrow ? 'start' : 'end',
      hasHalo: room.isNarrow,
    });
    const zero = x(Math.max(scale.from, Math.min(scale.to, 0)));
    const end = isMeasured(row)
      ? Math.max(x(row.value), x(row.high ?? row.value), x(row.low ?? row.value), model.kind === 'bars' ? zero : 0)
      : zero + stub;
    const mark = isMeasured(row)
      ? [drawnMark(model.kind, row, x, middle, thick)]
      : [
          rectangle(zero, middle - thick / 2, stub, thick, {
            fill: absenceFill(row.absent),
            stroke: quiet,
            'stroke-width': 1,
          }),
        ];
    const interval = drawnInterval(row, x, middle);
    y += height;
    // The dot lies over its interval and a bar under it, so that neither is lost.
    const [under, over] = model.kind === 'bars' ? [mark, interval] : [interval, mark];
    const words = [
      ...over,
      ...name,
      text(end + 7, middle + size * 0.35, numberOf(row), { size, fill: ink, isBold: isBold(row), hasHalo: true }),
    ];
    return { under: under.join(''), over: words.join('') };
  });
  const bottom = y + 2;
  const grid = scale.ticks.map((tick) =>
    line(x(tick), top, x(tick), bottom, { stroke: tick === 0 ? ink : faint, 'stroke-width': 1 }),
  );
  const ticks = scale.ticks.map((tick, index) => {
    const words = tickWords(tick, scale.step);
    const half = widthOf(words, size) / 2;
    const isRoomy = x(scale.ticks[1] ?? tick) - x(scale.ticks[0] ?? tick) > 2 * half + 8;
    if (!isRoomy && index % 2 === 1) return '';
    const middle = Math.min(room.width - half, Math.max(half, x(tick)));
    return text(middle, bottom + 5 + size, words, { size, anchor: 'middle', fill: quiet });
  });
  const referenceWidth = Math.max(0, ...referenceLines.map((words) => widthOf(words, size)));
  const referenceAt = reference ? x(reference.value) : 0;
  const hasIntervals = model.rows.some((row) => isMeasured(row) && (row.low !== undefined || row.high !== undefined));
  return {
    body: [
      ...grid,
      ...drawn.map(({ under }) => under),
      ...(reference
        ? [
            line(referenceAt, top - 4, referenceAt, bottom, {
              stroke: ink,
              'stroke-width': 2,
              'stroke-dasharray': '6 4',
            }),
            ...textLines(
              Math.max(0, Math.min(room.width - referenceWidth, referenceAt - referenceWidth / 2)),
              size,
              referenceLines,
              lineHeight,
              { size, fill: ink },
            ),
          ]
        : []),
      ...drawn.map(({ over }) => over),
      ...ticks,
    ],
    height: bottom + 8 + lineHeight,
    notes: [
      ...(hasIntervals ? [asSentence(`The thin lines: ${model.interval ?? 'the interval of each figure'}`)] : []),
      ...(scale.from > 0 || scale.to < 0 ? ['The scale does not start at zero.'] : []),
    ],
  };
}
