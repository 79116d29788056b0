import { groups } from '../src/cli/measure/methods.ts';
import { publicFunctions, type DocumentedFunction } from './measure-docs.ts';

const anchor = (name: string): string => `[\`${name}\`](#${name.toLowerCase()})`;
/** `{@link x}` is a link to the function’s own heading. */
const linked = (text: string): string => text.replaceAll(/\{@link\s(\w+)\}/g, (_all, name: string) => anchor(name));
/** Of which measure a function is a step. */
const stepOf = ({ text }: DocumentedFunction): string | undefined => /A\sstep\sof\s\{@link (\w+)\}/.exec(text)?.[1];

/** docs/reference/measures.md: the doc comments of src/measures, grouped by the question that a method answers. */
export function measuresSections(): readonly string[] {
  const functions = publicFunctions();
  const byName = new Map(functions.map((each) => [each.name, each]));
  const steps = Map.groupBy(functions, (each) => stepOf(each) ?? '');
  const shown = new Set<string>();
  const section = (name: string, terminal?: string): string => {
    const found = byName.get(name);
    if (found === undefined) throw new Error(`The library has no function ${name}.`);
    shown.add(name);
    return sectionOf(found, steps.get(name) ?? [], terminal);
  };
  const grouped = groups.flatMap(({ title, methods }) => [
    `## ${title}`,
    ...methods.map(({ of, name }) => section(of, name)),
  ]);
  const rest = functions.filter((each) => !shown.has(each.name) && stepOf(each) === undefined);
  return [
    '## Contents',
    ...groups.map(
      ({ title, methods }) =>
        `**${title}**\n\n${methods.map(({ of, name, summary }) => `- ${anchor(of)} (\`concord measure ${name}\`): ${summary}`).join('\n')}`,
    ),
    `**What the measures are made of**\n\n${rest.map(({ name }) => anchor(name)).join(', ')}`,
    ...grouped,
    '## What the measures are made of',
    ...rest.map(({ name }) => section(name)),
  ];
}

function sectionOf(
  { name, file, text, signature, examples }: DocumentedFunction,
  steps: readonly DocumentedFunction[],
  terminal: string | undefined,
): string {
  const where = `Code: [src/measures/${file}](../../src/measures/${file}).`;
  const parts = [
    `### ${name}`,
    linked(text),
    `\`\`\`ts\n${signature}\n\`\`\``,
    ...examples.map((example) => `Example:\n\n\`\`\`ts\n${example}\n\`\`\``),
    terminal === undefined ? where : `At the terminal: \`concord measure ${terminal} --help\`. ${where}`,
  ];
  if (steps.length > 0)
    parts.push(
      `Steps, for whoever shares the work out over workers:\n\n${steps
        .map((step) => `- \`${step.name}\`: ${linked(step.text).replaceAll(/\s+/g, ' ')}`)
        .join('\n')}`,
    );
  return parts.join('\n\n');
}
