import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  agreedOf,
  missingOf,
  rankByOnePoint,
  ranked,
  rankFirmness,
  scoredBy,
  usualMatrix,
  type Points,
} from './scoring.ts';

const all = (points: number): Points => Object.fromEntries(usualMatrix.factors.map(({ key }) => [key, points]));
const anyPoints = fc.record(
  Object.fromEntries(usualMatrix.factors.map(({ key }) => [key, fc.integer({ min: 0, max: 4 })])),
);
const contenders = fc
  .array(anyPoints, { minLength: 1, maxLength: 6 })
  .map((each) => each.map((points, at) => ({ id: String(at), points })));

describe('a score', () => {
  it('is harm times likelihood and what the organisations face (domain 4.1)', () => {
    // Harm 6 × 4, likelihood (4 + 4 + 4) ÷ 3, organisations 4 × 4.
    expect(scoredBy(usualMatrix, all(4))).toEqual({ harm: 24, likelihood: 4, organisation: 16, risk: 96, total: 112 });
    const points = { ...all(0), physical: 3, financial: 1, volume: 4, trend: 2, vulnerability: 3, capacity: 2 };
    expect(scoredBy(usualMatrix, points)).toEqual({ harm: 4, likelihood: 3, organisation: 2, risk: 12, total: 14 });
  });

  it('follows the weights', () => {
    const factors = usualMatrix.factors.map((factor) => ({
      ...factor,
      weight: factor.key === 'physical' ? 2 : factor.key === 'trend' ? 0 : 1,
    }));
    const points = { ...all(0), physical: 3, volume: 4, trend: 1, vulnerability: 2 };
    expect(scoredBy({ ...usualMatrix, factors }, points)).toMatchObject({ harm: 6, likelihood: 3, total: 18 });
    expect(missingOf({ ...usualMatrix, factors }, { physical: 1 }).map(({ key }) => key)).not.toContain('trend');
  });

  it('is what was agreed, or else the mean of what each scorer gave last', () => {
    const score = (by: string, points: number, at: string, isModerated = false) => ({
      factor: 'volume',
      by,
      points,
      at,
      isModerated,
    });
    const given = [
      score('a', 1, '1'),
      score('b', 4, '2'),
      score('a', 2, '3'),
      { ...score('c', 0, '4'), factor: 'trend' },
    ];
    expect(agreedOf(given, 'volume')).toEqual({ points: 3, isModerated: false, scorers: 2, spread: 2 });
    expect(agreedOf([...given, score('a', 4, '5', true)], 'volume')).toMatchObject({
      points: 4,
      isModerated: true,
      spread: 2,
    });
    expect(agreedOf([], 'volume')).toEqual({ points: null, isModerated: false, scorers: 0, spread: 0 });
  });
});

describe('a rank', () => {
  it('is shared by equal scores', () => {
    const order = ranked(usualMatrix, [
      { id: 'low', points: all(1) },
      { id: 'one', points: all(3) },
      { id: 'other', points: all(3) },
    ]);
    expect(order.map(({ id, rank }) => [id, rank])).toEqual([
      ['one', 1],
      ['other', 1],
      ['low', 3],
    ]);
  });

  it('is the same for the same seed, and the shares of the first rank add up to one', () => {
    fc.assert(
      fc.property(contenders, fc.integer({ min: 0, max: 1_000 }), (each, seed) => {
        const firm = rankFirmness(usualMatrix, each, { draws: 25, seed });
        expect(rankFirmness(usualMatrix, each, { draws: 25, seed })).toEqual(firm);
        expect(firm.reduce((sum, { firstShare }) => sum + firstShare, 0)).toBeCloseTo(1);
        for (const { best, worst } of firm) expect(1 <= best && best <= worst && worst <= each.length).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('is always first for what is higher on every factor, whatever the weights', () => {
    fc.assert(
      fc.property(contenders, (each) => {
        const above = { id: 'above', points: all(5) };
        const [first] = rankFirmness(usualMatrix, [above, ...each], { draws: 25, seed: 7 });
        expect(first).toEqual({ id: 'above', firstShare: 1, best: 1, worst: 1 });
      }),
      { numRuns: 40 },
    );
  });

  it('is not firm where two are close, and a point can change it', () => {
    const close = [
      { id: 'harm', points: { ...all(1), physical: 4 } },
      { id: 'often', points: { ...all(1), volume: 2 } },
    ];
    const [harm] = rankFirmness(usualMatrix, close, { draws: 1_000, seed: 1 });
    expect(harm?.firstShare).toBeGreaterThan(0.05);
    expect(harm?.firstShare).toBeLessThan(1);
    expect(rankByOnePoint(usualMatrix, close, 'often')).toEqual({ best: 1, worst: 2 });
  });
});
