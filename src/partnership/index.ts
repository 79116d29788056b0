export type { ChangeWords } from './change.ts';
export { dateField, nameField, textField } from './form.ts';
export { exampleBodyIds } from './example-bodies.ts';
