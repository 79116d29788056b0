import { describe, expect, it } from 'vitest';
import { planOf, type Cells } from './intake.ts';
import { decidePerson, rememberOf, type PeopleState, type PersonKnown } from './person-rows.ts';

const jo = (): PersonKnown => ({
  id: 'jo',
  name: 'Jo Smith',
  email: 'jo@fire.example',
  phone: null,
  posts: [
    {
      id: 'post',
      organisationId: 'fire',
      organisation: 'Fire',
      otherNames: [],
      title: 'Officer',
      since: { text: '2020', earliest: '2020-01-01', latest: '2020-12-31' },
      until: null,
    },
  ],
});
const fire = { id: 'fire', name: 'Fire' };
function stateOf(...people: readonly PersonKnown[]): PeopleState {
  const state: PeopleState = {
    organisations: new Map([
      ['fire', fire],
      ['fire and rescue', fire],
    ]),
    labels: new Set(['harbour voice']),
    byEmail: new Map(),
    byName: new Map(),
  };
  for (const person of people) rememberOf(state, person);
  return state;
}
const row = (cells: Cells): Cells => ({ Name: 'Jo Smith', ...cells });
const officer = { Organisation: 'Fire', Post: 'Officer', From: '2020' };
function decided(cells: Cells, state: PeopleState) {
  let id = 0;
  return decidePerson(cells, state, () => `new-${(id += 1)}`);
}

describe('a row of people', () => {
  it('adds who is not there, with the post, under any name of the organisation', () => {
    expect(decided(row({ ...officer, Organisation: 'FIRE and rescue', Email: 'jo@fire.example' }), stateOf())).toEqual({
      does: 'added',
      actions: [
        { add: 'person', id: 'new-1', person: { name: 'Jo Smith', email: 'jo@fire.example', phone: null } },
        {
          add: 'post',
          id: 'new-2',
          person: 'new-1',
          wanted: {
            organisationId: 'fire',
            title: 'Officer',
            since: { text: '2020', earliest: '2020-01-01', latest: '2020-12-31' },
            until: null,
          },
        },
      ],
    });
  });
  it('leaves alone what says the same, however the person is found', () => {
    for (const Email of ['jo@fire.example', 'JO@fire.example', ''])
      expect(decided(row({ ...officer, Email: Email.toLowerCase() }), stateOf(jo()))).toEqual({ does: 'unchanged' });
    expect(decided(row({ Organisation: 'Fire', Post: 'Officer' }), stateOf(jo()))).toEqual({ does: 'unchanged' });
    expect(decided(row({}), stateOf(jo()))).toEqual({ does: 'unchanged' });
  });
  it.each([
    ['a number that is new', { ...officer, Telephone: '01632 960 001' }, { change: 'person', id: 'jo' }],
    ['an end', { ...officer, Until: '31 May 2026' }, { change: 'post', id: 'post' }],
    ['another post', { Organisation: 'Fire', Post: 'Manager', From: '2024' }, { add: 'post', person: 'jo' }],
    ['a name, found by the address', { Name: 'Jo Brown', Email: 'jo@fire.example' }, { change: 'person', id: 'jo' }],
  ])('changes %s, and takes nothing away', (_, cells, action) => {
    expect(decided(row(cells), stateOf(jo()))).toMatchObject({ does: 'changed', actions: [action] });
    const state = stateOf(jo());
    decided(row(cells), state);
    expect(state.byEmail.get('jo@fire.example')).toMatchObject({ id: 'jo' });
  });
  it('takes somebody of the same name and another address for somebody else', () => {
    expect(decided(row({ Email: 'jo@shoreline.example' }), stateOf(jo())).does).toBe('added');
  });
  it.each([
    ['no name', row({ Name: '' }), stateOf(), 'Name: enter the name'],
    ['an address that is none', row({ Email: 'nobody' }), stateOf(), 'Email: Enter an email address in the form'],
    ['a number that is none', row({ Telephone: 'call' }), stateOf(), 'Telephone: Enter a telephone number'],
    ['a date that is none', row({ ...officer, From: '31/02/2024' }), stateOf(), 'From: “31/02/2024” is no date'],
    ['two of one name', row({}), stateOf(jo(), { ...jo(), id: 'b', email: null }), 'Email: there are 2 people called'],
    [
      'an organisation that nobody knows',
      row({ ...officer, Organisation: 'Navy' }),
      stateOf(),
      'none is called “Navy”',
    ],
    [
      'a post without an organisation',
      row({ Post: 'Officer' }),
      stateOf(),
      'Organisation: enter where the post “Officer”',
    ],
    ['an organisation without a post', row({ Organisation: 'Fire' }), stateOf(), 'Post: enter the title at Fire'],
    ['dates without a post', row({ From: '2020' }), stateOf(), 'From: there are dates and no post'],
    ['an end before the beginning', row({ ...officer, Until: '2019' }), stateOf(), 'The end is before the beginning'],
    ['the same post twice at once', row({ ...officer, From: '2023' }), stateOf(jo()), 'Jo Smith is “Officer” at Fire'],
    ['a label', row({ Name: 'Member with lived experience 2' }), stateOf(), 'entered one at a time'],
    ['a post that says it', row({ ...officer, Post: 'Lived-experience adviser' }), stateOf(), 'entered one at a time'],
    ['a label of other words', row({ Name: 'Harbour  Voice' }), stateOf(), 'entered one at a time'],
  ])('refuses %s', (_, cells, state, sentence) => {
    expect(decided(cells, state)).toMatchObject({
      does: 'refused',
      reason: expect.stringContaining(sentence) as string,
    });
  });
});

it('a whole file adds a person once, and keeps no cell of a row that may name somebody under lock', () => {
  const state = stateOf();
  const rows = [
    row(officer),
    row({ Organisation: 'Fire', Post: 'Manager', From: '2024' }),
    row({ Name: 'Wren Ashby-Example', Organisation: 'Fire', Post: 'Lived experience adviser' }),
  ].map((cells, at) => ({ row: at + 2, cells }));
  let id = 0;
  const plan = planOf(rows, (cells) => decidePerson(cells, state, () => `new-${(id += 1)}`));
  expect(plan).toMatchObject({ added: 1, changed: 1, unchanged: 0 });
  expect(plan.refused).toMatchObject([{ row: 4, cells: {} }]);
  expect(JSON.stringify(plan)).not.toContain('Wren');
});
