import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Outcome } from './outcome.ts';
import { done, refused, typedAs } from './outcome.ts';

function parseEven(typed: string): Outcome<number, 'not-valid'> {
  const number = Number(typed);
  return number % 2 === 0 ? done(number) : refused('not-valid', 'Enter an even number');
}

describe('an outcome', () => {
  it('carries the value, or the reason and the sentence that the page shows', () => {
    expect(done(4)).toEqual({ done: true, value: 4 });
    expect(refused('conflict', 'Someone changed this record')).toEqual({
      done: false,
      reason: 'conflict',
      sentence: 'Someone changed this record',
    });
  });
});

describe('a form field made of a parser', () => {
  const field = typedAs(parseEven);

  it('holds what the parser read', () => {
    expect(field.parse('4')).toBe(4);
  });

  it('shows the sentence of the refusal and nothing else', () => {
    expect(field.safeParse('5').error?.issues.map((issue) => issue.message)).toEqual(['Enter an even number']);
  });

  it('refuses what is not text before the parser sees it', () => {
    expect(field.safeParse(4).success).toBe(false);
  });

  it('is a string in the JSON schema of a request', () => {
    expect(z.toJSONSchema(field, { io: 'input' })).toMatchObject({ type: 'string' });
  });
});
