import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earsC1, farrington, farringtonFlexible } from './exceedance.ts';
import { normalQuantile } from './normal-distribution.ts';
import { poissonQuantile } from './poisson-distribution.ts';
import { type Refusal, isRefusal } from './refusal.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}
const reasonOf = (answer: unknown): string => (isRefusal(answer) ? answer.reason : 'answered');
const monthly = { pointsPerYear: 12, yearsBack: 3, halfWindow: 2 };
const steady = new Array<number>(60).fill(16);

// A rising series with an outbreak two and a half years before its end, and a jump at the end.
const rising = Array.from({ length: 72 }, (_, i) => 10 + ((i * 7) % 9) + Math.floor(i / 8))
  .with(30, 60)
  .with(71, 45);

describe('against R’s surveillance 1.20.3', () => {
  const settings = { counts: rising, pointsPerYear: 12, yearsBack: 4, halfWindow: 2 };

  it('the first Farrington has its bounds, alarms and trends', () => {
    // algo.farrington(b = 4, w = 2, reweight = TRUE, alpha = 0.01, trend = TRUE, powertrans = "2/3").
    for (const [at, threshold, exceeds, trend] of [
      [71, 38.3072339372516, true, true],
      [69, 38.4481091049193, false, true],
      [65, 30.7472912704094, false, false],
    ] as const) {
      const found = answered(farrington({ ...settings, at }));
      expect(found).toMatchObject({
        method: { name: 'farrington', version: '1' },
        observed: rising[at],
        exceeds,
        trend,
        enoughEvents: true,
        alpha: 0.01,
      });
      // R's glm stops at a change of 1e-8 in the deviance.
      expect(found.threshold).toBeCloseTo(threshold, 4);
    }
  });

  it('the flexible one has its bounds and means', () => {
    // farringtonFlexible(b = 4, w = 2, weightsThreshold = 2.58, alpha = 0.005, noPeriods = 1, pastWeeksNotIncluded = 3).
    for (const [at, threshold, mean, exceeds] of [
      [71, 36, 22.7089421772293, true],
      [69, 36, 22.8168242780921, false],
      [65, 35, 21.9637879988582, false],
    ] as const) {
      const found = answered(farringtonFlexible({ ...settings, at, seasons: 1, leftOut: 3 }));
      expect(found).toMatchObject({
        method: { name: 'farrington-flexible', version: '1' },
        observed: rising[at],
        threshold,
        exceeds,
        alpha: 0.005,
      });
      expect(found.expected).toBeCloseTo(mean, 5);
    }
  });

  it('the flexible one cuts the year as R does', () => {
    const weeks = Array.from({ length: 320 }, (_, w) => Math.round(40 + 20 * Math.sin((2 * Math.PI * w) / 52)) + ((w * 5) % 7)); // prettier-ignore
    expect(weeks.slice(0, 6)).toEqual([40, 47, 48, 48, 55, 55]);
    const year = { counts: weeks, at: 315, pointsPerYear: 52, yearsBack: 5, halfWindow: 3, leftOut: 26 };
    for (const [seasons, threshold, mean] of [
      [10, 69, 49.84755546229],
      [4, 71, 50.5669914781106],
    ] as const) {
      const found = answered(farringtonFlexible({ ...year, seasons }));
      expect(found.threshold).toBe(threshold);
      expect(found.expected).toBeCloseTo(mean, 5);
      expect(found.trend).toBe(true);
    }
  });

  it('EARS C1 has its bound', () => {
    const found = answered(earsC1({ counts: rising, at: 71 }));
    expect(found).toMatchObject({ method: { name: 'ears-c1', version: '1' }, exceeds: true });
    expect(found.threshold).toBeCloseTo(30.3055155018478, 9);
  });
});

describe('farrington', () => {
  it('says why it has no answer', () => {
    const reason = (over: object): string => reasonOf(farrington({ counts: steady, at: 59, ...monthly, ...over }));
    expect(reason({})).toBe('answered');
    for (const at of [-1, 60, 58.5]) expect(reason({ at })).toBe('no-such-point');
    // Three years and two points back: 38 is the first that can be judged.
    expect(reason({ at: 37 })).toBe('too-few-points');
    expect(reason({ at: 38 })).toBe('answered');
    for (const alpha of [0, 0.5, Number.NaN]) expect(reason({ alpha })).toBe('alpha-out-of-range');
    for (const bad of [{ pointsPerYear: 0 }, { pointsPerYear: 1.5 }, { yearsBack: 0 }, { yearsBack: 1.5 }])
      expect(reason(bad)).toBe('no-years');
    for (const halfWindow of [-1, 0.5, 6]) expect(reason({ halfWindow })).toBe('window-out-of-range');
    expect(reason({ halfWindow: 5 })).toBe('answered');
    expect(reason({ counts: steady.with(3, -1) })).toBe('not-a-count');
  });

  it('is refused over fewer than three past years, and keeps no trend that foretells more than was ever seen', () => {
    const climbing = Array.from({ length: 60 }, (_, i) => 10 + i);
    const asked = { counts: climbing, at: 59, pointsPerYear: 12, halfWindow: 2 };
    expect(farringtonFlexible({ ...asked, yearsBack: 2, seasons: 1, leftOut: 3 })).toMatchObject({
      reason: 'too-few-years',
    });
    expect(answered(farrington({ ...asked, yearsBack: 4 })).trend).toBe(false);
  });

  it('has a closed form for a steady series', () => {
    const found = answered(farrington({ counts: steady, at: 59, ...monthly, alpha: 0.01 }));
    // 15 points of 16: μ = 16, φ = 1 at the least, var(ln μ) = 1/(15·16), so τ = 1 + 1/15.
    const z = -normalQuantile(0.005);
    const want = (16 ** (2 / 3) + z * Math.sqrt((4 / 9) * 16 ** (1 / 3) * (1 + 1 / 15))) ** 1.5;
    expect(found.expected).toBeCloseTo(16, 8);
    expect(found.threshold).toBeCloseTo(want, 8);
    expect(found.exceeds).toBe(false);
  });
});

describe('farringtonFlexible', () => {
  const flexible = { ...monthly, seasons: 1, leftOut: 3 };

  it('has a closed form for a steady series', () => {
    const found = answered(farringtonFlexible({ counts: steady, at: 59, ...flexible, alpha: 0.005 }));
    expect(found.threshold).toBe(poissonQuantile(0.995, 16));
    expect(found.dispersion).toBe(1);
  });

  it('calls a jump an exceedance, and the same count in a season that always has it none', () => {
    const winter = Array.from({ length: 72 }, (_, i) => (i % 12 === 11 ? 60 : 12 + (i % 5)));
    expect(
      answered(farringtonFlexible({ counts: winter, at: 71, ...flexible, halfWindow: 0, yearsBack: 5 })).exceeds,
    ).toBe(false);
    expect(answered(farringtonFlexible({ counts: winter.with(66, 60), at: 66, ...flexible })).exceeds).toBe(true);
  });

  it('learns little from a past outbreak', () => {
    const wavy = Array.from({ length: 60 }, (_, i) => 14 + ((i * 7) % 5));
    const plain = answered(farringtonFlexible({ counts: wavy, at: 59, ...flexible }));
    const hit = answered(farringtonFlexible({ counts: wavy.with(47, 90), at: 59, ...flexible }));
    // Counted whole, the outbreak alone would raise the mean by 5 and the dispersion past 20.
    expect(hit.expected - plain.expected).toBeLessThan(2.5);
  });

  it('does not learn from the points just before', () => {
    const found = (counts: number[]) => answered(farringtonFlexible({ counts, at: 59, ...flexible })).threshold;
    expect(found(steady.with(57, 80))).toBe(found(steady));
  });

  it('calls nothing an exceedance under five events in four points', () => {
    const rare = new Array<number>(60).fill(0).with(20, 1).with(33, 1).with(34, 1).with(46, 1).with(59, 4);
    const found = farringtonFlexible({ counts: rare, at: 59, ...flexible });
    if (!isRefusal(found)) expect(found).toMatchObject({ enoughEvents: false, exceeds: false });
    const more = answered(farringtonFlexible({ counts: rare.with(58, 1), at: 59, ...flexible }));
    expect(more.enoughEvents).toBe(true);
  });

  it('cuts a year of weeks into seasons', () => {
    const weeks = Array.from({ length: 320 }, (_, i) => Math.round(40 + 20 * Math.sin((2 * Math.PI * i) / 52)));
    const found = answered(
      farringtonFlexible({
        counts: weeks,
        at: 315,
        pointsPerYear: 52,
        yearsBack: 5,
        halfWindow: 3,
        seasons: 10,
        leftOut: 26,
      }),
    );
    expect(Math.abs(found.expected - weeks[315]!)).toBeLessThan(3);
    expect(found.exceeds).toBe(false);
  });

  it('bears seasons without events, and refuses where its own has none', () => {
    const weeks = { pointsPerYear: 52, yearsBack: 4, halfWindow: 3, seasons: 10, leftOut: 26 };
    const summer = Array.from({ length: 260 }, (_, i) => (i % 52 > 15 && i % 52 < 36 ? 6 + (i % 4) : 0));
    const found = answered(farringtonFlexible({ counts: summer, at: 208 + 26, ...weeks }));
    expect(found.expected).toBeGreaterThan(5);
    expect(found.expected).toBeLessThan(10);
    expect(reasonOf(farringtonFlexible({ counts: summer, at: 208 + 48, ...weeks }))).toBe('no-events');
  });

  it('answers with a finite threshold above nought, or refuses', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 45, maxLength: 60 }), (counts) => {
        const input = { counts, at: counts.length - 1, ...monthly };
        for (const method of [
          farrington,
          (one: typeof input) => farringtonFlexible({ ...one, seasons: 1, leftOut: 3 }),
        ]) {
          const found = method(input);
          if (!isRefusal(found)) {
            expect(Number.isFinite(found.threshold)).toBe(true);
            expect(found.threshold).toBeGreaterThanOrEqual(0);
            expect(found.dispersion).toBeGreaterThanOrEqual(1);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('refuses short series and settings that do not fit', () => {
    const reason = (over: object): string =>
      reasonOf(farringtonFlexible({ counts: steady, at: 59, ...flexible, ...over }));
    expect(reason({ at: 37 })).toBe('too-few-points');
    expect(reason({ at: 60 })).toBe('no-such-point');
    expect(reason({ alpha: 0.6 })).toBe('alpha-out-of-range');
    expect(reason({ halfWindow: 6 })).toBe('window-out-of-range');
    expect(reason({ seasons: 9 })).toBe('window-out-of-range');
    expect(reason({ leftOut: -1 })).toBe('window-out-of-range');
    expect(reason({ yearsBack: 0 })).toBe('no-years');
    for (const yearsBack of [1, 2]) expect(reason({ yearsBack })).toBe('too-few-years');
    expect(reason({ counts: steady.with(0, 1.5) })).toBe('not-a-count');
    expect(reason({ counts: steady.map(() => 0) })).toBe('no-events');
  });
});

describe('earsC1', () => {
  it('by hand: mean 4 and standard deviation 2 of the seven before', () => {
    const counts = [2, 2, 2, 4, 6, 6, 6, 11];
    const found = answered(earsC1({ counts, at: 7 }));
    expect(found.threshold).toBeCloseTo(4 + 3.090232306167813 * 2, 9);
    expect(found.exceeds).toBe(true);
    expect(reasonOf(earsC1({ counts, at: 6 }))).toBe('too-few-points');
    expect(reasonOf(earsC1({ counts: [], at: 0 }))).toBe('too-few-points');
    for (const baseline of [1, 2.5, 1001])
      expect(reasonOf(earsC1({ counts, at: 7, baseline }))).toBe('baseline-points');
    // Of two points 6 and 6 there is no spread, so any more is over the threshold and the same is not.
    expect(earsC1({ counts, at: 6, baseline: 2 })).toMatchObject({ threshold: 6, exceeds: false });
    for (const at of [8, 6.5]) expect(reasonOf(earsC1({ counts, at }))).toBe('too-few-points');
    for (const alpha of [0, 0.5, Number.NaN])
      expect(reasonOf(earsC1({ counts, at: 7, alpha }))).toBe('alpha-out-of-range');
    expect(reasonOf(earsC1({ counts: counts.with(0, 1.5), at: 7 }))).toBe('not-a-count');
  });
});
