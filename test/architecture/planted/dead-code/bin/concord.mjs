import { used } from '../src/platform/words.ts';
used();
