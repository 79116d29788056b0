export { mayWorkOnFigures, ruleFor } from './view.ts';
