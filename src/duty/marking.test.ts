import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Marking } from './marking.ts';
import {
  combineMarkings,
  compareMarkingLevels,
  markingLabels,
  markingLevels,
  markingLine,
  markingSchema,
  mayBePublished,
  unmarked,
} from './marking.ts';

const official: Marking = { level: 'official', handling: [] };
const sensitive: Marking = { level: 'official-sensitive', handling: [] };
const forMembers: Marking = { level: 'official', handling: ['for members of the committee only'] };

const markings = fc
  .record({
    level: fc.constantFrom(...markingLevels),
    handling: fc.subarray(['for members only', 'not to be copied', 'personal data']),
  })
  .filter(({ level, handling }) => level !== 'unmarked' || handling.length === 0)
  .map((value): Marking => markingSchema.parse(value));

describe('the line on a page, print or export', () => {
  it.each([
    [unmarked, undefined, ''],
    [official, undefined, 'OFFICIAL'],
    [sensitive, undefined, 'OFFICIAL-SENSITIVE'],
    [forMembers, undefined, 'OFFICIAL. Handling: for members of the committee only'],
    [
      { level: 'official-sensitive', handling: ['for members of the committee only', 'not to be copied'] },
      'Councillor A Patel',
      'OFFICIAL-SENSITIVE. Handling: for members of the committee only; not to be copied. Copy for: Councillor A Patel',
    ],
    [unmarked, 'A Patel', 'Copy for: A Patel'],
    [official, '  ', 'OFFICIAL'],
    [official, 'A\n\u202ePatel\u2028', 'OFFICIAL. Copy for: A Patel'],
  ] as const)('of %j for %s is "%s"', (marking, recipient, line) => {
    expect(markingLine(marking, recipient)).toBe(line);
  });
});

describe('publication', () => {
  it('is barred by a caveat or a handling line, and not by OFFICIAL', () => {
    expect([unmarked, official, sensitive, forMembers].map(mayBePublished)).toEqual([true, true, false, false]);
  });
});

describe('the marking of what is made of several things', () => {
  it('is the highest, with the handling lines of all', () => {
    expect(combineMarkings(forMembers, sensitive, unmarked)).toEqual({
      level: 'official-sensitive',
      handling: ['for members of the committee only'],
    });
    expect(combineMarkings()).toEqual(unmarked);
  });

  it('does not depend on their order, is never lower than one of them, and never sets free what one of them bars', () => {
    fc.assert(
      fc.property(markings, markings, markings, (a, b, c) => {
        const all = combineMarkings(a, b, c);
        expect(combineMarkings(c, combineMarkings(b, a))).toEqual(all);
        expect(combineMarkings(all, a)).toEqual(all);
        expect(compareMarkingLevels(all.level, a.level)).toBeGreaterThanOrEqual(0);
        expect(mayBePublished(all)).toBe(mayBePublished(a) && mayBePublished(b) && mayBePublished(c));
        for (const line of a.handling) expect(all.handling).toContain(line);
        expect(markingSchema.parse(all)).toEqual(all);
      }),
    );
  });

  it('orders the levels from none to sensitive', () => {
    expect(['official-sensitive', 'unmarked', 'official'] as const).toSatisfy(
      (levels: typeof markingLevels) => [...levels].sort(compareMarkingLevels).join() === markingLevels.join(),
    );
    expect(markingLevels.map((level) => markingLabels[level])).toEqual([
      'No marking',
      'OFFICIAL',
      'OFFICIAL-SENSITIVE',
    ]);
  });
});

describe('a marking that a person chose', () => {
  it('drops the word that the line itself says, sorts its lines and keeps each once', () => {
    expect(
      markingSchema.parse({
        level: 'official',
        handling: ['not to be copied', ' Handling: for members only', 'for members only'],
      }),
    ).toEqual({ level: 'official', handling: ['for members only', 'not to be copied'] });
    expect(
      markingSchema.parse({
        level: 'official',
        handling: [
          'HANDLING INSTRUCTION:\u00a0for police',
          'handling instructions: for police',
          'Safe handling: gloves',
          'x'.repeat(200),
        ],
      }).handling,
    ).toEqual(['Safe handling: gloves', 'for police', 'x'.repeat(200)]);
  });

  it.each([
    [
      { level: 'unmarked', handling: ['for members only'] },
      'Choose OFFICIAL or OFFICIAL-SENSITIVE to add a handling line',
    ],
    [{ level: 'official', handling: ['Handling: '] }, 'such as for members of the committee only'],
    [{ level: 'official', handling: ['a\nb'] }, 'such as for members of the committee only'],
    [{ level: 'official', handling: ['for all \u202eylno'] }, 'such as for members of the committee only'],
    [{ level: 'official', handling: ['x'.repeat(201)] }, 'such as for members of the committee only'],
    [{ level: 'official', handling: Array(11).fill('x') }, 'Enter 10 handling lines or fewer'],
    [{ level: 'secret', handling: [] }, 'Invalid option'],
  ])('%j is refused', (value, sentence) => {
    expect(markingSchema.safeParse(value).error?.issues[0]?.message).toContain(sentence);
  });
});
