import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withQuery } from './address.ts';

describe('withQuery', () => {
  it.each([
    ['/actions', { sort: 'due' }, '/actions?sort=due'],
    ['/actions?state=late', { sort: 'due' }, '/actions?state=late&sort=due'],
    ['/actions?sort=title&state=late', { sort: 'due' }, '/actions?sort=due&state=late'],
    ['/actions?page=3&state=late', { page: undefined }, '/actions?state=late'],
    ['/actions?page=3', { page: undefined }, '/actions'],
    ['?state=late#list', { sort: 'due' }, '?state=late&sort=due#list'],
    ['/a?to=/b?c=1', { sort: 'x' }, '/a?to=%2Fb%3Fc%3D1&sort=x'],
  ])('of %s with %o is %s', (href, changes, expected) => {
    expect(withQuery(href, changes)).toBe(expected);
  });

  it('sets what it is told, and keeps all else as a browser reads it', () => {
    const pairs = fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,3}$/), fc.string({ unit: 'grapheme' })));
    fc.assert(
      fc.property(pairs, fc.string({ unit: 'grapheme' }), (query, value) => {
        const search = new URLSearchParams(query.map(([name, text]) => [name, text])).toString();
        const made = new URL(withQuery(`/list?${search}`, { sort: value, page: undefined }), 'http://concord.test');
        expect(made.pathname).toBe('/list');
        expect(made.searchParams.getAll('sort')).toEqual([value]);
        const kept = new URL(`/list?${search}`, 'http://concord.test').searchParams;
        expect([...made.searchParams].filter(([name]) => name !== 'sort')).toEqual([...kept]);
      }),
    );
  });
});
