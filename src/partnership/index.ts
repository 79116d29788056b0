export type { ChangeWords } from './change.ts';
export { chosenField, dateField, nameField, textField, tickField } from './form.ts';
export { exampleBodyIds } from './example-bodies.ts';
export { dateCell, rowsUnder, textCell, type Cells, type Column, type RefusedRow } from './intake.ts';
