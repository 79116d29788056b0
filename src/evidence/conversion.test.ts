import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AreaChange } from './area-book.ts';
import { convertTo2021, type Changes } from './conversion.ts';

const changes = new Map<string, AreaChange>([
  ['E01000001', { kind: 'unchanged', successors: ['E01000001'] }],
  ['E01000002', { kind: 'split', successors: ['E01033001', 'E01033002'] }],
  ['E01000003', { kind: 'merged', successors: ['E01033003'] }],
  ['E01000004', { kind: 'merged', successors: ['E01033003'] }],
  ['E01000005', { kind: 'complex', successors: ['E01033004', 'E01033005', 'E01033006'] }],
]);
const people = new Map([
  ['E01033001', 1500],
  ['E01033002', 500],
  ['E01033004', 100],
  ['E01033005', 100],
]);
const known: Changes = { changes, people: (code) => people.get(code) };

describe('counts of LSOAs of 2011 as counts of LSOAs of 2021', () => {
  it('split LSOAs: by how many people live in the parts', () => {
    const { counts, sharing, byRoute } = convertTo2021(new Map([['E01000002', 8]]), known);
    expect([...counts]).toEqual([
      ['E01033001', 6],
      ['E01033002', 2],
    ]);
    expect(sharing).toEqual({ population: 1, equally: 0 });
    expect(byRoute.split).toBe(8);
  });

  it('merged LSOAs: together', () => {
    const { counts } = convertTo2021(
      new Map([
        ['E01000003', 2],
        ['E01000004', 3],
      ]),
      known,
    );
    expect([...counts]).toEqual([['E01033003', 5]]);
  });

  it('complex changes keep every person: equally where the people of a part are not known', () => {
    const { counts, sharing } = convertTo2021(new Map([['E01000005', 9]]), known);
    expect([...counts.values()]).toEqual([3, 3, 3]);
    expect(sharing).toEqual({ population: 0, equally: 1 });
  });

  it('keeps apart what has no place and what no table knows', () => {
    const { elsewhere, byRoute } = convertTo2021(
      new Map([
        ['', 4],
        ['E01099999', 1],
      ]),
      known,
    );
    expect([...elsewhere]).toEqual([
      ['', 4],
      ['E01099999', 1],
    ]);
    expect(byRoute).toMatchObject({ 'no-place': 4, unknown: 1 });
  });

  it('whole numbers: the largest remainder, each area by itself', () => {
    const { counts } = convertTo2021(new Map([['E01000002', 3]]), known, { wholeNumbers: true });
    expect([...counts.values()]).toEqual([2, 1]);
  });

  it('whatever goes in comes out, by area and by route', () => {
    const some = fc.dictionary(
      fc.constantFrom('', ...changes.keys(), 'E01099999', 'W01000001'),
      fc.integer({ min: 0, max: 1_000_000 }),
    );
    fc.assert(
      fc.property(
        some,
        fc.boolean(),
        fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 6, maxLength: 6 }),
        (given, wholeNumbers, sizes) => {
          const counts = new Map(Object.entries(given));
          const sized = ['E01033001', 'E01033002', 'E01033003', 'E01033004', 'E01033005', 'E01033006'];
          const found = convertTo2021(
            counts,
            { changes, people: (code) => sizes[sized.indexOf(code)] },
            { wholeNumbers },
          );
          const sum = (values: Iterable<number>) => [...values].reduce((total, each) => total + each, 0);
          const went = sum(counts.values());
          expect(sum(found.counts.values()) + sum(found.elsewhere.values())).toBeCloseTo(went, 6);
          expect(sum(Object.values(found.byRoute))).toBe(went);
          if (wholeNumbers) expect([...found.counts.values()].every(Number.isInteger)).toBe(true);
          expect([...found.counts.values()].every((each) => each >= 0)).toBe(true);
        },
      ),
    );
  });
});
