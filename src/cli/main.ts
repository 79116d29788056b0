import { WrongSetting } from '../platform/config.ts';
import { BackupRefused } from '../platform/database/backup.ts';
import { ClusterFault } from '../platform/database/cluster.ts';
import { RecordsUnavailable } from '../platform/database/database.ts';
import { MigrationFault } from '../platform/database/migrate.ts';
import { CannotServe } from '../web/serve.ts';
import { CommandRefused, findCommand, helpOf, helpOfAll, readArguments, WrongUse } from './command.ts';
import { commands } from './commands.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Runs one command line: 0 done, 1 refused or failed with a sentence, 2 wrong use. */
export async function main(args: readonly string[]): Promise<void> {
  process.exitCode = await run(args);
}

async function run(args: readonly string[]): Promise<number> {
  if (args.length === 0 || ['--help', '-h', 'help'].includes(args[0] ?? '')) {
    process.stdout.write(helpOfAll(commands));
    return args.length === 0 ? 2 : 0;
  }
  let found = findCommand(commands, args);
  if (found === undefined) {
    say(`There is no command “${args.slice(0, 2).join(' ')}”. See: concord --help`);
    return 2;
  }
  if (found.command.family !== undefined) {
    const { help, find } = await found.command.family();
    const [name = '--help', ...rest] = found.rest;
    if (name === '--help') {
      process.stdout.write(help);
      return found.rest.length === 0 ? 2 : 0;
    }
    const command = find(name);
    if (command === undefined) {
      say(`There is no command “${found.command.name} ${name}”. See: concord ${found.command.name} --help`);
      return 2;
    }
    found = { command, rest };
  }
  if (found.rest.includes('--help')) {
    process.stdout.write(found.command.help?.() ?? helpOf(found.command));
    return 0;
  }
  try {
    const given = readArguments(found.command, found.rest);
    const result = await found.command.run({ ...given, say });
    const asJson = given.options['json'] === true;
    const text = asJson ? JSON.stringify(result.json ?? { said: result.text }) : result.text;
    if (text !== '') process.stdout.write(`${text}\n`);
    if (result.refusal !== undefined && !asJson) say(result.refusal);
    return result.exit ?? 0;
  } catch (error) {
    if (error instanceof WrongUse) {
      say(error.message);
      return 2;
    }
    const expected = [
      CommandRefused,
      BackupRefused,
      CannotServe,
      ClusterFault,
      MigrationFault,
      RecordsUnavailable,
      WrongSetting,
    ].some((kind) => error instanceof kind);
    say(expected ? (error as Error).message : error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}
