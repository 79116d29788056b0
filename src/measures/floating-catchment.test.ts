import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floatingCatchment } from './floating-catchment.ts';
import { isRefusal } from './refusal.ts';

const made = (...given: Parameters<typeof floatingCatchment>) => {
  const answer = floatingCatchment(...given);
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
};

describe('two-step floating catchment', () => {
  it('gives what a hand gives on paper', () => {
    // Three estates on a line, 0, 3 and 8 km east, of 1,000, 500 and 500 people; two clubs at 1 km (10 places) and 6 km
    // (6 places); reach 3 km.
    // Step 1. Club A reaches 0 km (1 km off) and 3 km (2 km off): 10 / 1,500. Club B reaches 3 km (3 km off) and 8 km (2 km off): 6 / 1,000.
    // Step 2. 0 km: A = 6.667 per 1,000. 3 km: A + B = 12.667. 8 km: B = 6.
    const answer = made(
      { eastings: [0, 3_000, 8_000], northings: [0, 0, 0], people: [1_000, 500, 500] },
      { eastings: [1_000, 6_000], northings: [0, 0], capacity: [10, 6] },
      3_000,
    );
    expect(answer.capacityPerPerson.map((each) => (each ?? 0) * 1_000)).toEqual([
      expect.closeTo(6.6667, 3),
      expect.closeTo(6, 9),
    ]);
    expect(Array.from(answer.accessibilityPer1000)).toEqual([
      expect.closeTo(6.6667, 3),
      expect.closeTo(12.6667, 3),
      expect.closeTo(6, 9),
    ]);
    expect(Array.from(answer.within)).toEqual([1, 2, 1]);
  });

  it('measures across both axes, and counts what lies just at the reach', () => {
    // From (100, 200): (400, 600) is 300 and 400 m off, 500 m in all; (400, 601) a hair more; (-200, -200) again 500 m.
    const answer = made(
      { eastings: [100], northings: [200], people: [1_000] },
      { eastings: [400, 400, -200], northings: [600, 601, -200], capacity: [3, 5, 7] },
      500,
    );
    expect(Array.from(answer.within)).toEqual([2]);
    expect(answer.accessibilityPer1000[0]).toBeCloseTo(10, 12);
    expect(answer.capacityPerPerson).toEqual([0.003, null, 0.007]);
    expect(answer.method).toEqual({ name: 'two-step-floating-catchment', version: '1' });
  });

  it('gives nothing to whoever reaches nothing, and asks nothing of a service that nobody reaches', () => {
    const answer = made(
      { eastings: [0], northings: [0], people: [10] },
      { eastings: [9_000], northings: [0], capacity: [5] },
      1_000,
    );
    expect(Array.from(answer.accessibilityPer1000)).toEqual([0]);
    expect(answer.capacityPerPerson[0]).toBeNull();
    expect(
      Array.from(
        made({ eastings: [0], northings: [0], people: [0] }, { eastings: [0], northings: [0], capacity: [5] }, 1)
          .accessibilityPer1000,
      ),
    ).toEqual([0]);
  });

  it('hands out exactly the capacity that somebody reaches, whatever the map', () => {
    const point = fc.record({
      x: fc.integer({ min: 0, max: 10_000 }),
      y: fc.integer({ min: 0, max: 10_000 }),
      n: fc.integer({ min: 0, max: 5_000 }),
    });
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 20 }),
        fc.array(point, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 12_000 }),
        (areas, services, reach) => {
          const answer = made(
            { eastings: areas.map(({ x }) => x), northings: areas.map(({ y }) => y), people: areas.map(({ n }) => n) },
            {
              eastings: services.map(({ x }) => x),
              northings: services.map(({ y }) => y),
              capacity: services.map(({ n }) => n),
            },
            reach,
          );
          const given = areas.reduce((sum, { n }, at) => sum + (n * (answer.accessibilityPer1000[at] ?? 0)) / 1_000, 0);
          const reached = services.reduce((sum, { n }, at) => sum + (answer.capacityPerPerson[at] === null ? 0 : n), 0);
          expect(given).toBeCloseTo(reached, 4);
        },
      ),
    );
  });

  it.each([
    ['one northing too many', { northings: [0, 1] }, {}, 1_000, /differ in length/],
    ['no people', { people: [] }, {}, 1_000, /differ in length/],
    ['a supply without a northing', {}, { northings: [] }, 1_000, /differ in length/],
    ['a supply without a capacity', {}, { capacity: [] }, 1_000, /differ in length/],
    ['people under nought', { eastings: [0, 1], northings: [0, 1], people: [1, -1] }, {}, 1_000, /negative/],
    ['a capacity under nought', {}, { capacity: [-1] }, 1_000, /negative/],
    ['people beyond reckoning', { people: [Infinity] }, {}, 1_000, /beyond reckoning/],
    ['a missing easting', { eastings: [Number.NaN] }, {}, 1_000, /coordinate/],
    ['a missing northing', { northings: [Number.NaN] }, {}, 1_000, /coordinate/],
    ['a supply at no easting', {}, { eastings: [Number.NaN] }, 1_000, /coordinate/],
    ['a supply at no northing', {}, { northings: [Number.NaN] }, 1_000, /coordinate/],
    ['no reach', {}, {}, 0, /above 0 metres/],
    ['an unknown reach', {}, {}, Number.NaN, /above 0 metres/],
  ])('refuses %s', (_, demand, supply, reach, sentence) => {
    const answer = floatingCatchment(
      { eastings: [0], northings: [0], people: [1], ...demand },
      { eastings: [0], northings: [0], capacity: [1], ...supply },
      reach,
    );
    expect(answer).toMatchObject({ refused: true, reason: 'not-valid' });
    expect(isRefusal(answer) && answer.sentence).toMatch(sentence);
  });
});
