// expect: decisions-never-reach-a-shell
import { decided } from './decides-by-asking.ts';
export const through = decided;
