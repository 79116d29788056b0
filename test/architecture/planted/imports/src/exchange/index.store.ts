export { findRow, type Row } from './decision.store.ts';
