export type { Agreement, AgreementState, CoverAsked, Level, Party, PartyRole } from './agreement.ts';
export { coverFor, covers, isLive, lastDayOf, levelLabels, levels, stateOn } from './agreement.ts';

export type { Gateway } from './gateway.ts';
export { gatewayNames, gateways } from './gateway.ts';

export type { SourceName } from './source.ts';
export { sourceLabels, sourceNames, sourceTitle } from './source.ts';
