import { describe, expect, it } from 'vitest';
import { parsePartialDate, type PartialDate } from '../duty/index.ts';
import { flagsOf, nextReview, type PersonToReview } from './access-review.ts';

function date(words: string): PartialDate {
  const read = parsePartialDate(words);
  if (!read.done) throw new Error(read.sentence);
  return read.value;
}

const days = { today: '2026-06-01', signedIn: '2026-11-24' };
const unremarkable: PersonToReview = {
  lastSignedInOn: '2026-11-20',
  rolesSince: '2025-09-01',
  registered: { leftOn: null, postsSince: [date('2024')] },
};

describe('what a reviewer should look at', () => {
  it.each<[string, Partial<PersonToReview>, readonly string[]]>([
    ['nothing', {}, []],
    ['never signed in', { lastSignedInOn: null }, ['never-signed-in']],
    ['89 days', { lastSignedInOn: '2026-08-27' }, []],
    ['90 days', { lastSignedInOn: '2026-08-26' }, ['not-for-90-days']],
    ['left yesterday', { registered: { leftOn: date('31 May 2026'), postsSince: [] } }, ['left']],
    ['leaves today', { registered: { leftOn: date('1 June 2026'), postsSince: [] } }, []],
    ['may have left', { registered: { leftOn: date('June 2026'), postsSince: [] } }, []],
    ['a new post', { registered: { leftOn: null, postsSince: [null, date('2 September 2025')] } }, ['post-changed']],
    ['a post that may be older', { registered: { leftOn: null, postsSince: [date('2025')] } }, []],
    ['nobody knows them', { registered: null, lastSignedInOn: null }, ['never-signed-in', 'not-in-register']],
  ])('%s', (_, change, flags) => {
    expect(flagsOf({ ...unremarkable, ...change }, days)).toEqual(flags);
  });
});

it.each([
  [null, '2026-06-01', '2026-06-01', true],
  ['2026-03-02', '2026-06-01', '2026-06-02', false],
  ['2026-03-01', '2026-06-01', '2026-06-01', false],
  ['2026-02-28', '2026-06-01', '2026-05-28', true],
])('after a review that ended on %s, on %s the next is due on %s', (last, today, due, isOverdue) => {
  expect(nextReview(last, today)).toEqual({ due, isOverdue });
});
