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

  it('is never below 1', () => {
    expect(successiveDispersion([5, 5, 5], [5, 5, 5])).toBe(1);
  });
});
