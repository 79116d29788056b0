export { links } from './link.store.ts';
