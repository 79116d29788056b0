/** What a sentence claims of an area beside others, as far as it can be read. */
export interface Claim {
  /** "double" is 2; null where it names no size, such as "higher than". */
  readonly times: number | null;
  readonly direction: 'more' | 'less' | 'same';
  /** "more than double", "nearly double": only that side, or about so much. */
  readonly bound: 'at-least' | 'at-most' | 'about';
  readonly against: 'national' | 'other';
}

const multiples: readonly (readonly [RegExp, number])[] = [
  [/\b(?:double|twice|two times|twofold)\b/i, 2],
  [/\b(?:treble|triple|three times|threefold)\b/i, 3],
  [/\b(?:quadruple|four times|fourfold)\b/i, 4],
  [/\bfive times\b/i, 5],
  [/\bhalf\b/i, 0.5],
  [/\b(?:a|one) third (?:of|as)\b/i, 1 / 3],
];

const national = /\b(?:national|nationally|england|wales|country|uk|british|nation)\b/i;
const lower = /\b(?:lower|less|fewer|below|under|safer)\b/i;
const higher = /\b(?:higher|more|above|over|greater|worse|double|twice|treble|triple|times)\b/i;

/** Reads a claim out of a sentence; undefined where it compares nothing. */
export function readClaim(sentence: string): Claim | undefined {
  const text = sentence.normalize('NFKC').slice(0, 500);
  const against = national.test(text) ? ('national' as const) : ('other' as const);
  const bound = /\b(?:more than|over|at least|above) (?:\d|double|twice|treble|triple|half|two|three|four|five)/i.test(
    text,
  )
    ? ('at-least' as const)
    : /\b(?:nearly|almost|up to|less than|under) (?:\d|double|twice|treble|triple|half|two|three|four|five)/i.test(text)
      ? ('at-most' as const)
      : ('about' as const);
  const written = /\b(\d+(?:\.\d+)?)\s*(?:times|x|×)(?!\w)/i.exec(text)?.[1];
  const percent = /\b(\d+(?:\.\d+)?)\s*(?:%|per ?cent)/i.exec(text)?.[1];
  const word = multiples.find(([pattern]) => pattern.test(text))?.[1];
  const isLess = lower.test(text) && !/\bless than (?:\d|double|twice|half)/i.test(text);
  if (written !== undefined)
    return { times: Number(written), direction: Number(written) < 1 ? 'less' : 'more', bound, against };
  if (percent !== undefined && (isLess || higher.test(text))) {
    const share = Number(percent) / 100;
    return { times: isLess ? 1 - share : 1 + share, direction: isLess ? 'less' : 'more', bound, against };
  }
  if (word !== undefined) return { times: word, direction: word < 1 ? 'less' : 'more', bound, against };
  if (/\b(?:same as|similar to|in line with|average)\b/i.test(text) && !higher.test(text) && !isLess)
    return { times: 1, direction: 'same', bound: 'about', against };
  if (isLess) return { times: null, direction: 'less', bound, against };
  if (higher.test(text)) return { times: null, direction: 'more', bound, against };
  return undefined;
}

export type Verdict = 'holds' | 'does-not-hold' | 'cannot-tell';

/** Whether a ratio and its interval bear a claim out. "Cannot tell" is an answer. */
export function judgeClaim(
  { times, direction, bound }: Claim,
  ratio: { readonly estimate: number; readonly lower: number; readonly upper: number },
): Verdict {
  if (times === null || (direction === 'same' && times === 1)) {
    const isClear = ratio.lower > 1 ? 'more' : ratio.upper < 1 ? 'less' : undefined;
    if (isClear === undefined) return 'cannot-tell';
    return isClear === direction ? 'holds' : 'does-not-hold';
  }
  const [low, high] = [ratio.lower, ratio.upper];
  if (bound === 'at-least') return low >= times ? 'holds' : high < times ? 'does-not-hold' : 'cannot-tell';
  if (bound === 'at-most') return high <= times ? 'holds' : low > times ? 'does-not-hold' : 'cannot-tell';
  // What people round to "double" lies within a tenth of it.
  const [least, most] = [times * 0.9, times * 1.1];
  if (low >= least && high <= most) return 'holds';
  return high < least || low > most ? 'does-not-hold' : 'cannot-tell';
}
