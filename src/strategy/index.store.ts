export { links, orphans } from './link.store.ts';
