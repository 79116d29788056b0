import { randomStream } from '../measures/index.ts';

/** Harm is summed, likelihood is a mean, and what stands in the way of the organisations is added at the end (domain 4.1). */
export const scoreBlocks = ['harm', 'likelihood', 'organisation'] as const;
export type ScoreBlock = (typeof scoreBlocks)[number];
export const scoreBlockLabels: Readonly<Record<ScoreBlock, string>> = {
  harm: 'Harm',
  likelihood: 'Likelihood',
  organisation: 'What the organisations face',
};

export interface Factor {
  readonly key: string;
  readonly name: string;
  readonly block: ScoreBlock;
  /** How much it counts: 1 as it comes, 0 not at all. */
  readonly weight: number;
}

export interface Matrix {
  readonly factors: readonly Factor[];
  /** The highest score; the lowest is 0. */
  readonly top: number;
}

const factor = (key: string, name: string, block: ScoreBlock): Factor => ({ key, name, block, weight: 1 });

/** In the manner of MoRiLE, whose arithmetic is not published: so weights and scale are the partnership's to set. */
export const usualMatrix: Matrix = {
  top: 4,
  factors: [
    factor('physical', 'Physical harm', 'harm'),
    factor('psychological', 'Harm to the mind', 'harm'),
    factor('financial', 'Loss of money', 'harm'),
    factor('community', 'Harm to the community', 'harm'),
    factor('public-expectation', 'What the public expects', 'harm'),
    factor('environmental', 'Harm to the surroundings', 'harm'),
    factor('volume', 'How often', 'likelihood'),
    factor('trend', 'Which way it goes', 'likelihood'),
    factor('vulnerability', 'How exposed those harmed are', 'likelihood'),
    factor('capacity', 'Too few people or hours', 'organisation'),
    factor('capability', 'Skills that are missing', 'organisation'),
    factor('reputation', 'Trust at stake', 'organisation'),
    factor('political', 'Interest of councillors and ministers', 'organisation'),
  ],
};

/** A score that somebody gave. */
export interface Score {
  readonly factor: string;
  readonly points: number;
  readonly by: string;
  readonly isModerated: boolean;
  /** In the order in which they were given. */
  readonly at: string;
}

export interface AgreedScore {
  /** What was agreed, or else the mean of what each scorer gave last; null where nobody has scored. */
  readonly points: number | null;
  readonly isModerated: boolean;
  readonly scorers: number;
  /** Highest less lowest of the scorers: how far apart they are. */
  readonly spread: number;
}

/** What a factor counts for, of all scores that were given for it. */
export function agreedOf(scores: readonly Score[], key: string): AgreedScore {
  const of = scores.filter((score) => score.factor === key).sort((a, b) => a.at.localeCompare(b.at));
  const moderated = of.filter(({ isModerated }) => isModerated).at(-1);
  const newest = [...new Map(of.filter(({ isModerated }) => !isModerated).map((score) => [score.by, score])).values()];
  const points = newest.map((score) => score.points);
  const mean = points.length === 0 ? null : points.reduce((sum, one) => sum + one, 0) / points.length;
  return {
    points: moderated?.points ?? mean,
    isModerated: moderated !== undefined,
    scorers: newest.length,
    spread: points.length === 0 ? 0 : Math.max(...points) - Math.min(...points),
  };
}

export type Points = Readonly<Record<string, number>>;

export interface Scored {
  readonly harm: number;
  readonly likelihood: number;
  readonly organisation: number;
  /** harm × likelihood */
  readonly risk: number;
  /** risk + organisation */
  readonly total: number;
}

/** The score of a priority. A factor without points counts as 0: `missingOf` says which they are. */
export function scoredBy({ factors }: Matrix, points: Points): Scored {
  const of = (block: ScoreBlock) => factors.filter((each) => each.block === block);
  const sum = (block: ScoreBlock) =>
    of(block).reduce((total, { key, weight }) => total + weight * (points[key] ?? 0), 0);
  const weights = of('likelihood').reduce((total, { weight }) => total + weight, 0);
  const harm = sum('harm');
  const likelihood = weights === 0 ? 0 : sum('likelihood') / weights;
  const organisation = sum('organisation');
  return { harm, likelihood, organisation, risk: harm * likelihood, total: harm * likelihood + organisation };
}

export const missingOf = ({ factors }: Matrix, points: Points): readonly Factor[] =>
  factors.filter(({ key, weight }) => weight > 0 && points[key] === undefined);

export interface Contender {
  readonly id: string;
  readonly points: Points;
}

export interface Rank {
  readonly id: string;
  readonly scored: Scored;
  /** From 1; equal scores share the better rank. */
  readonly rank: number;
}

/** All of them, the highest first. */
export function ranked(matrix: Matrix, contenders: readonly Contender[]): readonly Rank[] {
  const scored = contenders.map(({ id, points }) => ({ id, scored: scoredBy(matrix, points) }));
  return scored
    .map((each) => ({
      ...each,
      rank: 1 + scored.filter(({ scored: other }) => other.total > each.scored.total + 1e-9).length,
    }))
    .sort((a, b) => a.rank - b.rank);
}

/** How firm a rank is. */
export interface RankFirmness {
  readonly id: string;
  /** Share of the draws, 0 to 1, in which it ranks first; those that share the first rank share the draw. */
  readonly firstShare: number;
  /** The best and the worst rank of the middle nine in ten draws. */
  readonly best: number;
  readonly worst: number;
}

/**
 * How often each ranks first when the weights are not known so well: every weight is drawn anew between half and one and a
 * half times what it is, and every rank is counted. The same seed gives the same answer.
 * @param draws how many times
 */
export function rankFirmness(
  matrix: Matrix,
  contenders: readonly Contender[],
  { draws, seed }: { readonly draws: number; readonly seed: number },
): readonly RankFirmness[] {
  const first = new Map(contenders.map(({ id }) => [id, 0]));
  const ranks = new Map<string, number[]>(contenders.map(({ id }) => [id, []]));
  for (let draw = 0; draw < draws; draw += 1) {
    const random = randomStream(seed, draw);
    const factors = matrix.factors.map((each) => ({ ...each, weight: each.weight * (0.5 + random.next()) }));
    const order = ranked({ ...matrix, factors }, contenders);
    const leaders = order.filter(({ rank }) => rank === 1);
    for (const { id } of leaders) first.set(id, (first.get(id) ?? 0) + 1 / leaders.length);
    for (const { id, rank } of order) ranks.get(id)?.push(rank);
  }
  return contenders.map(({ id }) => {
    const of = (ranks.get(id) ?? []).sort((a, b) => a - b);
    const at = (share: number) => of[Math.min(of.length - 1, Math.floor(share * of.length))] ?? 1;
    return { id, firstShare: draws === 0 ? 0 : (first.get(id) ?? 0) / draws, best: at(0.05), worst: at(0.95) };
  });
}

/** The ranks that one point more or less on any one factor can give it, whatever the others stay at. */
export function rankByOnePoint(
  matrix: Matrix,
  contenders: readonly Contender[],
  id: string,
): { readonly best: number; readonly worst: number } {
  const one = contenders.find((each) => each.id === id);
  if (one === undefined) return { best: 1, worst: 1 };
  const rankWith = (points: Points) =>
    ranked(
      matrix,
      contenders.map((each) => (each.id === id ? { id, points } : each)),
    ).find((each) => each.id === id)?.rank ?? 1;
  const tried = matrix.factors.flatMap(({ key }) => {
    const is = one.points[key] ?? 0;
    return [Math.max(0, is - 1), Math.min(matrix.top, is + 1)].map((points) =>
      rankWith({ ...one.points, [key]: points }),
    );
  });
  const all = [rankWith(one.points), ...tried];
  return { best: Math.min(...all), worst: Math.max(...all) };
}
