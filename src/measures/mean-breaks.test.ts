import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanBreaks } from './mean-breaks.ts';
import { isRefusal } from './refusal.ts';

function squaresAbout(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

describe('meanBreaks', () => {
  it('finds the best single break of all, tried one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 14, maxLength: 40 }), (values) => {
        const found = meanBreaks(values);
        if (isRefusal(found)) return;
        let least = Infinity;
        for (let at = found.leastSegment; at <= values.length - found.leastSegment; at += 1) {
          least = Math.min(least, squaresAbout(values.slice(0, at)) + squaresAbout(values.slice(at)));
        }
        expect(found.candidates[0]?.residualSquares).toBeCloseTo(squaresAbout(values), 6);
        expect(found.candidates[1]?.residualSquares).toBeCloseTo(least, 6);
        for (const candidate of found.candidates) {
          const bounds = [0, ...candidate.breaks, values.length];
          bounds.slice(1).forEach((bound, k) => expect(bound - bounds[k]!).toBeGreaterThanOrEqual(found.leastSegment));
        }
      }),
    );
  });

  it('has the least squares and the BIC of every number of breaks, each way of cutting tried with numpy', () => {
    const found = meanBreaks([3, 4, 3, 5, 4, 3, 9, 8, 10, 9, 8, 9, 4, 3, 4, 3, 5, 3]);
    if (isRefusal(found)) throw new Error(found.sentence);
    expect(found.method).toEqual({ name: 'mean-breaks', version: '1' });
    expect(found.leastSegment).toBe(2);
    const wanted = [
      [116.27777777777777, 90.44351443092661],
      [89.58333333333333, 91.52962981874965],
      [9.5, 56.92057847553116],
      [8.833333333333334, 61.39165361423978],
      [8.166666666666666, 65.7599080520852],
      [7.5, 70.00781101775199],
      [7.166666666666667, 74.97023180016268],
      [7.166666666666667, 80.75097531595502],
    ];
    expect(found.candidates).toHaveLength(wanted.length);
    for (const [m, [squares, bic]] of wanted.entries()) {
      expect(found.candidates[m]!.residualSquares).toBeCloseTo(squares!, 9);
      expect(found.candidates[m]!.bic).toBeCloseTo(bic!, 9);
      expect(found.candidates[m]!.breaks).toHaveLength(m);
    }
    expect(found.candidates[3]!.breaks).toEqual([3, 6, 12]);
  });

  it('fits steps without noise, and chooses no more breaks than they have', () => {
    const found = meanBreaks([...new Array<number>(10).fill(2), ...new Array<number>(10).fill(7)]);
    expect(found).toMatchObject({ breaks: [10], leastSegment: 3 });
    if (isRefusal(found)) throw new Error(found.sentence);
    for (const { bic } of found.candidates) expect(Number.isFinite(bic)).toBe(true);
    expect(found.candidates).toHaveLength(6);
  });

  it('says why it has no answer', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3];
    for (const trim of [0, 0.5, Number.NaN]) expect(meanBreaks(values, { trim })).toMatchObject({ reason: 'trim' });
    // Twelve points are enough; a share of 0.4 leaves stretches of four.
    expect(meanBreaks(values, { trim: 0.4 })).toMatchObject({ leastSegment: 4 });
    expect(meanBreaks(values.slice(1))).toMatchObject({
      reason: 'too-few-points',
      sentence: expect.stringContaining('there are 11') as string,
    });
    expect(meanBreaks([...values, Infinity])).toMatchObject({ reason: 'not-finite' });
    expect(meanBreaks(values.map(() => 0))).toMatchObject({ reason: 'no-variation' });
    expect(meanBreaks(values.map(() => 0.1))).toMatchObject({ reason: 'no-variation' });
  });

  it('does not depend on level or scale', () => {
    const values = [3, 4, 3, 5, 4, 3, 9, 8, 10, 9, 8, 9, 4, 3, 4, 3, 5, 3];
    const one = meanBreaks(values);
    const other = meanBreaks(values.map((value) => 1e6 + 1000 * value));
    if (isRefusal(one) || isRefusal(other)) throw new Error('refused');
    expect(one.breaks).toEqual([6, 12]);
    expect(other.breaks).toEqual(one.breaks);
  });

  it.each([
    ['equal values', new Array<number>(20).fill(7)],
    ['eleven points', [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2]],
    ['an infinity', [...new Array<number>(20).fill(7), Infinity]],
  ])('refuses %s', (_name, values) => {
    expect(isRefusal(meanBreaks(values))).toBe(true);
  });
});
