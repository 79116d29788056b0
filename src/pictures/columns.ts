import { group, line, rectangle, textLines } from './element.ts';
import { isMeasured, type ColumnsModel } from './model.ts';
import { ink, own } from './palette.ts';
import { lineHeightOf, type Drawing, type Room } from './room.ts';
import { placed, scaleOf } from './scale.ts';
import { wrapped } from './text-width.ts';
import {
  absentAt,
  drawnGaps,
  gapsOf,
  gapsSentences,
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
import { asSentence } from './words.ts';

function drawnColumns(row: Timed, span: Span, plot: Plot, y: (value: number) => number): readonly string[] {
  const x = timePlace(span, plot);
  const slot = slotOf(span, plot);
  const thick = slot * (slot < 3 ? 1 : 0.78);
  return [...row].flatMap(([number, point]) => {
    if (!isMeasured(point)) return [];
    const [from, to] = [y(0), y(point.value)];
    const middle = x(number);
    const interval =
      (point.low === undefined && point.high === undefined) || slot < 5
        ? ''
        : line(middle, y(point.low ?? point.value), middle, y(point.high ?? point.value), {
            stroke: ink,
            'stroke-width': 1.2,
          });
    return [rectangle(middle - thick / 2, Math.min(from, to), thick, Math.abs(to - from), { fill: own }), interval];
  });
}

/** Draws a small picture for each category, side by side and to one scale, so that heights compare. */
export function drawColumns(model: ColumnsModel, room: Room): Drawing {
  const rows = model.categories.map(({ points }) => timed(model.step, points));
  const span = spanOf(model.step, rows);
  if (span === undefined) return { body: [], height: 0, notes: ['There are no figures to draw.'] };
  const measured = model.categories.flatMap(({ points }) => points.filter(isMeasured));
  const scale = scaleOf([0, ...measured.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value])], 3);
  const across = Math.min(model.categories.length, Math.max(1, Math.floor(room.width / 290)));
  const between = 24;
  const wide = (room.width - between * (across - 1)) / across;
  const small: Room = { ...room, width: wide };
  const size = room.smallSize;
  const lineHeight = lineHeightOf(size);
  const left = valueMargin(scale, room);
  const names = model.categories.map(({ name }) => wrapped(name, size, wide, true));

  let top = 0;
  let rowHeight = 0;
  const body: string[] = [];
  for (const [index, row] of rows.entries()) {
    const column = index % across;
    if (column === 0) {
      top += rowHeight;
      rowHeight = 0;
    }
    // All of one line of small pictures begin at the same height, whatever the length of their names.
    const nameLines = Math.max(...names.slice(index - column, index - column + across).map((lines) => lines.length));
    const plot: Plot = { left, top: nameLines * lineHeight + 8, width: wide - left - 2, height: 110 };
    const axis = timeAxis(span, plot, small);
    const y = placed(scale, plot.top + plot.height, plot.top);
    const gaps = drawnGaps(
      gapsOf(span, (number) => absentAt(row, number)),
      span,
      plot,
      small,
    );
    body.push(
      group(
        { transform: `translate(${Math.round(column * (wide + between))} ${Math.round(top)})` },
        ...textLines(0, size, names[index] ?? [], lineHeight, { size, fill: ink, isBold: true }),
        ...valueAxis(scale, plot, small),
        ...gaps.bands,
        ...drawnColumns(row, span, plot, y),
        ...gaps.words,
        ...axis.body,
      ),
    );
    rowHeight = Math.max(rowHeight, plot.top + plot.height + axis.height + 14);
  }
  const hasIntervals = measured.some(({ low, high }) => low !== undefined || high !== undefined);
  return {
    body,
    height: top + rowHeight,
    notes: [
      ...(hasIntervals ? [asSentence(`The thin lines: ${model.interval ?? 'the interval of each figure'}`)] : []),
      ...gapsSentences(
        span,
        rows,
        model.categories.map(({ name }) => name),
      ),
    ],
  };
}
