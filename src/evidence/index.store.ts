export { links } from './link.store.ts';
export { needsByArea, type AreaNeeds } from './area-need.store.ts';
