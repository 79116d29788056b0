export { isLive, type Agreement } from './agreement.ts';
export { gateways, type Gateway } from './gateway.ts';
export { coverFor, stateOn } from './agreement.ts';
export type { SourceName } from './source.ts';
export { sourceNames, sourceTitle } from './source.ts';
