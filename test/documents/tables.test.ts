import { describe, expect, it } from 'vitest';
import { toTables } from '../../src/documents/index.ts';
import { csvOf, readCsv } from '../../src/platform/files/csv.ts';
import { hashOf } from './package-parts.ts';
import { hostileModel, sampleModel } from './sample-model.ts';

interface Resource {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly hash: string;
  readonly schema: {
    readonly fields: readonly {
      readonly name: string;
      readonly type: string;
      readonly missingValues?: readonly string[];
    }[];
  };
}

describe.each([
  ['an ordinary document', sampleModel],
  ['a hostile document', hostileModel],
])('the tables of %s', (_name, model) => {
  const files = toTables(model, csvOf);
  const description = JSON.parse(Buffer.from(files.at(-1)!.bytes).toString('utf8')) as {
    readonly resources: readonly Resource[];
  };
  const rowsOf = ({ path }: Resource) => {
    const read = readCsv(files.find((file) => file.path === path)!.bytes, { rows: 10_000, columns: 100 });
    if (!read.done) throw new Error(read.sentence);
    return read.value;
  };

  it('are each a file that the package describes', () => {
    expect(files.at(-1)!.path).toBe('datapackage.json');
    expect(description.resources.map(({ path }) => path)).toEqual(files.slice(0, -1).map(({ path }) => path));
    for (const { path, bytes, hash, name } of description.resources) {
      const file = files.find((one) => one.path === path)!;
      expect([bytes, hash]).toEqual([file.bytes.length, `sha256:${hashOf(file.bytes)}`]);
      // Data Package 2.0: lower case, digits, `.`, `_`, `-` and `/`.
      expect(name).toMatch(/^[a-z0-9._/-]+$/);
    }
  });

  it('hold what their schema says: its names, and numbers or the words that stand for one', () => {
    for (const resource of description.resources) {
      const { header, rows } = rowsOf(resource);
      const { fields } = resource.schema;
      expect(header.map((name) => name.replace(/^'(?=[=+\-@])/, ''))).toEqual(
        fields.map(({ name }) => name.replace(/^'(?=[=+\-@])/, '')),
      );
      expect(new Set(header).size).toBe(header.length);
      for (const { cells } of rows)
        fields.forEach(({ type, missingValues }, at) => {
          const cell = cells[at] ?? '';
          if (type === 'number' && !missingValues!.includes(cell)) expect(Number(cell)).not.toBeNaN();
        });
    }
  });

  it('run nothing in a spreadsheet', () => {
    for (const { bytes, path } of files.slice(0, -1)) {
      const lines = Buffer.from(bytes).toString('utf8').replace('\uFEFF', '').split('\r\n');
      const cells = lines.flatMap((line) => line.split(',').map((cell) => cell.replace(/^"/, '')));
      expect([path, cells.filter((cell) => /^[=+@\t]|^-(?![\d.]+"?$)/.test(cell))]).toEqual([path, []]);
    }
  });
});
