import { expect, it } from 'vitest';
import { isRefusal, refuse } from './refusal.ts';

it('knows a refusal, also after a journey as JSON, and nothing else', () => {
  const refusal = refuse('no-events', 'There are no events in this period.');
  expect(isRefusal(refusal)).toBe(true);
  expect(isRefusal(JSON.parse(JSON.stringify(refusal)))).toBe(true);
  for (const other of [null, undefined, 0, 'refused', [], {}, { refused: false }, { refused: 'true' }])
    expect(isRefusal(other)).toBe(false);
});
