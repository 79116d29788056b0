export { definitionInForce } from './definition.store.ts';
export { monthlyViews, viewMonths } from './view-month.store.ts';
export { links } from './link.store.ts';
export { needsByArea, type AreaNeeds } from './area-need.store.ts';
export { publishedAssessments } from './workbench.store.ts';
