import { element, line, rectangle, text, textLines, wayThrough } from './element.ts';
import type { LorenzModel } from './model.ts';
import { faint, ink, lineColours, lineDashes, own, quiet } from './palette.ts';
import { legend, lineHeightOf, sampleWidth, type Drawing, type Key, type Room } from './room.ts';
import { placed } from './scale.ts';
import { widthOf, wrapped } from './text-width.ts';

const shares = { from: 0, to: 1, step: 0.25, ticks: [0, 0.25, 0.5, 0.75, 1] };

/** Draws shares against shares, in a square. */
export function drawLorenz(model: LorenzModel, room: Room): Drawing {
  if (model.curves.every(({ points }) => points.length === 0))
    return { body: [], height: 0, notes: ['There are no figures to draw.'] };
  const size = room.smallSize;
  const lineHeight = lineHeightOf(size);
  const looks = model.curves.map(({ isOwn }, index) => ({
    stroke: isOwn ? own : (lineColours[1 + (index % (lineColours.length - 1))] ?? ink),
    'stroke-width': isOwn ? 3 : 2,
    'stroke-dasharray': isOwn ? undefined : lineDashes[1 + (index % (lineDashes.length - 1))],
  }));
  const even = { stroke: quiet, 'stroke-width': 1, 'stroke-dasharray': undefined };
  const sample =
    (look: typeof even | (typeof looks)[number]): Key['sample'] =>
    (x, y) =>
      line(x, y + size / 2, x + sampleWidth, y + size / 2, look);
  const keys = legend(
    [
      ...model.curves.map(({ name }, index) => ({ words: name, sample: sample(looks[index] ?? even) })),
      { words: 'spread evenly', sample: sample(even) },
    ],
    room,
    (words) => widthOf(words, size),
  );
  const upLines = wrapped(model.up, size, room.width, true);
  const left = widthOf('100%', size) + 8;
  const side = Math.min(room.width - left - 12, 460);
  const top = keys.height + upLines.length * lineHeight + 10;
  const x = placed(shares, left, left + side);
  const y = placed(shares, top + side, top);
  const acrossLines = wrapped(model.across, size, side, true);
  return {
    body: [
      ...keys.body,
      ...textLines(0, keys.height + size, upLines, lineHeight, { size, fill: ink, isBold: true }),
      ...shares.ticks.flatMap((tick) => [
        line(x(tick), top, x(tick), top + side, { stroke: faint, 'stroke-width': 1 }),
        line(left, y(tick), left + side, y(tick), { stroke: faint, 'stroke-width': 1 }),
        text(left - 8, y(tick) + size * 0.35, `${tick * 100}%`, { size, anchor: 'end', fill: quiet }),
        text(Math.min(x(tick), room.width - widthOf('100%', size) / 2), top + side + 6 + size, `${tick * 100}%`, {
          size,
          anchor: 'middle',
          fill: quiet,
        }),
      ]),
      rectangle(left, top, side, side, { fill: 'none', stroke: quiet, 'stroke-width': 1 }),
      line(x(0), y(0), x(1), y(1), even),
      ...model.curves.map(({ points }, index) => {
        const way = [...points].sort((a, b) => a.across - b.across || a.up - b.up);
        return element('path', {
          d: wayThrough(way.map((point) => [x(point.across), y(point.up)] as const)),
          fill: 'none',
          'stroke-linejoin': 'round',
          ...(looks[index] ?? even),
        });
      }),
      ...textLines(left + side, top + side + 6 + size + lineHeight, acrossLines, lineHeight, {
        size,
        fill: ink,
        isBold: true,
        anchor: 'end',
      }),
    ],
    height: top + side + 10 + (1 + acrossLines.length) * lineHeight,
    notes: [],
  };
}
