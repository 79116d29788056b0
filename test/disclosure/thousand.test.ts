import { expect, it } from 'vitest';
import { outcomes } from './attack.ts';

const publications = 1000;
const atOnce = 50;

it.each(Array.from({ length: publications / atOnce }, (_, part) => part * atOnce))(
  'of publications %i and the next 49 no small count can be worked out',
  (from) => {
    expect(outcomes(from, from + atOnce).flatMap((outcome) => outcome.faults)).toEqual([]);
  },
);
