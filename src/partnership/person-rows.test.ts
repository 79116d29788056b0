import { describe, expect, it } from 'vitest';
import { decidePerson, personRowSchema, type KnownForRow, type KnownPerson, type PersonRow } from './person-rows.ts';

const row = (cells: Readonly<Record<string, string>>): PersonRow =>
  personRowSchema.parse({ name: 'Jo Smith', ...cells });
const fire = { id: 'fire', name: 'Fire' };
const jo: KnownPerson = {
  id: 'jo',
  name: 'Jo Smith',
  email: 'jo@fire.example',
  phone: null,
  hasLivedExperience: false,
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
};
const known = (people: readonly KnownPerson[] = [], organisation: KnownForRow['organisation'] = fire): KnownForRow => ({
  people,
  organisation,
});
const officer = { organisation: 'Fire', post: 'Officer', from: '2020' };

describe('the cells of a row', () => {
  it.each([
    [{ name: '' }, 'Enter the name of the person'],
    [{ email: 'nobody' }, 'Enter an email address in the form name@example.org'],
    [{ phone: 'call' }, 'Enter a telephone number, such as 01632 960 001'],
    [{ post: 'x'.repeat(201) }, 'Enter 200 characters or fewer'],
  ])('%j: %s', (cells, sentence) => {
    const read = personRowSchema.safeParse({ name: 'Jo Smith', ...cells });
    expect(read.error?.issues.map(({ message }) => message)).toEqual([sentence]);
  });
  it('says what is wrong with a date', () => {
    expect(personRowSchema.safeParse({ name: 'Jo', from: '31/02/2024' }).success).toBe(false);
  });
});

describe('a row of people', () => {
  it('adds who is not there, with the post', () => {
    expect(decidePerson(row({ ...officer, email: 'jo@fire.example' }), known())).toMatchObject({
      outcome: 'added',
      person: { name: 'Jo Smith', email: 'jo@fire.example', phone: null },
      post: { organisationId: 'fire', title: 'Officer' },
    });
    expect(decidePerson(row({}), known())).toMatchObject({ outcome: 'added', post: undefined });
  });
  it('leaves alone what says the same, however it is found', () => {
    for (const email of ['jo@fire.example', 'JO@FIRE.example'.toLowerCase(), ''])
      expect(decidePerson(row({ ...officer, email }), known([jo]))).toEqual({ outcome: 'unchanged', id: 'jo' });
    expect(decidePerson(row({ organisation: 'Fire', post: 'officer ', from: '' }), known([jo])).outcome).not.toBe(
      'refused',
    );
  });
  it('changes what is new, and takes nothing away that the file leaves empty', () => {
    expect(decidePerson(row({ ...officer, phone: '01632 960 001' }), known([jo]))).toMatchObject({
      outcome: 'changed',
      person: { phone: '01632 960 001' },
      addPost: undefined,
      changePost: undefined,
    });
    expect(decidePerson(row({ ...officer, until: '31 May 2026' }), known([jo]))).toMatchObject({
      outcome: 'changed',
      changePost: { id: 'post', since: { text: '2020' }, until: { text: '31 May 2026' } },
    });
    expect(decidePerson(row({ organisation: 'Fire', post: 'Manager', from: '2024' }), known([jo]))).toMatchObject({
      outcome: 'changed',
      addPost: { title: 'Manager' },
    });
  });
  it('takes somebody of the same name and another address for somebody else', () => {
    expect(decidePerson(row({ email: 'jo@shoreline.example' }), known([jo])).outcome).toBe('added');
  });
  it.each([
    [
      'two of one name and no address',
      row({}),
      known([jo, { ...jo, id: 'other', email: null }]),
      'There are 2 people called Jo Smith',
    ],
    ['an organisation that nobody knows', row(officer), { people: [], organisation: undefined }, 'No organisation is called “Fire”'],
    [
      'a post without an organisation',
      row({ post: 'Officer' }),
      known(),
      'Enter the organisation of the post “Officer”',
    ],
    ['an organisation without a post', row({ organisation: 'Fire' }), known(), 'Enter the title of the post at Fire'],
    ['dates without a post', row({ from: '2020' }), known(), 'There are dates and no post'],
    ['an end before the beginning', row({ ...officer, until: '2019' }), known(), 'The end is before the beginning'],
    [
      'the same post twice at once',
      row({ ...officer, from: '2023' }),
      known([jo]),
      'Jo Smith is “Officer” at Fire already, since 2020',
    ],
    ['a label', row({ name: 'Member with lived experience 2' }), known(), 'entered one at a time'],
    [
      'a post that says it',
      row({ organisation: 'Fire', post: 'Lived-experience adviser' }),
      known(),
      'entered one at a time',
    ],
    [
      'a label of other words',
      row({ name: 'Harbour voice' }),
      known([{ ...jo, name: 'Harbour Voice', email: null, hasLivedExperience: true, posts: [] }]),
      'entered one at a time',
    ],
  ])('refuses %s', (_, given, register, sentence) => {
    expect(decidePerson(given, register)).toEqual({
      outcome: 'refused',
      reason: expect.stringContaining(sentence) as string,
    });
  });
});
