import { pixels, rectangle, text, textLines } from './element.ts';
import { isMeasured, type Absence, type HeatModel, type Reading } from './model.ts';
import { ink, isDark, paper, quiet, shadesOf } from './palette.ts';
import { absenceFill, absenceKeys, legend, lineHeightOf, sampleWidth, type Drawing, type Room } from './room.ts';
import { widthOf, wrapped } from './text-width.ts';
import { classAt, classesOf } from './value-classes.ts';
import { numberWords } from './words.ts';

interface Grid {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cellAt: (row: number, column: number) => Reading;
}

const unknown: Reading = { absent: 'no-record' };

function gridOf(model: HeatModel, isTurned: boolean): Grid {
  const at = (row: number, column: number): Reading => model.cells[row]?.[column] ?? unknown;
  return isTurned
    ? { rows: model.columns, columns: model.rows, cellAt: (row, column) => at(column, row) }
    : { rows: model.rows, columns: model.columns, cellAt: at };
}

/** Draws a cell for each pair, with its number in it; turned on its side where the numbers would not fit. */
export function drawHeat(model: HeatModel, room: Room): Drawing {
  if (model.rows.length === 0 || model.columns.length === 0)
    return { body: [], height: 0, notes: ['There are no figures to draw.'] };
  const size = Math.max(12, room.smallSize - 1);
  const lineHeight = lineHeightOf(size);
  const all = model.rows.flatMap((_, row) => model.columns.map((__, column) => model.cells[row]?.[column] ?? unknown));
  const measured = all.filter(isMeasured);
  const classes = classesOf(
    measured.map(({ value }) => value),
    model.decimals ?? 0,
  );
  const shades = shadesOf(classes.length);
  const said = (reading: Reading): string => (isMeasured(reading) ? numberWords(reading.value, model.decimals) : '');
  const widest = Math.max(...all.map((reading) => widthOf(said(reading), size)), 0);

  const namesWidth = (names: readonly string[]): number =>
    Math.min(room.width * 0.3, Math.max(...names.map((name) => widthOf(name, size)))) + 8;
  const cellWidth = ({ rows, columns }: Grid): number => (room.width - namesWidth(rows)) / columns.length;
  const straight = gridOf(model, false);
  const turned = gridOf(model, true);
  const grid = cellWidth(straight) >= widest + 2 || cellWidth(turned) <= cellWidth(straight) ? straight : turned;
  const left = namesWidth(grid.rows);
  const wide = cellWidth(grid);
  const hasNumbers = wide >= widest + 2;

  const swatch = (fill: string) => (x: number, y: number) =>
    rectangle(x + 1, y, sampleWidth - 2, room.smallSize, { fill, stroke: quiet, 'stroke-width': 1 });
  const found = new Set(all.flatMap((reading): readonly Absence[] => (isMeasured(reading) ? [] : [reading.absent])));
  const keys = legend(
    [
      ...classes.map(({ words }, index) => ({ words, sample: swatch(shades[index] ?? paper) })),
      ...absenceKeys(found, room),
    ],
    room,
    (words) => widthOf(words, room.smallSize),
  );
  // Names that would have to be broken stand upright.
  const parts = grid.columns.map((name) => wrapped(name, size, wide - 4));
  const isUpright = grid.columns.some((name, index) => parts[index]?.join(' ') !== name.trim().replace(/\s+/g, ' '));
  const heads = isUpright ? grid.columns.map((name) => wrapped(name, size, 120)) : parts;
  const headLines = Math.max(...heads.map((lines) => lines.length));
  const headHeight = isUpright
    ? Math.max(...heads.flatMap((lines) => lines.map((words) => widthOf(words, size))))
    : headLines * lineHeight;
  const top = keys.height + headHeight + 6;
  const names = grid.rows.map((name) => wrapped(name, size, left - 8));
  const body: string[] = [...keys.body];
  for (const [column, lines] of heads.entries()) {
    const middle = left + (column + 0.5) * wide;
    for (const [index, words] of lines.entries()) {
      const down = (index - (lines.length - 1) / 2) * lineHeight + size * 0.35;
      const [x, base] = isUpright
        ? [middle + down, top - 4]
        : [middle, top - 6 - (lines.length - 1 - index) * lineHeight];
      const turn = isUpright ? { transform: `rotate(-90 ${pixels(x)} ${pixels(base)})` } : {};
      body.push(text(x, base, words, { size, anchor: isUpright ? 'start' : 'middle', fill: quiet, ...turn }));
    }
  }
  let y = top;
  for (const [row, lines] of names.entries()) {
    const high = Math.max(24, lines.length * lineHeight + 4);
    body.push(
      ...textLines(left - 8, y + high / 2 - (lines.length * lineHeight) / 2 + size, lines, lineHeight, {
        size,
        anchor: 'end',
        fill: quiet,
      }),
    );
    for (const column of grid.columns.keys()) {
      const reading = grid.cellAt(row, column);
      const fill = isMeasured(reading)
        ? (shades[classAt(classes, reading.value)] ?? paper)
        : absenceFill(reading.absent);
      const x = left + column * wide;
      body.push(rectangle(x, y, wide, high, { fill, stroke: paper, 'stroke-width': 1 }));
      if (hasNumbers && isMeasured(reading))
        body.push(
          text(x + wide / 2, y + high / 2 + size * 0.35, said(reading), {
            size,
            anchor: 'middle',
            fill: isDark(fill) ? paper : ink,
          }),
        );
    }
    y += high;
  }
  return { body, height: y + 4, notes: [] };
}
