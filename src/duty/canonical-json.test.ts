import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from './canonical-json.ts';
import { canonicalJson } from './canonical-json.ts';

function doubleOf(hex: string): number {
  return new DataView(Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16)).buffer).getFloat64(0);
}

function parsed(text: string): JsonValue {
  return JSON.parse(text) as JsonValue;
}

/** A value of another type, as code that is not checked could pass it. */
function untyped(value: unknown): JsonValue {
  return value as JsonValue;
}

describe('the canonical JSON of RFC 8785', () => {
  it('writes the sample of section 3.2.2 and 3.2.3', () => {
    const sample = parsed(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalJson(sample)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts names by UTF-16 code units, as the sample of section 3.2.3', () => {
    const sample = parsed(String.raw`{
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis"
    }`);
    const text = canonicalJson(sample);
    const places = [
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ].map((value) => text.indexOf(value));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places.toSorted((a, b) => a - b)).toEqual(places);
  });

  it.each([
    // Appendix B
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s as %s', (hex, text) => {
    expect(canonicalJson(doubleOf(hex))).toBe(text);
  });

  it.each(['7fffffffffffffff', '7ff0000000000000', 'fff0000000000000'])('refuses the double %s', (hex) => {
    expect(() => canonicalJson([doubleOf(hex)])).toThrow(/^\$\[0\] is (?:NaN|-?Infinity)/);
  });
});

describe('what is not JSON', () => {
  const itself: Record<string, unknown> = {};
  itself['again'] = itself;

  it.each([
    ['undefined', undefined],
    ['a member that is undefined', { a: { b: undefined } }],
    ['a function', { a: () => 1 }],
    ['a symbol', [Symbol('a')]],
    ['a big integer', [1n]],
    ['a hole in an array', Array(2)],
    ['a date', { at: new Date(0) }],
    ['a map', new Map()],
    ['a boxed number', [Object(1)]],
    ['half a character', ['\ud83d']],
    ['half a character in a name', { '\ud83d': 1 }],
    ['what contains itself', itself],
  ])('is a fault: %s', (_what, value) => {
    expect(() => canonicalJson(untyped(value))).toThrow(TypeError);
  });

  it('is named by its place', () => {
    expect(() => canonicalJson(untyped({ rows: [{}, { count: undefined }] }))).toThrow(
      /^\$\.rows\[1\]\.count is undefined/,
    );
  });
});

describe('the compiler', () => {
  interface Row {
    readonly month: string;
    readonly count: number | null;
    readonly note?: string;
  }

  it('lets interfaces pass, with what is optional left out', () => {
    const row: Row = { month: '2022-07', count: null };
    expect(canonicalJson(row)).toBe('{"count":null,"month":"2022-07"}');
    expect(canonicalJson([row, 'a'] as const)).toBe('[{"count":null,"month":"2022-07"},"a"]');
  });

  it('stops what JSON cannot hold', () => {
    const at: { readonly at: Date } = { at: new Date(0) };
    const count: { readonly count: number | undefined } = { count: undefined };
    const anything: unknown = undefined;
    // @ts-expect-error a Date is no JSON
    expect(() => canonicalJson(at)).toThrow(TypeError);
    // @ts-expect-error undefined is no JSON
    expect(() => canonicalJson(count)).toThrow(TypeError);
    // @ts-expect-error a big integer is no JSON
    expect(() => canonicalJson([1n])).toThrow(TypeError);
    // @ts-expect-error what is unknown could be anything
    expect(() => canonicalJson(anything)).toThrow(TypeError);
  });
});

describe('canonical JSON', () => {
  it('reads back as the same value, whatever the order of the names', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as JsonValue);
        // JSON has one zero.
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(parsed(text))).toBe(text);
      }),
    );
    expect(canonicalJson({ b: 1, a: [{ d: 2, c: 3 }] })).toBe(canonicalJson({ a: [{ c: 3, d: 2 }], b: 1 }));
  });

  it('goes as deep as 200 levels, through arrays and objects alike', () => {
    const nested = (levels: number) => parsed('[{"a":'.repeat(levels / 2) + '1' + '}]'.repeat(levels / 2));
    expect(canonicalJson(nested(200))).toHaveLength(100 * 8 + 1);
    expect(() => canonicalJson(nested(202))).toThrow(/more than 200 levels/);
  });

  it('takes objects without a prototype', () => {
    expect(canonicalJson(untyped(Object.assign(Object.create(null), { a: 1 })))).toBe('{"a":1}');
  });

  it('keeps a name that objects treat as special', () => {
    expect(canonicalJson(parsed('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}');
  });
});
