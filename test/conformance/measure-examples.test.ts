import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

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

/** Draws of chance and the three steps of a Monte Carlo that a pool of workers drives: the measures that use them have examples. */
const parts = /^(draw[A-Z]|shuffle$|prepare[A-Z]|combine[A-Z])|Replicates$/;

it('every public function of the library has an example', async () => {
  const face = (await import('../../src/measures/index.ts')) as Record<string, unknown>;
  const shown = new Set(examples.flatMap(({ expression }) => [...expression.matchAll(/\w+/g)].map(([word]) => word)));
  const without = Object.entries(face).filter(
    ([name, value]) => typeof value === 'function' && !parts.test(name) && !shown.has(name),
  );
  expect(without.map(([name]) => name)).toEqual([]);
});
