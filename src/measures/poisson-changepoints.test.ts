import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poissonChangepoints, successiveDispersion } from './poisson-changepoints.ts';
import { drawPoisson, randomStream } from './random.ts';
import { isRefusal } from './refusal.ts';
import { answered } from '../../test/answered.ts';

function drawn(seed: number, means: readonly number[]): number[] {
  const random = randomStream(seed);
  return means.map((mean) => drawPoisson(mean, random));
}

// Every way to cut a short series, tried one by one.
function bestByTrial(counts: readonly number[], penalty: number, least: number): number {
  const memo = new Map<number, number>();
  function best(from: number): number {
    if (from === counts.length) return -penalty;
    const known = memo.get(from);
    if (known !== undefined) return known;
    let lowest = Infinity;
    for (let to = from + least; to <= counts.length; to += 1) {
      const stretch = counts.slice(from, to);
      const sum = stretch.reduce((total, y) => total + y, 0);
      const rate = sum / stretch.length;
      // −2 log likelihood but for the factorials.
      const cost = stretch.reduce((total, y) => total + 2 * (rate - (y > 0 ? y * Math.log(rate) : 0)), 0);
      lowest = Math.min(lowest, cost + penalty + best(to));
    }
    memo.set(from, lowest);
    return lowest;
  }
  return best(0);
}

// Counts that swing far more than Poisson ones round a season.
const wild = [4, 19, 6, 25, 3, 17, 8, 22, 5, 14, 30, 2];
const wildMeans = [10, 12, 14, 16, 10, 12, 14, 16, 10, 12, 14, 16];

describe('poissonChangepoints', () => {
  const steps = [...new Array<number>(18).fill(20), ...new Array<number>(18).fill(32)];

  it('finds a step of 60 % where it was planted', () => {
    const found = poissonChangepoints(drawn(4, steps));
    if (isRefusal(found)) throw new Error(found.sentence);
    expect(found.changes).toHaveLength(1);
    expect(Math.abs((found.changes[0] ?? 0) - 18)).toBeLessThanOrEqual(1);
    const [before, after] = found.segments;
    expect(before?.level.upper).toBeLessThan(after?.level.lower ?? 0);
  });

  it('reaches the least cost of all partitions', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 12 }), { minLength: 12, maxLength: 20 }), (counts) => {
        const found = poissonChangepoints(counts, { penalty: 'bic', leastSegment: 3 });
        if (isRefusal(found)) return;
        const cost = found.segments.reduce((total, { count, expected }) => {
          return total + (count === 0 ? 0 : 2 * (count - count * Math.log(count / expected))) + found.penalty;
        }, -found.penalty);
        expect(cost).toBeCloseTo(bestByTrial(counts, found.penalty, 3), 6);
        for (const { first, last } of found.segments) expect(last - first + 1).toBeGreaterThanOrEqual(3);
      }),
    );
  });

  // Every way of cutting tried with numpy, and the levels after the formulas; the middle month of three is twice as long.
  const counts18 = [2, 3, 2, 4, 3, 2, 9, 8, 10, 9, 11, 9, 0, 0, 0, 0, 0, 0];
  const expected18 = counts18.map((_count, t) => (t % 6 === 3 ? 2 : 1));

  it('finds two changes, with the level of each stretch, also where nothing happened', () => {
    const found = poissonChangepoints(counts18, { expected: expected18 });
    expect(found).toMatchObject({
      method: { name: 'poisson-changepoints', version: '1' },
      changes: [6, 12],
      dispersion: 1,
      penalty: expect.closeTo(8.671115273688493, 12),
      segments: [
        {
          first: 0,
          last: 5,
          count: 16,
          expected: 7,
          level: {
            estimate: expect.closeTo(16 / 7, 12),
            lower: expect.closeTo(1.400301509061918, 8),
            upper: expect.closeTo(3.7309749094095648, 8),
            level: 0.95,
          },
        },
        { first: 6, last: 11, count: 56, expected: 7, level: { lower: expect.closeTo(6.156634848054449, 8) } },
        {
          first: 12,
          last: 17,
          count: 0,
          expected: 7,
          level: { estimate: 0, lower: 0, upper: expect.closeTo(0.5269827791591337, 10), level: 0.95 },
        },
      ],
    });
    expect(poissonChangepoints(counts18, { expected: expected18, penalty: 'bic' })).toMatchObject({
      changes: [6, 12],
      penalty: expect.closeTo(5.780743515792329, 12),
    });
    expect(poissonChangepoints(counts18, { expected: expected18, penalty: 'mbic' })).toMatchObject({
      changes: [6, 12],
      penalty: expect.closeTo(8.671115273688493, 12),
    });
    // At most one: the second of them leaves the less.
    expect(poissonChangepoints(counts18, { expected: expected18, single: true })).toMatchObject({ changes: [12] });
    expect(poissonChangepoints(new Array<number>(12).fill(5), { single: true })).toMatchObject({ changes: [] });
  });

  it('counts the logs of the lengths with mbic', () => {
    // −2(S ln(S/E)) + 2S + Σ ln length, over all cuts of 3 and more, against trial.
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 12 }), { minLength: 12, maxLength: 14 }), (counts) => {
        const found = poissonChangepoints(counts, { penalty: 'mbic', leastSegment: 3 });
        if (isRefusal(found)) return;
        const costOfCuts = (bounds: readonly number[]) =>
          bounds.slice(1).reduce((total, to, k) => {
            const stretch = counts.slice(bounds[k], to);
            const sum = stretch.reduce((all, y) => all + y, 0);
            const likelihood = sum === 0 ? 0 : 2 * (sum - sum * Math.log(sum / stretch.length));
            return total + likelihood + Math.log(stretch.length) + (k > 0 ? found.penalty : 0);
          }, 0);
        const cuts = (from: number): number[][] => [
          [counts.length],
          ...Array.from({ length: Math.max(0, counts.length - from - 5) }, (_, i) => from + 3 + i).flatMap((at) =>
            cuts(at).map((rest) => [at, ...rest]),
          ),
        ];
        const least = Math.min(...cuts(0).map((rest) => costOfCuts([0, ...rest])));
        expect(costOfCuts([0, ...found.changes, counts.length])).toBeCloseTo(least, 8);
      }),
      { numRuns: 40 },
    );
  });

  it('widens the levels of series that vary more than Poisson counts do', () => {
    const found = poissonChangepoints(wild, { expected: wildMeans });
    expect(found).toMatchObject({
      changes: [],
      dispersion: expect.closeTo(5.136543271414656, 10),
      segments: [
        { level: { lower: expect.closeTo(0.6954299204528094, 8), upper: expect.closeTo(1.41958312337774, 8) } },
      ],
    });
    expect(poissonChangepoints(wild, { expected: wildMeans, level: 0.9 })).toMatchObject({
      segments: [
        {
          level: {
            lower: expect.closeTo(0.736488266374031, 8),
            upper: expect.closeTo(1.3404430506776943, 8),
            level: 0.9,
          },
        },
      ],
    });
  });

  it('says why it has no answer', () => {
    const twelve = new Array<number>(12).fill(3);
    for (const leastSegment of [0, 1.5, 1001, Number.NaN])
      expect(poissonChangepoints(twelve, { leastSegment })).toMatchObject({ reason: 'least-segment' });
    expect(isRefusal(poissonChangepoints(twelve, { leastSegment: 1 }))).toBe(false);
    expect(poissonChangepoints(twelve.slice(1), { leastSegment: 1 })).toMatchObject({
      reason: 'too-few-points',
      sentence: expect.stringMatching(/at least 12 points; there are 11/) as string,
    });
    expect(poissonChangepoints(twelve, { leastSegment: 7 })).toMatchObject({
      reason: 'too-few-points',
      sentence: expect.stringMatching(/at least 14 points/) as string,
    });
    expect(poissonChangepoints([...twelve, 0.5])).toMatchObject({ reason: 'not-counts' });
    expect(poissonChangepoints(twelve, { expected: [1] })).toMatchObject({ reason: 'lengths-differ' });
    const uneven = twelve.map((_count, t) => (t === 0 ? 1e-5 : 1e5));
    expect(poissonChangepoints(twelve, { expected: uneven })).toMatchObject({ reason: 'no-expected-count' });
    expect(poissonChangepoints(twelve, { expected: twelve.map(() => -1) })).toMatchObject({
      reason: 'no-expected-count',
    });
    expect(poissonChangepoints(twelve, { level: 1 })).toMatchObject({ reason: 'level-out-of-range' });
    expect(poissonChangepoints(twelve.map(() => 0))).toMatchObject({ reason: 'no-events' });
  });

  it('takes a known season for no change', () => {
    const season = steps.map((_mean, t) => 100 * (1 + 0.4 * Math.sin((2 * Math.PI * t) / 12)));
    const counts = season.map((mean) => Math.round(mean));
    expect(poissonChangepoints(counts, { penalty: 'bic' })).not.toMatchObject({ changes: [] });
    expect(poissonChangepoints(counts, { expected: season })).toMatchObject({ changes: [] });
  });

  it('does not depend on the unit of what is expected', () => {
    const counts = drawn(9, steps);
    const days = counts.map((_count, t) => 28 + (t % 4));
    const one = poissonChangepoints(counts, { expected: days });
    const other = poissonChangepoints(counts, { expected: days.map((value) => value / 365) });
    if (isRefusal(one) || isRefusal(other)) throw new Error('refused');
    expect(other.changes).toEqual(one.changes);
  });

  it('asks more of series that vary more than Poisson counts do', () => {
    const noisy = drawn(2, steps).map((count, t) => Math.max(0, count + (t % 2 === 0 ? 12 : -12)));
    const found = poissonChangepoints(noisy);
    if (isRefusal(found)) throw new Error(found.sentence);
    expect(found.dispersion).toBeGreaterThan(5);
    expect(found.penalty).toBeCloseTo(3 * Math.log(36) * found.dispersion, 9);
  });

  it('rarely cries wolf over Poisson series without a change', () => {
    let alarms = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const found = poissonChangepoints(drawn(seed, new Array<number>(36).fill(60)));
      if (!isRefusal(found) && found.changes.length > 0) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(4);
  });

  it.each([
    ['eleven points', new Array<number>(11).fill(3), {}],
    ['no events', new Array<number>(24).fill(0), {}],
    ['a negative count', [...steps, -1], {}],
    ['half an event', [...steps, 1.5], {}],
    ['other lengths', steps, { expected: [1] }],
    ['an expected count of nought', steps, { expected: steps.map(() => 0) }],
    ['no number', steps, { expected: steps.map(() => Number.NaN) }],
  ])('refuses %s', (_name, counts, options) => {
    expect(isRefusal(poissonChangepoints(counts, options))).toBe(true);
  });
});

describe('successiveDispersion', () => {
  it('is blind to a step', () => {
    const counts = drawn(5, new Array<number>(60).fill(100));
    const means = counts.map(() => 100);
    const stepped = counts.map((count, t) => (t < 30 ? count : count + 40));
    expect(answered(successiveDispersion(stepped, means))).toBeLessThan(
      answered(successiveDispersion(counts, means)) + 0.5,
    );
  });

  it('is the squared spread of the steps of the roots, for an odd and an even number of steps', () => {
    // Worked out with numpy from Anscombe's roots and the median absolute deviation times 1.4826.
    expect(successiveDispersion(wild, wildMeans)).toBeCloseTo(5.137922791118316, 10);
    expect(successiveDispersion(wild.slice(0, -1), wildMeans.slice(0, -1))).toBeCloseTo(3.062254996516222, 10);
    expect(successiveDispersion([7], [3])).toBe(1);
  });

  it('says why it has no answer', () => {
    expect(successiveDispersion([1, 2], [1])).toMatchObject({ reason: 'lengths-differ' });
    expect(successiveDispersion([1, -2], [1, 1])).toMatchObject({ reason: 'not-counts' });
    expect(successiveDispersion([1, 2], [1, 0])).toMatchObject({ reason: 'no-expected-count' });
  });

  it('is never below 1', () => {
    expect(successiveDispersion([5, 5, 5], [5, 5, 5])).toBe(1);
  });
});
