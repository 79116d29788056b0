import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareDefinitions,
  conditionsOf,
  definitionFileSchema,
  definitionText,
  expressibility,
  factorNames,
  inclusions,
  outWithoutReason,
  undecided,
  usualSources,
  warningsOf,
  whyNotAdopted,
  type Adoption,
  type Definition,
  type KindDecision,
} from './definition.ts';
import { definitionVariants, findVariant } from './definition-variants.ts';
import { forceExtract } from './formats/force-extract.ts';
import { formats } from './formats/index.ts';
import { policeUkStreet } from './formats/police-uk-street.ts';
import type { SourceFormat } from './source.ts';
import { violenceKinds } from './violence-kinds.ts';

const extract: SourceFormat = forceExtract;

function variant(id: string): Definition {
  const found = findVariant(id);
  if (found === undefined) throw new Error(`no variant ${id}`);
  return draft(found);
}
function draft(content: Partial<Definition> & Pick<Definition, 'name' | 'kinds' | 'sources'>): Definition {
  return {
    id: 'ours',
    version: 1,
    about: null,
    status: 'draft',
    decidedBy: null,
    decidedOn: null,
    effectiveFrom: null,
    reviewBy: null,
    ...content,
  };
}
const of = (name: string, ...kinds: readonly KindDecision[]): Definition =>
  draft({ name, kinds, sources: usualSources(kinds.map(({ kind }) => kind)) });

describe('the definitions in use', () => {
  // What each area includes and leaves out, as its own published papers say.
  const inUse = [
    ['pan-lancashire', ['domestic-abuse', 'child-exploitation', 'aggravated-burglary', 'robbery'], []],
    ['merseyside', ['homicide', 'attempted-murder', 'gun-crime', 'knife-crime', 'serious-harm'], ['domestic-abuse']],
    ['sefton-2022', ['homicide', 'domestic-abuse', 'violence-against-the-person'], []],
    ['avon-and-somerset', ['homicide', 'robbery', 'knife-crime', 'inherent-violence', 'modern-slavery'], []],
    ['london', ['domestic-abuse', 'sexual-offences', 'robbery', 'violence-against-property'], []],
  ] as const;

  it.each(inUse)('%s counts what it includes', (id, isIn, isOutOfIt) => {
    const inclusionOf = new Map(variant(id).kinds.map((each) => [each.kind, each.inclusion]));
    for (const kind of isIn) expect([kind, inclusionOf.get(kind)]).toEqual([kind, 'core']);
    for (const kind of isOutOfIt) expect([kind, inclusionOf.get(kind)]).toEqual([kind, 'signposted']);
  });

  it('keeps Avon and Somerset to people under 25 in public space, but not its wider list', () => {
    for (const kind of variant('avon-and-somerset').kinds) {
      const isCore = kind.inclusion === 'core';
      expect([kind.ageScope, kind.setting]).toEqual(isCore ? ['under-25', 'public-space'] : ['all', 'any']);
    }
  });

  it.each(definitionVariants.map(({ id }) => [id]))('%s can be counted on a force’s extract', (id) => {
    const { whole, kinds } = expressibility(variant(id), extract);
    expect(kinds.filter(({ expression }) => expression.can === 'not')).toEqual([]);
    expect(whole.can).not.toBe('not');
    expect(conditionsOf(variant(id), extract).done).toBe(true);
  });

  it.each(definitionVariants.map(({ id }) => [id]))('%s can be told apart from every other by its text', (id) => {
    const texts = definitionVariants.map((each) => definitionText(draft(each)));
    expect(texts.filter((text) => text === definitionText(variant(id)))).toHaveLength(1);
  });

  it('is a file that can be read in', () => {
    for (const { id, name, about, kinds, sources } of definitionVariants)
      expect(definitionFileSchema.parse({ id, name, about, kinds, sources })).toMatchObject({ id, name, kinds });
  });
});

describe('what a source can say', () => {
  const withAbuse = variant('sefton-2022');
  const without = variant('merseyside');

  it('cannot say on data.police.uk whether domestic abuse is in or out', () => {
    for (const definition of [withAbuse, without]) {
      const outcome = conditionsOf(definition, policeUkStreet);
      expect(outcome).toMatchObject({ done: false, reason: 'not-valid' });
      expect(!outcome.done && outcome.sentence).toContain(
        'data.police.uk publishes one type for violence and sexual offences without a domestic abuse flag (domestic abuse',
      );
      expect(!outcome.done && outcome.sentence).toContain(`“${definition.name}” cannot be expressed: `);
    }
  });

  it('says kind by kind what is missing, what stands for it and what is there', () => {
    const definition = of(
      'Three kinds',
      undecided('robbery'),
      undecided('violence-against-the-person'),
      undecided('knife-crime'),
    );
    const { whole, kinds } = expressibility(definition, policeUkStreet);
    expect(whole.can).toBe('not');
    expect(kinds.map(({ kind, expression }) => [kind, expression.can])).toEqual([
      ['robbery', 'fully'],
      ['violence-against-the-person', 'by-proxy'],
      ['knife-crime', 'not'],
    ]);
  });

  it('cannot say the age or the setting of a robbery on data.police.uk', () => {
    const young = of('Young', { ...undecided('robbery'), ageScope: 'under-25' });
    const outside = of('Outside', { ...undecided('robbery'), setting: 'public-space' });
    const atHome = of('At home', { ...undecided('robbery'), setting: 'home' });
    for (const definition of [young, outside, atHome])
      expect(expressibility(definition, policeUkStreet).whole.can).toBe('not');
    expect(expressibility(of('All', undecided('robbery')), policeUkStreet).whole).toEqual({ can: 'fully' });
  });

  it('names what stands for a kind that has no code of its own', () => {
    const { kinds } = expressibility(of('Exploitation', undecided('child-exploitation')), extract);
    expect(kinds[0]?.expression).toMatchObject({
      can: 'by-proxy',
      proxy: expect.stringContaining('criminal') as string,
    });
  });

  it('names the rows of a kind of its own', () => {
    const definition = draft({
      name: 'Our own',
      kinds: [{ ...undecided('disorder'), name: 'Disorder' }],
      sources: [{ format: 'police-uk-street', kinds: [{ kind: 'disorder', categories: ['Public order'] }] }],
    });
    expect(expressibility(definition, policeUkStreet).whole).toEqual({
      can: 'by-proxy',
      proxy: 'the rows that it calls “Public order”',
    });
    expect(conditionsOf(definition, policeUkStreet)).toEqual({
      done: true,
      value: [{ any: [{ all: [{ column: 'category', in: ['Public order'] }] }] }],
    });
  });

  it('refuses a kind of which the definition does not say the rows', () => {
    const definition = draft({ name: 'Mute', kinds: [undecided('robbery')], sources: [] });
    expect(expressibility(definition, policeUkStreet).whole).toMatchObject({
      can: 'not',
      because: expect.stringContaining('does not say which rows') as string,
    });
  });

  it('refuses a column that the format has not, whatever it says that it can', () => {
    const { columns, standard } = extract.rules;
    const lacking = { ...extract, rules: { standard, columns: columns.filter(({ name }) => name !== 'knife') } };
    expect(expressibility(of('Knives', undecided('knife-crime')), lacking).whole).toMatchObject({
      can: 'not',
      because: expect.stringContaining('no column for knife') as string,
    });
  });
});

describe('the list of kinds', () => {
  it('names categories and columns that the formats have', () => {
    for (const { kind, selections } of violenceKinds)
      for (const [name, selection] of Object.entries(selections)) {
        const format = formats.find((each) => each.name === name);
        const { columns, standard } = format?.rules ?? {};
        const category = columns?.find(
          (each) => 'column' in standard!.category && each.name === standard!.category.column,
        );
        for (const each of selection.categories ?? [])
          if (category?.oneOf !== undefined)
            expect([kind, name, category.oneOf]).toEqual([kind, name, expect.arrayContaining([each])]);
        const definition = of(kind, undecided(kind));
        expect([kind, name, expressibility(definition, format!).whole.can]).not.toEqual([kind, name, 'not']);
      }
  });
});

describe('the rows that count', () => {
  const robbery = undecided('robbery');
  const abuse: KindDecision = { ...undecided('domestic-abuse'), inclusion: 'excluded' };

  it('takes domestic abuse out of robbery only where that was decided', () => {
    expect(conditionsOf(of('Kept', robbery, abuse), extract)).toEqual({
      done: true,
      value: [{ any: [{ all: [{ column: 'category', in: ['34A', '34B'] }] }] }],
    });
    expect(conditionsOf(of('Taken out', robbery, { ...abuse, takesOut: true }), extract)).toEqual({
      done: true,
      value: [
        { any: [{ all: [{ column: 'category', in: ['34A', '34B'] }] }] },
        { not: { all: [{ column: 'domestic_abuse', is: true }] } },
      ],
    });
  });

  it('asks for victims or suspects under 25, and for public space', () => {
    const outcome = conditionsOf(of('Young', { ...robbery, ageScope: 'under-25', setting: 'public-space' }), extract);
    expect(outcome.done && outcome.value).toEqual([
      {
        any: [
          {
            all: [
              { column: 'category', in: ['34A', '34B'] },
              {
                any: [
                  { column: 'victim_age', atLeast: 0, atMost: 24 },
                  { column: 'suspect_age', atLeast: 0, atMost: 24 },
                ],
              },
              { column: 'public_place', is: true },
            ],
          },
        ],
      },
    ]);
  });

  it('counts the wider list only when asked', () => {
    const definition = of('Two', robbery, { ...undecided('homicide'), inclusion: 'wider' });
    const kindsIn = (cut: Parameters<typeof conditionsOf>[2]) => {
      const outcome = conditionsOf(definition, extract, cut);
      return outcome.done && JSON.stringify(outcome.value).match(/34A|4\.10/g);
    };
    expect(kindsIn({})).toEqual(['34A']);
    expect(kindsIn({ withWider: true })).toEqual(['34A', '4.10']);
    expect(kindsIn({ kind: 'homicide' })).toEqual(['4.10']);
  });

  it('refuses where nothing is in, or the kind that is asked for is out', () => {
    expect(conditionsOf(of('Nothing', abuse), extract)).toMatchObject({ done: false });
    expect(conditionsOf(of('Out', robbery, abuse), extract, { kind: 'domestic-abuse' })).toMatchObject({ done: false });
  });
});

describe('what is said before it is adopted', () => {
  const adoption: Adoption = {
    decidedBy: 'The Executive',
    decidedOn: 'March 2023',
    effectiveFrom: '2023-04-01',
    reviewBy: '2024-04-01',
  };
  const judged = Object.fromEntries(
    factorNames.map((name) => [name, { finding: 'High', evidence: '', date: null }]),
  ) as unknown as KindDecision['factors'];
  const floor = violenceKinds.filter(({ isFloor }) => isFloor).map(({ kind }) => undecided(kind));

  it('warns of each kind of the floor that is missing, and blocks none', () => {
    for (const missing of floor) {
      const definition = of('Less', ...floor.filter((each) => each !== missing));
      expect(warningsOf(definition)[0]).toContain(missing.name.slice(1));
      expect(whyNotAdopted(definition, adoption, undefined)).toEqual({});
    }
    expect(warningsOf(of('All', ...floor.map((each) => ({ ...each, factors: judged }))))).toEqual([]);
  });

  it('names the kinds without a finding for all four factors', () => {
    const half = { ...undecided('homicide'), factors: { ...judged, penalty: null } };
    expect(warningsOf(of('Half', ...floor.filter(({ kind }) => kind !== 'homicide'), half)).join(' ')).toContain(
      'homicide',
    );
  });

  it('asks for the reason of what is out', () => {
    const out = { ...undecided('domestic-abuse'), inclusion: 'signposted' as const };
    const silent = of('Silent', ...floor, out);
    expect(outWithoutReason(silent)).toEqual([out]);
    expect(whyNotAdopted(silent, adoption, undefined)['']).toContain('Say why domestic abuse');
    expect(whyNotAdopted(of('Told', ...floor, { ...out, rationale: 'A board has it.' }), adoption, undefined)).toEqual(
      {},
    );
  });

  it('holds later than the one before, and is reviewed later still', () => {
    const before = { name: 'The old one', effectiveFrom: '2023-04-01' };
    const definition = of('New', ...floor);
    expect(whyNotAdopted(definition, adoption, before)).toHaveProperty('effectiveFrom');
    expect(whyNotAdopted(definition, { ...adoption, effectiveFrom: '2023-04-02' }, before)).toEqual({});
    expect(whyNotAdopted(definition, { ...adoption, reviewBy: '2023-04-01' }, undefined)).toHaveProperty('reviewBy');
  });

  it('is adopted once', () => {
    expect(whyNotAdopted({ ...of('Twice', ...floor), status: 'adopted' }, adoption, undefined)).toHaveProperty('');
    expect(whyNotAdopted(of('Empty', undecided('robbery', 'wider')), adoption, undefined)).toHaveProperty('');
  });
});

describe('two side by side', () => {
  it('shows what is in, out and changed from September 2022 to Merseyside', () => {
    const byKind = new Map(
      compareDefinitions(variant('sefton-2022'), variant('merseyside')).map((each) => [each.kind, each]),
    );
    expect(byKind.get('domestic-abuse')).toMatchObject({
      difference: 'changed',
      changes: ['In → Out: other board', 'Its rows are taken out of the other kinds too'],
    });
    expect(byKind.get('homicide')).toMatchObject({ difference: 'same', changes: [] });
    expect(byKind.get('violence-against-the-person')).toMatchObject({ difference: 'only-first', second: null });
    expect(byKind.get('serious-harm')).toMatchObject({ difference: 'only-second', first: null });
    expect(byKind.get('inherent-violence')).toMatchObject({ changes: ['In the wider list → In'] });
  });

  it('is the same whatever the order in which the rows of a source are said', () => {
    const first = of('One', undecided('knife-crime'));
    const turned = first.sources.map(({ format, kinds }) => ({
      format,
      kinds: kinds.map((each) => Object.fromEntries(Object.entries(each).reverse()) as unknown as typeof each),
    }));
    expect(compareDefinitions(first, { ...first, sources: turned })[0]?.changes).toEqual([]);
  });

  it('says when other rows of a source are meant', () => {
    const first = of('One', undecided('robbery'));
    const second = { ...first, sources: [] };
    expect(compareDefinitions(first, second)[0]?.changes).toEqual([
      'Other rows of force-extract, police-uk-street and ho-recorded-crime',
    ]);
  });
});

describe('the text that is hashed', () => {
  const kindOf = fc.constantFrom(...violenceKinds.map(({ kind }) => kind));
  const definitions = fc
    .record({ name: fc.string({ minLength: 1, unit: 'grapheme' }), kinds: fc.uniqueArray(kindOf, { minLength: 1 }) })
    .map(({ name, kinds }) => of(name, ...kinds.map((kind) => undecided(kind))));

  it('stays when a definition is adopted and superseded', () => {
    fc.assert(
      fc.property(definitions, (definition) => {
        const adopted: Definition = {
          ...definition,
          status: 'adopted',
          decidedBy: 'Board',
          decidedOn: 'March 2023',
          effectiveFrom: '2023-04-01',
          reviewBy: null,
        };
        expect(definitionText(adopted)).toBe(definitionText(definition));
      }),
    );
  });

  it('changes with every inclusion', () => {
    fc.assert(
      fc.property(definitions, fc.constantFrom(...inclusions), (definition, inclusion) => {
        const [first, ...rest] = definition.kinds;
        if (first === undefined) return;
        const other = { ...definition, kinds: [{ ...first, inclusion }, ...rest] };
        expect(definitionText(other) === definitionText(definition)).toBe(first.inclusion === inclusion);
      }),
    );
  });

  it('comes back the same from a file', () => {
    const definition = variant('merseyside');
    const { id, name, about, kinds, sources } = definition;
    const file: unknown = JSON.parse(JSON.stringify({ id, name, about, kinds, sources }));
    const read = definitionFileSchema.parse(file);
    expect(definitionText({ ...definition, ...(read as object) })).toBe(definitionText(definition));
  });
});
