import { createHash } from 'node:crypto';
import { written } from './arrangement.ts';
import type { Block, DocumentModel, Inline, Section, Table } from './model.ts';

/** A file of the data package, by its path within the folder of tables. */
export interface TableFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Writes rows as CSV, and makes harmless what a spreadsheet would run. Numbers come as numbers. */
export type CsvWriter = (header: readonly string[], rows: readonly (readonly (string | number | null)[])[]) => string;

/** Words that stand for a number, such as `hidden`, are named in the schema; a column with more kinds than this is one of words. */
const mostStandIns = 6;
const formula = /^[=+\-@\t\r]/;

const wordsOf = (cell: readonly Inline[]): string =>
  written(cell.map((inline) => (typeof inline === 'string' ? inline : inline.words)).join('')).trim();

/** A number as people write it, with commas between thousands and the sign of a minus; undefined for anything else. */
function numberOf(text: string): number | undefined {
  const plain = text.replace(/^\u2212/, '-').replaceAll('\u00a0', '');
  if (!/^-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/.test(plain)) return undefined;
  return Number(plain.replaceAll(',', ''));
}

interface Field {
  readonly name: string;
  readonly type: 'number' | 'string';
  readonly title: string;
  readonly missingValues?: readonly string[];
}

/** Names of columns as a file can hold them: none empty, none twice, none that a spreadsheet would run. */
function fieldNames(headings: readonly string[]): readonly string[] {
  const given = new Set<string>();
  return headings.map((heading, at) => {
    const words = written(heading).trim();
    const safe = words === '' ? `Column ${at + 1}` : formula.test(words) ? `'${words}` : words;
    let name = safe;
    for (let turn = 2; given.has(name); turn += 1) name = `${safe} (${turn})`;
    given.add(name);
    return name;
  });
}

function fieldsOf({ columns }: Table, rows: readonly (readonly string[])[]): readonly Field[] {
  const names = fieldNames(columns.map(({ heading }) => heading));
  return columns.map(({ heading, isNumber }, at) => {
    const field = { name: names[at] ?? '', title: written(heading).trim() };
    if (!isNumber) return { ...field, type: 'string' };
    const standIns = new Set(rows.map((row) => row[at] ?? '').filter((text) => numberOf(text) === undefined));
    standIns.delete('');
    const isNumeric = standIns.size <= mostStandIns && [...standIns].every((text) => !formula.test(text));
    return isNumeric ? { ...field, type: 'number', missingValues: ['', ...standIns] } : { ...field, type: 'string' };
  });
}

function tablesOf(blocks: readonly Block[]): readonly Table[] {
  return blocks.flatMap((block): readonly Table[] => {
    switch (block.kind) {
      case 'table':
        return [block];
      case 'picture':
        return [block.table];
      case 'inset':
        return tablesOf(block.blocks);
      case 'panels':
        return block.panels.flatMap(({ picture }) => (picture === undefined ? [] : [picture.table]));
      case 'paragraph':
      case 'list':
      case 'facts':
        return [];
    }
  });
}

const inSections = (sections: readonly Section[]): readonly Table[] =>
  sections.flatMap(({ blocks, sections: inner }) => [...tablesOf(blocks), ...inSections(inner ?? [])]);

/**
 * Every table of a document, those of its pictures too, as CSV with `datapackage.json` beside them.
 * Source: Data Package 2.0, Table Schema. The same model gives the same bytes.
 */
export function toTables(model: DocumentModel, csvOf: CsvWriter): readonly TableFile[] {
  const tables = [...tablesOf(model.cover), ...inSections(model.sections)];
  const made = tables.map((table) => {
    const rows = table.rows.map((row) => table.columns.map((_, at) => wordsOf(row[at] ?? [])));
    const fields = fieldsOf(table, rows);
    const csv = csvOf(
      fields.map(({ name }) => name),
      rows.map((row) =>
        row.map((text, at) => (fields[at]?.type === 'number' ? (numberOf(text) ?? (text === '' ? null : text)) : text)),
      ),
    );
    const bytes = Buffer.from(csv, 'utf8');
    const remarks = table.remarks.map((remark) => written(remark).trim());
    const resource = {
      name: table.id,
      type: 'table',
      title: written(table.caption).trim(),
      ...(remarks.length === 0 ? {} : { description: remarks.join(' ') }),
      path: `${table.id}.csv`,
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      bytes: bytes.length,
      hash: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
      schema: { $schema: 'https://datapackage.org/profiles/2.0/tableschema.json', fields },
    };
    return { file: { path: resource.path, bytes }, resource };
  });
  const description = {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: 'tables',
    title: written(model.title).trim(),
    description: `The tables of this document, as of ${model.asOf}. ${written(model.marking).trim()}`,
    created: `${model.asOf}T00:00:00Z`,
    contributors: [{ title: written(model.publisher).trim(), roles: ['publisher'] }],
    resources: made.map(({ resource }) => resource),
  };
  return [
    ...made.map(({ file }) => file),
    { path: 'datapackage.json', bytes: Buffer.from(`${JSON.stringify(description, null, 2)}\n`, 'utf8') },
  ];
}
