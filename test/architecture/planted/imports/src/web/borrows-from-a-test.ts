// expect: house-imports-no-workshop
import { journey } from '../../test/journey.ts';
export const borrowed = journey;
