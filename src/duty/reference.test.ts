import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uuidV7 } from './identifier.ts';
import { formatRef, parseRef, refSchema, sameRef } from './reference.ts';

const uuid = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';

describe('a reference', () => {
  it.each([
    [`action/${uuid}`, { kind: 'action', id: uuid }],
    ['strategy/2024-to-2027', { kind: 'strategy', id: '2024-to-2027' }],
    ['needs-assessment/2024', { kind: 'needs-assessment', id: '2024' }],
    [`${'a'.repeat(40)}/ab`, { kind: 'a'.repeat(40), id: 'ab' }],
  ])('%s points at a record', (text, ref) => {
    expect(parseRef(text)).toEqual({ done: true, value: ref });
    expect(formatRef(ref)).toBe(text);
    expect(refSchema.parse(ref)).toEqual(ref);
  });

  it.each([
    ...['', '/', 'action', 'action/', `/${uuid}`, `Action/${uuid}`, `action/${uuid}/x`, 'action/a', `action/${uuid} `],
    ...[`action_plan/${uuid}`, 'action-/ab', 'action/../..', `action2/${uuid}`, `${'a'.repeat(41)}/ab`, 'action/A B'],
  ])('%j points nowhere', (text) => {
    expect(parseRef(text)).toEqual({
      done: false,
      reason: 'not-valid',
      sentence: 'Enter a reference as kind/identifier, such as strategy/2024-to-2027',
    });
  });

  it('comes back from its text', () => {
    const words = fc.stringMatching(/^[a-z]{1,8}(-[a-z]{1,8}){0,3}$/);
    const slugs = fc.stringMatching(/^[a-z0-9]{2,12}(-[a-z0-9]{1,8}){0,3}$/);
    const uuids = fc
      .tuple(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.uint8Array({ minLength: 10, maxLength: 10 }))
      .map(([moment, chance]) => uuidV7(moment, chance));
    fc.assert(
      fc.property(words, fc.oneof(slugs, uuids), (kind, id) => {
        expect(parseRef(formatRef({ kind, id }))).toEqual({ done: true, value: { kind, id } });
      }),
    );
  });

  it('is the same as another only with the same kind and the same record', () => {
    const ref = { kind: 'action', id: uuid };
    expect(sameRef(ref, { ...ref })).toBe(true);
    expect(sameRef(ref, { ...ref, kind: 'aim' })).toBe(false);
    expect(sameRef(ref, { ...ref, id: 'another' })).toBe(false);
  });

  it('holds nothing else', () => {
    expect(refSchema.safeParse({ kind: 'action', id: uuid, title: 'x' }).success).toBe(false);
    expect(refSchema.safeParse({ kind: 'Action', id: uuid }).success).toBe(false);
  });
});
