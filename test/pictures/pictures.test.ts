import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  toSentence,
  toSvg,
  toTable,
  type ChoroplethModel,
  type LineModel,
  type PictureModel,
  type Reading,
} from '../../src/pictures/index.ts';
import { controlChart, sampleModels, squares } from './sample-models.ts';
import { faultOf } from './well-formed.ts';

const widths = [320, 640, 960] as const;
const each = sampleModels.map((model) => [model.kind, model] as const);

/** Text between the tags, as it is read. */
const textOf = (svg: string): string =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)]
    .map(([, words = '']) =>
      words.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    )
    .join(' ');

const without = (words: string): string => words.replaceAll(/\s+/g, '');

function expectSound(svg: string): void {
  expect(faultOf(svg)).toBeUndefined();
  expect(svg).not.toMatch(/NaN|undefined|Infinity|\[object/);
  expect(svg).not.toMatch(/<style|style="|<script|<foreignObject| on\w+="|href="/);
  for (const [, size = ''] of svg.matchAll(/font-size="([\d.]+)"/g)) expect(Number(size)).toBeGreaterThanOrEqual(12);
}

describe('every kind of picture', () => {
  it('has a sample', () => {
    expect(new Set(sampleModels.map(({ kind }) => kind)).size).toBe(8);
  });

  it.each(each)('%s is one sound file with its title, its sentence, its source and what is not shown', (_, model) => {
    for (const width of widths) {
      const svg = toSvg(model, { width });
      expectSound(svg);
      expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg" ')).toBe(true);
      const named = /aria-labelledby="(\S+) (\S+)"/.exec(svg);
      expect(svg).toContain('role="img"');
      expect(svg).toContain(`<title id="${named?.[1] ?? ''}">${model.title}</title>`);
      expect(svg).toContain(`<desc id="${named?.[2] ?? ''}">`);
      for (const words of [model.title, model.unit, model.source, ...model.notShown])
        expect(without(textOf(svg))).toContain(without(words));
    }
  });

  it.each(each)('%s names the patterns that it uses, each once', (_, model) => {
    const svg = toSvg(model, { width: 640 });
    const made = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(made).size).toBe(made.length);
    for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(made).toContain(id);
  });

  it.each(each)('%s prints without a ground, in larger letters', (_, model) => {
    const svg = toSvg(model, { width: 640, isForPrint: true });
    expectSound(svg);
    expect(svg).not.toContain('<rect x="0" y="0" width="640"');
    expect(
      Math.min(...[...svg.matchAll(/<text[^>]* font-size="([\d.]+)"/g)].map(([, size]) => Number(size))),
    ).toBeGreaterThanOrEqual(14);
  });

  it('has the same bytes in another process', () => {
    const program = `
      const { toSvg } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/pictures/index.ts'))});
      const { sampleModels } = await import(${JSON.stringify(join(import.meta.dirname, 'sample-models.ts'))});
      process.stdout.write(sampleModels.map((model) => toSvg(model, { width: 640 })).join('\\n'));`;
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toBe(sampleModels.map((model) => toSvg(model, { width: 640 })).join('\n'));
  });

  it('has ids of its own, so that two fit on one page', () => {
    const ids = sampleModels.flatMap((model) =>
      [...toSvg(model, { width: 640 }).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('hostile words', () => {
  const words = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'a & b &amp; \u0000\u0001\u0008\uffff\ud800 end',
    'שכונה צפונית 12',
    '\u202eevil\u202c',
    '🏘️👩‍👩‍👧‍👦 estate',
    'x'.repeat(200),
    'Ward of a name that goes on '.repeat(8),
    '</text></svg>',
    ']]>',
  ];

  it.each(words)('%j stays text in every place of every picture', (hostile) => {
    const named = (held: unknown): unknown => {
      if (Array.isArray(held)) return held.map(named);
      if (typeof held !== 'object' || held === null) return held;
      return Object.fromEntries(
        Object.entries(held).map(([key, part]) => {
          const isWord = [
            'title',
            'unit',
            'source',
            'name',
            'words',
            'flag',
            'verdict',
            'notMapped',
            'across',
            'interval',
            'sizeName',
            'up',
          ];
          return [key, typeof part === 'string' && isWord.includes(key) ? hostile : named(part)];
        }),
      );
    };
    for (const model of sampleModels)
      for (const width of widths) expectSound(toSvg(named(model) as PictureModel, { width }));
  });

  it('keeps a long name whole', () => {
    const name = 'Ward of a very long name indeed '.repeat(6).trim();
    const bars: PictureModel = {
      kind: 'bars',
      title: 'T',
      unit: 'u',
      source: 's',
      notShown: [],
      across: 'Ward',
      rows: [{ name, value: 3 }],
    };
    for (const width of widths) expect(without(textOf(toSvg(bars, { width })))).toContain(without(name));
  });

  it('sets a name from right to left apart from the number behind it', () => {
    const bars: PictureModel = {
      kind: 'bars',
      title: 'T',
      unit: 'u',
      source: 's',
      notShown: [],
      across: 'Ward',
      rows: [
        { name: 'צפון', value: 3 },
        { name: 'B', value: 1 },
      ],
    };
    expect(toSentence(bars)).toContain('\u2068צפון\u2069, with 3');
  });
});

describe('gaps', () => {
  const sparse: LineModel = {
    kind: 'line',
    title: 'T',
    unit: 'offences a month',
    source: 's',
    notShown: [],
    step: 'month',
    series: [
      {
        name: 'Robbery',
        points: [
          { at: '2022-01', value: 5 },
          { at: '2022-02', value: 6 },
          { at: '2022-05', value: 0 },
          { at: '2022-06', value: 7 },
          { at: '2022-07', absent: 'hidden' },
          { at: '2022-08', value: 4 },
        ],
      },
    ],
  };

  it('break the line and are named, in the picture, the table and the sentence', () => {
    const svg = toSvg(sparse, { width: 960 });
    expect([...svg.matchAll(/<path d="M[^"]*" fill="none" stroke="#0b4f55"/g)]).toHaveLength(2);
    expect(textOf(svg)).toContain('no record');
    expect(textOf(svg)).toContain('Hidden for July 2022; no record for March to April 2022.');
    expect(toSentence(sparse)).toContain('Hidden for July 2022; no record for March to April 2022.');
    expect(toTable(sparse).rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['January 2022', '5'],
      ['February 2022', '6'],
      ['March 2022', 'no record'],
      ['April 2022', 'no record'],
      ['May 2022', '0'],
      ['June 2022', '7'],
      ['July 2022', 'hidden'],
      ['August 2022', '4'],
    ]);
  });

  it('are never the lowest figure, and a zero is', () => {
    expect(toSentence(sparse)).toContain('Lowest: May 2022, with 0.');
  });

  it('are told row by row where rows differ, and once where they do not', () => {
    const [robbery] = sparse.series;
    const whole = {
      name: 'Drugs',
      points: Array.from({ length: 8 }, (_, index) => ({ at: `2022-0${index + 1}`, value: 1 })),
    };
    const two = { ...sparse, series: [robbery!, whole] };
    expect(toSentence(two)).toContain('Robbery: hidden for July 2022');
    const twice = { ...sparse, series: [robbery!, { ...robbery!, name: 'Drugs' }] };
    expect(toSentence(twice).match(/Hidden for July 2022/gi)).toHaveLength(1);
  });
});

describe('what a sentence may say', () => {
  const plain: LineModel = { ...controlChart, verdict: undefined };

  it('begins with the verdict that the model brings', () => {
    expect(toSentence(controlChart)).toMatch(/^We cannot tell whether it changed\. Robbery: /);
  });

  it('speaks of no change without being told that it holds', () => {
    for (const model of [plain, ...sampleModels.filter(({ verdict }) => verdict === undefined)])
      expect(toSentence(model)).not.toMatch(
        /\b(rose|fell|rising|falling|increas|decreas|more than|less than|up by|down by|stable)\b/i,
      );
  });

  it('says from what to what, and when, where a series is said to have risen', () => {
    const rising: LineModel = {
      ...plain,
      annotations: undefined,
      limits: undefined,
      target: undefined,
      series: [
        {
          name: 'Robbery',
          change: 'rose',
          points: [
            { at: '2022-01', value: 5 },
            { at: '2022-03', value: 9, low: 4, high: 17 },
          ],
        },
      ],
    };
    expect(toSentence(rising)).toContain('Robbery rose from 5 in January 2022 to 9 (4 to 17) in March 2022.');
  });

  it('says what rule fired, and when', () => {
    expect(toSentence(plain)).toContain('Outside the limits: July 2024.');
    expect(textOf(toSvg(plain, { width: 640 }))).toContain('Outside the limits: July 2024.');
  });

  it('names what is hidden', () => {
    const bars = sampleModels.find(({ kind }) => kind === 'bars')!;
    expect(toSentence(bars)).toBe(
      'Beech: 31.0 (25.5 or more). England: 31.3. Highest: Ash, with 48.5 (40.3 to 57.5). Lowest: Fir, with −4.5 (−9.0 to 1.0). Hidden: Cedar. No record: Elm. Unit: offences a month.',
    );
  });
});

describe('the table', () => {
  /** Every number of a model that stands for a figure: not places, sizes of curves or digits. */
  function figuresOf(held: unknown): readonly number[] {
    if (Array.isArray(held)) return held.flatMap(figuresOf);
    if (typeof held !== 'object' || held === null) return [];
    return Object.entries(held).flatMap(([key, part]) => {
      if (['outline', 'places', 'curve', 'decimals', 'classes'].includes(key)) return [];
      return typeof part === 'number' && Number.isFinite(part) ? [part] : figuresOf(part);
    });
  }

  function expectWhole(model: PictureModel): void {
    const { head, rows } = toTable(model);
    for (const row of rows) expect(row).toHaveLength(head.length);
    const shown = new Set(rows.flatMap((row) => row.map(({ value }) => value)));
    expect(figuresOf(model).filter((value) => !shown.has(value))).toEqual([]);
  }

  it.each(each)('of %s holds every number, and a word for each absence', (_, model) => {
    expectWhole(model);
  });

  it('tells of annotations, also of one before the first figure', () => {
    const early: LineModel = { ...controlChart, annotations: [{ at: '2021-06', words: 'Before all' }] };
    expect(toTable(early).rows[0]?.map(({ text }) => text)).toContain('Before all');
    expect(textOf(toSvg(early, { width: 640 }))).toContain('June 2021: Before all.');
  });

  const reading: fc.Arbitrary<Reading> = fc.oneof(
    fc.record({ value: fc.double({ min: -1e12, max: 1e12, noNaN: true }) }),
    fc
      .tuple(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.boolean(),
      )
      .map(([value, half, isOpen]) => ({ value, low: value - half, high: isOpen ? Infinity : value + half })),
    fc.constantFrom<Reading>({ absent: 'hidden' }, { absent: 'no-record' }, { absent: 'not-applicable' }),
  );
  const name = fc.string({ unit: 'binary', maxLength: 40 });
  const sounds = { title: 'T', unit: 'u', source: 's', notShown: [] } as const;
  const anyModel: fc.Arbitrary<PictureModel> = fc.oneof(
    fc
      .record({
        names: fc.array(name, { maxLength: 8 }),
        readings: fc.array(reading, { maxLength: 30 }),
        first: fc.integer({ min: 0, max: 40 }),
      })
      .map(({ names, readings, first }): PictureModel => ({
        kind: 'line',
        ...sounds,
        step: 'quarter',
        series: names.map((one, at) => ({
          name: one,
          points: readings
            .map((each_, index) => ({
              ...each_,
              at: `${2010 + Math.floor((first + index) / 4)}-Q${((first + index) % 4) + 1}`,
            }))
            .filter((_, index) => (index + at) % 5 !== 3),
        })),
      })),
    fc
      .record({
        kind: fc.constantFrom('bars' as const, 'dots' as const),
        rows: fc.array(fc.tuple(name, reading), { maxLength: 20 }),
      })
      .map(({ kind, rows }): PictureModel => ({
        kind,
        ...sounds,
        across: 'A',
        rows: rows.map(([one, value]) => ({ name: one, ...value })),
      })),
    fc
      .array(fc.array(reading, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 })
      .map((cells): PictureModel => ({
        kind: 'heat',
        ...sounds,
        rowName: 'r',
        columnName: 'c',
        rows: cells.map((_, index) => `row ${index}`),
        columns: ['a', 'b', 'c'],
        cells: cells.map((row) => row.map((one) => ('value' in one ? { value: one.value } : one))),
      })),
    fc.array(reading, { minLength: 6, maxLength: 6 }).map((readings): PictureModel => ({
      kind: 'choropleth',
      ...sounds,
      across: 'A',
      notMapped: 'none',
      areas: squares(3, 2, (index) => readings[index] ?? { absent: 'hidden' }),
    })),
  );

  /** The smallest number that there is: half of it is nought. */
  const smallest: PictureModel = {
    kind: 'line',
    ...sounds,
    step: 'quarter',
    series: [{ name: '', points: [{ value: Number.MIN_VALUE, at: '2010-Q1' }] }],
  };

  it('holds every number of any model, whose picture is sound', () => {
    fc.assert(
      fc.property(anyModel, fc.constantFrom(...widths), (model, width) => {
        expectWhole(model);
        expectSound(toSvg(model, { width }));
        expect(toSentence(model)).not.toMatch(/NaN|undefined|Infinity/);
      }),
      { numRuns: 150, examples: [[smallest, 320]] },
    );
  });
});

describe('models that cannot be drawn', () => {
  const bars = (value: number): PictureModel => ({
    kind: 'bars',
    title: 'T',
    unit: 'u',
    source: 's',
    notShown: [],
    across: 'A',
    rows: [{ name: 'a', value }],
  });

  it.each([NaN, Infinity, -Infinity, 1e16])('a value of %d is a fault that says where', (value) => {
    for (const made of [
      () => toSvg(bars(value), { width: 640 }),
      () => toTable(bars(value)),
      () => toSentence(bars(value)),
    ])
      expect(made).toThrow(`bars.rows.0.value is ${value}`);
  });

  it('a month written otherwise is a fault', () => {
    const model: LineModel = { ...controlChart, series: [{ name: 'a', points: [{ at: '2022-13', value: 1 }] }] };
    expect(() => toSvg(model, { width: 640 })).toThrow('not a month: 2022-13');
  });

  it('a picture without figures says so', () => {
    for (const model of [
      { ...controlChart, series: [], annotations: [] },
      { ...sampleModels[2]!, rows: [] } as PictureModel,
    ]) {
      expect(textOf(toSvg(model, { width: 320 }))).toContain('There are no figures to draw.');
      expect(toSentence(model)).toContain('There are no figures to show.');
    }
  });

  it('a width on which nothing can be read is a fault', () => {
    expect(() => toSvg(controlChart, { width: 100 })).toThrow('not a width: 100');
  });
});

describe('a map', () => {
  const map = (areas: ChoroplethModel['areas'], rest: Partial<ChoroplethModel> = {}): ChoroplethModel => ({
    kind: 'choropleth',
    title: 'T',
    unit: 'u',
    source: 's',
    notShown: [],
    across: 'Area',
    notMapped: '3 have no place',
    areas,
    ...rest,
  });

  it('of 900 areas stays small and quick', () => {
    const model = map(squares(30, 30, (index) => ({ value: index % 50 })));
    toSvg(model, { width: 960 });
    const began = performance.now();
    const svg = toSvg(model, { width: 960 });
    // A tenth of a second on a quiet machine; the bound is for a busy one.
    expect(performance.now() - began).toBeLessThan(1500);
    expect(svg.length).toBeLessThan(300_000);
    expect(svg.match(/<title>/g)).toHaveLength(900);
  });

  it('is the same whichever way a ring is walked', () => {
    const areas = squares(4, 3, (index) => ({ value: index }));
    const turned = areas.map((area) => ({
      ...area,
      outline: {
        type: 'Polygon' as const,
        coordinates: [(area.outline.coordinates[0] as readonly (readonly number[])[]).toReversed()],
      },
    }));
    const boxes = (svg: string): number => svg.match(/<path /g)?.length ?? 0;
    expect(boxes(toSvg(map(turned), { width: 640 }))).toBe(boxes(toSvg(map(areas), { width: 640 })));
  });

  it('keeps an area too small to see', () => {
    const speck = {
      type: 'Polygon' as const,
      coordinates: [
        [
          [-2.97, 53.81],
          [-2.969999, 53.81],
          [-2.969999, 53.810001],
          [-2.97, 53.81],
        ],
      ],
    };
    const areas = [...squares(4, 3, () => ({ value: 1 })), { code: 'x', name: 'Speck', outline: speck, value: 2 }];
    expect(toSvg(map(areas), { width: 320 })).toMatch(/<path d="M[^"]{8,}z"><title>Speck: 2</);
  });

  it('says how many have no place, and counts its classes', () => {
    const svg = toSvg(map(squares(2, 2, (index) => (index === 0 ? { absent: 'hidden' } : { value: index }))), {
      width: 640,
    });
    expect(textOf(svg)).toContain('3 have no place.');
    expect(textOf(svg)).toContain('hidden (1 area)');
  });

  it('refuses classes that leave a value out', () => {
    const classes = [
      { below: 2, words: 'low' },
      { below: 3, words: 'high' },
    ];
    expect(() =>
      toSvg(
        map(
          squares(2, 2, (index) => ({ value: index })),
          { classes },
        ),
        { width: 640 },
      ),
    ).toThrow('no class holds 3');
  });
});
