import { describe, expect, it } from 'vitest';
import { refuse } from '../../src/measures/refusal.ts';
import { compare } from './compare.ts';
import { readCsv } from './csv.ts';

const rules = { rel: 1e-6, abs: 1e-9 };

describe('compare', () => {
  const want = { value: [1, 2.5], names: ['Exact'], none: null, inner: { flag: true } };

  it('accepts an answer within the tolerance', () => {
    const got = { value: Float64Array.of(1 + 5e-7, 2.5), names: ['Exact'], none: null, inner: { flag: true }, more: 9 };
    expect(compare(got, want, rules)).toEqual({ differences: [], compared: 5 });
  });

  it.each([
    ['a number just outside', { ...want, value: [1 + 2e-6, 2.5] }, 'value.0'],
    ['NaN', { ...want, value: [Number.NaN, 2.5] }, 'value.0'],
    ['an infinity', { ...want, value: [Infinity, 2.5] }, 'value.0'],
    ['a number written as text', { ...want, value: ['1', 2.5] }, 'value.0'],
    ['a missing number', { ...want, value: [1, undefined] }, 'value.1'],
    ['a list too short', { ...want, value: [1] }, 'value'],
    ['a list too long', { ...want, value: [1, 2.5, 3] }, 'value'],
    ['another word', { ...want, names: ['Byar'] }, 'names.0'],
    ['a value where none is defined', { ...want, none: 0 }, 'none'],
    ['a key that nobody answers, though none is defined', { ...want, none: undefined }, 'none'],
    ['a missing record', { ...want, inner: undefined }, 'inner'],
    ['a wrong truth', { ...want, inner: { flag: 1 } }, 'inner.flag'],
  ])('sees %s', (_, got, place) => {
    const { differences } = compare(got, want, rules);
    expect(differences).toHaveLength(1);
    expect(differences[0]).toContain(`${place}: `);
  });

  it('takes a refusal for what is not defined', () => {
    expect(compare({ none: refuse('no-events', 'There are no events.') }, { none: null }, rules).differences).toEqual(
      [],
    );
  });

  it('finds keys that hold a dot', () => {
    const named = { 'near_1.3': { note: 'a', more: 1 } };
    const { differences } = compare({ 'near_1.3': {} }, named, {
      ...rules,
      notCompared: { 'near_1.3.note': 'a note' },
    });
    expect(differences).toEqual(['near_1.3.more: got nothing, want 1']);
  });

  it('leaves out only the parts that are named', () => {
    const many = { a: { midp: 1, wald: 2 }, b: { midp: 1, wald: 2 } };
    const got = { a: { midp: 7, wald: 2 }, b: { midp: 7, wald: 3 } };
    const { differences, compared } = compare(got, many, { ...rules, notCompared: { '*.midp': 'another estimate' } });
    expect(differences).toEqual(['b.wald: got 3, want 2']);
    expect(compared).toBe(2);
  });

  it('takes the tolerance of the longest path that matches', () => {
    const tolerances = { rank: { abs: 1 }, 'rank.low.0': { abs: 0 } };
    const got = { rank: { low: [2, 3], high: [9] }, harm: 5.5 };
    const { differences } = compare(got, { rank: { low: [1, 2], high: [8] }, harm: 5 }, { ...rules, tolerances });
    expect(differences).toEqual(['rank.low.0: got 2, want 1', 'harm: got 5.5, want 5']);
  });

  it('counts nothing when nothing is held against anything', () => {
    expect(compare({}, { a: 1 }, { ...rules, notCompared: { a: 'reason' } }).compared).toBe(0);
  });
});

describe('readCsv', () => {
  it('reads quotes, newlines inside them, CRLF and a byte order mark', () => {
    expect(readCsv('\uFEFFa,b\r\n"x, ""y""\nz",2\r\n,\r\n')).toEqual([
      { a: 'x, "y"\nz', b: '2' },
      { a: '', b: '' },
    ]);
  });
});
