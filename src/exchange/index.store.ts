export { findAgreements, findLiveAgreements, getAgreement } from './agreement.store.ts';
