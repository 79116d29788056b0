/** One to five, in words, so that two people mean the same by it. */
export const likelihoods: Readonly<Record<number, string>> = {
  1: '1: rare',
  2: '2: unlikely',
  3: '3: possible',
  4: '4: likely',
  5: '5: almost certain',
};
export const impacts: Readonly<Record<number, string>> = {
  1: '1: hardly felt',
  2: '2: some work is late',
  3: '3: a priority is delayed',
  4: '4: people get less help, or a duty is missed',
  5: '5: somebody comes to serious harm, or the work ends',
};

export interface Scored {
  readonly likelihood: number;
  readonly impact: number;
  readonly likelihoodBefore: number | null;
  readonly impactBefore: number | null;
}

export type Trend = 'new' | 'rising' | 'falling' | 'as-before';
export const trendLabels: Readonly<Record<Trend, string>> = {
  new: 'New',
  rising: 'Rising',
  falling: 'Falling',
  'as-before': 'As before',
};

export const scoreOf = ({ likelihood, impact }: Pick<Scored, 'likelihood' | 'impact'>): number => likelihood * impact;

/** Against the score before this one. The same product from other factors is as before: only the score is compared. */
export function trendOf(risk: Scored): Trend {
  if (risk.likelihoodBefore === null || risk.impactBefore === null) return 'new';
  const before = risk.likelihoodBefore * risk.impactBefore;
  const now = scoreOf(risk);
  return now > before ? 'rising' : now < before ? 'falling' : 'as-before';
}

export type RiskBand = 'low' | 'medium' | 'high';
export const bandLabels: Readonly<Record<RiskBand, string>> = { low: 'Low', medium: 'Medium', high: 'High' };

/** 15 and more is high, under 6 is low; whatever may cost a life is never low. */
export function bandOf(risk: Pick<Scored, 'likelihood' | 'impact'>): RiskBand {
  const score = scoreOf(risk);
  if (score >= 15) return 'high';
  return score >= 6 || risk.impact === 5 ? 'medium' : 'low';
}
