import { describe, expect, it } from 'vitest';
import { readPeriod } from './period.ts';

const today = '2026-06-01';

describe('a period that somebody typed', () => {
  it.each([
    ['', '', '2026-03-01', '2026-06-01'],
    ['April 2026', '', '2026-04-01', '2026-06-01'],
    ['2025', '2025', '2025-01-01', '2025-12-31'],
    ['1 April 2026', '1 April 2026', '2026-04-01', '2026-04-01'],
  ])('%j to %j', (from, to, first, last) => {
    expect(readPeriod({ from, to }, today)).toEqual({ period: { from: first, to: last } });
  });

  it('says which field is wrong, and what to do', () => {
    expect(readPeriod({ from: 'May 2026', to: 'April 2026' }, today)).toEqual({
      errors: { to: 'Enter an end that is not before the beginning' },
    });
    const wrong = readPeriod({ from: 'nonsense', to: 'more of it' }, today);
    expect('errors' in wrong && Object.keys(wrong.errors)).toEqual(['from', 'to']);
    expect(readPeriod({ from: 'ongoing', to: '' }, today)).toEqual({
      errors: { from: 'Enter a date with both a beginning and an end, such as April 2026' },
    });
  });
});
