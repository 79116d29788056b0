import { auditCommands } from './audit.commands.ts';
import { command, type Command } from './command.ts';
import { figureCommands } from './figure.commands.ts';
import { assessCommands } from './assess.commands.ts';
import { definitionCommands } from './definition.commands.ts';
import { directoryCommands } from './directory.commands.ts';
import { coverageCommands } from './coverage.commands.ts';
import { installationCommands } from './installation.commands.ts';
import { releaseCommands } from './release.commands.ts';
import { referenceCommands } from './reference.commands.ts';
import { serveCommands } from './serve.commands.ts';

/** A family of its own table, read only when it is asked for. */
const measure = command({
  name: 'measure',
  summary: 'Run one method of the statistics of violence on a file of your own, without a database',
  operands: '<method>',
  options: {},
  family: async () => (await import('./measure/measure.commands.ts')).measureFamily,
  run: () => Promise.reject(new Error('A family runs one of its own commands.')),
});

/** Every command of every slice, in the order of the help. */
export const commands: readonly Command[] = [
  ...serveCommands,
  ...installationCommands,
  ...auditCommands,
  ...referenceCommands,
  ...releaseCommands,
  ...figureCommands,
  ...assessCommands,
  ...definitionCommands,
  ...coverageCommands,
  ...directoryCommands,
  measure,
];
