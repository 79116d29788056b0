import { parseAreaCode } from '../duty/index.ts';
import { whyNoArea, type AreaHeld, type AreaTyped } from './area.ts';
import { dateCell, rowRefused, textCell, type Cells, type Column, type Verdict } from './intake.ts';

export const areaColumns: readonly Column[] = [
  { name: 'Area', also: ['Name'], isNeeded: true, about: 'Its name' },
  { name: 'Code', also: ['Area code', 'GSS code'], isNeeded: true, about: 'Nine characters, such as E06000009' },
  { name: 'Within', about: 'The code or name of the area of the list that it lies within' },
  { name: 'Boundaries of', also: ['Vintage', 'Year'], about: 'A year; left empty, it is 2023' },
  { name: 'From', also: ['Since'], about: 'A date, such as 1 April 2023' },
  { name: 'Until', also: ['To'], about: 'A date; empty while it goes on' },
];

/** The areas as the rows so far leave them. */
export interface AreaState {
  areas: readonly AreaHeld[];
}

export type AreaAction =
  | { readonly add: 'area'; readonly id: string; readonly area: AreaTyped }
  | { readonly change: 'area'; readonly id: string; readonly area: AreaTyped };

const usualVintage = 2023;

/** What a row of areas does: an area is known by its code and the year of its boundaries. */
export function decideArea(cells: Cells, state: AreaState, newId: () => string): Verdict<AreaAction> {
  const read = readRow(cells, state.areas);
  if (typeof read === 'string') return rowRefused(read);
  const known = state.areas.find(({ code, vintage }) => code === read.code && vintage === read.vintage);
  const others = state.areas.filter((area) => area !== known);
  const why = whyNoArea(read, others);
  if (why !== undefined) return rowRefused(why.sentence);
  const { within, ...area } = read;
  const held: AreaHeld = { ...area, id: known?.id ?? newId(), withinId: within, withinName: null };
  if (known !== undefined && isSame(known, held)) return { does: 'unchanged' };
  state.areas = [...others, held];
  return known === undefined
    ? { does: 'added', actions: [{ add: 'area', id: held.id, area: read }] }
    : { does: 'changed', actions: [{ change: 'area', id: held.id, area: read }] };
}

function readRow(cells: Cells, areas: readonly AreaHeld[]): AreaTyped | string {
  const cell = (name: string): string => cells[name] ?? '';
  const name = textCell('Area', cell('Area'), 200);
  if (!name.done) return name.sentence;
  if (name.value === null) return 'Area: enter its name';
  const code = parseAreaCode(cell('Code'));
  if (!code.done) return `Code: ${code.sentence}`;
  const year = cell('Boundaries of');
  const vintage = year === '' ? usualVintage : Number(year);
  if (!Number.isInteger(vintage)) return `Boundaries of: “${year.slice(0, 20)}” is no year`;
  const since = dateCell('From', cell('From'));
  if (!since.done) return since.sentence;
  const until = dateCell('Until', cell('Until'));
  if (!until.done) return until.sentence;
  const outer = cell('Within');
  const within = areas.find(
    (area) => area.code === outer.toUpperCase() || area.name.toLowerCase() === outer.toLowerCase(),
  );
  if (outer !== '' && within === undefined)
    return `Within: “${outer.slice(0, 60)}” is not one of the areas. Put its own row before this one`;
  return {
    code: code.value,
    name: name.value,
    vintage,
    within: within?.id ?? null,
    since: since.value,
    until: until.value,
  };
}

const isSame = (a: AreaHeld, b: AreaHeld): boolean =>
  a.name === b.name && a.withinId === b.withinId && a.since?.text === b.since?.text && a.until?.text === b.until?.text;
