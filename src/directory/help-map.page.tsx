import type { JSX } from 'preact';
import type { Town } from './help.store.ts';

export interface Pin {
  /** As in the list. */
  readonly number: number;
  readonly name: string;
  readonly easting: number;
  readonly northing: number;
}

const width = 640;
const height = 420;
const margin = 40;

/** The box of a map round its pins, in metres: never smaller than two kilometres across. */
export function boxOf(points: readonly { readonly easting: number; readonly northing: number }[]) {
  const eastings = points.map(({ easting }) => easting);
  const northings = points.map(({ northing }) => northing);
  const [west, east] = [Math.min(...eastings), Math.max(...eastings)];
  const [south, north] = [Math.min(...northings), Math.max(...northings)];
  const scale = Math.max((east - west) / (width - 2 * margin), (north - south) / (height - 2 * margin), 2_000 / width);
  const [midX, midY] = [(west + east) / 2, (south + north) / 2];
  return {
    west: midX - (scale * width) / 2,
    east: midX + (scale * width) / 2,
    south: midY - (scale * height) / 2,
    north: midY + (scale * height) / 2,
    metresPerUnit: scale,
  };
}

/** Where the services of a list are, by their numbers: a drawing without anything from elsewhere. The list says the same in words. */
export function HelpMap({
  pins,
  towns,
  here,
}: {
  readonly pins: readonly Pin[];
  readonly towns: readonly Town[];
  readonly here?: { readonly title: string; readonly easting: number; readonly northing: number } | undefined;
}): JSX.Element | null {
  if (pins.length === 0) return null;
  const box = boxOf(here === undefined ? pins : [...pins, here]);
  const x = (easting: number) => Math.round((easting - box.west) / box.metresPerUnit);
  const y = (northing: number) => Math.round((box.north - northing) / box.metresPerUnit);
  const kilometres = [0.5, 1, 2, 5, 10, 20, 50].find((length) => (length * 1_000) / box.metresPerUnit >= 60) ?? 100;
  const bar = Math.round((kilometres * 1_000) / box.metresPerUnit);
  const inside = towns.filter(({ easting, northing }) => x(easting) < width - 60 && y(northing) < height - 20);
  return (
    <figure class="concord-figure">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width="100%"
        role="img"
        aria-label={`Map of ${pins.length} places, numbered as in the list below. North is up.`}
      >
        <rect x="0.5" y="0.5" width={width - 1} height={height - 1} fill="#f3f2f1" stroke="#b1b4b6" />
        {inside.map(({ title, easting, northing }) => (
          <text x={x(easting)} y={y(northing) - 24} font-size="15" fill="#505a5f" text-anchor="middle">
            {title}
          </text>
        ))}
        {here !== undefined && (
          <g>
            <path
              d={`M${x(here.easting)} ${y(here.northing) - 10} l10 10 l-10 10 l-10 -10 z`}
              fill="#ffdd00"
              stroke="#0b0c0c"
              stroke-width="2"
            />
          </g>
        )}
        {spread(pins.map((pin) => ({ ...pin, x: x(pin.easting), y: y(pin.northing) }))).map((pin) => (
          <g>
            <circle cx={pin.x} cy={pin.y} r="13" fill="#0b4f55" stroke="#ffffff" stroke-width="2" />
            <text x={pin.x} y={pin.y + 5} font-size="14" font-weight="700" fill="#ffffff" text-anchor="middle">
              {pin.number}
            </text>
          </g>
        ))}
        <path d={`M20 ${height - 20} h${bar}`} stroke="#0b0c0c" stroke-width="3" />
        <text x={20 + bar / 2} y={height - 27} font-size="14" fill="#0b0c0c" text-anchor="middle">
          {kilometres} km
        </text>
      </svg>
      <figcaption class="govuk-body-s">
        The numbers are those of the list. {here !== undefined && `The yellow mark is ${here.title}. `}Services that
        help by phone or online are not on the map.
      </figcaption>
    </figure>
  );
}

/** Pins that would lie on each other move apart, the later ones, so that every number can be read. */
function spread<P extends { readonly x: number; readonly y: number }>(pins: readonly P[]): readonly P[] {
  const placed: P[] = [];
  for (const pin of pins) {
    let [px, py] = [pin.x, pin.y];
    for (let turn = 0; turn < 24; turn += 1) {
      if (!placed.some((other) => Math.hypot(other.x - px, other.y - py) < 27)) break;
      const angle = turn * 2.4;
      const reach = 14 + turn * 5;
      px = pin.x + Math.cos(angle) * reach;
      py = pin.y + Math.sin(angle) * reach;
    }
    placed.push({
      ...pin,
      x: Math.round(Math.min(width - 15, Math.max(15, px))),
      y: Math.round(Math.min(height - 15, Math.max(15, py))),
    });
  }
  return placed;
}
