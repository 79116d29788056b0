import type { MapWindow } from '../../measures/planar-points.ts';
import { isRefusal } from '../../measures/refusal.ts';
import { maybe, numberColumn, textColumn, type Cells, type Column } from './columns.ts';
import { given, number, numbers, object, whole } from './field.ts';

/** A bare answer under its name, so that the document says what it holds. */
export const under = (name: string, answer: unknown): unknown => (isRefusal(answer) ? answer : { [name]: answer });

// Pieces that several methods share.
export const level = number('confidence of the interval, 0.95 unless given');
export const seed = given(whole(0, Number.MAX_SAFE_INTEGER, 'seed of the chance: the same gives the same bytes'), 1);
/** How often something is drawn. */
export const draws = (means: string) => whole(1, 1_000_000, means);

/** The column that names a row or a group of rows. */
export const area = (what: string): Column => maybe(textColumn(`the name of the area, ${what}`));

export const countLimits = { events: number('count of events'), level: number('confidence, such as 0.95') };

/** The fields of these names from the one row at hand. */
export const rowsOf =
  (...names: readonly string[]) =>
  (cells: Cells): Record<string, unknown> =>
    Object.fromEntries(names.map((name) => [name, cells[name]?.[0]]));

/** `beforeEvents` and `beforeExposure` → `before: { events, exposure }` */
export const pair = (cells: Cells, name: string, ...parts: readonly string[]): Record<string, unknown> | undefined => {
  const columnOf = (part: string) => cells[`${name}${part.charAt(0).toUpperCase()}${part.slice(1)}`];
  if (parts.every((part) => columnOf(part) === undefined)) return undefined;
  return Object.fromEntries(parts.map((part) => [part, columnOf(part)?.[0]]));
};

const eastingMeans = 'metres east on the British National Grid';
const northingMeans = 'metres north on it';
export const points = object(
  { eastings: numbers(`${eastingMeans}, a point each`), northings: numbers(`${northingMeans}, a point each`) },
  '{"eastings": […], "northings": […]} in metres on the British National Grid',
);
export const pointColumns = { easting: numberColumn(eastingMeans), northing: numberColumn(northingMeans) };
export const pointsOf = ({ easting = [], northing = [] }: Cells) => ({ eastings: easting, northings: northing });

/** The sides of a rectangle in metres. */
export const windowFields = {
  westMetres: number('west side of the study area, metres'),
  eastMetres: number('its east side'),
  southMetres: number('its south side'),
  northMetres: number('its north side'),
};
export const windowOf = ({ westMetres, eastMetres, southMetres, northMetres }: MapWindow): MapWindow => ({
  westMetres,
  eastMetres,
  southMetres,
  northMetres,
});
