// expect: file-formats-only-in-files
import { openPromise } from 'yauzl';

export const opens = openPromise;
