import { expect, test } from 'vitest';
import { approachImpacts, asksOf, checkedState, whyNotChosen } from './approach.ts';
import { defaultApproaches } from './approach-defaults.ts';

test('only what is rated harmful needs a reason, and then it cannot be done without', () => {
  for (const impact of approachImpacts) {
    expect(whyNotChosen({ impact }, { override: 'A court ordered it.' })).toEqual({});
    expect(Object.keys(whyNotChosen({ impact }, { override: null }))).toEqual(impact === 'harmful' ? ['override'] : []);
  }
  expect(whyNotChosen(undefined, { override: 'Yes.' })).toHaveProperty('approachId');
});

test('not enough evidence asks for an evaluation', () => {
  expect(approachImpacts.filter((impact) => asksOf(impact) === 'evaluation')).toEqual(['insufficient']);
});

test('nothing is checked that nobody looked up, and a look of long ago counts less', () => {
  expect(checkedState(null, '2026-06-01')).toBe('unverified');
  expect(checkedState('2026-01-01', '2026-06-01')).toBe('checked');
  expect(checkedState('2024-01-01', '2026-06-01')).toBe('long-ago');
});

test('the register that comes with the product claims no check, names its sources and has each title once', () => {
  expect(new Set(defaultApproaches.map(({ title }) => title.toLowerCase())).size).toBe(defaultApproaches.length);
  for (const approach of defaultApproaches) {
    expect(approach.checkedOn).toBeNull();
    expect(approach.source.length).toBeGreaterThan(10);
  }
  expect(defaultApproaches.filter(({ impact }) => impact === 'harmful').map(({ title }) => title)).toEqual([
    'Prison visits to frighten young people',
    'Boot camps',
  ]);
});
