import { describe, expect, it } from 'vitest';
import { fleschKincaidGrade, fleschReadingEase, readability, sentencesIn, smogGrade, wordsIn } from './readability.ts';
import { type Refusal, isRefusal } from './refusal.ts';
import { syllablesIn } from './syllables.ts';

function answered<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.sentence);
  return answer;
}

describe('formulas', () => {
  it('Flesch reading ease puts Flesch’s own standard, 17 words a sentence and 1.47 syllables a word, in "standard"', () => {
    // Flesch 1949, The Art of Readable Writing: "standard" is 60 to 70, with 17 words and 147 syllables in 100 words.
    const ease = answered(fleschReadingEase({ words: 1700, sentences: 100, syllables: 2499 }));
    expect(ease).toBeGreaterThan(60);
    expect(ease).toBeLessThan(70);
  });

  it('Flesch–Kincaid’s lowest grade is −3.4: one-syllable words, one a sentence', () => {
    expect(answered(fleschKincaidGrade({ words: 1, sentences: 1, syllables: 1 }))).toBeCloseTo(-3.4, 10);
    // The same text is the easiest there is by Flesch: 121.22.
    expect(answered(fleschReadingEase({ words: 1, sentences: 1, syllables: 1 }))).toBeCloseTo(121.22, 10);
  });

  it('SMOG stays near McLaughlin’s rule of thumb: 3 and the root of the polysyllables of thirty sentences', () => {
    for (const polysyllables of [4, 16, 36, 64, 100, 196])
      expect(
        Math.abs(answered(smogGrade({ polysyllables, sentences: 30 })) - (3 + Math.sqrt(polysyllables))),
      ).toBeLessThan(0.8);
  });
});

describe('syllablesIn', () => {
  // Every 25th word that the project's own papers share with the CMU Pronouncing Dictionary 0.7a, and its count there.
  const dictionary =
    'abstracts 2, acts 1, affected 3, alone 2, annually 4, areas 3, attack 2, balance 2, beta 2, boroughs 2, bulletin 3, ' +
    'cannot 2, caveat 3, checked 1, cliff 1, collection 3, compared 2, confirmed 2, contents 2, corporate 3, creates 2, ' +
    'deaths 1, democratic 4, detection 3, directly 3, distress 2, dropped 1, effective 3, entity 3, events 2, existing 3, ' +
    'extension 3, fell 1, fires 2, force 1, functions 2, glass 1, hand 1, heading 2, homicide 3, immutable 4, individual 5, ' +
    'instead 2, invite 2, justified 3, ladder 2, left 1, link 1, look 1, margins 2, media 3, million 2, monthly 2, near 1, ' +
    'none 1, offender 3, operations 4, outpatient 3, panels 2, partner 2, percentages 4, pilots 2, poly 2, premises 3, prior 2, ' +
    'project 2, provisions 3, questions 2, rationale 3, recommendation 5, refuse 2, removal 3, requirement 3, restrictions 3, ' +
    'rose 1, scan 1, seasonality 5, sentence 2, sharp 1, signpost 2, snapshots 2, spend 1, state 1, strategy 3, suggest 2, ' +
    'swamps 1, teaching 2, themselves 2, tied 1, tracker 2, turns 1, unofficial 4, usually 4, view 1, warning 2, which 1, worked 1';
  const words = dictionary.split(', ').map((entry) => entry.split(' ') as [string, string]);

  it('is right for 95 in 100 words, and even over all', () => {
    const wrong = words.filter(([word, count]) => syllablesIn(word) !== Number(count));
    expect(wrong.length / words.length).toBeLessThan(0.05);
    const total = words.reduce((sum, [, count]) => sum + Number(count), 0);
    const ours = words.reduce((sum, [word]) => sum + syllablesIn(word), 0);
    expect(Math.abs(ours / total - 1)).toBeLessThan(0.02);
  });

  it.each([
    ['NHS', 3],
    ['GP', 2],
    ['multi-agency', 5],
    ['partnership’s', 3],
    ['café', 2],
    ['7', 2],
    ['16', 2],
    ['£1.5', 4],
    ['2,350', 9],
    ['0', 2],
  ])('reads %s as people say it', (word, count) => expect(syllablesIn(word)).toBe(count));
});

describe('sentencesIn', () => {
  it('does not end at an abbreviation, a reference or a decimal', () => {
    const text = 'The cost was £1.5 million, e.g. for wardens. See s. 13 of the Act. Dr. Ali agreed! Did he? Yes.';
    expect(sentencesIn(text)).toEqual([
      'The cost was £1.5 million, e.g. for wardens.',
      'See s. 13 of the Act.',
      'Dr. Ali agreed!',
      'Did he?',
      'Yes.',
    ]);
  });

  it('ends at blocks and bullets', () => {
    expect(sentencesIn('What we do\n\nWe help:\n- young people\n- schools\n2. and parents')).toEqual([
      'What we do',
      'We help:',
      'young people',
      'schools',
      'and parents',
    ]);
    expect(sentencesIn('One line\ngoes on here.')).toEqual(['One line goes on here.']);
  });

  it('counts words, with numbers whole', () => {
    expect(wordsIn('It’s 1,234.5 per cent — co-designed, £3.20 (50%).')).toEqual([
      'It’s',
      '1,234.5',
      'per',
      'cent',
      'co-designed',
      '£3.20',
      '50%',
    ]);
  });
});

describe('readability', () => {
  it('scores a text by its counts', () => {
    // Twenty words of one syllable in four sentences, by hand.
    const text = 'The cat sat on the mat. It was hot. The dog ran up the hill. We all went in.';
    const score = answered(readability(text));
    expect(score.counts).toEqual({ sentences: 4, words: 19, syllables: 19, polysyllables: 0 });
    expect(score.fleschReadingEase).toBeCloseTo(206.835 - 1.015 * (19 / 4) - 84.6, 10);
    expect(score.smogGrade).toBeCloseTo(3.1291, 10);
    expect(score.enoughForSmog).toBe(false);
  });

  it('finds official prose harder than plain English that says the same', () => {
    const official = answered(
      readability(
        'The implementation of contextual safeguarding interventions necessitates the establishment of multi-agency governance arrangements, facilitating the identification of vulnerable individuals at risk of exploitation and the coordination of proportionate responses by statutory organisations.',
      ),
    );
    const plain = answered(
      readability(
        'We want to keep children safe outside the home. Services will work together. They will spot who is at risk and act early.',
      ),
    );
    expect(official.fleschReadingEase).toBeLessThan(plain.fleschReadingEase - 60);
    expect(official.readingAgeYears).toBeGreaterThan(18);
    expect(plain.readingAgeYears).toBeLessThan(11);
    expect(official.longSentenceShare).toBe(1);
    expect(plain.hardestSentences[0]!.words).toBe(10);
  });

  it('refuses a text without words', () => {
    for (const text of ['', '   \n\n', '— … !']) expect(isRefusal(readability(text))).toBe(true);
  });
});
