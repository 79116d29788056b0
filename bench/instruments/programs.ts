import { fork, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A program that serves, in a process of its own. */
export interface Serving {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** A fresh folder, gone afterwards whatever happens. */
export async function inFreshFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-bench-'));
  try {
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The environment of a product that is measured: its own settings and none of ours. */
export const productEnvironment = (data: string, port: number): NodeJS.ProcessEnv => ({
  ...process.env,
  CONCORD_DATA: data,
  PORT: String(port),
  HOST: '127.0.0.1',
  DATABASE_URL: '',
  CONCORD_ORIGIN: '',
  SMTP_URL: '',
  CONCORD_LOG: 'normal',
  NODE_ENV: 'production',
});

/** Concord as it is run: `concord serve` over a data folder. */
export async function startProduct(data: string): Promise<Serving> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, 'bin', 'concord.mjs'), 'serve', '--example', 'bare-town'], {
    cwd: root,
    env: productEnvironment(data, port),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => (said = `${said}${bytes.toString()}`.slice(-4_000)));
  const address = await new Promise<string>((ready, failed) => {
    child.stdout.on('data', (bytes: Buffer) => {
      const found = /^ready (\S+)$/m.exec(bytes.toString());
      if (found?.[1] !== undefined) ready(found[1]);
    });
    child.once('exit', (code) => failed(new Error(`Concord ended with ${code}: ${said}`)));
  });
  return { address, stop: () => ended(child) };
}

/** One of the servers beside it: the file gets its settings as a message and answers with its port. */
export async function startBeside(file: URL, settings: object): Promise<Serving> {
  const child = fork(file, { env: { ...process.env, NODE_ENV: 'production' }, execArgv: [] });
  const port = await new Promise<number>((listening, failed) => {
    child.once('message', (message) => listening((message as { port: number }).port));
    child.once('exit', (code) => failed(new Error(`${file.pathname} ended with ${code}`)));
    child.send(settings);
  });
  return { address: `http://127.0.0.1:${port}`, stop: () => ended(child) };
}

/** Asks a program to end, and waits until it has. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await exit;
  clearTimeout(late);
}

/** A port that nobody listened on a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });
}
