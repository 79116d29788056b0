import { crc32, deflateRawSync } from 'node:zlib';

/** A file in an archive. */
export interface ZipEntry {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The first day that the format knows, at midnight: no clock is in the bytes. */
const [time, day] = [0, (1 << 5) | 1];
/** 2.0: folders and deflate. */
const version = 20;
/** Names are UTF-8. */
const flags = 1 << 11;
const deflated = 8;

/**
 * Files as one ZIP archive, in the order given. The same files give the same bytes.
 * Source: PKWARE, APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes } of entries) {
    const name = Buffer.from(path, 'utf8');
    const packed = deflateRawSync(bytes, { level: 9 });
    const same = Buffer.alloc(26);
    same.writeUInt16LE(version, 0);
    same.writeUInt16LE(flags, 2);
    same.writeUInt16LE(deflated, 4);
    same.writeUInt16LE(time, 6);
    same.writeUInt16LE(day, 8);
    same.writeUInt32LE(crc32(bytes), 10);
    same.writeUInt32LE(packed.length, 14);
    same.writeUInt32LE(bytes.length, 18);
    same.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), same, name, packed);
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([version, 0]), same, place, name);
    offset += 4 + same.length + name.length + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
