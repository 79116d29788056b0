import { z } from 'zod';
import { word } from '../duty/index.ts';
import { rate } from '../measures/rate.ts';
import { decide as before } from '../problems/index.ts';
export const decide = [z, word, rate, before];
