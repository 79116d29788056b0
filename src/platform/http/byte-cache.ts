import { gzipSync } from 'node:zlib';

/** An answer kept as it goes over the wire. */
export interface KeptAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/**
 * Public pages as bytes. They are the same for everybody, so one rendering serves all who ask within a few seconds;
 * a page that was taken back is gone from every process after that time, and at once from the one that took it back.
 */
export class ByteCache {
  readonly #kept = new Map<string, { plain: KeptAnswer; packed?: KeptAnswer; until: number }>();
  readonly #milliseconds: number;
  readonly #most: number;
  readonly #now: () => number;

  constructor(milliseconds: number, most: number, now: () => number = () => performance.now()) {
    this.#milliseconds = milliseconds;
    this.#most = most;
    this.#now = now;
  }

  /** @param packed whether the visitor takes gzip */
  find(address: string, packed: boolean): KeptAnswer | undefined {
    const kept = this.#kept.get(address);
    if (kept === undefined) return undefined;
    if (kept.until < this.#now()) {
      this.#kept.delete(address);
      return undefined;
    }
    if (!packed) return kept.plain;
    kept.packed ??= pack(kept.plain);
    return kept.packed;
  }

  keep(address: string, headers: Readonly<Record<string, string>>, body: string): void {
    if (this.#most === 0 || address.length > 500) return;
    // The oldest goes first; a full cache never grows, and a page that is kept anew is the newest.
    this.#kept.delete(address);
    if (this.#kept.size >= this.#most) this.#kept.delete(this.#kept.keys().next().value ?? '');
    const bytes = Buffer.from(body);
    const plain = { headers: { ...headers, 'content-length': String(bytes.length) }, bytes };
    this.#kept.set(address, { plain, until: this.#now() + this.#milliseconds });
  }

  clear(): void {
    this.#kept.clear();
  }
}

function pack({ headers, bytes }: KeptAnswer): KeptAnswer {
  const packed = gzipSync(bytes);
  return {
    headers: { ...headers, 'content-encoding': 'gzip', 'content-length': String(packed.length) },
    bytes: packed,
  };
}
