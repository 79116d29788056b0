import { reading } from '../platform/database/work.ts';
import { page } from './decision.page.tsx';
import { findRow } from './decision.store.ts';
export const routes = [reading, page, findRow];
