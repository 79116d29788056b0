import { element, escaped, group, line, rectangle, text } from './element.ts';
import { isMeasured, type Absence, type Area, type ChoroplethModel, type Outline } from './model.ts';
import { ink, paper, quiet, shadesOf } from './palette.ts';
import {
  absenceFill,
  absenceKeys,
  legend,
  lineHeightOf,
  sampleWidth,
  type Drawing,
  type Key,
  type Room,
} from './room.ts';
import { outerWays, withThinnedBorders, type Ring } from './thinned-borders.ts';
import { widthOf } from './text-width.ts';
import { classAt, classesOf } from './value-classes.ts';
import { asSentence, countWords, inSentence, listWords, readingWords } from './words.ts';

const radians = Math.PI / 180;
const earthRadiusMetres = 6_371_008.8;

const ringsOf = (outline: Outline): readonly (readonly (readonly number[])[])[] =>
  outline.type === 'Polygon' ? outline.coordinates : outline.coordinates.flat();

/**
 * Mercator: north is up, and shapes are right over an area as small as a county. A plane needs no order of rings, unlike drawing
 * on a sphere, where the order that RFC 7946 asks for would fill all the Earth but the area.
 */
const northOf = (latitude: number): number => Math.log(Math.tan(Math.PI / 4 + (latitude * radians) / 2));

interface Sheet {
  /** From degrees to pixels. */
  readonly at: (longitude: number, latitude: number) => readonly [number, number];
  readonly width: number;
  readonly height: number;
  readonly pixelsPerKilometre: number;
}

function sheetFor(areas: readonly Area[], room: Room): Sheet | undefined {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { outline } of areas)
    for (const ring of ringsOf(outline))
      for (const [longitude = 0, latitude = 0] of ring) {
        west = Math.min(west, longitude);
        east = Math.max(east, longitude);
        south = Math.min(south, latitude);
        north = Math.max(north, latitude);
      }
  if (!(east > west && north > south)) return undefined;
  const edge = 4;
  const most = room.isNarrow ? 400 : room.width * 0.8;
  const [wide, high] = [(east - west) * radians, northOf(north) - northOf(south)];
  const scale = Math.min((room.width - 2 * edge) / wide, (most - 2 * edge) / high);
  return {
    at: (longitude, latitude) => [
      edge + (longitude - west) * radians * scale,
      edge + (northOf(north) - northOf(latitude)) * scale,
    ],
    width: wide * scale + 2 * edge,
    height: high * scale + 2 * edge,
    pixelsPerKilometre: (1000 * scale) / (earthRadiusMetres * Math.cos(((north + south) / 2) * radians)),
  };
}

/** A ring in tenths of a pixel, without corners that fall on the one before. */
function snapped(ring: readonly (readonly number[])[], at: Sheet['at']): Ring {
  const corners: number[] = [];
  for (const [longitude = 0, latitude = 0] of ring) {
    const [x, y] = at(longitude, latitude).map((length) => Math.round(length * 10));
    if (x !== corners.at(-2) || y !== corners.at(-1)) corners.push(x ?? 0, y ?? 0);
  }
  while (corners.length > 2 && corners[0] === corners.at(-2) && corners[1] === corners.at(-1)) corners.length -= 2;
  return corners;
}

/** A number of tenths as short as SVG reads it. */
function short(tenths: number): string {
  const whole = String(tenths / 10);
  return whole.startsWith('0.') ? whole.slice(1) : whole.startsWith('-0.') ? `-${whole.slice(2)}` : whole;
}

function wayOf(corners: readonly number[], isClosed: boolean): string {
  let way = `M${short(corners[0] ?? 0)} ${short(corners[1] ?? 0)}l`;
  for (let index = 2; index < corners.length; index += 2) {
    const dx = short((corners[index] ?? 0) - (corners[index - 2] ?? 0));
    const dy = short((corners[index + 1] ?? 0) - (corners[index - 1] ?? 0));
    way += `${index > 2 && !dx.startsWith('-') ? ' ' : ''}${dx}${dy.startsWith('-') ? '' : ' '}${dy}`;
  }
  return isClosed ? `${way}z` : way;
}

/** An area never vanishes, however small it is drawn: at last it is a square of three pixels. */
function visible(thin: readonly Ring[], whole: readonly Ring[]): readonly Ring[] {
  for (const rings of [thin, whole]) {
    const left = rings.filter((ring) => ring.length >= 6);
    if (left.length > 0) return left;
  }
  const [x = 0, y = 0] = whole[0] ?? [];
  return whole.length === 0 ? [] : [[x - 15, y - 15, x + 15, y - 15, x + 15, y + 15, x - 15, y + 15]];
}

function outlined(areas: readonly Area[], sheet: Sheet): readonly (readonly Ring[])[] {
  const whole = areas.map(({ outline }) => ringsOf(outline).map((ring) => snapped(ring, sheet.at)));
  const thin = withThinnedBorders(whole.flat(), 4);
  let taken = 0;
  return whole.map((rings) => visible(thin.slice(taken, (taken += rings.length)), rings));
}

const kilometres = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];

function scaleBar(sheet: Sheet, y: number, room: Room): readonly string[] {
  const long = kilometres.findLast((length) => length * sheet.pixelsPerKilometre <= room.width * 0.3) ?? 0.1;
  const right = 1 + long * sheet.pixelsPerKilometre;
  const words = long < 1 ? `${long * 1000} metres` : long === 1 ? '1 kilometre' : `${long} kilometres`;
  const stroke = { stroke: ink, 'stroke-width': 1.5 };
  return [
    line(1, y, right, y, stroke),
    line(1, y - 4, 1, y + 4, stroke),
    line(right, y - 4, right, y + 4, stroke),
    text(right + 8, y + room.smallSize * 0.35, `${words}. North is up.`, { size: room.smallSize, fill: quiet }),
  ];
}

/** Names to find the way by, as many as lie clear of each other. */
function placeNames(model: ChoroplethModel, sheet: Sheet, room: Room): readonly string[] {
  const size = room.smallSize;
  const taken: { left: number; right: number; y: number }[] = [];
  return (model.places ?? []).flatMap(({ name, longitude, latitude }) => {
    const [x, y] = sheet.at(longitude, latitude);
    const width = widthOf(name, size, true);
    if (x < 0 || x > sheet.width || y < 0 || y > sheet.height || width > sheet.width) return [];
    const left = Math.max(0, Math.min(sheet.width - width, x - width / 2));
    const base = Math.max(size, Math.min(sheet.height - 2, y + size * 0.35));
    const lies = taken.some(
      (one) => one.left < left + width + 6 && left < one.right + 6 && Math.abs(one.y - base) < size * 1.3,
    );
    if (lies) return [];
    taken.push({ left, right: left + width, y: base });
    return [text(left, base, name, { size, isBold: true, fill: ink, hasHalo: true })];
  });
}

/** The classes of a map, given or made. */
export const classesFor = (model: ChoroplethModel) =>
  model.classes ??
  classesOf(
    model.areas.filter(isMeasured).map(({ value }) => value),
    model.decimals ?? 0,
  );

/** Draws areas in the shade of their class. */
export function drawChoropleth(model: ChoroplethModel, room: Room): Drawing {
  const sheet = sheetFor(model.areas, room);
  if (sheet === undefined)
    return { body: [], height: 0, notes: ['There are no areas to draw.', asSentence(model.notMapped)] };
  const classes = classesFor(model);
  const shades = shadesOf(classes.length);
  const rings = outlined(model.areas, sheet);
  const fillOf = (area: Area): string =>
    isMeasured(area) ? (shades[classAt(classes, area.value)] ?? paper) : absenceFill(area.absent);

  const byFill = new Map<string, string[]>();
  for (const [index, area] of model.areas.entries()) {
    const way = (rings[index] ?? []).map((ring) => wayOf(ring, true)).join('');
    if (way === '') continue;
    const title = element('title', {}, escaped(`${area.name}: ${readingWords(area, model.decimals)}`));
    const drawn = element('path', { d: way }, title);
    const fill = fillOf(area);
    const alike = byFill.get(fill);
    if (alike) alike.push(drawn);
    else byFill.set(fill, [drawn]);
  }
  const highlighted = model.areas.flatMap((area, index) =>
    area.isHighlighted ? [{ area, way: (rings[index] ?? []).map((ring) => wayOf(ring, true)).join('') }] : [],
  );

  const size = room.smallSize;
  // A tall map leaves room beside it, where its key then stands.
  const beside = room.width - sheet.width - 24;
  const isBeside = !room.isNarrow && beside >= 200;
  const keyWidth = Math.min(beside, 260);
  const countOf = (keep: (area: Area) => boolean): string => countWords(model.areas.filter(keep).length, 'area');
  const swatch =
    (fill: string, edge: string, width: number): Key['sample'] =>
    (x, y) =>
      rectangle(x + 1, y, sampleWidth - 2, size, { fill, stroke: edge, 'stroke-width': width });
  const found = new Set(model.areas.flatMap((area): readonly Absence[] => (isMeasured(area) ? [] : [area.absent])));
  const keys = legend(
    [
      ...classes.map(({ words }, index) => ({
        words: `${words} (${countOf((area) => isMeasured(area) && classAt(classes, area.value) === index)})`,
        sample: swatch(shades[index] ?? paper, quiet, 1),
      })),
      ...absenceKeys(found, room, (absence) => countOf((area) => !isMeasured(area) && area.absent === absence)),
      ...(highlighted.length > 0
        ? [{ words: listWords(highlighted.map(({ area }) => inSentence(area.name))), sample: swatch(paper, ink, 3) }]
        : []),
    ],
    isBeside ? { ...room, width: keyWidth } : room,
    (words) => widthOf(words, size),
    isBeside,
  );
  const edge = model.areas.length > 300 ? '0.4' : '0.8';
  const left = Math.round(Math.max(isBeside ? keyWidth + 24 : 0, (room.width - sheet.width) / 2));
  const top = isBeside ? 0 : Math.round(keys.height);
  const barAt = Math.max(top + sheet.height + 14, isBeside ? keys.height + 14 : 0);
  const without = model.areas.filter((_, index) => rings[index]?.length === 0);
  return {
    body: [
      ...keys.body,
      group(
        { transform: `translate(${left} ${top})` },
        group(
          { stroke: paper, 'stroke-width': edge, 'stroke-linejoin': 'round', 'fill-rule': 'evenodd' },
          ...[...byFill].map(([fill, drawn]) => group({ fill }, ...drawn)),
        ),
        element('path', {
          d: outerWays(rings.flat())
            .map((way) => wayOf(way, false))
            .join(''),
          fill: 'none',
          stroke: quiet,
          'stroke-width': 1,
          'stroke-linejoin': 'round',
        }),
        ...highlighted.flatMap(({ way }) => [
          element('path', { d: way, fill: 'none', stroke: paper, 'stroke-width': 5, 'stroke-linejoin': 'round' }),
          element('path', { d: way, fill: 'none', stroke: ink, 'stroke-width': 2.5, 'stroke-linejoin': 'round' }),
        ]),
        ...placeNames(model, sheet, room),
      ),
      ...scaleBar(sheet, barAt, room),
    ],
    height: barAt + lineHeightOf(size) / 2,
    notes: [
      asSentence(model.notMapped),
      ...(without.length > 0 ? [`No outline for ${listWords(without.map(({ name }) => inSentence(name)))}.`] : []),
    ],
  };
}
