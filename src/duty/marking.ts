import { z } from 'zod';

/**
 * Protective markings, after the Government Security Classifications Policy (Cabinet Office, 2014; rewritten 2023, as
 * updated August 2024). What we take from it, and what we choose:
 *
 * - Councils work in the one tier OFFICIAL. SECRET and TOP SECRET have no place in Concord: it is not accredited for
 *   them, and refuses them by having no word for them.
 * - SENSITIVE is no tier of its own but a caveat within OFFICIAL, for what only those who need to know it may see. It
 *   always shows.
 * - Handling instructions and descriptors are further lines in free text behind a tier, so `unmarked` matter has none.
 * - Matter without a marking is treated as OFFICIAL; for ordering, `unmarked` is the lowest.
 * - No marking permits publication: OFFICIAL includes personal data. So `mayBePublished` says only that the marking does
 *   not stand in the way; disclosure control, the grounds of s.8(8) and an approval are asked for elsewhere.
 */
export const markingLevels = ['unmarked', 'official', 'official-sensitive'] as const;

export type MarkingLevel = (typeof markingLevels)[number];

export const markingLabels: Readonly<Record<MarkingLevel, string>> = {
  unmarked: 'No marking',
  official: 'OFFICIAL',
  'official-sensitive': 'OFFICIAL-SENSITIVE',
};

export interface Marking {
  readonly level: MarkingLevel;
  /** Lines in free text without the word "Handling", in code unit order and each once: "for members of the committee only". */
  readonly handling: readonly string[];
}

export const unmarked: Marking = { level: 'unmarked', handling: [] };

// Line breaks could push a marking off the page, and marks of direction make it read as another.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

function isLine(text: string): boolean {
  return text.length > 0 && text.length <= 200 && text.search(unseen) === -1;
}

export const handlingLineSchema = z
  .string()
  .transform((typed) =>
    typed
      .trim()
      .replace(/^handling(?: instructions?)?:/i, '')
      .trim(),
  )
  .refine(isLine, 'Enter a handling line of 200 characters or fewer, such as for members of the committee only');

export const markingSchema = z
  .strictObject({
    level: z.enum(markingLevels),
    handling: z.array(handlingLineSchema).max(10, 'Enter 10 handling lines or fewer'),
  })
  .refine(({ level, handling }) => level !== 'unmarked' || handling.length === 0, {
    message: 'Choose OFFICIAL or OFFICIAL-SENSITIVE to add a handling line',
    path: ['level'],
  })
  .transform(({ level, handling }): Marking => ({ level, handling: inOrder(handling) }));

function inOrder(lines: readonly string[]): readonly string[] {
  // The default order is by code unit, the same on every machine.
  return [...new Set(lines)].sort();
}

/** Below zero when `a` is the lower of the two, above when it is the higher. Handling lines do not weigh. */
export function compareMarkingLevels(a: MarkingLevel, b: MarkingLevel): number {
  return markingLevels.indexOf(a) - markingLevels.indexOf(b);
}

/** The marking of what is made of several things: the highest level of any, and the handling lines of all. */
export function combineMarkings(...markings: readonly Marking[]): Marking {
  return markings.reduce<Marking>(
    (combined, each) => ({
      level: compareMarkingLevels(combined.level, each.level) >= 0 ? combined.level : each.level,
      handling: inOrder([...combined.handling, ...each.handling]),
    }),
    unmarked,
  );
}

/** Whether the marking does not stand in the way of publication. A handling line says who may see it: not everybody. */
export function mayBePublished({ level, handling }: Marking): boolean {
  return level !== 'official-sensitive' && handling.length === 0;
}

/**
 * The line that a page, print or export of it shows, top and bottom; empty for what is unmarked and has no recipient.
 * The recipient is of this copy and not of the matter, so it is given when the copy is made.
 *
 * @example markingLine({ level: 'official', handling: ['for members only'] }, 'A Patel')
 * // 'OFFICIAL. Handling: for members only. Copy for: A Patel'
 */
export function markingLine({ level, handling }: Marking, recipient?: string): string {
  const parts = level === 'unmarked' ? [] : [markingLabels[level]];
  if (handling.length > 0) parts.push(`Handling: ${handling.join('; ')}`);
  const name = recipient?.replace(unseen, ' ').trim() ?? '';
  if (name !== '') parts.push(`Copy for: ${name}`);
  return parts.join('. ');
}
