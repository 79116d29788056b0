import { element, line, text, textLines, wayThrough } from './element.ts';
import type { FunnelModel, FunnelPoint } from './model.ts';
import { faint, flagged, ink, others, own, paper, quiet } from './palette.ts';
import { legend, lineHeightOf, sampleWidth, type Drawing, type Key, type Room } from './room.ts';
import { placed, scaleOf } from './scale.ts';
import { widthOf, wrapped } from './text-width.ts';
import { valueAxis, valueMargin, type Plot } from './time-axis.ts';
import { asSentence, absenceWords, inSentence, numberWords, tickWords } from './words.ts';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const meet = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

const dashes: readonly (string | undefined)[] = ['6 4', '2 3', '10 3 2 3'];

function drawnPoint({ flag, isHighlighted }: FunnelPoint, x: number, y: number): string {
  const fill = isHighlighted ? own : flag === undefined ? others : flagged;
  if (flag === undefined && !isHighlighted)
    return element('circle', { cx: x, cy: y, r: 4, fill, stroke: paper, 'stroke-width': 1 });
  return element('path', {
    d: `${wayThrough([
      [x, y - 7],
      [x + 7, y],
      [x, y + 7],
      [x - 7, y],
    ])}Z`,
    fill,
    stroke: ink,
    'stroke-width': flag === undefined ? 1 : 1.5,
  });
}

/** A place beside each point where its label lies on no other label and no marked point; none where there is not one for all. */
function clearPlaces(
  labels: readonly { readonly words: string; readonly x: number; readonly y: number }[],
  plot: Plot,
  room: Room,
): readonly { readonly x: number; readonly y: number }[] | undefined {
  const size = room.smallSize;
  const taken: Box[] = labels.map(({ x, y }) => ({ left: x - 7, right: x + 7, top: y - 7, bottom: y + 7 }));
  const places: { x: number; y: number }[] = [];
  for (const { words, x, y } of labels) {
    const width = widthOf(words, size, true);
    const tried = [
      [x + 10, y + size * 0.35],
      [x - 10 - width, y + size * 0.35],
      [x - width / 2, y - 11],
      [x - width / 2, y + 11 + size * 0.8],
    ] as const;
    const found = tried.find(([left, base]) => {
      const box = { left, right: left + width, top: base - size, bottom: base + 3 };
      const isInside =
        box.left >= plot.left && box.right <= room.width && box.top >= plot.top && box.bottom <= plot.top + plot.height;
      return isInside && !taken.some((other) => meet(box, other));
    });
    if (found === undefined) return undefined;
    taken.push({ left: found[0], right: found[0] + width, top: found[1] - size, bottom: found[1] + 3 });
    places.push({ x: found[0], y: found[1] });
  }
  return places;
}

/** Draws values against what stands behind them, between the limits that chance would keep to. */
export function drawFunnel(model: FunnelModel, room: Room): Drawing {
  if (model.points.length === 0) return { body: [], height: 0, notes: ['There are no figures to draw.'] };
  const size = room.smallSize;
  const lineHeight = lineHeightOf(size);
  const sizes = scaleOf([0, ...model.points.map((point) => point.size)], room.isNarrow ? 3 : 6);
  const seen = model.points.map(({ value }) => value);
  const least = Math.min(...model.points.map((point) => point.size));
  // The curves run to infinity at the left; only where there are points do they ask for room.
  const near = model.limits.flatMap(({ curve }) =>
    curve.filter((one) => one.size >= least).flatMap(({ low, high }) => [low, high]),
  );
  const values = scaleOf([0, model.centre.value, ...seen, ...near], room.isNarrow ? 4 : 6);
  const left = valueMargin(values, room);
  const height = room.isNarrow ? 240 : 340;

  const sample =
    (dash: string | undefined): Key['sample'] =>
    (x, y) =>
      line(x, y + size / 2, x + sampleWidth, y + size / 2, {
        stroke: quiet,
        'stroke-width': 1.5,
        'stroke-dasharray': dash,
      });
  const keys = legend(
    [
      { words: `${model.centre.words}: ${numberWords(model.centre.value, model.decimals)}`, sample: sample(undefined) },
      ...model.limits.map(({ words }, index) => ({ words, sample: sample(dashes[index % dashes.length]) })),
    ],
    room,
    (words) => widthOf(words, size),
  );
  const plot: Plot = { left, top: keys.height + 10, width: room.width - left - 10, height };
  const x = placed(sizes, plot.left, plot.left + plot.width);
  const y = placed(values, plot.top + plot.height, plot.top);
  const bottom = plot.top + plot.height;

  const marked = model.points
    .filter(({ flag, isHighlighted }) => flag !== undefined || isHighlighted)
    .map((point) => ({ point, x: x(point.size), y: y(point.value) }));
  const labelled = (wordsOf: (point: FunnelPoint, index: number) => string) =>
    marked.map((one, index) => ({ ...one, words: wordsOf(one.point, index) }));
  const byName = labelled(({ name }) => name);
  const byNumber = labelled((_, index) => String(index + 1));
  const namePlaces = clearPlaces(byName, plot, room);
  const labels = namePlaces ? byName : byNumber;
  const places =
    namePlaces ?? clearPlaces(byNumber, plot, room) ?? byNumber.map((one) => ({ x: one.x + 9, y: one.y - 6 }));

  const curves = model.limits.flatMap(({ curve }, index) => {
    const inside = curve.filter((one) => one.size >= sizes.from && one.size <= sizes.to);
    const look = {
      fill: 'none',
      stroke: quiet,
      'stroke-width': 1.5,
      'stroke-dasharray': dashes[index % dashes.length],
    };
    const drawnEdge = (valueOf: (one: (typeof inside)[number]) => number): string => {
      const way = inside.filter((one) => valueOf(one) >= values.from && valueOf(one) <= values.to);
      return way.length < 2
        ? ''
        : element('path', { d: wayThrough(way.map((one) => [x(one.size), y(valueOf(one))] as const)), ...look });
    };
    return [drawnEdge(({ low }) => low), drawnEdge(({ high }) => high)];
  });
  const ticks = sizes.ticks.map((tick) => {
    const words = tickWords(tick, sizes.step);
    const half = widthOf(words, size) / 2;
    return [
      line(x(tick), bottom, x(tick), bottom + 5, { stroke: faint, 'stroke-width': 1 }),
      text(Math.max(half, Math.min(room.width - half, x(tick))), bottom + 7 + size, words, {
        size,
        anchor: 'middle',
        fill: quiet,
      }),
    ].join('');
  });
  const sizeLines = wrapped(model.sizeName, size, plot.width, true);
  const rules = [...new Set(model.points.flatMap(({ flag }) => flag ?? []))];
  const told = (point: FunnelPoint, index: number): string =>
    asSentence(
      `${namePlaces ? '' : `${index + 1}: `}${inSentence(point.name)}, ${numberWords(point.value, model.decimals)}${point.flag === undefined ? '' : ` (${point.flag})`}`,
    );
  return {
    body: [
      ...keys.body,
      ...valueAxis(values, plot, room),
      line(plot.left, y(model.centre.value), plot.left + plot.width, y(model.centre.value), {
        stroke: quiet,
        'stroke-width': 1.5,
      }),
      ...curves,
      ...model.points
        .toSorted(
          (a, b) =>
            Number(a.flag !== undefined || a.isHighlighted === true) -
            Number(b.flag !== undefined || b.isHighlighted === true),
        )
        .map((point) => drawnPoint(point, x(point.size), y(point.value))),
      ...labels.map(({ words }, index) =>
        text(places[index]?.x ?? 0, places[index]?.y ?? 0, words, { size, isBold: true, fill: ink, hasHalo: true }),
      ),
      ...ticks,
      ...textLines(plot.left + plot.width, bottom + 7 + size + lineHeight, sizeLines, lineHeight, {
        size,
        anchor: 'end',
        isBold: true,
        fill: ink,
      }),
    ],
    height: bottom + 10 + (1 + sizeLines.length) * lineHeight,
    notes: [
      ...(namePlaces
        ? rules.map((rule) => asSentence(`${rule}: marked with a diamond`)).slice(0, 1)
        : marked.map(({ point }, index) => told(point, index))),
      ...(model.absent ?? []).map((one) => asSentence(`${inSentence(one.name)}: ${absenceWords[one.absent]}`)),
    ],
  };
}
