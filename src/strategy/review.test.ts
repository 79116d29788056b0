import { describe, expect, it } from 'vitest';
import { aimChanges, textChanges, unwritten, type ReviewComment } from './review.ts';

const comment = (section: ReviewComment['section'], madeBy: string, isChanged: boolean): ReviewComment => ({
  section,
  madeBy,
  isChanged,
  words: 'Say it plainly.',
  madeOn: '2026-05-01',
  reply: null,
});

describe('what changed in the text', () => {
  it('is told sentence by sentence, with whoever said what led to it', () => {
    const changes = textChanges(
      { kinds: 'Robbery. Assault at night.', money: 'No new money.' },
      { kinds: 'Robbery. Knives.', money: 'No new money.' },
      [comment('kinds', 'A parent', true), comment('kinds', 'A committee', false), comment('money', 'A parent', true)],
    );
    expect(changes).toEqual([
      { section: 'kinds', removed: ['Assault at night.'], added: ['Knives.'], because: ['A parent'] },
    ]);
  });

  it('is nothing where only spaces differ', () => {
    expect(textChanges({ plain: 'One. Two.' }, { plain: 'One.\n\nTwo.' }, [])).toEqual([]);
  });
});

it('tells aims apart by what they are, not by their place', () => {
  const aim = (id: string, title: string) => ({ id, title, words: null });
  expect(
    aimChanges([aim('a', 'A'), aim('b', 'B'), aim('c', 'C')], [aim('c', 'C'), aim('a', 'A!'), aim('d', 'D')]),
  ).toEqual([
    { change: 'same', title: 'C' },
    { change: 'changed', title: 'A!' },
    { change: 'new', title: 'D' },
    { change: 'ended', title: 'B' },
  ]);
});

it('counts a part of spaces as not written', () => {
  expect(unwritten({ definition: 'So.', needs: ' ' })).toEqual([
    'needs',
    'aims',
    'actions',
    'measures',
    'money',
    'text',
  ]);
});
