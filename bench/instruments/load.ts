import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Rate } from './summary.ts';

export interface Load {
  readonly url: string;
  readonly connections: number;
  /** For so long, or so many requests. */
  readonly until: { readonly seconds: number } | { readonly requests: number };
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks for one address as fast as it is answered, from a process of its own. @throws where one answer was not 200 */
export async function load(asked: Load): Promise<Rate> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('load-generator.ts', import.meta.url)), JSON.stringify(asked)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()));
  const code = await new Promise((done) => child.once('close', done));
  if (code !== 0) throw new Error(`The load on ${asked.url} failed.`);
  const { refused, ...rate } = JSON.parse(printed) as Rate & { refused: number };
  if (refused > 0) throw new Error(`${refused} answers of ${asked.url} were not 200.`);
  return rate;
}
