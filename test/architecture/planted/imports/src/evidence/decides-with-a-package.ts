// expect: decisions-are-pure
import { Fragment } from 'preact';
export const decided = Fragment;
