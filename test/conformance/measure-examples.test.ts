import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingParts, publicFunctions } from '../../tools/measure-docs.ts';

const folder = new URL('../../src/measures/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));

/** `expression // => value`, as it stands behind `@example` in a doc comment. */
const examples = files.flatMap((file) =>
  [...readFileSync(new URL(file, folder), 'utf8').matchAll(/@example (.+?) \/\/ => (.+)$/gm)].map(
    ([, expression, value]) => ({ file, expression: expression ?? '', value: value ?? '' }),
  ),
);

/** What an example may name: everything that the measures export. */
const named: Record<string, unknown> = {};
for (const file of files) {
  if (file === 'index.ts') continue;
  Object.assign(named, (await import(new URL(file, folder).href)) as Record<string, unknown>);
}

function evaluate(expression: string): unknown {
  // The examples are our own source, read from the tree.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  return (new Function(...Object.keys(named), `return (${expression})`) as (...values: unknown[]) => unknown)(
    ...Object.values(named),
  );
}

describe('the example of a measure gives the value that stands behind it', () => {
  it.each(examples)('$file: $expression', ({ expression, value }) => {
    expect(evaluate(expression)).toEqual(evaluate(value));
  });
});

describe('the doc comment of a public function says what a reader must know', () => {
  it.each(publicFunctions())('$name', (documented) => {
    expect(missingParts(documented)).toEqual([]);
  });

  it('and none is left out', async () => {
    const face = (await import('../../src/measures/index.ts')) as Record<string, unknown>;
    const functions = Object.keys(face).filter((name) => typeof face[name] === 'function');
    expect(publicFunctions().map(({ name }) => name)).toEqual(expect.arrayContaining(functions));
    const steps = publicFunctions().flatMap(({ text }) => /A\sstep\sof\s\{@link (\w+)\}/.exec(text)?.[1] ?? []);
    expect(steps.filter((name) => !functions.includes(name))).toEqual([]);
  });

  it('misses what is not there', () => {
    const whole = {
      name: 'f',
      file: 'f.ts',
      signature: '',
      text: 'Adds up. Sum = Σ x. Unit: events. Not for rates. Source: by definition.',
      examples: ['f() // => 0'],
    };
    expect(missingParts(whole)).toEqual([]);
    const without = (part: string) => missingParts({ ...whole, text: whole.text.replace(part, '') });
    expect(without('Sum = Σ x.')).toEqual(['formula']);
    expect(without('Unit: events.')).toEqual(['unit']);
    expect(without('Not for rates.')).toEqual(['when not']);
    expect(without('Source: by definition.')).toEqual(['source']);
    expect(missingParts({ ...whole, examples: [] })).toEqual(['example']);
  });
});
