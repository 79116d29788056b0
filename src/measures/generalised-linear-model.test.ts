import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitGlm } from './generalised-linear-model.ts';
import { matrixOf, rootDiagonal } from './matrix.ts';
import { fitNegativeBinomial } from './negative-binomial-model.ts';
import { type Refusal, isRefusal } from './refusal.ts';
import { clusteredCovariance, heteroscedasticCovariance, neweyWestCovariance } from './robust-covariance.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}

const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');

// Dobson 1990, An Introduction to Generalized Linear Models, p. 93: outcome × treatment, with the printed results.
const counts = [18, 17, 15, 20, 10, 20, 25, 13, 12];
const dobson = matrixOf(
  counts.map((_, i) => [1, Number(i % 3 === 1), Number(i % 3 === 2), Number(i >= 3 && i < 6), Number(i >= 6)]),
);

describe('fitGlm', () => {
  it('meets the printed fit of the randomised trial of Dobson 1990', () => {
    const fit = answered(fitGlm({ design: dobson, response: counts, family: 'poisson' }));
    [3.044522, -0.4542553, -0.2929871, 0, 0].forEach((want, i) => {
      expect(fit.coefficients[i]).toBeCloseTo(want, 6);
    });
    expect(fit.deviance).toBeCloseTo(5.1291, 4);
    expect(10 - 2 * fit.logLikelihood).toBeCloseTo(56.76, 2);
    [0.1709, 0.2022, 0.1927, 0.2, 0.2].forEach((want, i) => {
      expect(rootDiagonal(fit.unscaledCovariance)[i]).toBeCloseTo(want, 4);
    });
  });

  it('does not change when the rows change places, and moves only its constant with the offset', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9 }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (order, shift) => {
          const straight = answered(fitGlm({ design: dobson, response: counts, family: 'poisson' }));
          const design = matrixOf(order.map((i) => dobson.values.slice(i * 5, i * 5 + 5)));
          const moved = answered(
            fitGlm({
              design,
              response: order.map((i) => counts[i]!),
              offset: order.map(() => shift),
              family: 'poisson',
            }),
          );
          straight.coefficients.forEach((want, j) => {
            expect(moved.coefficients[j]).toBeCloseTo(j === 0 ? want - shift : want, 8);
          });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('refuses what cannot be fitted', () => {
    const design = matrixOf([
      [1, 0],
      [1, 0],
      [1, 1],
      [1, 1],
    ]);
    const fit = (response: number[], x = design): string =>
      reasonOf(fitGlm({ design: x, response, family: 'poisson' }));
    expect(fit([1, 2, 3])).toBe('lengths-differ');
    expect(fit([0, 0, 0, 0])).toBe('no-events');
    expect(fit([1, -2, 3, 4])).toBe('negative-count');
    expect(fit([1, Number.NaN, 3, 4])).toBe('not-a-number');
    expect(fit([1, Infinity, 3, 4])).toBe('not-a-number');
    expect(fit([3, 4, 0, 0])).toBe('no-finite-estimate');
    expect(
      fit(
        [1, 2, 3, 4],
        matrixOf([
          [1, 2],
          [1, 2],
          [1, 2],
          [1, 2],
        ]),
      ),
    ).toBe('no-finite-estimate');
    expect(
      fit(
        [1, 2],
        matrixOf([
          [1, 2],
          [1, 3],
        ]),
      ),
    ).toBe('too-few-points');
  });

  it('never answers with NaN, whatever counts it is given', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { minLength: 1, maxLength: 30 }), (response) => {
        const fit = fitGlm({ design: matrixOf(response.map((_, i) => [1, i])), response, family: 'poisson' });
        if (isRefusal(fit)) return;
        for (const value of [
          ...fit.coefficients,
          ...fit.fitted,
          fit.deviance,
          fit.logLikelihood,
          fit.pearsonDispersion,
        ])
          expect(Number.isFinite(value)).toBe(true);
        // The score of the constant: fitted and observed have the same sum.
        const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
        expect(sum(fit.fitted)).toBeCloseTo(sum(response), 4);
      }),
    );
  });
});

describe('fitNegativeBinomial', () => {
  // Bliss & Fisher 1953, Biometrics 9: European red mites on 150 apple leaves; mean 1.14667, k = 1.02459.
  const mites = [70, 38, 17, 10, 9, 3, 2, 1].flatMap((leaves, mite) => new Array<number>(leaves).fill(mite));

  it('finds the size that Bliss and Fisher printed', () => {
    const model = answered(fitNegativeBinomial({ design: matrixOf(mites.map(() => [1])), response: mites }));
    expect(Math.exp(model.fit.coefficients[0]!)).toBeCloseTo(1.14667, 5);
    expect(model.size).toBeCloseTo(1.02459, 4);
  });

  it('is refused for counts that are no more scattered than chance', () => {
    expect(reasonOf(fitNegativeBinomial({ design: dobson, response: counts }))).toBe('not-overdispersed');
    const even = [4, 5, 4, 5, 4, 5];
    expect(reasonOf(fitNegativeBinomial({ design: matrixOf(even.map(() => [1])), response: even }))).toBe(
      'not-overdispersed',
    );
  });
});

describe('robust covariance', () => {
  it('meets the textbook form for a mean: Σ(y − ȳ)²/n² on the scale of the counts', () => {
    const fit = answered(fitGlm({ design: matrixOf(counts.map(() => [1])), response: counts, family: 'poisson' }));
    const mean = 150 / 9;
    const gaps = counts.map((y) => y - mean);
    const square = gaps.reduce((sum, gap) => sum + gap * gap, 0);
    const scale = 81 * mean * mean;
    expect(heteroscedasticCovariance(fit).values[0]).toBeCloseTo(square / scale, 12);
    const neighbours = gaps.slice(1).reduce((sum, gap, i) => sum + gap * gaps[i]!, 0);
    expect(neweyWestCovariance(fit, 1, false).values[0]).toBeCloseTo((square + neighbours) / scale, 12);
    expect(neweyWestCovariance(fit, 1, true).values[0]).toBeCloseTo(((square + neighbours) / scale) * (9 / 8), 12);
  });

  it('a cluster for each row is White’s covariance', () => {
    const fit = answered(fitGlm({ design: dobson, response: counts, family: 'poisson' }));
    const own = counts.map((_, i) => String(i));
    const clustered = clusteredCovariance(fit, own, 'HC0');
    heteroscedasticCovariance(fit).values.forEach((want, i) => expect(clustered.values[i]).toBeCloseTo(want, 12));
    const adjusted = clusteredCovariance(fit, own, 'HC1');
    clustered.values.forEach((plain, i) => expect(adjusted.values[i]).toBeCloseTo(plain * (9 / 8) * (8 / 4), 12));
  });
});
