import { expect, test } from 'vitest';
import { bandOf, scoreOf, trendOf } from './risk.ts';

test('a risk scores likelihood times impact, and whatever may cost a life is never low', () => {
  expect(scoreOf({ likelihood: 3, impact: 4 })).toBe(12);
  expect(bandOf({ likelihood: 3, impact: 5 })).toBe('high');
  expect(bandOf({ likelihood: 2, impact: 3 })).toBe('medium');
  expect(bandOf({ likelihood: 1, impact: 5 })).toBe('medium');
  expect(bandOf({ likelihood: 1, impact: 4 })).toBe('low');
});

test('a risk rises or falls against the score before, and is new without one', () => {
  const now = { likelihood: 3, impact: 4 };
  expect(trendOf({ ...now, likelihoodBefore: null, impactBefore: null })).toBe('new');
  expect(trendOf({ ...now, likelihoodBefore: 2, impactBefore: 4 })).toBe('rising');
  expect(trendOf({ ...now, likelihoodBefore: 5, impactBefore: 5 })).toBe('falling');
  expect(trendOf({ ...now, likelihoodBefore: 4, impactBefore: 3 })).toBe('as-before');
});
