import { isRefusal, readability, wordsIn } from '../measures/index.ts';
import { literally } from './literal-pattern.ts';

/** What insiders write, and what everybody understands (domain 7.2). In lower case; acronyms in capitals. */
export const plainerWords: Readonly<Record<string, string>> = {
  'contextual safeguarding': 'keeping children safe outside the home',
  'trauma-informed': 'aware of how past harm affects people',
  'whole-system approach': 'all services working together',
  'theory of change': 'how we think our work will lead to results',
  cohort: 'group',
  'co-production': 'designing it together',
  'counter-narrative': 'a different message',
  VAWG: 'violence against women and girls',
  'teachable moment': 'a time when someone may be ready to change',
  'public health approach': 'finding causes and preventing harm early',
  disproportionality: 'some groups affected more than others',
  'primary prevention': 'for everyone',
  'secondary prevention': 'for those at risk',
  'tertiary prevention': 'for those already involved',
  NTE: 'pubs and clubs at night',
  'night-time economy': 'pubs and clubs at night',
  upstream: 'earlier',
  stakeholder: 'people and groups involved',
  'deliver outcomes': 'make a difference',
  'multi-agency': 'several services together',
  signpost: 'tell people where to get help',
  resilience: 'ability to cope',
  'strategic objectives': 'main aims',
  'hub and spoke': 'a central team with local teams',
  commissioning: 'choosing and paying for services',
  'evidence-based': 'shown to work',
  intervention: 'support or action',
  hotspot: 'place with the most incidents',
  KPI: 'measure',
  governance: 'who decides and who checks',
  tackle: 'reduce or stop',
  robust: 'strong, or say how sure it is',
};

export interface JargonFound {
  /** As the list has it. */
  readonly term: string;
  readonly plainer: string;
  readonly times: number;
}

const patternOf = (term: string): RegExp => {
  const isAcronym = term === term.toUpperCase();
  const words = term
    .split(/[\s-]/)
    .map((word) => literally(word))
    .join('[\\s-]');
  return new RegExp(`(?<![\\p{L}\\d])${words}${isAcronym ? '' : 's?'}(?![\\p{L}\\d])`, isAcronym ? 'gu' : 'giu');
};

/** Terms of the list in a text, the most frequent first. */
export function jargonIn(text: string): readonly JargonFound[] {
  return Object.entries(plainerWords)
    .map(([term, plainer]) => ({ term, plainer, times: [...text.matchAll(patternOf(term))].length }))
    .filter(({ times }) => times > 0)
    .sort((a, b) => b.times - a.times || a.term.localeCompare(b.term));
}

/** The text in runs, with each term of the list that is met for the first time and what it means. */
export function explained(text: string): readonly (string | { readonly words: string; readonly meaning: string })[] {
  const found = jargonIn(text)
    .flatMap(({ term, plainer }) => {
      const match = patternOf(term).exec(text);
      return match === null ? [] : [{ at: match.index, words: match[0], meaning: plainer }];
    })
    .sort((a, b) => a.at - b.at || b.words.length - a.words.length);
  const runs: (string | { readonly words: string; readonly meaning: string })[] = [];
  let from = 0;
  for (const { at, words, meaning } of found) {
    if (at < from) continue;
    if (at > from) runs.push(text.slice(from, at));
    runs.push({ words, meaning });
    from = at + words.length;
  }
  if (from < text.length) runs.push(text.slice(from));
  return runs;
}

/** How hard a section is to read, for whoever writes it. */
export interface Reading {
  /** English reading age in years: Flesch–Kincaid grade and five. */
  readonly ageYears: number;
  readonly ease: number;
  readonly jargon: readonly JargonFound[];
  readonly jargonPer1000: number;
  /** Longest first. */
  readonly hardest: readonly string[];
}

/** Undefined for a text without words. */
export function readingOf(text: string): Reading | undefined {
  const scored = readability(text);
  if (isRefusal(scored)) return undefined;
  const jargon = jargonIn(text);
  const terms = jargon.reduce((sum, { times }) => sum + times, 0);
  return {
    ageYears: scored.readingAgeYears,
    ease: scored.fleschReadingEase,
    jargon,
    jargonPer1000: (1000 * terms) / wordsIn(text).length,
    hardest: scored.hardestSentences.filter(({ words }) => words > 20).map((each) => each.text),
  };
}
