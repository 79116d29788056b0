import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEngine, sqlText } from '../../src/platform/releases/engine.ts';
import { holdsPersonal } from '../../src/platform/releases/typed.ts';

/** All invented; numbers are of the ranges that Ofcom keeps for drama, postcodes of areas that do not exist. */
const personal = [
  'Call Maria on 07700 900123',
  'tel 01632 960 001 after six',
  'rang from +44 7700 900456',
  '(01632) 960002',
  'write to maria@example.org',
  'insta @maria_ex said it',
  'lives at ZZ1 1AA',
  'zz99 3vz near the shop',
  'Outside ZZ11AB',
  'by 12 Station Road',
  'at 4a, King George Street',
  'Flat 3, the tower',
  'room 12 of the hostel',
  'NHS 999 000 0000',
  'NI QQ 12 34 56 C',
  'in a black car ZZ24 ABC',
  'dob 12/03/2009',
  'born 2009-03-12',
  'born 1.2.09',
  'hit by Mr Example',
  'told dr. Example',
  'PC Example attended',
  'pcso Example came',
  'Victim Maria Example',
  'suspect is Joe Bloggs',
  'Mother: Maria Example',
  'his friend Joe Bloggs',
  'ask for Joanne',
  'named john by a witness',
  'John Smith had a knife',
  'JOHN SMITH AND OTHERS',
  'it was Sarah O’Example',
  'seen with Mohammed Example',
  'David J. Example outside the bar',
];

const harmless = [
  'Outside the Railway Tavern, Station Road',
  'George Street, by the cash machine',
  'Queen Victoria statue, Market Square',
  'John William Street',
  'The Prince William pub',
  'King George Park, near the swings',
  'St John’s Church',
  'On the promenade opposite North Pier',
  'Kicked in the head by two men',
  'Punched at a bus stop, line 14',
  'A6, second exit of the roundabout',
  'Junction 3 of the M55',
  'Nightclub, first floor',
  'Car park of the Retail Park',
  'Girlfriend hit him with a bottle',
  'Victim was pushed down the stairs',
  'Taxi rank, 2am, group of six',
  'Bar on High Street at about 23:30',
  'Between Mill Lane and the canal',
  'School playground after lessons',
  'Beach near the lifeboat station',
  'Bus 1234 towards Town Centre',
  'Glass thrown across the room',
  'Partner and two others were there',
  'House party, unknown address',
  'Unknown',
];

test('sixty texts: what may say who somebody is, is found, and a place is a place', async () => {
  expect(personal.length + harmless.length).toBe(60);
  const folder = mkdtempSync(join(tmpdir(), 'concord-words-'));
  const engine = await openEngine({ folders: [folder], temporary: folder, megabytes: 100 });
  const rows = [...personal, ...harmless].map((text) => `(${sqlText(text)})`).join(', ');
  const found = await engine.all(`select v from (values ${rows}) as t(v) where ${holdsPersonal('v')}`);
  engine.close();
  rmSync(folder, { recursive: true });
  expect(found.map(({ v }) => v)).toEqual(personal);
});
