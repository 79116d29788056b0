import canonicalize from 'canonicalize';
import { z } from 'zod';
import { rate } from '../measures/rate.ts';
export const word = [canonicalize, z, rate];
