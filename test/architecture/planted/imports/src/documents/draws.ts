// expect: toolkits-stand-alone
import { Button } from '../govuk/index.ts';
export const drawn = Button;
