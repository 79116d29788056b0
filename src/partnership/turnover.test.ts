import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, parsePartialDate } from '../duty/index.ts';
import { turnoverOf, type HeldInTurn } from './turnover.ts';

function date(words: string | null) {
  if (words === null) return null;
  const read = parsePartialDate(words);
  if (!read.done) throw new Error(read.sentence);
  return read.value;
}
const held = (title: string, since: string | null, until: string | null, personId = 'jo'): HeldInTurn => ({
  personId,
  name: personId,
  hasLivedExperience: false,
  id: title,
  title,
  organisation: 'Council',
  since: date(since),
  until: date(until),
});
const told = (posts: readonly HeldInTurn[], from: string, to: string) =>
  turnoverOf(posts, from, to).map(({ turn, on, from: was, to: became }) => [turn, on, was?.title, became?.title]);

describe('by their posts, people', () => {
  it('join, move and leave', () => {
    const posts = [held('Officer', '1 March 2020', '30 June 2023'), held('Head', '1 July 2023', '31 May 2026')];
    expect(told(posts, '2020-01-01', '2026-12-31')).toEqual([
      ['joined', '2020-03-01', undefined, 'Officer'],
      ['moved', '2023-07-01', 'Officer', 'Head'],
      ['left', '2026-05-31', 'Head', undefined],
    ]);
  });
  it('move within a month of which the day is not known', () => {
    const posts = [held('Acting Head', 'July 2023', 'December 2023'), held('Head', 'December 2023', null)];
    expect(told(posts, '2023-08-01', '2026-06-01')).toEqual([['moved', '2023-12-01', 'Acting Head', 'Head']]);
  });
  it('join again after a time without a post', () => {
    const posts = [held('Officer', '2019', '31 December 2020'), held('Adviser', '1 June 2026', null)];
    expect(told(posts, '2020-06-01', '2026-06-01')).toEqual([
      ['left', '2020-12-31', 'Officer', undefined],
      ['joined', '2026-06-01', undefined, 'Adviser'],
    ]);
  });
  it('are here all along where the beginning is not known', () => {
    expect(told([held('Officer', null, null)], '1900-01-01', '2026-06-01')).toEqual([]);
  });
  it('who give up one of two posts have not left, and who end both on a day leave once', () => {
    const one = held('Officer', '2019', '31 March 2024');
    expect(told([one, held('Chair', '2019', null)], '2024-01-01', '2024-12-31')).toEqual([]);
    const both = [one, held('Chair', '2020', '31 March 2024')];
    expect(told(both, '2024-01-01', '2024-12-31').map(([turn]) => turn)).toEqual(['left']);
  });

  it('join once more often than they leave, or as often, and only in the period', () => {
    const span = fc.tuple(fc.nat(1_000), fc.nat(200), fc.boolean());
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
        const posts = spans.map(([start, long, goesOn], at) =>
          held(`Post ${at}`, addDays('2020-01-01', start), goesOn ? null : addDays('2020-01-01', start + long)),
        );
        const all = turnoverOf(posts, '2000-01-01', '2099-12-31');
        const count = (turn: string) => all.filter((one) => one.turn === turn).length;
        const isHere = posts.some(({ until }) => until === null);
        expect(count('joined') - count('left')).toBe(isHere ? 1 : 0);
        expect(count('joined') + count('moved')).toBe(posts.length);
        const part = turnoverOf(posts, '2021-01-01', '2021-12-31');
        expect(part).toEqual(all.filter(({ on }) => on >= '2021-01-01' && on <= '2021-12-31'));
      }),
    );
  });
});
