import { expect, test } from 'vitest';
import { foldLinks, noLinks, type Knot } from './thread.ts';

const knot = (kind: string, id: string): Knot => ({
  ref: { kind, id },
  title: id,
  href: `/${kind}/${id}`,
  state: null,
});

test('slices answer together, each record once, and never the record itself', () => {
  const [aim, action, measure] = [knot('aim', 'aa'), knot('action', 'bb'), knot('measure', 'cc')];
  const folded = foldLinks([
    { knot: undefined, before: [], after: [measure, action] },
    { knot: action, before: [aim, aim], after: [measure] },
  ]);
  expect(folded).toEqual({ knot: action, before: [aim], after: [measure] });
});

test('what no slice knows is not there', () => {
  expect(foldLinks([noLinks, { ...noLinks, after: [knot('aim', 'aa')] }])).toBeUndefined();
});
