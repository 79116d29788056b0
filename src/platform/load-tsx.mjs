// Lets Node run our pages without a build step: Node strips the types of `.ts` itself, esbuild turns `.tsx` into
// JavaScript as it is loaded. The compile cache keeps what V8 made of them for the next start.
import { readFileSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

enableCompileCache();
registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.tsx')) return nextLoad(url, context);
    const sourcefile = fileURLToPath(url);
    const { code } = transformSync(readFileSync(sourcefile, 'utf8'), {
      loader: 'tsx',
      format: 'esm',
      target: 'node24',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      sourcefile,
      sourcemap: 'inline',
      tsconfigRaw: '{}',
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
