import { expect, test } from 'vitest';
import { textOf, trackedFiles } from './tracked-files.ts';

/** What a file tells about the machine that it was written on. Written so that this file does not hold it itself. */
const machinePaths = [
  /(?<![\w.\-}])\/(?:work|root|home\/\w+|Users\/\w+)\//,
  /(?<![\w.\-}])\/tmp\/(?!concord-)[a-z]/,
  /\bC:\\Users\\/,
];

const dotOrg = '.org';
/** Hosts of the registry in use: npm tells a script, and the public one is known. */
const registryHosts = [process.env['npm_config_registry'], `https://registry.npmjs${dotOrg}/`]
  .filter((address) => address !== undefined && URL.canParse(address))
  .map((address) => new URL(address ?? '').host);

function tracesIn(text: string): readonly string[] {
  return [
    ...machinePaths.flatMap((pattern) => pattern.exec(text)?.[0] ?? []),
    ...registryHosts.filter((host) => text.includes(host)),
  ];
}

test('a path of a machine and the host of a registry are seen', () => {
  for (const folder of ['work', 'root', 'home/ann', 'Users/ann', 'tmp/trees'])
    expect(tracesIn(`see /${folder}/notes.txt`), folder).toHaveLength(1);
  expect(tracesIn(`"resolved": "https://registry.npmjs${dotOrg}/zod"`)).toHaveLength(1);
  expect(tracesIn('an address /partnership/work/items and a pattern /:id/home/')).toEqual([]);
});

test('no tracked file tells about the machine that it was written on', () => {
  const texts = trackedFiles().filter((file) =>
    /\.(tsx?|[cm]?js|json|md|sql|css|ya?ml|svg|html)$|rc$|ignore$|\/run$/.test(file),
  );
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.flatMap((file) => tracesIn(textOf(file)).map((trace) => `${file}: ${trace}`))).toEqual([]);
});
