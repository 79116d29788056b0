import { describe, expect, it } from 'vitest';
import { parsePartialDate, type PartialDate } from '../duty/index.ts';
import {
  newPersonForm,
  stateOfPerson,
  suggestedLabel,
  whyNoEmail,
  whyNoLabel,
  whyPerhapsTheSame,
  type Namesake,
} from './person.ts';

function date(words: string): PartialDate {
  const read = parsePartialDate(words);
  if (!read.done) throw new Error(read.sentence);
  return read.value;
}
const today = '2026-06-01';

describe('how somebody stands on a day', () => {
  it.each([
    ['with a post', [{ since: date('2023'), until: null }], null, 'in-post'],
    ['on the last day', [{ since: date('2023'), until: date('1 June 2026') }], date('1 June 2026'), 'in-post'],
    ['after the last day', [{ since: date('2023'), until: null }], date('31 May 2026'), 'left'],
    ['between two posts', [{ since: date('2020'), until: date('2021') }], null, 'no-post'],
    ['before the first', [{ since: date('July 2026'), until: null }], null, 'ahead'],
    ['with no post at all', [], null, 'no-post'],
  ] as const)('%s', (_, posts, leftOn, state) => {
    expect(stateOfPerson({ posts, leftOn }, today)).toBe(state);
  });
});

describe('a label', () => {
  it('gets the first number that is free', () => {
    expect(suggestedLabel([])).toBe('Member with lived experience 1');
    expect(suggestedLabel(['Member with lived experience 1', 'member with Lived experience 2'])).toBe(
      'Member with lived experience 3',
    );
  });
  it.each([
    ['Wren 2', ['Wren Ashby'], 'wren'],
    ['Member ASHBY', ['Wren Ashby'], 'ashby'],
    ['Member Zoe', ['Zoë Ashby'], 'zoe'],
    ['Member tern', ['Wren', 'tern@post.example'], 'tern'],
  ])('“%s” gives %j away', (label, words, part) => {
    expect(whyNoLabel(label, words)?.sentence).toContain(`“${part}”`);
  });
  it('may have words that stand in every label, and numbers', () => {
    expect(whyNoLabel('Member with lived experience 2', ['Lived Member', 'a2@post.example', null])).toBeUndefined();
  });
});

describe('two in the register', () => {
  const jo: Namesake = { id: '1', name: 'Jo Smith', email: 'jo@fire.example', organisations: ['Fire'] };
  it('have no address together: the sentence names whose it is', () => {
    expect(whyNoEmail('JO@fire.example', [jo])?.sentence).toBe(
      'Jo Smith has this email address already. Enter another one, or leave it empty',
    );
    expect(whyNoEmail(null, [{ ...jo, email: null }])).toBeUndefined();
  });
  it('may have the same name, after somebody has looked', () => {
    expect(whyPerhapsTheSame('jo  SMITH', [jo])?.sentence).toBe(
      'There is a Jo Smith at Fire already: is it the same person? If it is somebody else, tick the box',
    );
    expect(whyPerhapsTheSame('Jo Smithers', [jo])).toBeUndefined();
  });
});

describe('the form', () => {
  const filled = { name: 'Jo Smith', organisation: '8d0f5f50-0000-4000-8000-000000000001', title: 'Head' };
  const sentencesOf = (typed: Readonly<Record<string, string>>) =>
    newPersonForm.safeParse(typed).error?.issues.map(({ message }) => message);

  it('takes what is needed, and empty fields for the rest', () => {
    expect(newPersonForm.parse(filled)).toMatchObject({ email: null, phone: null, since: null, another: false });
  });
  it('says what is missing', () => {
    expect(sentencesOf({})).toEqual([
      'Enter the name of the person',
      'Choose the organisation',
      'Enter the title of the post',
    ]);
  });
  it.each([
    ['email', 'nobody', 'Enter an email address in the form name@example.org'],
    ['email', 'a"b@c.example', 'Enter an email address in the form name@example.org'],
    ['phone', 'call me', 'Enter a telephone number, such as 01632 960 001'],
    ['name', 'x'.repeat(201), 'Enter the name of the person in 200 characters or fewer'],
    ['name', 'Jo\nSmith', 'Enter the name of the person without line breaks'],
  ])('refuses as %s “%s”', (field, typed, sentence) => {
    expect(sentencesOf({ ...filled, [field]: typed })).toEqual([sentence]);
  });
  it.each(['+44 (0)1632 960001', '01632 960 001 ext 12', '01632-960001'])('takes the number %s', (phone) => {
    expect(newPersonForm.parse({ ...filled, phone }).phone).toBe(phone);
  });
  it.each(['‮Jo Smith', '<script>alert(1)</script>', '=HYPERLINK("x")', '👩‍🚒 Jo', "O'Brien-Łukasiewicz"])(
    'takes the hostile or unusual name %s as it is',
    (name) => {
      expect(newPersonForm.parse({ ...filled, name }).name).toBe(name);
    },
  );
});
