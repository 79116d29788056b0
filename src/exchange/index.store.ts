export { findAgreement, findAgreements, findLiveAgreements } from './agreement.store.ts';
