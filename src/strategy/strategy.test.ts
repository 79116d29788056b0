import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContentHash } from '../duty/index.ts';
import {
  advice,
  compareAims,
  leadsOn,
  requirements,
  states,
  strategyText,
  take,
  unsigned,
  type Step,
  type StrategyFacts,
  type Version,
} from './strategy.ts';

const hashOf = (digit: string): ContentHash => `sha256:${digit.repeat(64)}`;
const authorities = [
  { id: 'council', name: 'Haverness Council' },
  { id: 'police', name: 'Merrowshire Constabulary' },
] as const;
const missing = { asked: 's.8(4)', words: 'Consulted', isMet: false, missing: 'Consult HMP Sallow Moor' };

const hash = fc.constantFrom(hashOf('a'), hashOf('b'), hashOf('c'));
const sign = fc.record({
  authority: fc.constantFrom('council', 'police', 'refuge', null),
  body: fc.constantFrom('Cabinet', 'Executive', ' '),
  on: fc.constantFrom('2026-01-10', '2026-02-20', '2026-05-01'),
  hash,
});
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ step: fc.constant('change' as const), hash }),
  fc.constantFrom<Step>(
    { step: 'open-comment' },
    { step: 'take-back' },
    { step: 'begin-review' },
    { step: 'keep' },
    { step: 'revise' },
    { step: 'supersede' },
  ),
  fc.record({
    step: fc.constant('close-text' as const),
    hash,
    openComments: fc.constantFrom(0, 0, 1, 3),
    missing: fc.constantFrom([], [], [missing]),
  }),
  fc.record({ step: fc.constantFrom('approve' as const, 'note' as const), sign }),
  fc.record({
    step: fc.constant('publish' as const),
    on: fc.constantFrom('2026-02-20', '2026-05-01'),
    required: fc.constantFrom([...authorities], [...authorities], []),
    missing: fc.constantFrom([], [], [missing]),
    incomplete: fc.constantFrom([], [], [{ title: 'Safer routes', lacks: ['an owner'] }]),
  }),
);
const draft: Version = { state: 'draft', hash: hashOf('a'), publishedOn: null, approvals: [], notes: [] };
/** Where a walk begins: few would get as far as the sign-off by chance. */
const beginning = fc.constantFrom<Version>(
  draft,
  { ...draft, state: 'sign-off' },
  {
    ...draft,
    state: 'sign-off',
    approvals: [{ authority: 'council', body: 'Cabinet', on: '2026-01-10', hash: draft.hash }],
  },
);
const walk = fc.array(step, { minLength: 30, maxLength: 80 });

describe('the way of a strategy from draft to revised', () => {
  it('answers every step in every state, and refuses each that leads nowhere', () => {
    fc.assert(
      fc.property(fc.constantFrom(...states), step, (state, taken) => {
        const answer = take({ ...draft, state }, taken);
        if (!leadsOn(state, taken.step)) expect(answer).toMatchObject({ done: false, reason: 'conflict' });
        if (!answer.done) expect(answer.sentence).not.toBe('');
      }),
      { numRuns: 2_000 },
    );
  });

  it('never changes what was published, publishes only what every authority signed, and names body, day and words of each', () => {
    let published = 0;
    fc.assert(
      fc.property(beginning, walk, (first, steps) => {
        let version = first;
        for (const each of steps) {
          const answer = take(version, each);
          if (!answer.done) continue;
          const after = answer.value;
          if (version.publishedOn !== null) {
            expect(after.hash).toBe(version.hash);
            expect(after.publishedOn).toBe(version.publishedOn);
            expect(after.approvals).toEqual(version.approvals);
          }
          if (after.publishedOn !== null) {
            published += 1;
            expect(unsigned(after, authorities)).toEqual([]);
            expect(['published', 'review', 'revised', 'superseded']).toContain(after.state);
          }
          for (const approval of [...after.approvals, ...after.notes]) {
            expect(approval.body.trim()).not.toBe('');
            expect(approval.on).toMatch(/^\d{4}-\d\d-\d\d$/);
            expect(approval.hash).toMatch(/^sha256:/);
          }
          version = after;
        }
      }),
      { numRuns: 4_000 },
    );
    // Said by the numbers: some of the walks got there.
    expect(published).toBeGreaterThan(20);
  });

  it('lets an approval of other words count for nothing', () => {
    const open = take(draft, { step: 'open-comment' });
    const closed =
      open.done && take(open.value, { step: 'close-text', hash: hashOf('b'), openComments: 0, missing: [] });
    if (closed === false || !closed.done) throw new Error('the text should close');
    const stale = take(closed.value, {
      step: 'approve',
      sign: { authority: 'council', body: 'Cabinet', on: '2026-02-20', hash: hashOf('a') },
    });
    expect(stale).toMatchObject({ done: false, reason: 'conflict' });
    expect(unsigned(closed.value, authorities).map(({ id }) => id)).toEqual(['council', 'police']);
  });

  it('names the actions that are not ready (J4)', () => {
    const signed: Version = {
      ...draft,
      state: 'sign-off',
      approvals: authorities.map(({ id }) => ({ authority: id, body: 'Board', on: '2024-02-07', hash: draft.hash })),
    };
    const asked = { step: 'publish', on: '2024-02-08', required: authorities, missing: [] } as const;
    const answer = take(signed, {
      ...asked,
      incomplete: [
        { title: 'Communications strategy', lacks: ['an owner', 'a date'] },
        { title: 'Training offer', lacks: ['an aim'] },
      ],
    });
    expect(answer).toMatchObject({
      done: false,
      sentence:
        '2 actions are not ready: “Communications strategy” lacks an owner and a date; “Training offer” lacks an aim',
    });
    expect(take(signed, { ...asked, incomplete: [] })).toMatchObject({ done: true, value: { state: 'published' } });
    expect(take(signed, { ...asked, on: '2024-02-06', incomplete: [] })).toMatchObject({ done: false });
  });
});

describe('what the Act requires', () => {
  const text = { kinds: 'a', causes: 'b', prevent: 'c', reduce: 'd' };
  const whole: StrategyFacts = {
    sections: text,
    aims: [],
    relevant: [{ name: 'HMP Sallow Moor', consultedOn: '2026-01-10' }],
    onRelevant: [{ title: 'Lessons', authority: 'St Brannock’s School', isNamed: true }],
    exclusion: { safety: true, prejudice: true, security: true, by: 'Colm', on: '2026-02-01', note: null },
  };
  const lacking = (facts: Partial<StrategyFacts>) =>
    requirements({ ...whole, ...facts }).flatMap(({ asked, isMet }) => (isMet ? [] : [asked]));

  it('is met by a whole strategy, and each part is missed', () => {
    expect(lacking({})).toEqual([]);
    expect(lacking({ sections: { ...text, causes: '  ' } })).toEqual(['s.8(3)(b)']);
    expect(lacking({ sections: {} })).toHaveLength(4);
    expect(lacking({ relevant: [{ name: 'St Brannock’s School', consultedOn: null }] })).toEqual(['s.8(4)']);
    expect(lacking({ onRelevant: [{ title: 'Lessons', authority: 'A school', isNamed: false }] })).toEqual(['s.8(5)']);
    expect(lacking({ exclusion: null })).toEqual(['s.8(8)']);
    expect(lacking({ exclusion: { ...whole.exclusion!, security: false } })).toEqual(['s.8(8)']);
  });

  it('tells good practice apart from what the law asks', () => {
    expect(advice(whole).filter(({ isMet }) => !isMet).length).toBeGreaterThan(5);
  });
});

describe('the words that are signed off', () => {
  const content = { title: 'T', level: 'local', starts: null, ends: null, sections: { kinds: 'a' }, aims: [] } as const;

  it('are the same whatever the order of the sections, and others for another letter', () => {
    expect(strategyText({ ...content, sections: { causes: 'b', kinds: 'a' } })).toBe(
      strategyText({ ...content, sections: { kinds: 'a', causes: 'b' } }),
    );
    expect(strategyText({ ...content, sections: { kinds: 'A' } })).not.toBe(strategyText(content));
  });
});

describe('aims of an area beside those of its hub', () => {
  const hub = [
    { id: 'h1', title: 'Safer streets', words: null },
    { id: 'h2', title: 'Earlier help', words: 'Before 10' },
    { id: 'h3', title: 'Fair', words: null },
  ];
  it('are the same, varied, added or left out', () => {
    const local = [
      { id: '1', title: 'Safer streets', words: '', hub: null, hubAim: 'h1' },
      { id: '2', title: 'Earlier help', words: 'Before 8', hub: null, hubAim: 'h2' },
      { id: '3', title: 'The seafront', words: null, hub: null, hubAim: null },
    ];
    expect(compareAims(local, hub).map(({ difference }) => difference)).toEqual([
      'same',
      'varied',
      'added',
      'left-out',
    ]);
  });
});
