import { expect, it } from 'vitest';
import { skippedInWords } from './intake.ts';

const fire = (month: string) => ({ month, provider: 'Fire' });

it('names months that a load jumps over, by provider', () => {
  expect(skippedInWords([fire('2026-03'), fire('2026-05'), { month: '2026-04', provider: 'Other' }], 1)).toEqual([
    expect.stringMatching(/^April 2026 is not in these files from Fire, but months before and after are\./),
  ]);
  expect(skippedInWords([fire('2020-01'), fire('2021-01')], 1)[0]).toMatch(/July 2020 and 5 more are not/);
});

it('says nothing of a load without a hole, or of quarters', () => {
  expect(skippedInWords([], 1)).toEqual([]);
  expect(skippedInWords([fire('2026-03'), fire('2026-04')], 1)).toEqual([]);
  expect(skippedInWords([fire('2026-01'), fire('2026-04')], 3)).toEqual([]);
});
