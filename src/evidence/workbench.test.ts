import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clearanceState,
  compareSections,
  isCleared,
  isOpen,
  standingAfter,
  takingPart,
  withoutPassages,
  type AssessmentStep,
  type ClearanceState,
  type Standing,
} from './workbench.ts';

const hash = (letter: string) => `sha256:${letter.repeat(64)}` as const;
const hashes = fc.constantFrom(hash('a'), hash('b'));
const days = fc.constantFrom('2026-05-01', '2026-06-01', '2026-07-01');
const names = fc.array(fc.constantFrom('Fire', 'Police'), { maxLength: 2 });
const approval = fc.record({ body: fc.constant('board'), on: days, hash: hashes });

const steps: fc.Arbitrary<AssessmentStep> = fc.oneof(
  fc.record({ step: fc.constant('send-for-review' as const), notReady: names, open: names }),
  fc.constant({ step: 'take-back' as const }),
  fc.record({ step: fc.constant('approve' as const), approval, hash: hashes, today: days, lostPassages: names }),
  fc.record({ step: fc.constant('publish' as const), hash: hashes, today: days, waiting: names }),
  fc.record({ step: fc.constant('supersede' as const), by: fc.constant('next') }),
);
/** Every standing that can be reached, and no other. */
const walks = fc.array(steps, { maxLength: 40 });
const walk = (taken: readonly AssessmentStep[]): readonly (readonly [Standing, AssessmentStep, Standing])[] => {
  let at: Standing = { state: 'draft' };
  return taken.map((step) => {
    const before = at;
    const after = standingAfter(at, step);
    if (after.done) at = after.value;
    return [before, step, at] as const;
  });
};

describe('the way of an assessment', () => {
  it('has an answer for every pair of state and step, and a sentence where it says no', () => {
    fc.assert(
      fc.property(walks, steps, (taken, step) => {
        const at = walk(taken).at(-1)?.[2] ?? { state: 'draft' };
        const after = standingAfter(at, step);
        if (!after.done) expect(after.sentence).toMatch(/^[A-Z].+/);
      }),
    );
  });

  it('goes only from draft to review to approval to the public, and back only before that', () => {
    const may = [
      'draft in-review',
      'in-review draft',
      'in-review approved',
      'approved draft',
      'approved published',
      'published superseded',
    ];
    fc.assert(
      fc.property(walks, (taken) => {
        for (const [before, , after] of walk(taken))
          if (before !== after) expect(may).toContain(`${before.state} ${after.state}`);
      }),
    );
  });

  it('publishes what a body approved, word for word, and only when nobody may still answer', () => {
    fc.assert(
      fc.property(walks, (taken) => {
        for (const [before, step, after] of walk(taken))
          if (after.state === 'published' && before.state !== 'published') {
            if (before.state !== 'approved' || step.step !== 'publish') throw new Error('published by another way');
            expect(step.hash).toBe(before.approval.hash);
            expect(step.waiting).toEqual([]);
            expect(after.approval).toEqual(before.approval);
          }
      }),
    );
  });

  it('never changes what was published', () => {
    fc.assert(
      fc.property(walks, (taken) => {
        const published = walk(taken).filter(([, , { state }]) => state === 'published' || state === 'superseded');
        const [first] = published;
        for (const [, , after] of published)
          if (first !== undefined && 'publishedOn' in after && 'publishedOn' in first[2]) {
            expect(after.approval).toEqual(first[2].approval);
            expect(after.publishedOn).toBe(first[2].publishedOn);
            expect(isOpen(after.state)).toBe(false);
          }
      }),
    );
  });

  it('is not approved on a day to come, nor with a passage that was lost', () => {
    const approve = {
      step: 'approve',
      approval: { body: 'board', on: '2026-06-02', hash: hash('a') },
      hash: hash('a'),
      today: '2026-06-01',
      lostPassages: [],
    } as const;
    expect(standingAfter({ state: 'in-review' }, approve).done).toBe(false);
    expect(standingAfter({ state: 'in-review' }, { ...approve, today: '2026-06-02' }).done).toBe(true);
    expect(
      standingAfter({ state: 'in-review' }, { ...approve, today: '2026-06-02', lostPassages: ['Where'] }).done,
    ).toBe(false);
    expect(standingAfter({ state: 'in-review' }, { ...approve, today: '2026-06-02', hash: hash('b') }).done).toBe(
      false,
    );
  });
});

describe('clearance', () => {
  const asked = { due: '2026-06-10', answer: null, seen: null } as const;

  it.each([
    [undefined, '2026-06-01', 'not-asked'],
    [asked, '2026-06-10', 'waiting'],
    [asked, '2026-06-11', 'lapsed'],
    [{ ...asked, answer: 'cleared', seen: hash('a') } as const, '2026-07-01', 'cleared'],
    [{ ...asked, answer: 'objected', seen: hash('a') } as const, '2026-06-01', 'objected'],
    // It answered about something else.
    [{ ...asked, answer: 'cleared', seen: hash('b') } as const, '2026-06-01', 'waiting'],
    [{ ...asked, answer: 'cleared', seen: hash('b') } as const, '2026-06-11', 'lapsed'],
  ])('of %o on %s is %s', (clearance, today, state) => {
    expect(clearanceState(clearance, hash('a'), today)).toBe(state);
  });

  it('lets out only what every owner cleared', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<ClearanceState>('not-asked', 'waiting', 'cleared', 'objected', 'lapsed'), {
          maxLength: 5,
        }),
        (states) => {
          const owners = states.map((_, at) => String(at));
          expect(isCleared(owners, (owner) => states[Number(owner)] ?? 'cleared')).toBe(
            states.every((state) => state === 'cleared'),
          );
        },
      ),
    );
  });
});

describe('passages that stay out', () => {
  const words = fc.array(fc.constantFrom('light', 'on', 'the', 'front', 'helps.', 'Police', 'watch', '(a)', 'a+b'), {
    minLength: 1,
    maxLength: 30,
  });

  it('are nowhere in what is left, wherever lines break', () => {
    fc.assert(
      fc.property(words, words, words, fc.constantFrom(' ', '\n', '  \n '), (before, passage, after, gap) => {
        const secret = `SECRET ${passage.join(' ')} SECRET`;
        const text = [before.join(' '), secret.replaceAll(' ', gap), after.join(' ')].join(' ');
        const left = withoutPassages(text, [{ passage: secret }]);
        expect(left.lost).toEqual([]);
        expect(left.words).not.toContain('SECRET');
        expect(
          left.words
            .split(/\s+/)
            .filter((word) => word !== '')
            .join(' '),
        ).toBe([...before, ...after].join(' '));
      }),
    );
  });

  it('keep all of the words in where one of them has changed', () => {
    expect(
      withoutPassages('Police watch the car park. Light helps.', [{ passage: 'Police watch the old car park.' }]),
    ).toEqual({
      words: '',
      lost: ['Police watch the old car park.'],
    });
  });

  it('may lie within each other', () => {
    const left = withoutPassages('One. Two three four. Five.', [{ passage: 'three' }, { passage: 'Two three four.' }]);
    expect(left).toEqual({ words: 'One. Five.', lost: [] });
  });

  it('cannot be put together from what is beside them', () => {
    expect(withoutPassages('ab X c', [{ passage: 'X' }]).words).toBe('ab c');
  });
});

describe('who took part', () => {
  it('names each once, by the best that they did', () => {
    const asks = [
      { organisation: 'Fire', state: 'asked', due: '2026-05-01' },
      { organisation: 'Fire', state: 'answered', due: '2026-05-01' },
      { organisation: 'Hospital', state: 'asked', due: '2026-05-31' },
      { organisation: 'Police', state: 'asked', due: '2026-06-01' },
      { organisation: 'School', state: 'declined', due: '2026-07-01' },
    ] as const;
    expect(takingPart(asks, '2026-06-01')).toEqual({
      tookPart: ['Fire'],
      absent: ['Hospital', 'School'],
      waiting: ['Police'],
    });
  });
});

describe('beside the one before', () => {
  const text = (key: string, words: string, sentences: readonly string[] = []) => ({ key, words, sentences });

  it('says of each part what became of it', () => {
    const now = [
      text('a', 'Same  words'),
      text('b', 'New'),
      text('c', ''),
      text('d', 'Now', ['It rose']),
      text('f', ''),
    ];
    const before = [
      text('a', 'Same words'),
      text('c', 'Was'),
      text('d', 'Now', ['It fell']),
      text('e', 'Gone'),
      text('f', ''),
    ];
    expect(compareSections(now, before).map(({ key, change }) => [key, change])).toEqual([
      ['a', 'same'],
      ['b', 'new'],
      ['c', 'gone'],
      ['d', 'changed'],
      ['f', 'empty'],
      ['e', 'gone'],
    ]);
  });
});
