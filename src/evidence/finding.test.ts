import { describe, expect, it } from 'vitest';
import { findingAfter, findingStates, hasNewer } from './finding.ts';

describe('a finding', () => {
  const draft = { state: 'draft', author: 'anna', strength: 'fair' } as const;

  it('is checked by somebody else, once it is known how strong it is', () => {
    expect(findingAfter(draft, { step: 'check', by: 'ben' })).toEqual({ done: true, value: 'checked' });
    expect(findingAfter(draft, { step: 'check', by: 'anna' })).toMatchObject({ done: false, reason: 'not-allowed' });
    expect(findingAfter({ ...draft, strength: 'unknown' }, { step: 'check', by: 'ben' })).toMatchObject({
      done: false,
      reason: 'not-valid',
    });
  });

  it('has an answer for every state and step', () => {
    const table = findingStates.map((state) =>
      [
        { step: 'check', by: 'ben' } as const,
        { step: 'withdraw', because: 'Wrong' } as const,
        { step: 'take-up' } as const,
      ].map((step) => {
        const after = findingAfter({ ...draft, state }, step);
        return after.done ? after.value : after.reason;
      }),
    );
    expect(table).toEqual([
      ['checked', 'withdrawn', 'conflict'],
      ['conflict', 'withdrawn', 'conflict'],
      ['conflict', 'conflict', 'draft'],
    ]);
    expect(findingAfter(draft, { step: 'withdraw', because: ' ' })).toMatchObject({ done: false, reason: 'not-valid' });
  });

  it('has a newer figure when releases came or went', () => {
    expect(hasNewer(['a', 'b'], ['b', 'a'])).toBe(false);
    expect(hasNewer(['a'], ['a', 'b'])).toBe(true);
    expect(hasNewer(['a'], ['b'])).toBe(true);
    expect(hasNewer(['a', 'b'], ['a'])).toBe(true);
  });
});
