import { refused, type Outcome } from '../duty/index.ts';
import { areaLayouts } from './reference-areas.ts';
import { populationLayouts } from './reference-population.ts';
import { tableLayouts, whereElse } from './reference-tables.ts';
import { headerOf, type ReferenceTable, type SourceTable } from './reference.ts';

/** In the order in which they are tried. */
const layouts = [...populationLayouts, ...tableLayouts, ...areaLayouts];

/** Why a file with these columns is none of the tables that are known here; undefined when it is one. */
export function whyNotReference(names: readonly string[]): string | undefined {
  const header = headerOf(names);
  if (layouts.some(({ fits }) => fits(header))) return undefined;
  const first = header.names.slice(0, 6).map((name) => `“${name.slice(0, 40)}”`);
  return (
    whereElse(header) ??
    `None of the tables that are known here has these columns: ${first.join(', ')}${header.names.length > 6 ? ' and more' : ''}.`
  );
}

/**
 * Reads a table as whatever its columns say that it is; its name says nothing.
 * @param vintage of what year it is, where the file does not say it
 */
export function readReference(table: SourceTable, vintage?: string): Outcome<ReferenceTable, 'not-valid'> {
  const header = headerOf(table.header);
  const layout = layouts.find(({ fits }) => fits(header));
  return layout === undefined
    ? refused('not-valid', whyNotReference(table.header) ?? '')
    : layout.read(table, header, vintage);
}
