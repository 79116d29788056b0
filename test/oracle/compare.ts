import { isRefusal } from '../../src/measures/refusal.ts';

/** What a comparison found: the differences, and how many values were held against each other. */
export interface Comparison {
  readonly differences: readonly string[];
  readonly compared: number;
}

export interface Rules {
  readonly rel: number;
  readonly abs: number;
  readonly notCompared?: Readonly<Record<string, string>>;
  readonly tolerances?: Readonly<Record<string, { readonly rel?: number; readonly abs?: number }>>;
}

type Step = string | number;

/** True when a pattern such as `*.midp` names the place, or something above it. A key may hold a dot itself. */
function covers(pattern: string, place: readonly Step[]): boolean {
  function meets(rest: string, at: number): boolean {
    if (rest === '') return true;
    if (at === place.length) return false;
    return ['*', String(place[at])].some(
      (step) =>
        (rest === step && meets('', at + 1)) ||
        (rest.startsWith(`${step}.`) && meets(rest.slice(step.length + 1), at + 1)),
    );
  }
  return meets(pattern, 0);
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

/**
 * Holds what we computed against what was expected, value by value. A number is right when
 * |got − want| ≤ rel × |want| + abs; NaN, an infinity and a missing value are never right; `null` wants null or a refusal
 * said in so many words, so that a key which nobody answers fails.
 */
export function compare(got: unknown, want: unknown, rules: Rules): Comparison {
  const differences: string[] = [];
  let compared = 0;

  function fault(place: readonly Step[], got: unknown, want: unknown): void {
    differences.push(`${place.join('.') || 'answer'}: got ${show(got)}, want ${show(want)}`);
  }
  function limits(place: readonly Step[]): { rel: number; abs: number } {
    let found = { rel: rules.rel, abs: rules.abs };
    let longest = -1;
    for (const [pattern, tolerance] of Object.entries(rules.tolerances ?? {}))
      if (pattern.length > longest && covers(pattern, place)) {
        found = { rel: tolerance.rel ?? 0, abs: tolerance.abs ?? 0 };
        longest = pattern.length;
      }
    return found;
  }
  function visit(got: unknown, want: unknown, place: readonly Step[]): void {
    if (Object.keys(rules.notCompared ?? {}).some((pattern) => covers(pattern, place))) return;
    if (Array.isArray(want)) {
      const list: unknown = ArrayBuffer.isView(got) ? Array.from(got as unknown as ArrayLike<number>) : got;
      if (!Array.isArray(list)) {
        fault(place, got, want.length > 8 ? `a list of ${want.length}` : want);
        return;
      }
      if (list.length !== want.length) {
        compared += 1;
        differences.push(`${place.join('.') || 'answer'}: ${list.length} values, want ${want.length}`);
        return;
      }
      // An empty list that is wanted and given is a value held against a value.
      if (want.length === 0) compared += 1;
      want.forEach((item, i) => visit(list[i], item, [...place, i]));
      return;
    }
    if (typeof want === 'object' && want !== null) {
      if (typeof got !== 'object' || got === null) {
        fault(place, got, 'a record');
        return;
      }
      for (const [key, item] of Object.entries(want))
        visit((got as Record<string, unknown>)[key], item, [...place, key]);
      return;
    }
    compared += 1;
    if (want === null) {
      if (got !== null && !isRefusal(got)) fault(place, got, want);
      return;
    }
    if (typeof want === 'number') {
      const { rel, abs } = limits(place);
      // Written so that NaN fails: every comparison with it is false.
      const right = typeof got === 'number' && Math.abs(got - want) <= rel * Math.abs(want) + abs;
      if (!right) fault(place, got, want);
      return;
    }
    if (got !== want) fault(place, got, want);
  }

  visit(got, want, []);
  return { differences, compared };
}
