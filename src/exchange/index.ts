export { coverFor, sendersOf, sendsUnder, stateOn } from './agreement.ts';
export type { SourceName } from './source.ts';
export { sourceNames, sourceTitle } from './source.ts';
