import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type OracleFile, judgeCase } from './judge.ts';

const caseFolder = mkdtempSync(join(tmpdir(), 'oracle-'));
const place = { caseFolder, data: caseFolder };

// Four events: one pair near in place and time, by counting on fingers.
writeFileSync(join(caseFolder, 'events.csv'), 'x,y,day\n0,0,0\n50,0,2\n900,0,9\n5000,0,40\n');
const nearRepeat: OracleFile = {
  method: 'near-repeat',
  cases: [
    {
      id: 'four-events',
      input: { file: 'events.csv', distance_breaks: [0, 100, -1], day_breaks: [0, 4, -1], metric: 'euclidean' },
      expected: {
        observed: [
          [1, 0],
          [0, 5],
        ],
        exact_expected: [
          [1 / 6, 5 / 6],
          [5 / 6, 25 / 6],
        ],
        monte_carlo: {
          permutations: 999,
          knox_ratio_mean: [
            [6, 0],
            [0, 1.2],
          ],
        },
      },
    },
  ],
};
const mannKendall: OracleFile = {
  method: 'mann-kendall',
  tolerance: { rel: 1e-6, abs: 1e-9 },
  cases: [{ id: 'rising', input: { y: [1, 2, 3, 4] }, expected: { S: 6, varS: 26 / 3, tau: 1, sen_slope: 1 } }],
};
const comparison: OracleFile = {
  method: 'rate-comparison',
  tolerance: { rel: 1e-6, abs: 1e-9 },
  cases: [
    {
      id: 'none-before',
      input: { before_events: 0, before_exposure: 1, after_events: 4, after_exposure: 1 },
      expected: { conditional_exact: { p_two_sided: 0.125, lower: 0 }, wald_log: null },
    },
  ],
};
const all = [nearRepeat, mannKendall, comparison];

function judge(file: OracleFile, change: (expected: Record<string, unknown>) => void = () => undefined) {
  const one = structuredClone(file.cases[0]!);
  change(one.expected as Record<string, unknown>);
  return judgeCase(file, one, place);
}

describe('judging a case', () => {
  it.each(all)('finds nothing wrong with the right answer: $method', async (file) => {
    expect(await judge(file)).toEqual([]);
  });

  it.each(all)('sees a key that nobody answers: $method', async (file) => {
    for (const planted of [1, null, 'word', [1], { deeper: 1 }])
      expect(await judge(file, (expected) => (expected['planted'] = planted))).toHaveLength(1);
  });

  it('sees a key that nobody answers among those that the adapter judges for itself', async () => {
    const faults = await judge(nearRepeat, (expected) => (expected['monte_carlo'] = { planted: null }));
    expect(faults).toEqual(['monte_carlo.planted: got nothing, want null']);
  });

  it('holds the ratio to the simulated mean against what simulation can miss', async () => {
    const ratio = (knox_ratio_mean: unknown) => (expected: Record<string, unknown>) =>
      (expected['monte_carlo'] = { knox_ratio_mean });
    const off = [
      [6, 0],
      [0, 1.3],
    ];
    expect(await judge(nearRepeat, ratio(off))).toEqual([expect.stringContaining('knox_ratio_mean.1.1')]);
    const undefinedHere = [
      [6, 0],
      [0, null],
    ];
    expect(await judge(nearRepeat, ratio(undefinedHere))).toEqual([expect.stringContaining('knox_ratio_mean.1.1')]);
  });

  it('says so when no adapter answers to the method', async () => {
    expect(await judgeCase({ ...mannKendall, method: '../adapter' }, mannKendall.cases[0]!, place)).toEqual([
      'no adapter for this method',
    ]);
  });
});
