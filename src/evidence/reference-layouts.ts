import { refused, type Outcome } from '../duty/index.ts';
import { areaLayouts } from './reference-areas.ts';
import { populationLayouts } from './reference-population.ts';
import { headerOf, type ReferenceTable, type SourceTable } from './reference.ts';

/** In the order in which they are tried. */
const layouts = [...populationLayouts, ...areaLayouts];

/**
 * Reads a table as whatever its columns say that it is; its name says nothing.
 * @param vintage of what year it is, where the file does not say it
 */
export function readReference(table: SourceTable, vintage?: string): Outcome<ReferenceTable, 'not-valid'> {
  const header = headerOf(table.header);
  const layout = layouts.find(({ fits }) => fits(header));
  return layout === undefined
    ? refused('not-valid', 'None of the tables that are known here has these columns.')
    : layout.read(table, header, vintage);
}
