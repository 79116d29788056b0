import { knoxAnswer } from '../knox-answer.ts';

export const run = knoxAnswer;
