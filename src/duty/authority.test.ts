import { describe, expect, it } from 'vitest';
import {
  authorityGroups,
  authorityKindNames,
  authorityKinds,
  authorityKindSchema,
  authorityStandings,
  sectionOf,
  standingLabels,
  standingOf,
} from './authority.ts';

describe('what an organisation is under the Duty', () => {
  // Police, Crime, Sentencing and Courts Act 2022: ss.11 and 12, Schs 1 and 2, s.14, s.8(6).
  it.each([
    ['district-council', 'specified', 's.11 and Sch. 1'],
    ['county-council', 'specified', 's.11 and Sch. 1'],
    ['probation-provider', 'specified', 's.11 and Sch. 1'],
    ['youth-offending-team', 'specified', 's.11 and Sch. 1'],
    ['chief-officer-of-police', 'specified', 's.11 and Sch. 1'],
    ['fire-and-rescue-authority', 'specified', 's.11 and Sch. 1'],
    ['integrated-care-board', 'specified', 's.11 and Sch. 1'],
    ['maintained-school', 'relevant', 's.12 and Sch. 2'],
    ['academy', 'relevant', 's.12 and Sch. 2'],
    ['prison', 'relevant', 's.12 and Sch. 2'],
    ['secure-childrens-home', 'relevant', 's.12 and Sch. 2'],
    ['police-and-crime-commissioner', 'local-policing-body', 's.14'],
    ['nhs-provider-trust', 'invited', 's.8(6)'],
    ['housing-provider', 'invited', 's.8(6)'],
    ['voluntary-organisation', 'invited', 's.8(6)'],
  ] as const)('%s is %s by %s', (kind, standing, section) => {
    expect(standingOf(kind)).toBe(standing);
    expect(sectionOf(kind)).toBe(section);
  });

  it('keeps personal information of health authorities, and of no others, out of the gateway (s.16(4)(b))', () => {
    expect(authorityKindNames.filter((kind) => authorityKinds[kind].healthOrSocialCare)).toEqual([
      'integrated-care-board',
      'local-health-board',
    ]);
  });

  it('says which entries were read in the Act and which are to be checked before use', () => {
    expect(
      authorityKindNames.filter((kind) => standingOf(kind) === 'specified' && authorityKinds[kind].checkBeforeUse),
    ).toEqual(['chief-officer-of-police', 'fire-and-rescue-authority', 'integrated-care-board', 'local-health-board']);
    expect(authorityKindNames.filter((kind) => authorityKinds[kind].group === 'prison')).toEqual(['prison']);
    expect(authorityKinds.prison.checkBeforeUse).toBe(true);
    expect(authorityKinds['pupil-referral-unit'].checkBeforeUse).toBe(true);
    expect(authorityKinds.academy.checkBeforeUse).toBe(false);
  });

  it('has every group in use and a label for every standing', () => {
    expect(new Set(authorityKindNames.map((kind) => authorityKinds[kind].group))).toEqual(
      new Set(Object.keys(authorityGroups)),
    );
    expect(new Set(authorityKindNames.map(standingOf))).toEqual(new Set(authorityStandings));
    for (const standing of authorityStandings) expect(standingLabels[standing].means).toMatch(/\(s\.\d+/);
    expect(new Set(authorityKindNames.map((kind) => authorityKinds[kind].label)).size).toBe(authorityKindNames.length);
  });

  it('is read from what was stored, and nothing else is', () => {
    expect(authorityKindSchema.parse('academy')).toBe('academy');
    expect(authorityKindSchema.safeParse('toString').success).toBe(false);
  });
});
