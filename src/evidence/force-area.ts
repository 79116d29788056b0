import type { AreaBook } from './area-book.ts';

/**
 * Territorial forces of England and Wales as data.police.uk names them under "Falls within", with their police force areas
 * (ONS, December 2024). British Transport Police is not here: it has no area of its own, so nothing of it is outside.
 */
export const forceAreas: ReadonlyMap<string, string> = new Map([
  ['Metropolitan Police Service', 'E23000001'],
  ['Cumbria Constabulary', 'E23000002'],
  ['Lancashire Constabulary', 'E23000003'],
  ['Merseyside Police', 'E23000004'],
  ['Greater Manchester Police', 'E23000005'],
  ['Cheshire Constabulary', 'E23000006'],
  ['Northumbria Police', 'E23000007'],
  ['Durham Constabulary', 'E23000008'],
  ['North Yorkshire Police', 'E23000009'],
  ['West Yorkshire Police', 'E23000010'],
  ['South Yorkshire Police', 'E23000011'],
  ['Humberside Police', 'E23000012'],
  ['Cleveland Police', 'E23000013'],
  ['West Midlands Police', 'E23000014'],
  ['Staffordshire Police', 'E23000015'],
  ['West Mercia Police', 'E23000016'],
  ['Warwickshire Police', 'E23000017'],
  ['Derbyshire Constabulary', 'E23000018'],
  ['Nottinghamshire Police', 'E23000019'],
  ['Lincolnshire Police', 'E23000020'],
  ['Leicestershire Police', 'E23000021'],
  ['Northamptonshire Police', 'E23000022'],
  ['Cambridgeshire Constabulary', 'E23000023'],
  ['Norfolk Constabulary', 'E23000024'],
  ['Suffolk Constabulary', 'E23000025'],
  ['Bedfordshire Police', 'E23000026'],
  ['Hertfordshire Constabulary', 'E23000027'],
  ['Essex Police', 'E23000028'],
  ['Thames Valley Police', 'E23000029'],
  ['Hampshire Constabulary', 'E23000030'],
  ['Surrey Police', 'E23000031'],
  ['Kent Police', 'E23000032'],
  ['Sussex Police', 'E23000033'],
  ['City of London Police', 'E23000034'],
  ['Devon & Cornwall Police', 'E23000035'],
  ['Avon and Somerset Constabulary', 'E23000036'],
  ['Gloucestershire Constabulary', 'E23000037'],
  ['Wiltshire Police', 'E23000038'],
  ['Dorset Police', 'E23000039'],
  ['North Wales Police', 'W15000001'],
  ['Gwent Police', 'W15000002'],
  ['South Wales Police', 'W15000003'],
  ['Dyfed-Powys Police', 'W15000004'],
]);

/**
 * By the name of a force: the LSOAs of its own area, of both censuses. A force whose area the book does not know is left
 * out, because then no row can be said to be outside of it.
 */
export function ownAreasOfForces(book: AreaBook): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    [...forceAreas]
      .map(([force, area]) => [force, book.smallAreasIn(area)] as const)
      .filter(([, areas]) => areas.size > 0),
  );
}
