import type { Method } from './estimate.ts';
import { areFinite, isPositive } from './input.ts';
import { refuse, type Refusal } from './refusal.ts';

/** Where people live who may need something: their number, and metres of a grid. */
export interface DemandPoints {
  readonly eastings: ArrayLike<number>;
  readonly northings: ArrayLike<number>;
  /** Not negative. */
  readonly people: ArrayLike<number>;
}

/** Where it is given, and how much of it. */
export interface SupplyPoints {
  readonly eastings: ArrayLike<number>;
  readonly northings: ArrayLike<number>;
  /** Such as places; 1 each where nobody knows. Not negative. */
  readonly capacity: ArrayLike<number>;
}

export interface FloatingCatchment {
  readonly method: Method;
  /** Capacity within reach of each demand point, per 1,000 of the people who share it. */
  readonly accessibilityPer1000: Float64Array;
  /** How many supply points are within reach of each demand point. */
  readonly within: Int32Array;
  /** Capacity of each supply point for each person within its reach; null where nobody is. */
  readonly capacityPerPerson: readonly (number | null)[];
}

/**
 * Two-step floating catchment area: how much of a service people can reach, when others reach it too.
 *
 * First each supply point j shares its capacity among the people within its reach: Rⱼ = Sⱼ / Σ Pₖ over all k with
 * dₖⱼ ≤ d₀. Then each demand point i sums what it can reach: Aᵢ = Σ Rⱼ over all j with dᵢⱼ ≤ d₀. Σ Pᵢ Aᵢ equals the
 * capacity of all supply points that anybody reaches. Unit: capacity per 1,000 people; distances as the crow flies, in
 * metres. Not for journeys: inside d₀ nearer counts no more than farther, outside it nothing counts, and a river or a
 * missing bus is not seen. Source: Luo and Wang (2003), Environment and Planning B 30, 865-884; Radke and Mu (2000), Geographic Information
 * Sciences 6, 105-112.
 *
 * @example floatingCatchment({ eastings: [0], northings: [0], people: [500] }, { eastings: [300], northings: [400], capacity: [10] }, 500).accessibilityPer1000[0] // => 20
 */
export function floatingCatchment(
  demand: DemandPoints,
  supply: SupplyPoints,
  reachMetres: number,
): FloatingCatchment | Refusal {
  const [d, s] = [demand.eastings.length, supply.eastings.length];
  if (
    demand.northings.length !== d ||
    demand.people.length !== d ||
    supply.northings.length !== s ||
    supply.capacity.length !== s
  )
    return refuse('not-valid', 'The lists of coordinates and numbers differ in length.');
  if (!isPositive(reachMetres)) return refuse('not-valid', 'The reach must be above 0 metres.');
  if (![demand.eastings, demand.northings, supply.eastings, supply.northings].every(areFinite))
    return refuse('not-valid', 'A coordinate is missing.');
  if (![demand.people, supply.capacity].every((list) => areFinite(list) && Array.from(list).every((each) => each >= 0)))
    return refuse('not-valid', 'A number of people or places is missing, negative or beyond reckoning.');
  const square = reachMetres * reachMetres;
  const isNear = (i: number, j: number): boolean => {
    const east = (demand.eastings[i] ?? 0) - (supply.eastings[j] ?? 0);
    const north = (demand.northings[i] ?? 0) - (supply.northings[j] ?? 0);
    return east * east + north * north <= square;
  };
  const capacityPerPerson = new Array<number | null>(s).fill(null);
  const accessibilityPer1000 = new Float64Array(d);
  const within = new Int32Array(d);
  for (let j = 0; j < s; j += 1) {
    let people = 0;
    for (let i = 0; i < d; i += 1) if (isNear(i, j)) people += demand.people[i] ?? 0;
    if (people > 0) capacityPerPerson[j] = (supply.capacity[j] ?? 0) / people;
    for (let i = 0; i < d; i += 1)
      if (isNear(i, j)) {
        within[i] = (within[i] ?? 0) + 1;
        if (people > 0)
          accessibilityPer1000[i] = (accessibilityPer1000[i] ?? 0) + (1_000 * (supply.capacity[j] ?? 0)) / people;
      }
  }
  return {
    method: { name: 'two-step-floating-catchment', version: '1' },
    accessibilityPer1000,
    within,
    capacityPerPerson,
  };
}
