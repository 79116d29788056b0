export { links } from './link.store.ts';
export { needsByArea, type AreaNeeds, type KnownNeed, type NeedArea } from './area-need.store.ts';
