import { z } from 'zod';
import { isRefusal, type Refusal } from '../../measures/refusal.ts';
import { command, type Command, type Family, type Result } from '../command.ts';
import { fieldsOf, readQuestion, tabular, type Question } from './method-input.ts';
import { kebab, findMethod, type Method } from './method.ts';
import { groups, methods } from './methods.ts';
import { plain, resultText } from './result-text.ts';

/** `concord measure`: a command for each method. */
export const measureFamily: Family = {
  help: helpOfMethods(),
  find: (name) => {
    const found = findMethod(methods, name);
    return found && commandOf(found);
  },
};

const argument = {
  number: 'NUMBER',
  numbers: 'NUMBERS',
  text: 'TEXT',
  texts: 'TEXTS',
  'yes-no': 'yes|no',
  choice: '',
  document: '',
} as const;

function commandOf(method: Method): Command {
  const own = Object.fromEntries(
    fieldsOf(method)
      .filter(([, , { kind }]) => kind !== 'document')
      .map(([name, , { kind, choices, means }]) => [
        kebab(name),
        z
          .string()
          .optional()
          .describe(`${kind === 'choice' ? (choices ?? []).join('|') : argument[kind]}  ${means}`),
      ]),
  );
  return command({
    name: `measure ${method.name}`,
    summary: method.summary,
    options: {
      ...own,
      input: z.string().optional(),
      workers: z
        .string()
        .regex(/^[1-9]\d?$/, 'the number of workers must be from 1 to 99')
        .optional(),
    },
    help: () => helpOfMethod(method),
    async run({ options, say }) {
      const question = await readQuestion(method, options.input, options);
      return answerOf(method, question, options.workers === undefined ? undefined : Number(options.workers), say);
    },
  });
}

async function answerOf(
  method: Method,
  question: Question,
  workers: number | undefined,
  say: (line: string) => void,
): Promise<Result> {
  const stop = new AbortController();
  const onInterrupt = () => stop.abort();
  if (method.workers) process.once('SIGINT', onInterrupt);
  const how = {
    signal: stop.signal,
    onProgress: progressOf(say),
    ...(workers !== undefined && { workers }),
  };
  const answers: (readonly [Readonly<Record<string, unknown>>, unknown])[] = [];
  for (const { label, input } of question.asked) answers.push([label, await method.run(input as never, how)]);
  process.off('SIGINT', onInterrupt);
  const refused = answers.flatMap(([, answer]) => (isRefusal(answer) ? [answer] : []));
  const names = (question.names ?? []).length === 0 ? {} : { names: question.names };
  if (question.single) {
    const [, answer] = answers[0] ?? [];
    if (isRefusal(answer)) return refusedResult(answer);
    const json = withNames(answer, names);
    return { text: resultText(json), json };
  }
  const [first] = refused;
  if (first !== undefined && refused.length === answers.length && answers.length === 1) return refusedResult(first);
  if (refused.length > 0) say(`${refused.length} of ${answers.length} were refused: the result says why.`);
  const json = answers.map(([label, answer]) => ({ ...label, ...(plain(asObject(answer)) as object) }));
  return {
    text: resultText(answers.map(([label, answer]) => ({ ...label, ...shownRow(answer) }))),
    json,
    exit: refused.length === answers.length ? 1 : 0,
  };
}

const asObject = (answer: unknown): object =>
  typeof answer === 'object' && answer !== null && !Array.isArray(answer) && !ArrayBuffer.isView(answer)
    ? answer
    : { value: answer };

/** A row of the table for people: without the method, which is the same in each, and a refusal by its sentence alone. */
function shownRow(answer: unknown): object {
  if (isRefusal(answer)) return { refused: answer.sentence };
  const { method: _method, ...rest } = asObject(answer) as { readonly method?: unknown };
  return rest;
}

function withNames(answer: unknown, names: object): unknown {
  return Object.keys(names).length === 0 ? plain(answer) : { ...names, ...(plain(asObject(answer)) as object) };
}

/** Without `--json` a refusal is no result: its sentence goes where warnings go. */
const refusedResult = (refusal: Refusal): Result => ({ text: '', refusal: refusal.sentence, json: refusal, exit: 1 });

/** A line for every tenth of a long run; a short one says nothing. */
function progressOf(say: (line: string) => void): (done: number, total: number) => void {
  const began = performance.now();
  let told = 0;
  return (done, total) => {
    const tenth = Math.floor((10 * done) / total);
    if (performance.now() - began < 2_000 || tenth <= told) return;
    told = tenth;
    say(`${done} of ${total} done`);
  };
}

const indent = (lines: readonly string[]): string => lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n');

function helpOfMethod(method: Method): string {
  const fields = fieldsOf(method);
  const width = Math.max(
    16,
    ...fields.map(([name]) => name.length),
    ...Object.keys(method.columns).map((c) => c.length),
  );
  const described = fields.map(([name, schema, { kind, means, choices }]) => {
    const note = schema instanceof z.ZodExactOptional || schema instanceof z.ZodDefault ? ' (may be left out)' : '';
    return `${name.padEnd(width)}  ${choices === undefined ? kind : choices.join('|')}: ${means}${note}`;
  });
  const options = fields
    .filter(([, , { kind }]) => kind !== 'document')
    .map(
      ([name, , { kind, choices }]) => `--${kebab(name)} ${choices === undefined ? argument[kind] : choices.join('|')}`,
    );
  const columns = Object.entries(method.columns).map(
    ([name, { kind, means, optional }]) =>
      `${name.padEnd(width)}  ${kind}: ${means}${optional ? ' (may be left out)' : ''}`,
  );
  const json = JSON.stringify(method.example);
  const csv = method.exampleCsv;
  const parts = [
    `${method.summary}.`,
    `  concord measure ${method.name} --input FILE [options]`,
    `Input as JSON, an object${method.rows === 'each' ? ' or a list of objects' : ''} with these fields:\n${indent(described)}`,
    tabular(method)
      ? `Input as CSV, a first line that names the columns, then ${method.rows === 'each' ? 'a row for each answer' : 'rows that make one answer'}:\n${indent(columns)}`
      : 'Input as CSV: none, for it is no table.',
    ...(method.words === undefined ? [] : [`Input as .txt or .md: the ${method.words} itself.`]),
    `Options (a field of the same name in the file gives way to them; lists with commas):\n${indent([
      ...options,
      '--input FILE        .json, .csv, or - for JSON on standard input',
      ...(method.workers
        ? ['--workers NUMBER    threads (all cores unless given): the answer is the same for any number']
        : []),
      '--json              one JSON document on standard output, nothing else',
    ])}`,
    `Example:\n${indent([`echo '${json}' | concord measure ${method.name} --input -`])}`,
    ...(csv === undefined
      ? []
      : [
          `The same as CSV:\n${indent([...csv.lines, '', `concord measure ${method.name} --input file.csv${(csv.options ?? []).map((option) => ` ${option}`).join('')}`])}`,
        ]),
    `Formula, warnings and source: docs/reference/measures.md, ${method.of}; code: src/measures/${method.file}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function helpOfMethods(): string {
  const width = Math.max(...methods.map(({ name }) => name.length));
  return [
    'The statistics of violence at the terminal, one method a command. No database and no data folder is needed.',
    '',
    '  concord measure <method> --input FILE.(json|csv) [options] [--json]',
    '  concord measure <method> --help',
    '',
    'A method has the name of its folder of reference cases where it is what that folder is about, else that of its function in',
    'the library, with hyphens; the function’s name is understood everywhere (rates-ci is also crude-rate, for crudeRate).',
    ...groups.flatMap(({ title, methods: own }) => [
      '',
      title,
      ...own.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    ]),
    '',
  ].join('\n');
}
