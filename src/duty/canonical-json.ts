import canonicalize from 'canonicalize';

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/**
 * The type of a value whose every part is JSON, and `never` where one is not (a Date, a function, undefined, a big
 * integer). Unlike `JsonValue` it accepts interfaces, which have no index signature.
 */
export type Json<T> = T extends null | boolean | number | string
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Json<Item>[]
    : T extends (...parameters: never[]) => unknown
      ? never
      : T extends object
        ? { readonly [Name in keyof T]: Json<T[Name]> }
        : never;

// Deeper than anything we hash; a bound also ends a value that contains itself.
const deepest = 200;

/**
 * The one text of a JSON value, for hashing: RFC 8785 (JSON Canonicalization Scheme).
 *
 * JSON.stringify drops `undefined` and writes NaN as null, so two different values could share a hash. Whatever is not
 * JSON is therefore a fault here: undefined, functions, symbols, big integers, NaN and infinities (RFC 8785 section
 * 3.2.2.3), lone surrogates (section 3.2.2.2), holes in arrays, and objects of a class (a Date, a Map).
 *
 * @throws TypeError that names the place, such as `$.rows[3].count`
 */
export function canonicalJson<T>(value: T & Json<T>): string {
  refuseWhatIsNotJson(value, '$', 0);
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('The value has no canonical JSON');
  return text;
}

function refuseWhatIsNotJson(value: unknown, place: string, depth: number): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError(`${place} is text with half a character in it`);
    return;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${place} is ${value}, which JSON cannot hold`);
    return;
  }
  if (typeof value !== 'object') throw new TypeError(`${place} is ${typeof value}, which JSON cannot hold`);
  if (depth >= deepest) throw new TypeError(`${place} is more than ${deepest} levels deep, or contains itself`);
  if (Array.isArray(value)) {
    // An index loop, because forEach would pass over holes.
    for (let index = 0; index < value.length; index += 1) {
      refuseWhatIsNotJson(value[index], `${place}[${index}]`, depth + 1);
    }
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    throw new TypeError(`${place} is not a plain object: write dates and the like as text first`);
  }
  for (const [name, member] of Object.entries(value)) {
    if (!name.isWellFormed()) throw new TypeError(`${place} has a name with half a character in it`);
    refuseWhatIsNotJson(member, `${place}.${name}`, depth + 1);
  }
}
