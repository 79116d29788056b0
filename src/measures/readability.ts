import type { Method } from './estimate.ts';
import { refuseCount } from './input.ts';
import { type Refusal, refuse } from './refusal.ts';
import { syllablesIn } from './syllables.ts';

/** What the formulas are fed with. */
export interface TextCounts {
  readonly sentences: number;
  readonly words: number;
  readonly syllables: number;
  /** Words of three syllables or more. */
  readonly polysyllables: number;
}

function refuseText(sentences: number, words: number, syllables: number): Refusal | undefined {
  const bad = refuseCount(sentences, words, syllables);
  if (bad) return refuse('not-a-count', 'Sentences, words and syllables must be counted in whole numbers.');
  return sentences > 0 && words > 0 ? undefined : refuse('no-words', 'There is no text to score.');
}

/**
 * Flesch reading ease = 206.835 − 1.015 words/sentences − 84.6 syllables/words. Higher is easier; 60 to 70 is plain English.
 * Source: Flesch 1948.
 *
 * Unit: points, about 0 to 100. Not for a text of a few sentences.
 *
 * @example fleschReadingEase({ words: 120, sentences: 6, syllables: 192 }).toFixed(1) // => '51.2'
 */
export function fleschReadingEase(counts: Pick<TextCounts, 'words' | 'sentences' | 'syllables'>): number | Refusal {
  return refuseText(counts.sentences, counts.words, counts.syllables) ?? readingEase(counts);
}

function readingEase(counts: Pick<TextCounts, 'words' | 'sentences' | 'syllables'>): number {
  return 206.835 - 1.015 * (counts.words / counts.sentences) - 84.6 * (counts.syllables / counts.words);
}

/**
 * Flesch–Kincaid grade = 0.39 words/sentences + 11.8 syllables/words − 15.59, in years of American schooling; about five
 * years younger than the English reading age. Source: Kincaid, Fishburne, Rogers & Chissom 1975.
 *
 * Unit: school years. Not for a text of a few sentences.
 *
 * @example fleschKincaidGrade({ words: 120, sentences: 6, syllables: 192 }).toFixed(1) // => '11.1'
 */
export function fleschKincaidGrade(counts: Pick<TextCounts, 'words' | 'sentences' | 'syllables'>): number | Refusal {
  return refuseText(counts.sentences, counts.words, counts.syllables) ?? kincaidGrade(counts);
}

function kincaidGrade(counts: Pick<TextCounts, 'words' | 'sentences' | 'syllables'>): number {
  return 0.39 * (counts.words / counts.sentences) + 11.8 * (counts.syllables / counts.words) - 15.59;
}

/**
 * SMOG grade = 1.0430 √(polysyllables × 30/sentences) + 3.1291. Made for samples of 30 sentences: below that a rough guide.
 * Source: McLaughlin 1969.
 *
 * Unit: school years. Not for fewer than 30 sentences.
 *
 * @example smogGrade({ polysyllables: 36, sentences: 30 }).toFixed(2) // => '9.39'
 */
export function smogGrade(counts: Pick<TextCounts, 'polysyllables' | 'sentences'>): number | Refusal {
  return refuseText(counts.sentences, 1, 1) ?? refuseCount(counts.polysyllables) ?? smog(counts);
}

function smog(counts: Pick<TextCounts, 'polysyllables' | 'sentences'>): number {
  return 1.043 * Math.sqrt((counts.polysyllables * 30) / counts.sentences) + 3.1291;
}

/** How hard a text is to read. */
export interface Readability {
  readonly method: Method;
  readonly counts: TextCounts;
  readonly fleschReadingEase: number;
  readonly fleschKincaidGrade: number;
  /** Grade plus 5: the English reading age in years. */
  readonly readingAgeYears: number;
  readonly smogGrade: number;
  /** SMOG was made for 30 sentences or more. */
  readonly enoughForSmog: boolean;
  readonly wordsPerSentence: number;
  /** The share of sentences of more than 25 words. */
  readonly longSentenceShare: number;
  /** The hardest sentences, longest first, for a person to rewrite. */
  readonly hardestSentences: readonly { readonly text: string; readonly words: number }[];
}

const longSentenceWords = 25;
const sentencesForSmog = 30;

/** Full stops that end no sentence: titles, references to law and papers, and what Latin left us. */
const abbreviation =
  /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|mr|mrs|ms|dr|prof|st|no|nos|para|paras|art|sch|reg|regs|s|ss|p|pp|ch|vol|ed|approx|inc|ltd|co)\.$/i;

/**
 * The sentences of a text. A line break between blocks ends one; so does a heading or a bullet without a full stop.
 *
 * Sentence = the text between two ends. Unit: sentences. Not for text in which lines are broken to fit. Source: our own
 * rules, held to counts by hand.
 *
 * @example sentencesIn('It cost £1.5 million. Why?').length // => 2
 */
export function sentencesIn(text: string): string[] {
  const sentences: string[] = [];
  for (const block of text.split(/\n\s*\n|\n(?=\s*(?:[-*•–]|\d+[.)])\s)/)) {
    let kept = '';
    const words = block
      .trim()
      .replace(/^(?:[-*•–]|\d+[.)])\s+/, '')
      .split(/\s+/);
    words.forEach((word, i) => {
      kept = kept === '' ? word : `${kept} ${word}`;
      const ends = /[.!?…]["'”’)\]]*$/.test(word);
      const next = words[i + 1];
      // A stop before a small letter, or after an abbreviation, goes on.
      const goesOn =
        word.endsWith('.') && (abbreviation.test(` ${word}`) || (next !== undefined && /^[a-z]/.test(next)));
      if (!ends || (goesOn && next !== undefined)) return;
      sentences.push(kept);
      kept = '';
    });
    if (kept !== '') sentences.push(kept);
  }
  return sentences.filter((sentence) => wordsIn(sentence).length > 0);
}

/**
 * The words of a text: runs of letters or digits, joined by apostrophes, full stops or commas inside numbers, or hyphens.
 *
 * Word = letters or digits with what joins them. Unit: words. Not for languages that part words otherwise. Source: our own
 * rules, held to counts by hand.
 *
 * @example wordsIn('It cost £1.5 million.').length // => 4
 */
export function wordsIn(text: string): string[] {
  return text.match(/[£$€]?\d+(?:[.,:]\d+)*%?|\p{L}+(?:[’'\-‑]\p{L}+)*/gu) ?? [];
}

/**
 * How hard an English text is to read, by the counts of its sentences, words and syllables.
 * Syllables are counted by rules of spelling: right for about 99 words in 100 of public guidance, and even over a text. A score is
 * a hint for a writer, not a proof that a reader understands. Sources: Flesch 1948; Kincaid et al. 1975; McLaughlin 1969.
 *
 * Scores = those of {@link fleschReadingEase}, {@link fleschKincaidGrade} and {@link smogGrade}. Unit: points and school
 * years. Not for other languages than English.
 *
 * @example readability('The cat sat on the mat.').counts.syllables // => 6
 */
export function readability(text: string): Readability | Refusal {
  const sentences = sentencesIn(text);
  const lengths = sentences.map((sentence) => wordsIn(sentence).length);
  const words = sentences.flatMap(wordsIn);
  if (words.length === 0) return refuse('no-words', 'There is no text to score.');
  const syllables = words.map(syllablesIn);
  const counts: TextCounts = {
    sentences: sentences.length,
    words: words.length,
    syllables: syllables.reduce((sum, one) => sum + one, 0),
    polysyllables: syllables.filter((one) => one >= 3).length,
  };
  const grade = kincaidGrade(counts);
  return {
    method: { name: 'readability', version: '1' },
    counts,
    fleschReadingEase: readingEase(counts),
    fleschKincaidGrade: grade,
    readingAgeYears: grade + 5,
    smogGrade: smog(counts),
    enoughForSmog: sentences.length >= sentencesForSmog,
    wordsPerSentence: words.length / sentences.length,
    longSentenceShare: lengths.filter((length) => length > longSentenceWords).length / sentences.length,
    hardestSentences: sentences
      .map((sentence, i) => ({ text: sentence, words: lengths[i] ?? 0 }))
      .sort((a, b) => b.words - a.words)
      .slice(0, 10),
  };
}
