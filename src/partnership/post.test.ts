import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, parsePartialDate, type PartialDate } from '../duty/index.ts';
import {
  decideLeaving,
  decideMove,
  decideRemoval,
  organisationNameOf,
  postsOn,
  readDay,
  suggestedTitle,
  titleOn,
  whyNoPost,
  type Post,
} from './post.ts';

function date(words: string): PartialDate {
  const read = parsePartialDate(words);
  if (!read.done) throw new Error(read.sentence);
  return read.value;
}
const post = (
  title: string,
  since: string | null,
  until: string | null,
  { id = title, organisationId = 'council' }: { id?: string; organisationId?: string } = {},
): Post => ({
  id,
  organisationId,
  organisation: organisationId === 'council' ? 'Haverness Council' : organisationId,
  otherNames: [],
  title,
  since: since === null ? null : date(since),
  until: until === null ? null : date(until),
});

/** Journey J10: from acting to substantive, between July and December 2023. */
const acting = post('Acting Head of Public Protection', 'July 2023', 'December 2023');
const head = post('Head of Public Protection', 'December 2023', null);

describe('what a person was on a day', () => {
  it.each([
    ['2023-06-30', undefined],
    ['2023-07-15', 'Acting Head of Public Protection'],
    ['2023-11-30', 'Acting Head of Public Protection'],
    ['2023-12-15', 'Acting Head of Public Protection or Head of Public Protection'],
    ['2024-01-01', 'Head of Public Protection'],
    ['2026-06-01', 'Head of Public Protection'],
  ])('on %s: %s', (day, title) => {
    expect(titleOn([acting, head], day)?.split(' or ').sort()).toEqual(title?.split(' or ').sort());
  });

  it('is exact where the days are known', () => {
    const posts = [post('Acting Head', '3 July 2023', '10 December 2023'), post('Head', '11 December 2023', null)];
    expect([titleOn(posts, '2023-12-10'), titleOn(posts, '2023-12-11')]).toEqual(['Acting Head', 'Head']);
  });

  it('names two posts held at once, and what may have been a third', () => {
    const posts = [post('Head', '2020', null), post('Chair', '2020', null), post('Clerk', 'early 2024', null)];
    expect(titleOn(posts, '2024-02-01')).toBe('Head and Chair, and perhaps Clerk');
  });

  const days = fc.integer({ min: 0, max: 3_000 }).map((number) => addDays('2020-01-01', number));
  it('is each title of a line of posts that follow each other, on every day of it, and no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(days, { minLength: 1, maxLength: 6 }), days, (starts, day) => {
        const sorted = [...starts].sort();
        const posts = sorted.map((start, at) => {
          const next = sorted[at + 1];
          return post(`Title ${at}`, start, next === undefined ? null : addDays(next, -1));
        });
        const at = sorted.filter((start) => start <= day).length - 1;
        expect(titleOn(posts, day)).toBe(at < 0 ? undefined : `Title ${at}`);
        expect(postsOn([...posts].reverse(), day)).toEqual(postsOn(posts, day));
      }),
    );
  });

  it('keeps what it was before a move, on every day before it', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 2_000 }), days, (start, later, day) => {
        const old = post('Acting Head', start, null, { id: 'old' });
        const since = date(addDays(start, later));
        const moved = decideMove(
          'Jo Smith',
          { organisationId: 'council', title: 'Head', since, until: null },
          [old],
          [],
        );
        if ('mistake' in moved) throw new Error(moved.mistake.sentence);
        const after = [
          { ...old, until: moved.endings[0]!.until },
          { ...old, id: 'new', title: 'Head', since },
        ];
        expect(titleOn(after, day)).toBe(day >= since.earliest! ? 'Head' : titleOn([old], day));
      }),
    );
  });
});

describe('the same post twice', () => {
  it('is refused while it runs, however it is written', () => {
    const again = { organisationId: 'council', title: ' head of  public protection', since: date('2025'), until: null };
    expect(whyNoPost('Jo Smith', again, [acting, head])).toEqual({
      field: 'title',
      sentence:
        'Jo Smith is “Head of Public Protection” at Haverness Council already, since December 2023. Change that post, or enter another title or other dates',
    });
  });

  it.each([
    ['at another organisation', { organisationId: 'police', title: 'Head of Public Protection' }],
    ['under another title', { organisationId: 'council', title: 'Director' }],
  ])('is another one %s', (_, change) => {
    expect(whyNoPost('Jo Smith', { ...change, since: date('2025'), until: null }, [head])).toBeUndefined();
  });

  it('may come again after it was over', () => {
    const over = post('Head', '2019', '2020');
    expect(
      whyNoPost('Jo', { organisationId: 'council', title: 'Head', since: date('2021'), until: null }, [over]),
    ).toBeUndefined();
  });

  it('is found whichever of the two was there first', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 300 })).map(([start, long]) => ({
      since: addDays('2020-01-01', start),
      until: addDays('2020-01-01', start + long),
    }));
    fc.assert(
      fc.property(span, span, (a, b) => {
        const one = post('Head', a.since, a.until);
        const two = post('Head', b.since, b.until);
        const overlaps = a.since <= b.until && b.since <= a.until;
        expect(whyNoPost('Jo', one, [two]) !== undefined).toBe(overlaps);
        expect(whyNoPost('Jo', two, [one]) !== undefined).toBe(overlaps);
      }),
    );
  });

  it('ends before it begins: refused', () => {
    expect(whyNoPost('Jo', post('Head', 'May 2024', 'March 2024'), [])?.field).toBe('until');
  });
});

describe('a move to another post', () => {
  const wanted = (since: string | null, title = 'Head of Public Protection') => ({
    organisationId: 'council',
    title,
    since: since === null ? null : date(since),
    until: null,
  });
  const going = post('Acting Head of Public Protection', 'July 2023', null);

  it.each([
    ['11 December 2023', '10 December 2023'],
    ['1 January 2024', '31 December 2023'],
    ['December 2023', 'December 2023'],
  ])('that begins %s ends the old one %s', (since, until) => {
    expect(decideMove('Jo', wanted(since), [going], [])).toEqual({ endings: [{ id: going.id, until: date(until) }] });
  });

  it('leaves what is over, and what was chosen to go on', () => {
    const over = post('Officer', '2019', '2021');
    const chair = post('Chair', '2022', null);
    expect(decideMove('Jo', wanted('December 2023'), [over, chair, going], [chair.id])).toMatchObject({
      endings: [{ id: going.id }],
    });
  });

  it.each([
    [null, 'Enter the day, the month or the year'],
    ['ongoing', 'Enter the day, the month or the year'],
    ['May 2023', 'Jo is “Acting Head of Public Protection” since July 2023, which is not before the new post'],
  ])('that begins %s is refused', (since, sentence) => {
    expect(decideMove('Jo', wanted(since), [going], [])).toMatchObject({
      mistake: { field: 'since', sentence: expect.stringContaining(sentence) as string },
    });
  });

  it.each([
    ['Acting Head of Public Protection', 'Head of Public Protection'],
    ['acting head', 'Head'],
    ['Interim Director', 'Director'],
    ['Head of Prevention (Acting)', 'Head of Prevention'],
    ['Acting', 'Acting'],
    ['Head', 'Head'],
  ])('suggests after “%s” the title “%s”', (title, suggested) => {
    expect(suggestedTitle(title)).toBe(suggested);
  });
});

it('a removal ends what goes on, drops what has not begun, and leaves what is over', () => {
  const over = post('Officer', '2019', '2021');
  const going = post('Head', '2022', null);
  const ahead = post('Director', 'July 2026', null);
  expect(decideRemoval([over, going, ahead], '2026-06-01')).toEqual({
    ending: [going],
    dropped: [ahead],
    on: date('1 June 2026'),
  });
});

it.each([
  ['', '2026-06-01', undefined],
  ['15 July 2023', '2023-07-15', undefined],
  ['2023-07-15', '2023-07-15', undefined],
  ['July 2023', '2026-06-01', 'Enter one day, such as 15 July 2023. This is how it is today'],
  ['the 45th', '2026-06-01', expect.any(String) as string],
])('asked for “%s”, the day is %s', (typed, day, mistake) => {
  expect(readDay(typed, '2026-06-01')).toEqual({ day, ...(mistake !== undefined && { mistake }) });
});

describe('leaving', () => {
  const held = [
    { id: 'a', what: 'The post “Head”', since: date('2023'), until: null },
    { id: 'b', what: 'The seat on the board', since: date('2020'), until: date('May 2026') },
  ];
  it('ends what goes on after the last day, and nothing else', () => {
    const left = decideLeaving('Jo', held, date('31 May 2026'), '2026-06-01');
    expect(left).toMatchObject({ endings: [{ id: 'a' }] });
  });
  it('needs a last day', () => {
    for (const words of [null, date('ongoing')])
      expect(decideLeaving('Jo', held, words, '2026-06-01')).toMatchObject({ mistake: { field: 'on' } });
  });
  it('does not end what has not begun', () => {
    const ahead = { id: 'c', what: 'The post “Director”', since: date('1 July 2026'), until: null };
    expect(decideLeaving('Jo', [ahead], date('1 June 2026'), '2026-06-01')).toEqual({
      mistake: {
        field: 'on',
        sentence: 'The post “Director” begins after 1 June 2026. Enter a later day, or remove that first',
      },
    });
  });
});

it('a post that is over keeps the organisation’s name of that time', () => {
  const otherNames = [
    { id: 'n', name: 'Haverness Clinical Commissioning Group', use: 'former' as const, until: date('30 June 2022') },
  ];
  const icb = (until: string | null) => ({
    ...post('Lead', '2020', until, { organisationId: 'Merrowshire ICB' }),
    otherNames,
  });
  expect(organisationNameOf(icb('March 2022'), '2026-06-01')).toBe('Haverness Clinical Commissioning Group');
  expect(organisationNameOf(icb(null), '2026-06-01')).toBe('Merrowshire ICB');
  expect(organisationNameOf(icb(null), '2022-01-01')).toBe('Haverness Clinical Commissioning Group');
});
