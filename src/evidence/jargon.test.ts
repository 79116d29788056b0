import { describe, expect, it } from 'vitest';
import { explained, jargonIn, plainerWords, readingOf } from './jargon.ts';

describe('jargon', () => {
  it('is found as whole words, in any case, with plurals and with spaces for hyphens', () => {
    const text =
      'Stakeholders met a stakeholder. Our multi agency group looks at VAWG, not vawg. No cohorting, but two cohorts.';
    expect(jargonIn(text).map(({ term, times }) => [term, times])).toEqual([
      ['stakeholder', 2],
      ['cohort', 1],
      ['multi-agency', 1],
      ['VAWG', 1],
    ]);
  });

  it('is explained where it stands first, and the text stays as it was', () => {
    const text = 'A multi-agency hotspot. A hotspot.';
    const runs = explained(text);
    expect(runs.map((run) => (typeof run === 'string' ? run : run.words)).join('')).toBe(text);
    expect(runs.filter((run) => typeof run !== 'string')).toEqual([
      { words: 'multi-agency', meaning: plainerWords['multi-agency'] },
      { words: 'hotspot', meaning: plainerWords['hotspot'] },
    ]);
  });
});

describe('reading age', () => {
  it('is younger for short words and sentences', () => {
    const plain = readingOf('People are hurt at night. Most are men. We want this to stop.');
    const hard = readingOf(
      'The multi-agency commissioning arrangements necessitate comprehensive stakeholder engagement throughout the strategic partnership’s governance processes.',
    );
    expect(plain?.ageYears).toBeLessThan(9);
    expect(hard?.ageYears).toBeGreaterThan(18);
    expect(hard?.jargon.length).toBe(4);
    expect(hard?.hardest).toEqual([]);
    expect(readingOf('')).toBeUndefined();
  });
});
