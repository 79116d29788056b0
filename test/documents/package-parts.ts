import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { parser, type Tag } from 'sax';

/** The files of a ZIP archive, read by a library that we did not write; checksums are checked. */
export async function unzipped(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const archive = await new Promise<ZipFile>((opened, failed) => {
    fromBuffer(bytes, { lazyEntries: false, autoClose: false, strictFileNames: true }, (error, file) =>
      error === null ? opened(file) : failed(error),
    );
  });
  const entries: Entry[] = [];
  await new Promise<void>((ended, failed) => {
    archive.on('entry', (entry: Entry) => entries.push(entry));
    archive.on('end', ended);
    archive.on('error', failed);
  });
  const files = new Map<string, Buffer>();
  for (const entry of entries) {
    const stream = await new Promise<NodeJS.ReadableStream>((opened, failed) =>
      archive.openReadStream(entry, (error, read) => (error === null ? opened(read) : failed(error))),
    );
    files.set(entry.fileName, await buffer(stream));
  }
  return files;
}

/** The elements of a text that has to be well-formed XML. Throws where it is not. */
export function elementsOf(
  xml: string,
): readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[] {
  const elements: { name: string; attributes: Record<string, string> }[] = [];
  const reader = parser(true);
  reader.onerror = (error) => {
    throw error;
  };
  reader.onopentag = (tag) => elements.push({ name: tag.name, attributes: (tag as Tag).attributes });
  reader.write(xml).close();
  return elements;
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
