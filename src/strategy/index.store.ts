export { links, orphans } from './link.store.ts';
export { workedLinks } from './worked-link.store.ts';
