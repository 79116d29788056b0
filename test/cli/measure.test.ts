import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArguments, WrongUse, type Result } from '../../src/cli/command.ts';
import { measureFamily } from '../../src/cli/measure/measure.commands.ts';
import { kebab, type Method } from '../../src/cli/measure/method.ts';
import { groups, methods } from '../../src/cli/measure/methods.ts';
import * as library from '../../src/measures/index.ts';

const bin = fileURLToPath(new URL('../../bin/concord.mjs', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'concord-measure-'));
});
afterAll(() => {
  // Nothing here needs a database or a data folder, so none was made.
  expect(existsSync(join(folder, 'data'))).toBe(false);
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
function file(ending: string, content: string | Uint8Array): string {
  const at = join(folder, `${(files += 1)}.${ending}`);
  writeFileSync(at, content);
  return at;
}

const environment = () => ({ PATH: process.env['PATH'], CONCORD_DATA: join(folder, 'data') });

/** Runs the real program, with no more memory than a small machine has to spare. */
const concord = (...args: string[]) =>
  new Promise<{ exit: number; out: string; err: string }>((done) => {
    const all = ['--max-old-space-size=256', bin, 'measure', ...args];
    const limits = { encoding: 'utf8', env: environment(), maxBuffer: 64_000_000 } as const;
    execFile(process.execPath, all, limits, (error, out, err) => {
      done({ exit: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err });
    });
  });

/** Runs one method in this process: the same code as the program’s, without its start. */
async function run(name: string, input: string, ...options: string[]): Promise<Result> {
  const command = measureFamily.find(name)!;
  const given = readArguments(command, ['--input', input, ...options]);
  return command.run({ ...given, say: () => undefined });
}
const json = async (...args: Parameters<typeof run>): Promise<unknown> => (await run(...args)).json;

const optionsOf = (lines: readonly string[] = []): string[] => lines.flatMap((line) => line.split(' '));

/** What a library of statistics is made of, and what only a program calls: no method of its own. */
const buildingBlocks =
  /^(beta|binomial|chiSquared|f|gamma|negativeBinomial|normal|poisson|t)(Cumulative|Density|Deviate|Probability|Quantile|TwoSided|Upper|UpperQuantile)$|^(draw[A-Z]|prepare[A-Z]|combine[A-Z]).*|Replicates$|^(shuffle|randomStream|quantile|quantileOfSorted|refuse|isRefusal)$/;
/** Parts that a method calls on the way to its answer. */
const within: Readonly<Record<string, string>> = {
  cellId: 'disclosure-control',
  crossTable: 'disclosure-control',
  gridNeighbours: 'gi-star',
  localMinutes: 'aoristic',
  neighboursFromLists: 'gi-star',
  polygonIndex: 'polygon-of-points',
  sentencesIn: 'readability',
  wordsIn: 'readability',
};

describe('the table of methods', () => {
  it('has every measure of the library, and nothing that the library has not', () => {
    const measures = Object.keys(library).filter((name) => !buildingBlocks.test(name) && !(name in within));
    expect(methods.map(({ of }) => of).sort()).toEqual(measures.sort());
    expect(Object.values(within).filter((name) => !methods.some((method) => method.name === name))).toEqual([]);
  });

  it('has each name once, also as the function’s', () => {
    const names = methods.flatMap(({ name, of }) => [...new Set([name, kebab(of)])]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    for (const { name, of } of methods) expect(measureFamily.find(kebab(of))?.name).toBe(`measure ${name}`);
  });

  it.each(methods)('$name says where it comes from', async ({ of, file: source, summary }) => {
    expect(summary).toMatch(/^[A-Z].*[^.]$/);
    const module = (await import(new URL(`../../src/measures/${source}`, import.meta.url).href)) as Record<
      string,
      unknown
    >;
    expect(module[of]).toBeTypeOf('function');
  });

  it.each(methods)('$name says in its help what it takes, with an example that works as it stands', async (method) => {
    const help = measureFamily.find(method.name)!.help!();
    for (const name of [...Object.keys(method.fields.shape), ...Object.keys(method.columns)])
      expect(help).toMatch(new RegExp(`^  ${name} +\\S+: \\S`, 'm'));
    const [, shown] = /^ {2}echo '(.*)' \| concord measure/m.exec(help)!;
    const { json: answer, exit = 0 } = await run(method.name, file('json', shown!), ...workers(method));
    expect(exit).toBe(0);
    expect(JSON.stringify(answer)).not.toMatch(/^(\{\}|\[\]|null)$|NaN/);
  });

  it.each(methods.filter(({ exampleCsv }) => exampleCsv !== undefined))(
    '$name answers a CSV as it does JSON',
    async (method) => {
      const { lines, options } = method.exampleCsv!;
      const fromJson = await json(method.name, file('json', JSON.stringify(method.example)), ...workers(method));
      const text = lines.join('\n');
      const fromCsv = await json(method.name, file('csv', `${text}\n`), ...optionsOf(options), ...workers(method));
      const rows: unknown[] = Array.isArray(fromCsv) ? fromCsv : [fromCsv];
      expect(rows[0]).toMatchObject(fromJson as object);
      // Other programs write other line ends, a mark of byte order, quotes round everything.
      const quoted = lines.map((line) =>
        line
          .split(',')
          .map((cell) => `"${cell}"`)
          .join(','),
      );
      const windows = `\uFEFF${quoted.join('\r\n')}\r\n\r\n`;
      expect(await json(method.name, file('csv', windows), ...optionsOf(options), ...workers(method))).toEqual(fromCsv);
    },
  );

  it('has a CSV example for every method that reads CSV, but for two of many columns', () => {
    const without = methods.filter(({ columns, exampleCsv }) => Object.keys(columns).length > 0 && !exampleCsv);
    expect(without.map(({ name }) => name)).toEqual(['disclosure-control', 'rake']);
  });
});

const workers = (method: Method): string[] => (method.workers ? ['--workers', '1'] : []);

describe('answers that other programs give', () => {
  const near = (value: number) => expect.closeTo(value, 10) as number;

  it('rates-ci: PHEindicatormethods 2.1.0, phe_rate', async () => {
    const rows = ['area,events,population', 'A,8,1620', 'B,30,70250', 'C,0,1500'];
    expect(await json('rates-ci', file('csv', rows.join('\n')), '--per', '1000')).toMatchObject([
      { area: 'A', estimate: near(4.93827160493827), lower: near(2.13199517083241), upper: near(9.73036371616871) },
      { area: 'B', estimate: near(0.427046263345196), lower: near(0.288070307377457) },
      { area: 'C', estimate: 0, lower: 0, upper: near(2.45925296940929) },
    ]);
  });

  it('spc-xmr: NHSRplotthedots 0.2.2', async () => {
    const y = [83, 64, 71, 71, 76, 84, 67, 84, 80, 76, 74, 85, 71, 81, 96, 89, 92, 90, 68, 78, 70, 74, 80, 93];
    const points = y.map(() => ({ mean: near(79.0416666666667), lower: near(54.9860144927536) }));
    expect(await json('spc-xmr', file('csv', ['value', ...y].join('\n')))).toMatchObject({ points });
  });

  it('mann-kendall: R’s Kendall 2.2.1', async () => {
    const series = [0.608, 0.868, 2.956, 3.387, 5.163, 5.054, 7.045, 8.702, 8.75, 10.526];
    const answer = await json('mann-kendall', file('json', JSON.stringify({ series })));
    expect(answer).toMatchObject({ S: 43, variance: 125, pTwoSided: near(0.000172241453387671) });
  });

  it('displacement: ptools 2.0.0, wdd', async () => {
    const columns = ['treated', 'control', 'buffer', 'bufferControl'].flatMap((name) => [
      `${name}Before`,
      `${name}After`,
    ]);
    const answer = await json('displacement', file('csv', `${columns.join(',')}\n60,40,50,52,22,25,20,20\n`));
    expect(answer).toMatchObject([{ estimate: -19, lower: near(-52.3193877371809), upper: near(14.3193877371809) }]);
  });

  it('relative-rate-index: epitools 0.5.10.1', async () => {
    const rows = file('csv', 'name,events,population\nWhite,1460,150300\nBlack,290,12050\n');
    const answer = await json('relative-rate-index', rows, '--reference', 'White', '--per', '1000');
    const ratio = { estimate: near(2.47751946797022), lower: near(2.18420454734365), upper: near(2.81022339305921) };
    expect(answer).toMatchObject({ groups: [{ name: 'White' }, { name: 'Black', ratio }] });
  });
});

describe('what a method is asked', () => {
  it('takes dates for days, and puts options over the file', async () => {
    const rows = ['easting,northing,day', '0,0,2024-02-28', '50,0,2024-03-01', '900,0,2024-03-09'];
    const options = ['--distance-breaks-metres', '0,100,Infinity', '--day-breaks', '0,4,Infinity', '--workers', '1'];
    const answer = await json(
      'near-repeat',
      file('csv', rows.join('\n')),
      ...options,
      '--seed',
      '5',
      '--permutations',
      '19',
    );
    expect(answer).toMatchObject({
      seed: 5,
      permutations: 19,
      cells: [
        [{ observedPairs: 1, toMetres: 100 }, {}],
        [{}, {}],
      ],
    });
    const over = file('json', '{"events": 3, "population": 10, "per": 1}');
    expect(await json('rates-ci', over, '--per', '100')).toMatchObject({ per: 100, events: 3 });
  });

  it('counts points in a grid for gi-star', async () => {
    const points = file('csv', 'easting,northing\n50,50\n60,50\n150,50\n250,50\n');
    const grid = ['--columns', '4', '--rows', '1', '--cell-metres', '100', '--west-metres', '0', '--south-metres', '0'];
    const values = file('json', '{"values": [2, 1, 1, 0], "columns": 4, "rows": 1}');
    expect(await json('gi-star', points, ...grid)).toEqual(await json('gi-star', values));
  });

  it('groups rows by area, and keeps an area that is refused beside those that are not', async () => {
    const bands = ['area,band,events,population,standard', 'A,10-17,10,1000,3', 'B,10-17,2,900,3', 'A,18-24,80,2000,1'];
    const { json: answer, exit } = await run('standardised-rates', file('csv', bands.join('\n')), '--per', '1000');
    expect(exit).toBe(0);
    expect(answer).toMatchObject([
      { area: 'A', estimate: 17.5 },
      { area: 'B', refused: true },
    ]);
  });

  it('names what the answer numbers', async () => {
    const rows = ['area,offence,count,weight', 'North,homicide,1,5475', 'South,assault,300,1'];
    const answer = await json('harm-and-cost', file('csv', rows.join('\n')));
    expect(answer).toMatchObject({ names: ['North', 'South'], areas: [{ harm: 5475 }, { harm: 300 }] });
  });

  it('hides the small counts of a table of areas and categories', async () => {
    const rows = ['area,category,count', 'A,x,2', 'A,y,9', 'B,x,11', 'B,y,12'];
    const answer = await json('disclosure-control', file('csv', rows.join('\n')), '--hide-to', '4');
    // One small cell of a two by two table takes all four; totals stay.
    const cell = (area: string, category: string, state: string) => ({ id: JSON.stringify([area, category]), state });
    const inside = ['A', 'B'].flatMap((area) => ['x', 'y'].map((category) => cell(area, category, 'hidden')));
    expect(answer).toMatchObject({
      cells: expect.arrayContaining(
        [...inside, cell('Total', 'x', 'shown')].map((each) => expect.objectContaining(each) as unknown),
      ) as unknown,
    });
  });
});

// Wrong input, as JSON or CSV, with the method it is given to, and what the sentence must say.
const listOf = (piece: string, times: number) => () => `{"counts":[${piece.repeat(times)}1]}`;
const deep = `{"counts": ${'['.repeat(100_000)}`;
const wrong: readonly (readonly [string, string, string, string | Uint8Array | (() => string | Uint8Array), RegExp])[] =
  [
    [
      'text where a number is wanted',
      'rates-ci',
      'csv',
      'events,population\n3,100\nmany,100\n',
      /^Line 3, column events: a number .* “many”\.$/,
    ],
    [
      'a thousands comma',
      'rates-ci',
      'csv',
      'events,population\n"1,234",100\n',
      /^Line 2, column events: .* “1,234”\.$/,
    ],
    ['an empty cell', 'rates-ci', 'csv', 'events,population\n3,\n', /^Line 2, column population: .* empty\.$/],
    [
      'a missing column',
      'rates-ci',
      'csv',
      'events,people\n3,100\n',
      /has no column population\. Its first line names: “events”, “people”\.$/,
    ],
    ['a column twice', 'rates-ci', 'csv', 'events,events,population\n3,3,100\n', /two columns events/],
    ['a row too short', 'rates-ci', 'csv', 'events,population\n3,100\n4\n', /^Line 3 has 1 fields.* has 2\.$/],
    [
      'a line counted over a quoted line end',
      'rates-ci',
      'csv',
      'area,events,population\n"a\nb",3,100\nc,x,100\n',
      /^Line 4, column events/,
    ],
    [
      'a line counted over Windows line ends',
      'rates-ci',
      'csv',
      'events,population\r\n3,100\r\nx,100\r\n',
      /^Line 3, column events/,
    ],
    [
      'a quote never closed',
      'rates-ci',
      'csv',
      'events,population\n"3,100\n4,100\n',
      /opens on line 2 .* never closed/,
    ],
    [
      'text after a quote',
      'rates-ci',
      'csv',
      'events,population\n"3"x,100\n',
      /^Line 2 .* after a closing quotation mark/,
    ],
    ['a NUL', 'rates-ci', 'csv', 'events,population\n3\0,100\n', /^Line 2 .* NUL/],
    [
      'an impossible date',
      'near-repeat',
      'csv',
      'easting,northing,day\n1,1,2023-02-29\n',
      /^Line 2, column day: a date .* “2023-02-29”/,
    ],
    ['infinity', 'rates-ci', 'csv', 'events,population\n1e999,100\n', /^Line 2, column events/],
    ['a file without rows', 'rates-ci', 'csv', 'events,population\n', /no rows/],
    ['an empty file', 'rates-ci', 'csv', '', /is empty/],
    ['not UTF-8', 'rates-ci', 'csv', Uint8Array.of(0xff, 0xfe, 0x65, 0x00), /not UTF-8/],
    [
      'a line of 100 million bytes',
      'rates-ci',
      'csv',
      () => new Uint8Array(100_000_000).fill(0x61),
      /^Line 1 .* field of more than/,
    ],
    ['fields without end', 'rates-ci', 'csv', () => new Uint8Array(50_000_000).fill(0x2c), /more than 1000 fields/],
    [
      'a quoted field of 100 million bytes',
      'rates-ci',
      'csv',
      () => {
        const all = new Uint8Array(100_000_000).fill(0x61);
        all[0] = 0x22;
        return all;
      },
      /field of more than/,
    ],
    [
      'colours for the terminal',
      'rates-ci',
      'csv',
      'events,population\n\u001b[31m3,100\n',
      /^Line 2, column events: .* “\?\[31m3”/,
    ],
    ['JSON cut short', 'rates-ci', 'json', '{\n"events": 3,', /line 2/],
    ['JSON with a stray comma', 'rates-ci', 'json', '{"events": 3,\n"population": ,}', /line 2, column 15/],
    ['no JSON at all', 'rates-ci', 'json', '', /is empty/],
    ['a list where an object is wanted', 'spc-xmr', 'json', '[1, 2]', /an object with the method’s fields/],
    [
      'a text in a list',
      'spc-xmr',
      'json',
      '{"values": [\n1,\n"x"]}',
      /^Line 3 of .*, values\[1\]: a number is needed, and this is the text “x”/,
    ],
    [
      'a field nobody knows',
      'rates-ci',
      'json',
      '{"evnets": 3}',
      /no field “evnets”: the fields are events, population, per/,
    ],
    [
      'a field deep down',
      'standardised-rates',
      'json',
      '{"per": 1,\n"bands": [{"events": 1, "population": 2, "standard": 3},\n{"events": true, "population": 2, "standard": 3}]}',
      /^Line 3 of .*, bands\[1\]\.events: a number is needed, and this is true/,
    ],
    [
      'a word of another choice',
      'rates-ci',
      'json',
      '{"events": 3, "population": 9, "per": 1, "interval": "wald"}',
      /interval: one of exact, by-count is needed, and this is the text “wald”/,
    ],
    [
      'a row of a list of rows',
      'rates-ci',
      'json',
      '[{"events": 3, "population": 9, "per": 1},\n{"events": "3", "population": 9, "per": 1}]',
      /^Line 2 of .*, events: a number is needed/,
    ],
    ['deep JSON', 'concentration', 'json', () => deep, /nested deeper than 32 levels/],
    ['deep objects', 'concentration', 'json', () => '{"a":'.repeat(50_000), /nested deeper than 32 levels/],
    [
      'JSON of 40 million bytes',
      'concentration',
      'json',
      () => new Uint8Array(40_000_000).fill(0x20),
      /longer than 32 million bytes/,
    ],
    [
      'ten million wrong items',
      'concentration',
      'json',
      () => `{"counts":[${'"",'.repeat(5_000_000)}""]}`,
      /^Line 1 of .*, counts\[0\]: a number is needed/,
    ],
    ['ten million objects', 'concentration', 'json', listOf('{},', 10_000_000), /more than a million lists, objects/],
    ['ten million lists', 'concentration', 'json', listOf('[],', 10_000_000), /more than a million lists, objects/],
    [
      'two million fields',
      'concentration',
      'json',
      () => `{${'"k":1,'.repeat(2_000_000)}"z":1}`,
      /a million lists, objects/,
    ],
    [
      'too many rows to answer',
      'rates-ci',
      'csv',
      () => `events,population\n${'1,9\n'.repeat(300_000)}`,
      /more than 200000 rows/,
    ],
    ['nothing but line ends', 'rates-ci', 'csv', () => '\n'.repeat(11_000_000), /more than 10000000 lines/],
    ['a prototype', 'rates-ci', 'json', '{"__proto__": {"events": 3}}', /no field “__proto__”/],
  ];

describe('wrong input', { timeout: 120_000 }, () => {
  it.each(wrong)('%s: a sentence that names the place', async (_what, method, ending, content, sentence) => {
    const large = typeof content === 'function';
    const input = file(ending, large ? content() : content);
    // What is large must not need memory: the program itself, with little of it.
    const said = large
      ? await concord(method, '--input', input).then(({ exit, out, err }) => {
          expect({ exit, out }).toEqual({ exit: 2, out: '' });
          return err.trimEnd();
        })
      : await run(method, input).then(JSON.stringify, (error: unknown) => {
          expect(error).toBeInstanceOf(WrongUse);
          return (error as Error).message;
        });
    expect(said.replace(/ See: concord .*$/, '')).toMatch(sentence);
    expect(said.split('\n')).toHaveLength(1);
  });

  it.each([
    [['rates-ci', '--per', 'x', '--events', '3', '--population', '1'], 2, /^--per: a number is needed/],
    [['rates-ci', '--events', '3'], 2, /^population is missing\. Give it in a file with --input, or as --population\./],
    [['rates-ci', '--nonsense', '3'], 2, /--nonsense/],
    [['nonsense'], 2, /no command “measure nonsense”/],
    [['near-repeat', '--workers', '0'], 2, /workers/],
    [['spatial-scan', '--simulations', '1e9'], 2, /centres is missing|at most 1000000/],
    [['rates-ci', '--input', 'nowhere.csv'], 1, /cannot be read: there is no such file/],
    [['rates-ci', '--input', '.csv'], 1, /cannot be read/],
    [['rates-ci', '--input', 'figures.xlsx'], 2, /must end in \.json or \.csv/],
    [['rates-ci', '--events', '3', '--population', '0', '--per', '1'], 1, /^There is no population/],
  ] as const)('%j ends with %i', async (args, exit, sentence) => {
    const seen = await concord(...args);
    expect(seen).toMatchObject({ exit, out: '' });
    expect(seen.err).toMatch(sentence);
    expect(seen.err).not.toMatch(/\n\s+at /);
  });
});

describe('the program', { timeout: 120_000 }, () => {
  it('lists every method with its sentence, and helps with each', async () => {
    const { exit, out, err } = await concord('--help');
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    for (const { title, methods: own } of groups) {
      expect(out).toContain(`\n${title}\n`);
      for (const { name, summary } of own)
        expect(out).toMatch(new RegExp(`^  ${name} +${summary.replaceAll(/[.*?()]/g, '\\$&')}$`, 'm'));
    }
    expect((await concord()).exit).toBe(2);
    expect((await concord('gi-star', '--nonsense', '--help')).out).toMatch(/^Hot and cold spots/);
  });

  it('prints a small table, or one JSON document and nothing else', async () => {
    const rows = file('csv', 'area,events,population\nA,30,70250\nB,1,0\n');
    const text = await concord('rates-ci', '--input', rows, '--per', '1000');
    expect(text).toMatchObject({ exit: 0, err: '1 of 2 were refused: the result says why.\n' });
    expect(text.out).toMatch(/^area +estimate +lower/);
    expect(text.out).toMatch(/^A +0\.427046 +0\.28807/m);
    const document = await concord('rates-ci', '--input', rows, '--per', '1000', '--json');
    expect(JSON.parse(document.out)).toMatchObject([
      { area: 'A', events: 30 },
      { area: 'B', refused: true },
    ]);
    const refused = await concord('rates-ci', '--events', '3', '--population', '0', '--per', '1', '--json');
    expect(refused).toMatchObject({ exit: 1, err: '' });
    expect(JSON.parse(refused.out)).toMatchObject({ refused: true, reason: 'no-population' });
  });

  it('prints the same bytes with 1, 2 and 3 workers', async () => {
    const points = Array.from({ length: 200 }, (_, i) => `${(i * 37) % 500},${(i * 91) % 500},${(i * i) % 90}`);
    const input = file('csv', ['easting,northing,day', ...points].join('\n'));
    const options = ['--distance-breaks-metres', '0,50,100', '--day-breaks', '0,4,8', '--json'];
    const outs = await Promise.all(
      ['1', '2', '3'].map(
        async (count) => (await concord('near-repeat', '--input', input, ...options, '--workers', count)).out,
      ),
    );
    expect(JSON.parse(outs[0]!)).toMatchObject({ events: 200, permutations: 999, seed: 1 });
    expect(new Set(outs).size).toBe(1);
  });

  it('tells how far a long run is, and stops when interrupted', async () => {
    const places = Array.from({ length: 400 }, (_, i) => `${i % 20},${Math.floor(i / 20)}`);
    const rows = places.flatMap((place, i) => [1, 2, 3, 4, 5, 6].map((t) => `${place},${t},${(i * t) % 4}`));
    const input = file('csv', ['easting,northing,period,count', ...rows].join('\n'));
    const args = [bin, 'measure', 'space-time-scan', '--input', input, '--simulations', '1000000', '--workers', '2'];
    const child = spawn(process.execPath, args, { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (text) => (out += String(text)));
    child.stderr.on('data', (text) => (err += String(text)));
    await new Promise((later) => setTimeout(later, 4_000));
    child.kill('SIGINT');
    const exit = await new Promise((ended) => child.on('exit', ended));
    expect({ exit, out }).toEqual({ exit: 1, out: '' });
    expect(err).toMatch(/stopped before it was finished\.\n$/);
  });
});
