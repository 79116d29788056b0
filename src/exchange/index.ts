export { coverFor, stateOn } from './agreement.ts';
export { sourceTitle } from './source.ts';
