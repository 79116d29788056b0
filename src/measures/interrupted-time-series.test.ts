import { describe, expect, it } from 'vitest';
import { interruptedTimeSeries } from './interrupted-time-series.ts';
import { autocorrelations, durbinWatson, fitLinear } from './linear-model.ts';
import { matrixOf } from './matrix.ts';
import { type Refusal, isRefusal } from './refusal.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');

/** A series whose means follow the model exactly, with a wobble of a few events that has no trend of its own. */
function planted(level: number, slope: number): number[] {
  return Array.from({ length: 60 }, (_, i) => {
    const after = i >= 36 ? level * slope ** (i - 36) : 1;
    const season = Math.exp(0.2 * Math.sin((2 * Math.PI * (i + 1)) / 12));
    return Math.round(2000 * 1.002 ** i * season * after) + [3, -5, 1, 4, -3][i % 5]!;
  });
}

describe('interruptedTimeSeries', () => {
  it('finds the change of level and of slope that was planted', () => {
    const found = answered(interruptedTimeSeries({ counts: planted(0.7, 0.99), startsAt: 36, seed: 1 }));
    expect(found.levelRatio.estimate).toBeCloseTo(0.7, 2);
    expect(found.slopeRatio.estimate).toBeCloseTo(0.99, 3);
    expect(found.levelRatio.lower).toBeLessThan(0.7);
    expect(found.levelRatio.upper).toBeGreaterThan(0.7);
    // The old course, less the new: Σ of the planted means.
    let want = 0;
    for (let i = 36; i < 60; i += 1)
      want += 2000 * 1.002 ** i * Math.exp(0.2 * Math.sin((2 * Math.PI * (i + 1)) / 12)) * (1 - 0.7 * 0.99 ** (i - 36));
    expect(Math.abs(found.prevented.estimate / want - 1)).toBeLessThan(0.01);
    expect(found.prevented.lower).toBeLessThan(found.prevented.estimate);
    expect(found.prevented.upper).toBeGreaterThan(found.prevented.estimate);
  });

  it('agrees with R’s glm and lm, and with Newey and West’s formula written out in R', () => {
    const counts = Array.from({ length: 48 }, (_, i) => 60 + ((i * 11) % 17) + (i >= 30 ? i - 48 : 0));
    const exposure = counts.map((_, i) => [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][i % 12]!);
    const asked = { counts, exposure, startsAt: 30, harmonics: 2, seed: 5 };
    const found = answered(interruptedTimeSeries({ ...asked, draws: 20_000 }));
    const close = (got: ArrayLike<number>, wanted: readonly number[], digits = 8) => {
      expect(got).toHaveLength(wanted.length);
      for (const [i, want] of wanted.entries()) expect(got[i]).toBeCloseTo(want, digits);
    };
    expect(found.method).toEqual({ name: 'interrupted-time-series', version: '1' });
    expect(found.names).toEqual(['(Intercept)', 't', 'post', 'since', 's1', 'c1', 's2', 'c2']);
    expect(found).toMatchObject({ seed: 5, draws: 20_000 });
    close(
      found.fit.coefficients,
      [
        0.79791916788818, 0.000608922059203418, -0.342698634585604, 0.0198464940997715, 0.0140990150255718,
        9.23498809584473e-7, 0.00729308685996373, -0.0204593873513291,
      ],
    );
    close(
      found.standardErrors,
      [
        0.0458775956699645, 0.00257853142289902, 0.0784060792902015, 0.0065400573043589, 0.0260443832770767,
        0.0255784948867066, 0.0259065930024215, 0.0254912262836574,
      ],
    );
    close(
      found.quasiStandardErrors,
      [
        0.0328966819018061, 0.00184894449576516, 0.0562213388018976, 0.00468956974791797, 0.0186752112765062,
        0.0183411444633714, 0.0185764083037631, 0.0182785682225593,
      ],
    );
    close(
      found.neweyWestStandardErrors,
      [
        0.0201770477544932, 0.00100153004725079, 0.0320304124356269, 0.00239694209891951, 0.0122402313780219,
        0.0109110360079968, 0.0105514009625002, 0.0106108804818567,
      ],
    );
    const { levelRatio, slopeRatio, prevented, counterfactual } = found;
    close([levelRatio.estimate, levelRatio.lower, levelRatio.upper], [0.70985210420221, 0.666658679207029, 0.755844070671469]); // prettier-ignore
    close([slopeRatio.estimate, slopeRatio.lower, slopeRatio.upper], [1.02004474512107, 1.01526389514019, 1.02484810799406]); // prettier-ignore
    expect(counterfactual).toHaveLength(18);
    close([prevented.estimate, counterfactual[0]!, counterfactual[17]!], [193.320120373279, 69.3952869441774, 69.4547990331663], 6); // prettier-ignore
    // R's 200,000 draws from the same covariance; a quantile of 20,000 is sure to a twentieth of the spread of 29.
    expect(Math.abs(prevented.lower - 136.9)).toBeLessThan(3);
    expect(Math.abs(prevented.upper - 252.5)).toBeLessThan(3);
    expect([levelRatio, slopeRatio, prevented].map(({ level }) => level)).toEqual([0.95, 0.95, 0.95]);
    close(found.linear.coefficients, [67.6418257487117, 0.0342882189065987, -20.241341849957, 1.1451867446203, 0.141563677537508, -0.272882910004832, 0.11760610227338, -0.776233248139208]); // prettier-ignore
    close(found.linear.neweyWestStandardErrors, [1.29972307882155, 0.0656730387233257, 1.64356043326813, 0.12471243205223, 0.708395468937016, 0.691915037024913, 0.687338429679354, 0.668781054412312]); // prettier-ignore
    expect(found.durbinWatson).toBeCloseTo(2.75402113509343, 8);
    close(found.residualAutocorrelations, [-0.459654853515786, -0.0771781937284014, 0.452399199798667, -0.351473521863324, -0.00676740634540468, 0.143848916351607]); // prettier-ignore
    const shortLag = answered(interruptedTimeSeries({ ...asked, lag: 3, draws: 1 }));
    close([...shortLag.neweyWestStandardErrors].slice(0, 4), [0.0236705576450199, 0.00122952839065201, 0.0359555998026966, 0.00273701135875365]); // prettier-ignore
    // Without a season there are four coefficients, and a thousand draws when none are named.
    expect(answered(interruptedTimeSeries({ counts, startsAt: 30, harmonics: 0, seed: 5 }))).toMatchObject({
      names: ['(Intercept)', 't', 'post', 'since'],
      draws: 1000,
    });
  });

  it('finds nothing where nothing changed', () => {
    const found = answered(interruptedTimeSeries({ counts: planted(1, 1), startsAt: 36, seed: 1 }));
    expect(found.levelRatio.estimate).toBeCloseTo(1, 2);
    expect(Math.abs(found.prevented.estimate)).toBeLessThan(0.01 * 2000 * 24);
  });

  it('takes the lengths of the months out of the comparison', () => {
    const exposure = planted(1, 1).map((_, i) => (i < 36 ? 31 : 28));
    const counts = planted(1, 1).map((count, i) => Math.round((count * exposure[i]!) / 31));
    expect(answered(interruptedTimeSeries({ counts, startsAt: 36, seed: 1 })).levelRatio.estimate).toBeLessThan(0.92);
    expect(
      answered(interruptedTimeSeries({ counts, exposure, startsAt: 36, seed: 1 })).levelRatio.estimate,
    ).toBeCloseTo(1, 2);
  });

  it('gives the same interval for the same seed', () => {
    const prevented = (seed: number) =>
      answered(interruptedTimeSeries({ counts: planted(0.9, 1), startsAt: 36, seed, draws: 200 })).prevented;
    expect(prevented(3)).toEqual(prevented(3));
    expect(prevented(3)).not.toEqual(prevented(4));
  });

  it('refuses too short a side, a broken series and an empty one', () => {
    const counts = planted(1, 1);
    const reason = (over: object): string =>
      reasonOf(interruptedTimeSeries({ counts, startsAt: 36, seed: 1, ...over }));
    expect(reason({ startsAt: 11 })).toBe('too-few-points');
    expect(reason({ startsAt: 12 })).toBe('answered');
    expect(reason({ startsAt: 54 })).toBe('answered');
    expect(reason({ level: 1 })).toBe('level-out-of-range');
    expect(reason({ seed: 0.5 })).toBe('bad-seed');
    expect(reason({ pointsPerYear: 0 })).toBe('bad-year');
    expect(reason({ harmonics: 7 })).toBe('bad-season');
    expect(reason({ pointsPerYear: 31 })).toBe('too-few-cycles');
    expect(reason({ pointsPerYear: 30 })).toBe('answered');
    const short = { counts: counts.slice(0, 23), startsAt: 12 };
    expect(reason(short)).toBe('too-few-cycles');
    expect(reason({ ...short, harmonics: 0 })).toBe('answered');
    expect(reason({ ...short, counts: counts.slice(0, 24) })).toBe('answered');
    expect(reason({ lag: 60 })).toBe('bad-lag');
    expect(reason({ startsAt: 55 })).toBe('too-few-points');
    expect(reason({ startsAt: 36.5 })).toBe('too-few-points');
    expect(reason({ counts: counts.map(() => 0) })).toBe('no-events');
    expect(reason({ counts: counts.with(3, Number.NaN) })).toBe('not-a-number');
    expect(reason({ counts: counts.with(3, -1) })).toBe('negative-count');
    expect(reason({ counts: counts.map((y, i) => (i < 36 ? y : 0)) })).toBe('no-finite-estimate');
    expect(reason({ exposure: [1] })).toBe('lengths-differ');
    expect(reason({ exposure: counts.map(() => 0) })).toBe('no-exposure');
    expect(reason({ draws: 0 })).toBe('no-draws');
  });
});

describe('checks of residuals', () => {
  // Durbin & Watson 1951, as every textbook has it: independent 2, alternating near 4, persistent near 0.
  it('durbinWatson', () => {
    expect(durbinWatson([1, -1, 1, -1])).toBe(3);
    expect(durbinWatson([1, 1, 1, 1])).toBe(0);
    expect(durbinWatson([0, 0])).toBe(2);
  });

  it('autocorrelations, as R’s acf of 1:5', () => {
    expect(autocorrelations([1, 2, 3, 4, 5], 3).map((r) => Number(r.toFixed(3)))).toEqual([0.4, -0.1, -0.4]);
    expect(autocorrelations([2, 2, 2], 1)).toEqual([0]);
    // Of 1, 2, 6 round 3: squares 4 + 1 + 9, products one apart 2 − 3, two apart −6.
    expect(autocorrelations([1, 2, 6], 2)).toEqual([expect.closeTo(-1 / 14, 12), expect.closeTo(-6 / 14, 12)]);
    expect(durbinWatson([1, 2, 6])).toBeCloseTo(17 / 41, 12);
  });

  it('fitLinear is least squares by hand', () => {
    // Through (0, 1), (1, 2) and (2, 6): slope 5/2, height 1/2, off by ½, −1 and ½.
    const line = matrixOf([
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    const fit = answered(fitLinear(line, [1, 2, 6]));
    const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12) as unknown);
    expect([...fit.coefficients]).toEqual(near([0.5, 2.5]));
    expect([...fit.residuals]).toEqual(near([0.5, -1, 0.5]));
    expect([...fit.scores.values]).toEqual(near([0.5, 0, -1, -1, 0.5, 1]));
    // XᵀX is 3, 3, 3, 5: its inverse has the determinant 6 under it.
    expect([...fit.unscaledCovariance.values]).toEqual(near([5 / 6, -1 / 2, -1 / 2, 1 / 2]));
    expect(fitLinear(line, [1, 2])).toMatchObject({
      sentence: 'The columns given do not have the same number of rows.',
    });
    expect(fitLinear(line, [1, 2, Number.NaN])).toMatchObject({
      reason: 'not-a-number',
      sentence: 'Some of the figures given are missing or are not numbers.',
    });
    expect(fitLinear({ ...line, values: line.values.map((value, i) => (i === 3 ? Infinity : value)) }, [1, 2, 6])).toMatchObject({ reason: 'not-a-number' }); // prettier-ignore
    expect(fitLinear(matrixOf([[1, 1], [1, 1]]), [1, 2])).toMatchObject({ sentence: expect.stringContaining('cannot be fitted') as string }); // prettier-ignore
  });

  it('fitLinear gives a straight line back', () => {
    const fit = answered(
      fitLinear(
        matrixOf([
          [1, 0],
          [1, 1],
          [1, 2],
        ]),
        [1, 3, 5],
      ),
    );
    expect(fit.coefficients[1]).toBeCloseTo(2, 12);
    expect(
      reasonOf(
        fitLinear(
          matrixOf([
            [1, 1],
            [1, 1],
          ]),
          [1, 2],
        ),
      ),
    ).toBe('no-finite-estimate');
    expect(reasonOf(fitLinear(matrixOf([[1], [1]]), [1]))).toBe('lengths-differ');
    expect(reasonOf(fitLinear(matrixOf([[1], [1]]), [1, Infinity]))).toBe('not-a-number');
  });
});
