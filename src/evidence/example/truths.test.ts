import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  emergingPlaces,
  highSummers,
  levelsBegin,
  mostHarmed,
  nearRobberies,
  type Offence,
} from '../../../test/evidence/town-judged.ts';
import { county, haverness, smallAreaAt, underServedCodes, type Point } from './county.ts';
import { crimesOf, extractFiles } from './crimes.ts';
import { partnersOf } from './partners.ts';
import { harmDays, referencesSent } from './reference.ts';
import { emerging, recording, truths, type Truth } from './truths.ts';
import { uglyFiles } from './ugly-files.ts';

const offencesOf = (has?: readonly Truth[]): readonly Offence[] =>
  crimesOf(has).flatMap(({ code, recordedOn, from, smallArea, point }) =>
    point === null || smallArea.district.code !== 'E06000990'
      ? []
      : [{ code, recordedOn, happenedOn: from.slice(0, 10), area: smallArea.code, x: point[0], y: point[1] }],
  );
const without = (truth: Truth) => offencesOf(truths.filter((each) => each !== truth));
/** Gi* reads a small area together with those that touch it, so these may stand out with it. */
const nearEmerging = haverness()
  .filter(
    ({ column, row }) =>
      Math.abs(column - emerging.smallArea.column) <= 1 && Math.abs(row - emerging.smallArea.row) <= 1,
  )
  .map(({ code }) => code);
const emergingCode = smallAreaAt(emerging.smallArea.column, emerging.smallArea.row).code;

describe('a town with all five truths', () => {
  const offences = offencesOf();

  it('shows each of them to who looks for it', () => {
    expect(highSummers(offences).length).toBeGreaterThanOrEqual(4);
    const emerged = emergingPlaces(offences);
    expect(emerged).toContain(emergingCode);
    expect(emerged.filter((code) => !nearEmerging.includes(code))).toEqual([]);
    const near = nearRobberies(offences);
    expect(near.ratio).toBeGreaterThan(2);
    expect(near.p).toBe(1 / 200);
    expect(levelsBegin(offences)).toEqual([recording.from]);
    expect([...mostHarmed(offences, harmDays)].sort()).toEqual([...underServedCodes()].sort());
  });
});

describe('a town without one of them', () => {
  it('has no high summers', () => {
    expect(highSummers(without('night-time'))).toEqual([]);
  });
  it('has no emerging place', () => {
    expect(emergingPlaces(without('emerging'))).toEqual([]);
  });
  it('has no near repeats', () => {
    expect(nearRobberies(without('series')).p).toBeGreaterThan(0.05);
  });
  it('has no step at the change of recording', () => {
    expect(levelsBegin(without('recording'))).toEqual([]);
  });
  it('has its harm elsewhere', () => {
    const found = mostHarmed(without('under-served'), harmDays);
    for (const code of underServedCodes()) expect(found).not.toContain(code);
  });
});

describe('the county', () => {
  const area = (line: readonly Point[]): number =>
    line.slice(0, -1).reduce((sum, [x, y], at) => {
      const [nextX, nextY] = line[at + 1] ?? [x, y];
      return sum + (x * nextY - nextX * y) / 2;
    }, 0);

  it('has neither gap nor overlap: each outline of wards and districts is the sum of what lies in it', () => {
    const { smallAreas, outlineOf } = county();
    const single = (of: (typeof smallAreas)[number]) => area(outlineOf([of]));
    expect(smallAreas.every((each) => single(each) > 100_000)).toBe(true);
    for (const of of [
      ({ ward }: (typeof smallAreas)[number]) => ward.code,
      ({ district }: (typeof smallAreas)[number]) => district.code,
    ])
      for (const inside of Map.groupBy(smallAreas, of).values())
        expect(area(outlineOf(inside))).toBeCloseTo(
          inside.reduce((sum, each) => sum + single(each), 0),
          0,
        );
  });

  it('is one of four areas, of which one has two tiers, with a town by the sea', () => {
    const uppers = Map.groupBy(county().districts, ({ upper }) => upper.code);
    expect(uppers.size).toBe(4);
    expect([...uppers.values()].filter((districts) => districts.length === 2)).toHaveLength(1);
    expect(haverness()).toHaveLength(56);
  });
});

it('is the same to the byte on every machine', () => {
  const crimes = crimesOf();
  const hash = createHash('sha256');
  const files = [
    ...extractFiles(crimes),
    ...partnersOf(crimes).flatMap((each) => each.files),
    ...uglyFiles(crimes).map(({ file }) => file),
    ...referencesSent(),
  ];
  for (const { name, text } of files) hash.update(`${name}\n${text}`);
  // Whoever changes how the town is made writes the new hash here, and says in the changelog what differs.
  expect(hash.digest('hex')).toBe('8bfcf7bae10469893f31bb31956cc3a9742c3f2078437473bde4fd8eba0ebe18');
});
