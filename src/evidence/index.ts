export { mayWorkOnFigures, ruleFor, type Audience } from './view.ts';
