import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, exactDate, parsePartialDate, type PartialDate } from '../duty/index.ts';
import {
  chairOn,
  chairText,
  isSameSitter,
  newChair,
  seatsOn,
  showSeats,
  sitterText,
  whyNoSeat,
  type Seat,
  type SeatRole,
} from './seat.ts';

function date(words: string | null): PartialDate | null {
  if (words === null) return null;
  const read = parsePartialDate(words);
  if (!read.done) throw new Error(read.sentence);
  return read.value;
}

interface Given {
  readonly organisation?: string;
  readonly person?: string;
  readonly role?: SeatRole;
  readonly since?: string | null;
  readonly until?: string | null;
  readonly hasLivedExperience?: boolean;
}
const seat = (id: string, { organisation, person, role, since, until, hasLivedExperience }: Given): Seat => ({
  id,
  role: role ?? 'member',
  organisationId: organisation === undefined ? null : `o-${organisation}`,
  personId: person === undefined ? null : `p-${person}`,
  organisation: organisation ?? null,
  person: person ?? null,
  hasLivedExperience: hasLivedExperience ?? false,
  since: date(since ?? null),
  until: date(until ?? null),
});
const running = { name: 'Executive', since: null, until: null };

describe('a seat among the others of its body', () => {
  const council = seat('1', { organisation: 'Council', since: '2020' });
  it.each<[string, Given, readonly Seat[], string | undefined]>([
    ['the first of all', { organisation: 'Council' }, [], undefined],
    ['the same organisation at the same time', { organisation: 'Council', since: '2024' }, [council], 'organisation'],
    [
      'the same organisation in another seat',
      { organisation: 'Council', role: 'secretary' },
      [council],
      'organisation',
    ],
    ['the same organisation before', { organisation: 'Council', since: '2015', until: '2019' }, [council], undefined],
    ['a person for an organisation that has a seat', { organisation: 'Council', person: 'Ruth' }, [council], undefined],
    [
      'the same person for another organisation',
      { organisation: 'Police', person: 'Ruth' },
      [seat('2', { organisation: 'Council', person: 'Ruth' })],
      'person',
    ],
    ['an end before the beginning', { organisation: 'Council', since: '2024', until: '2023' }, [], 'until'],
    [
      'a second chair',
      { organisation: 'Police', role: 'chair', since: '2024' },
      [seat('2', { organisation: 'Council', role: 'chair' })],
      'role',
    ],
    [
      'a deputy beside the chair',
      { organisation: 'Police', role: 'deputy-chair', since: '2024' },
      [seat('2', { organisation: 'Council', role: 'chair' })],
      undefined,
    ],
    [
      'a chair after the one before',
      { organisation: 'Police', role: 'chair', since: 'December 2023' },
      [seat('2', { organisation: 'Council', role: 'chair', until: 'December 2023' })],
      undefined,
    ],
  ])('%s', (_, wanted, others, field) => {
    expect(whyNoSeat(seat('new', wanted), others, running)?.field).toBe(field);
  });

  it('ends with its body', () => {
    const ended = { name: 'Gold Group', since: null, until: date('30 September 2024') };
    expect(whyNoSeat(seat('new', { organisation: 'Police', since: 'May 2024' }), [], ended)).toEqual({
      field: 'until',
      sentence: 'Gold Group itself ran until 30 September 2024. Enter when the seat ended',
    });
    const inTime = seat('new', { organisation: 'Police', since: 'May 2024', until: '30 September 2024' });
    expect(whyNoSeat(inTime, [], ended)).toBeUndefined();
  });

  it('says who is there already, as what and since when', () => {
    expect(whyNoSeat(seat('new', { organisation: 'Council' }), [council], running)?.sentence).toBe(
      'Council has a seat as member already, since 2020. Change that seat, or enter other dates',
    );
  });
});

describe('a new chair', () => {
  const chair = seat('1', { organisation: 'Council', person: 'Ruth', role: 'chair', since: '2020' });

  it('ends the seat of the old one the day before', () => {
    expect(newChair({ organisationId: 'o-Police', personId: 'p-Amal', since: date('1 April 2025') }, [chair])).toEqual({
      ends: [{ id: '1', until: exactDate('2025-03-31') }],
    });
  });

  it('leaves the other seat of whoever becomes the chair', () => {
    const member = seat('2', { organisation: 'Police', person: 'Amal', since: '2021' });
    const other = seat('3', { organisation: 'Police', since: '2021' });
    const change = newChair({ organisationId: 'o-Police', personId: 'p-Amal', since: date('March 2025') }, [
      member,
      other,
    ]);
    expect(change).toEqual({ ends: [{ id: '2', until: exactDate('2025-02-28') }] });
  });

  it.each([
    ['without a day', { organisationId: 'o-Police', personId: null, since: null }, 'since'],
    ['with an end only', { organisationId: 'o-Police', personId: null, since: date('by May 2025') }, 'since'],
    ['who is the chair already', { organisationId: null, personId: 'p-Ruth', since: date('2025') }, 'organisation'],
    ['before the chair of today began', { organisationId: 'o-Police', personId: null, since: date('2019') }, 'since'],
  ])('is not one %s', (_, wanted, field) => {
    const change = newChair(wanted, [chair]);
    expect('field' in change && change.field).toBe(field);
  });

  it('is the only one on every day, and the last that was set for it', () => {
    const days = fc.nat({ max: 60 }).map((after) => addDays('2025-01-01', after));
    const sitter = fc.record({
      organisationId: fc.constantFrom('o-1', 'o-2', null),
      personId: fc.constantFrom('p-1', 'p-2'),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(sitter, days), { maxLength: 12 }), days, (changes, day) => {
        let seats: readonly Seat[] = [];
        const set: { readonly personId: string; readonly from: string }[] = [];
        changes.forEach(([who, from], at) => {
          const wanted = { ...who, since: exactDate(from) };
          const change = newChair(wanted, seats);
          if ('field' in change) return;
          const ends = new Map(change.ends.map(({ id, until }) => [id, until]));
          seats = seats.map((each) => ({ ...each, until: ends.get(each.id) ?? each.until }));
          const added = { ...seat(String(at), { role: 'chair' }), ...wanted, until: null };
          expect(whyNoSeat(added, seats, running)).toBeUndefined();
          seats = [...seats, added];
          set.push({ personId: who.personId, from });
        });
        expect(seatsOn(seats, day).length).toBeLessThanOrEqual(1);
        const expected = set.filter(({ from }) => from <= day).at(-1);
        expect(chairOn(seats, day)?.personId).toBe(expected?.personId);
      }),
    );
  });
});

it('knows whose seat it is', () => {
  const of = (organisationId: string | null, personId: string | null) => ({ organisationId, personId });
  expect(isSameSitter(of('a', null), of('a', null))).toBe(true);
  expect(isSameSitter(of('a', 'p'), of('b', 'p'))).toBe(true);
  expect(isSameSitter(of('a', 'p'), of('a', null))).toBe(false);
  expect(isSameSitter(of('a', 'p'), of('a', 'q'))).toBe(false);
});

describe('seats as they were on a day', () => {
  const renamed = new Map([
    ['o-Probation', [{ id: 'n', name: 'National Probation', use: 'former' as const, until: date('25 June 2021') }]],
  ]);
  const post = (title: string, organisation: string, since: string, until: string | null = null) => ({
    title,
    organisation,
    organisationId: `o-${organisation}`,
    since: date(since),
    until: date(until),
  });
  const posts = new Map([
    [
      'p-Morwenna',
      [post('Head', 'Council', 'December 2023'), post('Acting Head', 'Council', 'July 2023', 'November 2023')],
    ],
  ]);
  const seats = [
    seat('1', { organisation: 'Probation', since: '2014' }),
    seat('2', { organisation: 'Council', person: 'Morwenna', role: 'chair', since: 'July 2023' }),
    seat('3', { organisation: 'Council', person: 'Label 1', hasLivedExperience: true, since: '2025' }),
    seat('4', { organisation: 'Traders', since: '2015', until: 'late 2022' }),
    seat('5', { organisation: 'Ambulance', since: 'July 2027' }),
  ];

  it('gives names and posts of that day', () => {
    const then = showSeats(seats, posts, renamed, '2021-01-31');
    expect(then.sitting.map(sitterText)).toEqual(['National Probation', 'Traders']);
    expect(then.chair).toBeUndefined();
    const july = showSeats(seats, posts, renamed, '2023-07-14');
    expect(july.chair && chairText(july.chair)).toBe('Acting Head, Council (Morwenna)');
    expect(july.sitting.map(sitterText)).toEqual(['Morwenna for Council', 'Probation']);
    expect(july.former.map(sitterText)).toEqual(['Traders']);
    const today = showSeats(seats, posts, renamed, '2026-06-01');
    expect(today.chair && chairText(today.chair)).toBe('Head, Council (Morwenna)');
    expect(today.ahead.map(sitterText)).toEqual(['Ambulance']);
  });

  it('shows lived experience by the label alone', () => {
    const [shown] = showSeats(
      [seat('3', { organisation: 'Council', person: 'Morwenna', role: 'chair', hasLivedExperience: true })],
      posts,
      renamed,
      '2026-06-01',
    ).sitting;
    expect(shown && sitterText(shown)).toBe('Morwenna');
    expect(shown && chairText(shown)).toBe('Morwenna');
    expect(shown?.title).toBeNull();
  });
});
