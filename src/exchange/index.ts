export { coverFor, isLive, sendersOf, sendsUnder, stateOn, type Agreement } from './agreement.ts';
export { gateways, type Gateway } from './gateway.ts';
export type { SourceName } from './source.ts';
export { sourceNames, sourceTitle } from './source.ts';
