import { readFileSync } from 'node:fs';
import ts from 'typescript';

const folder = new URL('../src/measures/', import.meta.url);

/** What the doc comment of a public function says. */
export interface DocumentedFunction {
  readonly name: string;
  /** In src/measures. */
  readonly file: string;
  readonly signature: string;
  /** The comment without its stars and tags, as Markdown: paragraphs, and formulas as blocks of code. */
  readonly text: string;
  readonly examples: readonly string[];
}

/** The functions that src/measures/index.ts exports, in the order of its lines. */
export function publicFunctions(): readonly DocumentedFunction[] {
  return exportsOf(parse('index.ts')).flatMap(({ file, names }) => {
    const declared = functionsOf(file);
    return names.flatMap((name) => declared.get(name) ?? []);
  });
}

const parse = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(new URL(file, folder), 'utf8'), ts.ScriptTarget.Latest, true);

function exportsOf(face: ts.SourceFile): readonly { readonly file: string; readonly names: readonly string[] }[] {
  return face.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined) return [];
    if (statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause)) return [];
    const names = statement.exportClause.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name.text);
    return [{ file: (statement.moduleSpecifier as ts.StringLiteral).text.replace('./', ''), names }];
  });
}

function functionsOf(file: string): ReadonlyMap<string, DocumentedFunction> {
  const source = parse(file);
  const found = new Map<string, DocumentedFunction>();
  for (const statement of source.statements) {
    if (!ts.isFunctionDeclaration(statement) || statement.name === undefined || statement.body === undefined) continue;
    const name = statement.name.text;
    const comment = ts.getJSDocCommentsAndTags(statement).find(ts.isJSDoc)?.getText(source) ?? '';
    const signature = source.text.slice(statement.getStart(source), statement.body.getStart(source)).trim();
    found.set(name, { name, file, signature: signature.replace(/^export /, ''), ...readComment(comment) });
  }
  return found;
}

function readComment(comment: string): Pick<DocumentedFunction, 'text' | 'examples'> {
  const lines = comment
    .replace(/^\/\*\*\s?/, '')
    .replace(/\s*\*\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''));
  const examples = lines.flatMap((line) => (line.startsWith('@example ') ? [line.slice('@example '.length)] : []));
  const text = lines.filter((line) => !line.startsWith('@')).join('\n');
  return { text: text.trim(), examples };
}

/**
 * What a doc comment lacks. It says one plain sentence first, then in any order a formula, `Unit:`, a sentence that begins with
 * Not or Never (or what is refused), and `Source:`; last an example that runs. A step of a measure says of which.
 */
export function missingParts({ text, examples }: DocumentedFunction): readonly string[] {
  const isStep = /A\sstep\sof\s\{@link \w+\}/.test(text);
  if (isStep) return /^[A-Z].*\./s.test(text) ? [] : ['sentence'];
  const parts: readonly (readonly [string, boolean])[] = [
    ['sentence', /^[^a-z].*?[.?:](\s|$)/s.test(text)],
    ['formula', /[=≥≤∝∓√Σ∫]/.test(text)],
    ['unit', /\bUnits?:\s\S/.test(text)],
    ['when not', /(^|[.;:?)]\s+)(Not|Never|Refuse[sd]?|Do not)\b/m.test(text)],
    ['source', /\bSources?:\s\S/.test(text)],
    ['example', examples.length > 0],
  ];
  return parts.flatMap(([name, there]) => (there ? [] : [name]));
}
