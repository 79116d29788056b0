export { historyOf, versionOf } from './register.store.ts';
