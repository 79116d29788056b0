// The weights of a synthetic control are a small quadratic programme: the point of a convex hull nearest to a target. Wolfe's
// algorithm (Mathematical Programming 11, 1976) solves just that, exactly, in finitely many steps, and never needs the
// columns to be independent, so no general solver is brought in.

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function mix(points: readonly Float64Array[], members: readonly number[], weights: readonly number[]): Float64Array {
  const sum = new Float64Array(points[0]?.length ?? 0);
  members.forEach((member, k) => {
    const point = points[member];
    for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + (weights[k] ?? 0) * (point?.[i] ?? 0);
  });
  return sum;
}

// Solves a small symmetric system by elimination with pivoting; undefined when it is singular.
function solve(rows: number[][], right: number[]): number[] | undefined {
  const n = right.length;
  for (let k = 0; k < n; k += 1) {
    let best = k;
    for (let i = k + 1; i < n; i += 1) if (Math.abs(rows[i]?.[k] ?? 0) > Math.abs(rows[best]?.[k] ?? 0)) best = i;
    const pivot = rows[best];
    const held = rows[k];
    if (pivot === undefined || held === undefined || Math.abs(pivot[k] ?? 0) < 1e-13) return undefined;
    rows[best] = held;
    rows[k] = pivot;
    const kept = right[k] ?? 0;
    right[k] = right[best] ?? 0;
    right[best] = kept;
    for (let i = k + 1; i < n; i += 1) {
      const row = rows[i];
      if (row === undefined) continue;
      const factor = (row[k] ?? 0) / (pivot[k] ?? 1);
      if (factor === 0) continue;
      for (let j = k; j < n; j += 1) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
      right[i] = (right[i] ?? 0) - factor * (right[k] ?? 0);
    }
  }
  const solution = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i -= 1) {
    let sum = right[i] ?? 0;
    for (let j = i + 1; j < n; j += 1) sum -= (rows[i]?.[j] ?? 0) * (solution[j] ?? 0);
    solution[i] = sum / (rows[i]?.[i] ?? 1);
  }
  return solution;
}

// The weights, in sum 1 but of any sign, of the point nearest the origin in the flat through these points.
function nearestInFlat(points: readonly Float64Array[], members: readonly number[]): number[] | undefined {
  const none = new Float64Array();
  const rows = members.map((a) => members.map((b) => 1 + dot(points[a] ?? none, points[b] ?? none)));
  const solution = solve(
    rows,
    members.map(() => 1),
  );
  if (solution === undefined) return undefined;
  const sum = solution.reduce((total, weight) => total + weight, 0);
  return solution.map((weight) => weight / sum);
}

/**
 * The weights w ≥ 0, Σw = 1, of the mix of columns nearest to the target: min ‖Σ wⱼ columnⱼ − target‖.
 *
 * @example convexCombination([[0, 0], [2, 2]], [1, 1]).map((w) => w.toFixed(6)) // => ['0.500000', '0.500000']
 */
export function convexCombination(columns: readonly ArrayLike<number>[], target: ArrayLike<number>): number[] {
  const away = columns.map((column) => Float64Array.from(column, (value, i) => value - (target[i] ?? 0)));
  const scale = Math.sqrt(Math.max(...away.map((point) => dot(point, point)))) || 1;
  const points = away.map((point) => point.map((value) => value / scale));
  let first = 0;
  points.forEach((point, j) => {
    const best = points[first];
    if (best !== undefined && dot(point, point) < dot(best, best)) first = j;
  });
  let members = [first];
  let weights = [1];
  let nearest = mix(points, members, weights);
  const rounds = 50 * columns.length + 100;
  for (let round = 0; round < rounds; round += 1) {
    let entering = 0;
    let least = Infinity;
    points.forEach((point, j) => {
      const along = dot(nearest, point);
      if (along < least) {
        least = along;
        entering = j;
      }
    });
    if (least >= dot(nearest, nearest) - 1e-13 || members.includes(entering)) break;
    const grown = [...members, entering];
    let shares = [...weights, 0];
    members = grown;
    for (;;) {
      const wanted = nearestInFlat(points, members);
      if (wanted === undefined) {
        // The newcomer lies in the flat of the others to the last digit: it adds nothing.
        members = members.slice(0, -1);
        shares = shares.slice(0, -1);
        break;
      }
      if (wanted.every((weight) => weight > 1e-12)) {
        shares = wanted;
        break;
      }
      let step = 1;
      wanted.forEach((weight, k) => {
        const share = shares[k] ?? 0;
        if (weight <= 1e-12 && share - weight > 0) step = Math.min(step, share / (share - weight));
      });
      const moved = shares.map((share, k) => share + step * ((wanted[k] ?? 0) - share));
      const kept = moved.map((share) => share > 1e-12);
      // At least one must go, or the step would never end.
      if (kept.every(Boolean)) kept[moved.indexOf(Math.min(...moved))] = false;
      members = members.filter((_member, k) => kept[k]);
      shares = moved.filter((_share, k) => kept[k]);
    }
    const total = shares.reduce((sum, share) => sum + share, 0);
    weights = shares.map((share) => share / total);
    nearest = mix(points, members, weights);
  }
  const result = new Array<number>(columns.length).fill(0);
  members.forEach((member, k) => (result[member] = weights[k] ?? 0));
  return result;
}
