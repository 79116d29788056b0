import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { link, open, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A Parquet file of a release, named by the SHA-256 of its bytes. */
export interface Part {
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  /** In order. */
  readonly months: readonly string[];
}

/**
 * The folder of all releases of one installation. A part is written under a name of nobody's, put on the disk, and then
 * renamed to its hash: whoever is killed on the way leaves a file that nobody asks for, and the next sweep takes it.
 */
export class ReleaseFolder {
  readonly root: string;

  /** @param root such as `<CONCORD_DATA>/releases`; made if it is not there */
  constructor(root: string) {
    this.root = root;
    for (const folder of [this.parts, this.staging, this.incoming, this.reference, this.temporary])
      mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Parquet files that releases consist of, by hash. */
  get parts(): string {
    return join(this.root, 'parts');
  }
  /** Work that is not done yet, a folder each. */
  get staging(): string {
    return join(this.root, 'staging');
  }
  /** Files as partners sent them, until they are loaded or refused. */
  get incoming(): string {
    return join(this.root, 'incoming');
  }
  /** Areas, population and other open tables, by hash. */
  get reference(): string {
    return join(this.root, 'reference');
  }
  get temporary(): string {
    return join(this.root, 'temporary');
  }

  pathOf(part: Pick<Part, 'sha256'>): string {
    return join(this.parts, `${part.sha256}.parquet`);
  }

  /** A new folder for one piece of work. */
  stage(name: string = randomUUID()): string {
    const folder = join(this.staging, name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /**
   * Puts a finished file in its place under its hash; one that is there already is left as it is. The file stays where it
   * was too, under a second name for the same bytes, so that whoever is broken off can do it again.
   */
  async keep(path: string, into: 'parts' | 'reference', ending = 'parquet'): Promise<string> {
    await flush(path);
    const sha256 = await sha256Of(path);
    const moment = new Date();
    const place = join(this[into], `${sha256}.${ending}`);
    await link(path, place).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    // Nobody names it yet: a sweep must not take it for one that nobody will.
    await utimes(place, moment, moment);
    await flush(this[into]);
    return sha256;
  }

  /**
   * Removes what is older than a day and that nobody names: parts of no release, work that was broken off, files of loads
   * that have ended.
   * @param named by every partnership of the installation
   * @returns how many files and folders went
   */
  async sweep(named: Named, moment: Date): Promise<number> {
    const before = moment.getTime() - 86_400_000;
    let gone = 0;
    for (const [folder, isNamed] of [
      [this.parts, (name: string) => named.parts.has(name.replace(/\.parquet$/, ''))],
      [this.staging, (name: string) => named.waiting.has(name)],
      [this.incoming, (name: string) => named.waiting.has(name)],
      [this.temporary, () => false],
    ] as const)
      for (const name of await readdir(folder)) {
        const path = join(folder, name);
        if (isNamed(name) || (await stat(path)).mtimeMs > before) continue;
        await rm(path, { recursive: true, force: true });
        gone += 1;
      }
    return gone;
  }
}

/** What of the folder is still wanted. */
export interface Named {
  /** Hashes of all parts of all releases. */
  readonly parts: ReadonlySet<string>;
  /** Names of folders of loads that are being checked, or wait for the word. */
  readonly waiting: ReadonlySet<string>;
}

/** Until it is on the disk, and not only in the memory of the system. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
