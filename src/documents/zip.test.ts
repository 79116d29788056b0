import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unzipped } from '../../test/documents/package-parts.ts';
import { zip } from './zip.ts';

it('packs what a reader of archives unpacks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(
        fc.tuple(fc.stringMatching(/^[a-zé]{1,8}(\/[a-z]{1,8}\.xml)?$/), fc.uint8Array({ maxLength: 500 })),
        {
          selector: ([path]) => path,
        },
      ),
      async (files) => {
        const read = await unzipped(zip(files.map(([path, bytes]) => ({ path, bytes }))));
        expect([...read].map(([path, bytes]) => [path, Uint8Array.from(bytes)])).toEqual(files);
      },
    ),
    { numRuns: 50 },
  );
});
