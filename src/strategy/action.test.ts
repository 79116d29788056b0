import { describe, expect, it } from 'vitest';
import { parsePartialDate } from '../duty/index.ts';
import { emptyCells, isLate, isStale, lacksOf, waitsForItself, whyNotClosed } from './action.ts';

const date = (words: string) => {
  const read = parsePartialDate(words);
  if (!read.done) throw new Error(read.sentence);
  return read.value;
};

describe('an action', () => {
  it('is late after the latest day that its words can mean', () => {
    const due = date('early 2024');
    expect(isLate({ status: 'under-way', due }, '2024-04-30')).toBe(false);
    expect(isLate({ status: 'under-way', due }, '2024-05-01')).toBe(true);
    expect(isLate({ status: 'done', due }, '2024-05-01')).toBe(false);
    expect(isLate({ status: 'planned', due: date('ongoing') }, '2099-01-01')).toBe(false);
    expect(isLate({ status: 'planned', due: null }, '2099-01-01')).toBe(false);
  });

  it('is stale when nobody has said anything for 90 days', () => {
    expect(isStale({ status: 'under-way', updatedOn: '2026-03-03' }, '2026-06-01')).toBe(false);
    expect(isStale({ status: 'under-way', updatedOn: '2026-03-02' }, '2026-06-01')).toBe(true);
    expect(isStale({ status: 'planned', updatedOn: null }, '2026-06-01')).toBe(true);
    expect(isStale({ status: 'stopped', updatedOn: null }, '2026-06-01')).toBe(false);
  });

  it('lacks an aim, a lead, an owner or a date before it can be published; "to be confirmed" is no date', () => {
    const whole = { status: 'planned', owner: 'Head', leadId: 'x', due: date('March 2027'), hasAim: true } as const;
    expect(lacksOf(whole)).toEqual([]);
    expect(lacksOf({ ...whole, owner: null, due: date('to be confirmed'), hasAim: false, leadId: null })).toEqual([
      'an aim',
      'a lead organisation',
      'an owner',
      'a date',
    ]);
    expect(lacksOf({ ...whole, status: 'stopped', owner: null })).toEqual([]);
  });

  it('does not close without its result and what was learned', () => {
    expect(Object.keys(whyNotClosed({ result: null, learned: null }))).toEqual(['result', 'learned']);
    expect(whyNotClosed({ result: 'a', learned: 'b' })).toEqual({});
  });

  it('never waits for itself, however long the way round', () => {
    const needs = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['e', ['d']],
    ]);
    expect(waitsForItself('a', needs)).toBe(true);
    expect(waitsForItself('e', needs)).toBe(false);
  });
});

describe('the matrix', () => {
  it('lists the cells in which nothing is done', () => {
    const [a, b, x, y] = ['a', 'b', 'x', 'y'].map((id) => ({ id, title: id.toUpperCase() }));
    const empty = emptyCells(
      [a!, b!],
      [x!, y!],
      [
        { aimId: 'a', priorityId: 'x', count: 2 },
        { aimId: 'b', priorityId: 'y', count: 0 },
      ],
    );
    expect(empty.map(({ aim, priority }) => aim.id + priority.id)).toEqual(['ay', 'bx', 'by']);
  });
});
