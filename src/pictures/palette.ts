/** Text, and what carries the most. */
export const ink = '#0b0c0c';
/** Text of the second rank. */
export const quiet = '#505a5f';
/** Lines to read off by, which say nothing themselves. */
export const faint = '#cecece';
export const paper = '#ffffff';
/** The reader's own, in every picture. */
export const own = '#0b4f55';
/** All the others, where there are only those two. */
export const others = '#5d8c91';
/** What a rule points at. */
export const flagged = '#d55e00';

/** Lines of a picture: own first, then those of Okabe and Ito's set (2008) that stand out from white by 3 to 1. */
export const lineColours: readonly string[] = [own, '#d55e00', '#0072b2', '#c66a9e', '#00875f', ink];
/** Told apart without colour: a dash for each colour. */
export const lineDashes: readonly (string | undefined)[] = [undefined, '7 4', '2 3', '10 3 2 3', '5 2', '1 2'];

/**
 * Light to dark in one hue. Five steps cannot differ by 3 to 1 each (that takes 81 to 1, and black on white is 21), so each
 * differs from the next by 1.8 and from the one after by more than 3, edges are drawn between, and the number is in words too.
 */
const shades: readonly string[] = ['#e6f2f3', '#8bbcbf', '#4b8c93', '#1f6269', '#06383d'];
/** Which of the five serve when fewer are needed, as far apart as can be. */
const chosen: readonly (readonly number[])[] = [[], [2], [0, 3], [0, 2, 4], [0, 1, 3, 4], [0, 1, 2, 3, 4]];

export const shadesOf = (count: number): readonly string[] =>
  (chosen[Math.min(count, 5)] ?? []).map((index) => shades[index] ?? own);

/** Shades on which text has to be white. */
export const isDark = (shade: string): boolean => shades.indexOf(shade) > 2;
