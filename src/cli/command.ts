import { parseArgs } from 'node:util';
import { z } from 'zod';

/** A command is a row of data, as a route is: its help, its options and what it does. */
export interface Command {
  /** One or two words. */
  readonly name: string;
  readonly summary: string;
  /** Names of what stands behind the command's name, for the help: `<file…>`. */
  readonly operands?: string;
  readonly options: z.ZodObject;
  /** Commands that serve the house itself stand in no list. */
  readonly hidden?: boolean;
  /** Its help, where it says more than its options do. */
  readonly help?: () => string;
  /** A family of commands: this one's name, then that of one of them. Read when one is asked for, not at every start. */
  readonly family?: () => Promise<Family>;
  /** @returns the result for standard output: a text, or what `--json` prints */
  readonly run: (given: Given) => Promise<Result>;
}

export interface Family {
  readonly help: string;
  readonly find: (name: string) => Command | undefined;
}

export interface Given {
  readonly options: Readonly<Record<string, unknown>>;
  readonly operands: readonly string[];
  /** Progress and warnings: standard error. */
  readonly say: (line: string) => void;
}

export interface Result {
  readonly text: string;
  readonly json?: unknown;
  /** Why there is no result: on standard error, unless `--json` prints it as a document. */
  readonly refusal?: string;
  /** 1 when it was refused or failed: the text says why. */
  readonly exit?: 0 | 1;
}

/** Wrong use: exit code 2. */
export class WrongUse extends Error {}
/** Refused or failed, with a sentence: exit code 1. */
export class CommandRefused extends Error {}

/** Options that every command takes. */
export const everyOption = {
  data: z.string().optional().describe('DIR  the data folder (CONCORD_DATA; default ./data)'),
  partnership: z.string().optional().describe('SLUG  which partnership, where there is more than one'),
  as: z.string().optional().describe('ACCOUNT  on whose behalf, by email address (default: the system)'),
  json: z.boolean().default(false).describe('one JSON document on standard output, nothing else'),
};

/** Defines a command; its `run` gets the options that its own schema describes. */
export function command<O extends z.ZodRawShape>(row: {
  readonly name: string;
  readonly summary: string;
  readonly operands?: string;
  readonly options: O;
  readonly hidden?: boolean;
  readonly help?: () => string;
  readonly family?: () => Promise<Family>;
  readonly run: (
    given: Omit<Given, 'options'> & { readonly options: z.infer<z.ZodObject<O & typeof everyOption>> },
  ) => Promise<Result>;
}): Command {
  return { ...row, options: z.object({ ...everyOption, ...row.options }) } as unknown as Command;
}

/** Finds the command of a line of arguments: the longest name that it begins with. */
export function findCommand(
  commands: readonly Command[],
  args: readonly string[],
): { command: Command; rest: readonly string[] } | undefined {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(' ');
    const found = commands.find((each) => each.name === name);
    if (found !== undefined) return { command: found, rest: args.slice(words) };
  }
  return undefined;
}

/** @throws WrongUse in a sentence */
export function readArguments(
  { name, operands, options }: Command,
  args: readonly string[],
): { options: Record<string, unknown>; operands: readonly string[] } {
  const shape = options.shape as Record<string, z.ZodType>;
  const kinds = Object.fromEntries(
    Object.entries(shape).map(([key, schema]) => [
      key,
      { type: isFlag(schema) ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...args], options: kinds, allowPositionals: true, strict: true });
  } catch (error) {
    throw new WrongUse(`${(error as Error).message.replace(/\. .*$/s, '')}. See: concord ${name} --help`);
  }
  if (operands === undefined && parsed.positionals.length > 0)
    throw new WrongUse(`concord ${name} takes no “${parsed.positionals[0] ?? ''}”. See: concord ${name} --help`);
  const checked = options.safeParse(parsed.values);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new WrongUse(`--${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}. See: concord ${name} --help`);
  }
  return { options: checked.data, operands: parsed.positionals };
}

const isFlag = (schema: z.ZodType): boolean => schema.safeParse(true).success && !schema.safeParse('x').success;

export function helpOf({ name, summary, operands, options }: Command): string {
  const rows = Object.entries(options.shape as Record<string, z.ZodType>).map(([key, schema]) => {
    const [argument, meaning] = splitMeaning(schema.description ?? '');
    return `  --${`${key}${argument}`.padEnd(26)} ${meaning}`;
  });
  return [
    `${summary}.`,
    '',
    `  concord ${name}${operands === undefined ? '' : ` ${operands}`} [options]`,
    '',
    ...rows,
    '',
  ].join('\n');
}

/** `DIR  the data folder`: what stands before two spaces is the option's argument. */
function splitMeaning(description: string): [string, string] {
  const at = description.indexOf('  ');
  return at === -1 ? ['', description] : [` ${description.slice(0, at)}`, description.slice(at + 2)];
}

export function helpOfAll(commands: readonly Command[]): string {
  const rows = commands
    .filter(({ hidden }) => hidden !== true)
    .map(({ name, summary }) => `  concord ${name.padEnd(18)} ${summary}`);
  return [
    'Concord: the working platform of a local partnership that prevents and reduces serious violence.',
    '',
    ...rows,
    '',
    'Each command takes --help.',
    '',
  ].join('\n');
}
