import { z } from 'zod';
import { word } from '../duty/index.ts';
import { rate } from '../measures/rate.ts';
export const decide = [z, word, rate];
