export interface ContagionShare {
  /** Background rate: events a unit of exposure. */
  readonly mu: number;
  /** Direct follow-on events an event. */
  readonly theta: number;
  readonly logLikelihood: number;
}

/** More than this and each event would set off endless others. */
const most = 0.999;

/**
 * Splits events between background and contagion of a known kernel: the only hill there is in these two numbers.
 *
 * Greatest Σ ln(μ uᵢ + θ rᵢ) − μ B − θ G, with rᵢ what earlier events set off at event i for θ = 1 and G what all set off in
 * the study. At the top μ B + θ G = n, so θ alone is looked for, where the slope falls through nought. Searching
 * delay and distance outside and this inside finds the top where a search of all at once stops on a ledge.
 */
export function contagionShare(
  triggered: Float64Array,
  relative: Float64Array | undefined,
  backgroundExposure: number,
  contagionExposure: number,
): ContagionShare {
  const n = triggered.length;
  const muAt = (theta: number) => (n - theta * contagionExposure) / backgroundExposure;
  const slopeAt = (theta: number) => {
    const mu = muAt(theta);
    const given = contagionExposure / backgroundExposure;
    let slope = 0;
    for (let i = 0; i < n; i++) {
      const own = relative?.[i] ?? 1;
      const rate = triggered[i] ?? 0;
      slope += (rate - own * given) / (mu * own + theta * rate);
    }
    return slope;
  };
  let low = 0;
  let high = Math.min(most, (0.999_999 * n) / contagionExposure);
  if (!(slopeAt(low) > 0)) high = low;
  else if (slopeAt(high) > 0) low = high;
  for (let round = 0; round < 60 && high - low > 1e-12; round++) {
    const middle = (low + high) / 2;
    if (slopeAt(middle) > 0) low = middle;
    else high = middle;
  }
  const theta = (low + high) / 2;
  const mu = muAt(theta);
  let logLikelihood = -mu * backgroundExposure - theta * contagionExposure;
  for (let i = 0; i < n; i++) logLikelihood += Math.log(mu * (relative?.[i] ?? 1) + theta * (triggered[i] ?? 0));
  return { mu, theta, logLikelihood };
}
