import { describe, expect, it } from 'vitest';
import { judgeClaim, readClaim } from './claim.ts';

describe('a claim is read out of a sentence', () => {
  it.each([
    ['Blackpool has double the national average', { times: 2, direction: 'more', bound: 'about', against: 'national' }],
    ['more than twice the rate of England', { times: 2, direction: 'more', bound: 'at-least', against: 'national' }],
    ['Violence is 1.5 times that of Lancashire', { times: 1.5, direction: 'more', bound: 'about', against: 'other' }],
    ['25% higher than the rest of the county', { times: 1.25, direction: 'more', bound: 'about', against: 'other' }],
    ['20 per cent lower than elsewhere', { times: 0.8, direction: 'less', bound: 'about', against: 'other' }],
    ['nearly double the county', { times: 2, direction: 'more', bound: 'at-most', against: 'other' }],
    ['half the national rate', { times: 0.5, direction: 'less', bound: 'about', against: 'national' }],
    ['higher than elsewhere', { times: null, direction: 'more', bound: 'about', against: 'other' }],
    ['in line with the average', { times: 1, direction: 'same', bound: 'about', against: 'other' }],
  ])('%s', (sentence, claim) => {
    expect(readClaim(sentence)).toEqual(claim);
  });

  it.each(['', 'Knife crime is a worry', 'We held 12 meetings', '<script>alert(1)</script>'])(
    'not out of “%s”',
    (sentence) => {
      expect(readClaim(sentence)).toBeUndefined();
    },
  );
});

describe('a claim is held against a ratio and its interval', () => {
  const claim = (sentence: string) => readClaim(sentence) ?? expect.fail();

  it.each([
    ['double', { estimate: 2.05, lower: 1.95, upper: 2.15 }, 'holds'],
    ['more than double', { estimate: 2.14, lower: 2.1, upper: 2.19 }, 'holds'],
    ['double', { estimate: 2.4, lower: 2.3, upper: 2.5 }, 'does-not-hold'],
    ['double', { estimate: 1.9, lower: 1.2, upper: 2.9 }, 'cannot-tell'],
    ['higher than elsewhere', { estimate: 1.1, lower: 0.9, upper: 1.3 }, 'cannot-tell'],
    ['higher than elsewhere', { estimate: 0.8, lower: 0.7, upper: 0.9 }, 'does-not-hold'],
    ['nearly double', { estimate: 1.9, lower: 1.85, upper: 1.95 }, 'holds'],
    ['the same as elsewhere', { estimate: 1.5, lower: 1.4, upper: 1.6 }, 'does-not-hold'],
    ['the same as elsewhere', { estimate: 1, lower: 0.9, upper: 1.1 }, 'cannot-tell'],
  ] as const)('%s at %o', (sentence, ratio, verdict) => {
    expect(judgeClaim(claim(sentence), ratio)).toBe(verdict);
  });
});
