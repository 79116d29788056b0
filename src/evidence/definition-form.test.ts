import { describe, expect, it } from 'vitest';
import { definitionText, undecided, usualSources, type DefinitionContent } from './definition.ts';
import {
  addKindForm,
  codedSelection,
  kindForm,
  kindMistakes,
  lineOf,
  typedKind,
  withChangedKind,
  withKind,
  withoutKind,
} from './definition-form.ts';
import { definitionVariants } from './definition-variants.ts';
import { definitionWords } from './definition-words.ts';

const of = (...kinds: readonly string[]): DefinitionContent => ({
  id: 'ours',
  version: 1,
  name: 'Ours',
  about: null,
  kinds: kinds.map((kind) => undecided(kind)),
  sources: usualSources(kinds),
});

describe('the form of a kind', () => {
  it('changes nothing where nothing was typed otherwise, for every kind of every variant', () => {
    for (const variant of definitionVariants) {
      const content = { ...variant, version: 1 };
      for (const decision of content.kinds) {
        const form = kindForm.parse(typedKind(content, decision));
        expect(definitionText(withChangedKind(content, decision.kind, form))).toBe(definitionText(content));
      }
    }
  });

  it('keeps what was judged, and asks for a finding where there is only its evidence', () => {
    const [decision] = of('robbery').kinds;
    const typed = { ...typedKind(of('robbery'), decision!), inclusion: 'core', prevalenceEvidence: 'A survey' };
    expect(kindMistakes(kindForm.parse(typed))).toHaveProperty('prevalence');
    const whole = kindForm.parse({ ...typed, prevalence: 'Common', prevalenceDate: 'September 2022' });
    expect(kindMistakes(whole)).toEqual({});
    expect(withChangedKind(of('robbery'), 'robbery', whole).kinds[0]?.factors.prevalence).toEqual({
      finding: 'Common',
      evidence: 'A survey',
      date: 'September 2022',
    });
  });

  it('lets only a kind that is out take rows out, and name another board', () => {
    const content = of('domestic-abuse');
    const typed = { inclusion: 'core', takesOut: 'yes', alternativeGovernance: 'A board' };
    const [changed] = withChangedKind(content, 'domestic-abuse', kindForm.parse(typed)).kinds;
    expect(changed).toMatchObject({ takesOut: false, alternativeGovernance: null });
    const out = kindForm.parse({ ...typed, inclusion: 'signposted' });
    expect(withChangedKind(content, 'domestic-abuse', out).kinds[0]).toMatchObject({
      takesOut: true,
      alternativeGovernance: 'A board',
    });
  });

  it('says other rows of police records, and leaves the other sources as they are', () => {
    const form = kindForm.parse({ inclusion: 'core', codes: '34a; 34B, 34A', flags: ['knife'] });
    const changed = withChangedKind(of('robbery'), 'robbery', form);
    expect(codedSelection(changed, 'robbery')).toEqual({
      kind: 'robbery',
      offenceCodes: ['34A', '34B'],
      flags: ['knife'],
    });
    expect(changed.sources.find(({ format }) => format === 'police-uk-street')?.kinds).toEqual([
      { kind: 'robbery', categories: ['Robbery'] },
    ]);
    const none = withChangedKind(changed, 'robbery', kindForm.parse({ inclusion: 'core' }));
    expect(none.sources.some(({ format }) => format === 'force-extract')).toBe(false);
    const marked = withChangedKind(none, 'robbery', kindForm.parse({ inclusion: 'core', flags: 'alcohol' }));
    expect(marked.sources.map(({ format }) => format)).not.toContain('ho-recorded-crime');
  });

  it('refuses codes that are none', () => {
    expect(kindForm.safeParse({ inclusion: 'core', codes: '<script>' }).success).toBe(false);
  });
});

describe('kinds of a draft', () => {
  const form = (typed: Readonly<Record<string, string>>) => addKindForm.parse({ inclusion: 'core', ...typed });

  it('come from the list with their rows, or have a name of their own', () => {
    const added = withKind(of('robbery'), form({ kind: 'homicide' }));
    expect('content' in added && added.content).toEqual(of('robbery', 'homicide'));
    const own = withKind(of('robbery'), form({ name: 'Acid attacks' }));
    expect('content' in own && own.content.kinds.at(-1)).toMatchObject({ kind: 'acid-attacks', name: 'Acid attacks' });
  });

  it('stand there once', () => {
    expect(withKind(of('robbery'), form({ kind: 'robbery' }))).toHaveProperty('errors.kind');
    expect(withKind(of('robbery'), form({ name: 'Robbery!' }))).toHaveProperty('errors.name');
    expect(withKind(of('robbery'), form({}))).toHaveProperty('errors.kind');
    expect(withKind(of('robbery'), form({ kind: '--' }))).toHaveProperty('errors.kind');
  });

  it('go with their rows', () => {
    expect(withoutKind(of('robbery', 'homicide'), 'homicide')).toEqual(of('robbery'));
  });
});

it('a name without a letter for an address still gets one', () => {
  expect(lineOf('Serious violence in Haverness')).toBe('serious-violence-in-haverness');
  expect(lineOf('‏👮')).toBe('definition');
});

it('the history counts the kinds and names those that are out', () => {
  const { kinds } = of('robbery', 'homicide');
  const said = definitionWords.said('kinds', [kinds[0], { ...kinds[1], inclusion: 'excluded' }]);
  expect(said).toBe('1 of 2 in (out: homicide)');
  expect(definitionWords.said('name', 'X')).toBeUndefined();
});
