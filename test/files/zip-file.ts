import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string | Buffer;
  readonly content: string | Buffer;
  readonly stored?: boolean;
  readonly encrypted?: boolean;
  readonly zip64?: boolean;
  /** File type and rights as Unix keeps them. */
  readonly mode?: number;
  readonly method?: number;
  /** Lies about the check sum and about how much comes out. */
  readonly crc?: number;
  readonly saidBytes?: number;
}

/** A zip file as APPNOTE.TXT of PKWARE describes it, honest or not. */
export function zipFile(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name as string);
    const content = Buffer.from(entry.content as string);
    const packed = entry.stored ? content : deflateRawSync(content);
    const size = entry.saidBytes ?? content.length;
    const extra = entry.zip64 ? zip64Extra(size, packed.length, at) : Buffer.alloc(0);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(entry.zip64 ? 45 : 20, 0);
    fields.writeUInt16LE(0x0800 | (entry.encrypted ? 1 : 0), 2);
    fields.writeUInt16LE(entry.method ?? (entry.stored ? 0 : 8), 4);
    fields.writeUInt32LE(entry.crc ?? crc32(content), 10);
    fields.writeUInt32LE(entry.zip64 ? 0xffffffff : packed.length, 14);
    fields.writeUInt32LE(entry.zip64 ? 0xffffffff : size, 18);
    fields.writeUInt16LE(name.length, 22);
    fields.writeUInt16LE(extra.length, 24);
    const local = Buffer.concat([signature('PK\x03\x04'), fields, name, extra, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    rest.writeUInt32LE(entry.zip64 ? 0xffffffff : at, 10);
    const madeBy = Buffer.from([20, 3]);
    directory.push(Buffer.concat([signature('PK\x01\x02'), madeBy, fields, rest, name, extra]));
    parts.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, central, signature('PK\x05\x06'), end]);
}

const signature = (text: string): Buffer => Buffer.from(text, 'latin1');

function zip64Extra(size: number, packed: number, at: number): Buffer {
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  extra.writeBigUInt64LE(BigInt(size), 4);
  extra.writeBigUInt64LE(BigInt(packed), 12);
  extra.writeBigUInt64LE(BigInt(at), 20);
  return extra;
}
