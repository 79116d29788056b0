import { expect, test } from 'vitest';
import { textOf, trackedFiles } from './tracked-files.ts';

/** Words that say nothing about what stands behind them. */
const banned =
  /^(utils?|utilit(y|ies)|helpers?|common|shared|misc|managers?|handlers?|services?|data|infos?|process(es|or|ors)?)$/;

/** Names in which such a word says something. */
const allowed: readonly (readonly [RegExp, string])[] = [
  [/^service-?navigation/i, 'a component of the GOV.UK Design System'],
  [/^(src\/)?directory\//, 'the directory is of support services'],
];

/** The banned words in a name, whatever its case. */
function bannedWords(name: string): readonly string[] {
  const words = name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').split(/[^A-Za-z\d]+/);
  return words.filter((word) => banned.test(word.toLowerCase()));
}

const isAllowed = (name: string): boolean => allowed.some(([pattern]) => pattern.test(name));

/** Names that a source exports, as it writes them. */
function exportedNames(source: string): readonly string[] {
  const declared = source.matchAll(
    /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type) (\w+)/gm,
  );
  const listed = [...source.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names]) =>
    (names ?? '').split(','),
  );
  return [
    ...[...declared].map(([, name]) => name ?? ''),
    ...listed.map((name) =>
      name
        .trim()
        .replace(/^type /, '')
        .replace(/^.* as /, ''),
    ),
  ].filter((name) => name !== '');
}

const sources = trackedFiles().filter((file) => /^(src|bin|bench|tools|test)\/.*\.(tsx?|mjs)$/.test(file));

test('the list of empty words bites, in every case', () => {
  expect(bannedWords('string-utils.ts')).toEqual(['utils']);
  expect(bannedWords('AccountManager')).toEqual(['Manager']);
  expect(bannedWords('requestHandler')).toEqual(['Handler']);
  expect(bannedWords('formatDate')).toEqual([]);
  expect(bannedWords('information-gateway.ts')).toEqual([]);
  expect(exportedNames('export const a = 1;\nexport async function b() {}\nexport { c, type d, e as f };')).toEqual([
    'a',
    'b',
    'c',
    'd',
    'f',
  ]);
});

test('no file or folder has an empty name', () => {
  const found = sources
    .filter((file) => !file.startsWith('test/architecture/planted/') && !isAllowed(file))
    .filter((file) => file.split('/').some((part) => !isAllowed(part) && bannedWords(part).length > 0));
  expect(found).toEqual([]);
});

test('nothing is exported under an empty name', () => {
  const found = sources
    .filter((file) => file.startsWith('src/') && !isAllowed(file))
    .flatMap((file) =>
      exportedNames(textOf(file))
        .filter((name) => !isAllowed(name) && bannedWords(name).length > 0)
        .map((name) => `${file}: ${name}`),
    );
  expect(found).toEqual([]);
});

test('files are named in kebab-case, and a suffix is one that the house knows', () => {
  const known =
    /^[a-z\d]+(-[a-z\d]+)*(\.(store|routes|page|command|commands|job|schema|records))?(\.(web|crash))?(\.test|\.test-d)?\.(tsx?|mjs)$/;
  expect(
    sources
      .filter((file) => !file.startsWith('test/architecture/planted/'))
      .filter((file) => !known.test(file.split('/').at(-1) ?? '')),
  ).toEqual([]);
});
