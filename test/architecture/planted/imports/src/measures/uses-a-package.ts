// expect: measures-stand-alone
import { z } from 'zod';
export const used = z;
