import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactDate, parsePartialDate, type PartialDate } from '../duty/index.ts';
import {
  bodyCells,
  bodyColumns,
  decideBody,
  decideSeat,
  inReportingOrder,
  seatCells,
  seatColumns,
  type BodyByName,
  type BodyRegister,
  type SeatRegister,
} from './body-rows.ts';
import type { Seat } from './seat.ts';

function date(words: string): PartialDate {
  const read = parsePartialDate(words);
  if (!read.done) throw new Error(read.sentence);
  return read.value;
}

const executive: BodyByName & { readonly id: string } = {
  id: 'e',
  name: 'Executive',
  kind: 'board',
  isOwn: true,
  frequency: 'quarterly',
  reportsTo: null,
  host: 'Haverness Council',
  purpose: 'Leads.',
  isPublic: true,
  since: date('1998'),
  until: null,
};
const tasking = { ...executive, id: 't', name: 'Tasking', reportsTo: 'Executive', host: null };
const register = (...bodies: readonly (BodyByName & { readonly id: string })[]): BodyRegister => ({
  bodies: new Map(bodies.map((body) => [body.name.toLowerCase(), body])),
  organisations: new Map([
    ['haverness council', 'Haverness Council'],
    ['the borough', 'Haverness Council'],
  ]),
});

describe('a row of a file of bodies', () => {
  it('adds one, by words or by labels, with what is usual where a cell is empty', () => {
    const row = {
      Name: ' Burglary Group ',
      Kind: 'Group',
      Meets: 'every two months',
      'Reports to': 'TASKING',
      'Run by': 'The Borough',
    };
    expect(decideBody(row, register(executive, tasking))).toEqual({
      does: 'added',
      value: {
        name: 'Burglary Group',
        kind: 'group',
        isOwn: true,
        frequency: 'every-two-months',
        reportsTo: 'Tasking',
        host: 'Haverness Council',
        purpose: null,
        isPublic: true,
        since: null,
        until: null,
      },
    });
  });

  it('changes what differs, names it, and leaves what the file does not say', () => {
    const decided = decideBody({ Name: 'executive', Meets: 'Monthly', Until: '31 May 2026' }, register(executive));
    expect(decided).toEqual({
      does: 'changed',
      id: 'e',
      value: { ...executive, id: undefined, frequency: 'monthly', until: date('31 May 2026') },
      fields: ['Meets', 'Until'],
    });
  });

  it('finds what was written out unchanged', () => {
    for (const body of [
      executive,
      tasking,
      { ...executive, id: 'x', isOwn: false, isPublic: false, until: date('2025') },
    ]) {
      const cells = bodyCells(body);
      const row = Object.fromEntries(bodyColumns.map((column, at) => [column.name, cells[at] ?? '']));
      expect(decideBody(row, register(executive, tasking, body))).toEqual({ does: 'unchanged', id: body.id });
    }
  });

  it.each([
    [{ Name: '' }, 'The row has no name. Enter the name of the body'],
    [{ Name: 'x'.repeat(201) }, 'The name is longer than 200 characters. Shorten it'],
    [{ Name: 'A', Meets: 'monthly' }, 'Enter the kind: Board, Group, Committee, Regular meeting'],
    [
      { Name: 'A', Kind: 'party' },
      'Kind: “party” is not known. Enter one of: Board, Group, Committee, Regular meeting',
    ],
    [{ Name: 'Executive', Own: 'perhaps' }, 'Own: enter yes or no instead of “perhaps”'],
    [
      { Name: 'Executive', 'Reports to': 'Nowhere' },
      'No body is called Nowhere. Put its row first, or correct the name under “Reports to”',
    ],
    [
      { Name: 'Executive', 'Run by': 'Nobody' },
      'No organisation is called Nobody. Add it first, or correct the name under “Run by”',
    ],
    [{ Name: 'Executive', Until: '1997' }, 'The end is before the beginning. Correct “From” or “Until”'],
    [
      { Name: 'Executive', From: '31/02/2024' },
      'From: “31/02/2024” is no date. Enter a day between 1 and 29: February 2024 has 29 days',
    ],
    [
      { Name: 'Executive', 'Reports to': 'Tasking' },
      'Executive cannot report to Tasking, because Tasking reports to Executive. Choose another body, or none',
    ],
  ])('is refused with a reason: %j', (row, reason) => {
    expect(decideBody(row, register(executive, tasking))).toEqual({ does: 'refused', reason });
  });

  it('stands after the row to which it reports, and no file makes a circle', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const file = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom('', ...names)), { maxLength: 12 });
    fc.assert(
      fc.property(file, (lines) => {
        const rows = lines.map(([name, superior]) => ({
          Name: name,
          'Reports to': superior,
          Kind: 'group',
          Meets: 'monthly',
        }));
        const ordered = inReportingOrder(rows);
        expect(ordered).toHaveLength(rows.length);
        expect(new Set(ordered)).toEqual(new Set(rows));
        const bodies = new Map<string, BodyByName & { readonly id: string }>();
        for (const row of ordered) {
          const decided = decideBody(row, { bodies, organisations: new Map() });
          if (decided.does === 'added' || decided.does === 'changed')
            bodies.set(row.Name, { ...decided.value, id: row.Name });
        }
        for (const start of bodies.keys()) {
          const way = new Set<string>();
          for (let at = bodies.get(start); at !== undefined; at = bodies.get(at.reportsTo ?? '')) {
            expect(way.has(at.name)).toBe(false);
            way.add(at.name);
          }
        }
      }),
    );
  });
});

describe('a row of a file of seats', () => {
  const council: Seat = {
    id: 's1',
    role: 'member',
    organisationId: 'c',
    personId: null,
    organisation: 'Council',
    person: null,
    hasLivedExperience: false,
    since: date('2020'),
    until: null,
  };
  const existing: SeatRegister = {
    bodies: new Map([['executive', { id: 'e', name: 'Executive', since: null, until: null, seats: [council] }]]),
    organisations: new Map([
      ['council', { id: 'c', name: 'Council' }],
      ['police', { id: 'p', name: 'Police' }],
    ]),
    people: new Map([
      ['ruth penhale', [{ id: 'r', name: 'Ruth Penhale' }]],
      ['ruth@council.example', [{ id: 'r', name: 'Ruth Penhale' }]],
      [
        'jo smith',
        [
          { id: 'j1', name: 'Jo Smith' },
          { id: 'j2', name: 'Jo Smith' },
        ],
      ],
    ]),
  };

  it('adds a seat, of a person by name or by email', () => {
    for (const person of ['Ruth Penhale', 'RUTH@council.example'])
      expect(
        decideSeat(
          { Body: 'Executive', Organisation: 'Council', Person: person, Seat: 'Chair', From: '1 April 2026' },
          existing,
        ),
      ).toEqual({
        does: 'added',
        value: {
          bodyId: 'e',
          organisationId: 'c',
          personId: 'r',
          role: 'chair',
          since: exactDateAsTyped('1 April 2026'),
          until: null,
        },
      });
  });

  it('finds a seat again, and changes its end', () => {
    const written = seatCells({ ...council, body: 'Executive' });
    const row = Object.fromEntries(seatColumns.map(({ name }, at) => [name, written[at] ?? '']));
    expect(decideSeat(row, existing)).toEqual({
      does: 'unchanged',
      id: 's1',
    });
    expect(decideSeat({ ...row, From: '', Until: '31 May 2026' }, existing)).toMatchObject({
      does: 'changed',
      id: 's1',
      fields: ['Until'],
      value: { since: council.since },
    });
  });

  it('writes lived experience by the label alone', () => {
    const seat = { ...council, person: 'Member with lived experience 1', hasLivedExperience: true, body: 'Executive' };
    expect(seatCells(seat)).toEqual(['Executive', '', 'Member with lived experience 1', 'Member', '2020', '']);
  });

  it.each([
    [{ Organisation: 'Council' }, 'The row names no body. Enter the board or group'],
    [{ Body: 'Nothing', Organisation: 'Council' }, 'No body is called Nothing. Add it first, or correct the name'],
    [{ Body: 'Executive' }, 'The row says nobody who sits. Enter an organisation, a person, or both'],
    [{ Body: 'Executive', Organisation: 'Fire' }, 'No organisation is called Fire. Add it first, or correct the name'],
    [{ Body: 'Executive', Person: 'Jo Smith' }, 'Several people are called Jo Smith. Enter the email address instead'],
    [
      { Body: 'Executive', Person: 'Nobody' },
      'Nobody is called Nobody, and nobody has that email address. Add the person first',
    ],
    [
      { Body: 'Executive', Organisation: 'Council', Seat: 'Secretary', From: '2024' },
      'Council has a seat as member already, since 2020. Change that seat, or enter other dates',
    ],
  ])('is refused with a reason: %j', (row, reason) => {
    expect(decideSeat(row, existing)).toEqual({ does: 'refused', reason });
  });
});

const exactDateAsTyped = (words: string): PartialDate => ({ ...exactDate('2026-04-01'), text: words });
