import { open } from 'node:fs/promises';

/** What a file is by its first bytes, whatever its name says. `text` is whatever nothing else claims. */
export type FileKind = 'text' | 'gzip' | 'zip' | 'xlsx' | keyof typeof notTables;

/** What people send by mistake, and what to do about it. */
const notTables = {
  'web-page':
    'This is a web page, perhaps an error page of the system it came from, not a table. Download the table again and send that',
  xml: 'This is an XML document, not a table. Export the table as CSV and send that',
  json: 'This is JSON, not a table. Export the table as CSV and send that',
  pdf: 'This is a PDF document, not a table. Ask for the table behind it as CSV or as a spreadsheet (.xlsx)',
  'old-excel':
    'This is an old Excel file (.xls), or one with a password. Open it, save it as .xlsx without a password or as CSV, and send that',
  ods: 'This is an OpenDocument file. Open it, save it as .xlsx or as CSV, and send that',
  'rich-text': 'This is a text document with formatting (.rtf), not a table. Save the table as CSV and send that',
  parquet: 'This is a Parquet file. Export the table as CSV and send that',
  database: 'This is a database file. Export the table as CSV and send that',
  archive:
    'This is an archive of a kind that cannot be opened here. Pack the files as .zip or .gz, or send them as they are',
  picture: 'This is a picture, not a table. Send the table that it shows as CSV',
} as const;

/** Why a file of this kind is no text with a table in it; undefined when it may be one. */
export function whyNoText(kind: FileKind): string | undefined {
  if (kind === 'text') return undefined;
  if (kind === 'gzip') return 'This is a compressed file (gzip), not a table. Give it its ending .gz and send it again';
  if (kind === 'zip') return 'This is a zip file, not a table. Give it its ending .zip and send it again';
  if (kind === 'xlsx') return 'This is an Excel file, not CSV. Give it its ending .xlsx and send it again';
  return notTables[kind];
}

/** The bytes by which the makers of each format say that it is known. */
const signatures: readonly (readonly [FileKind, string])[] = [
  ['gzip', '\x1f\x8b'],
  ['pdf', '%PDF'],
  ['old-excel', '\xd0\xcf\x11\xe0'],
  ['rich-text', '{\\rtf'],
  ['parquet', 'PAR1'],
  ['database', 'SQLite format 3'],
  ['archive', '7z\xbc\xaf\x27\x1c'],
  ['archive', 'Rar!\x1a\x07'],
  ['archive', 'BZh'],
  ['archive', '\xfd7zXZ'],
  ['archive', '\x28\xb5\x2f\xfd'],
  ['picture', '\x89PNG'],
  ['picture', '\xff\xd8\xff'],
  ['picture', 'GIF8'],
];

/** So many first bytes are enough to tell. */
export const tellingBytes = 4_096;

/** @param start the first bytes of a file, `tellingBytes` of them or all that there are */
export function kindOfBytes(start: Uint8Array): FileKind {
  const bytes = Buffer.from(start.buffer, start.byteOffset, Math.min(start.byteLength, tellingBytes));
  const raw = bytes.toString('latin1');
  const signed = signatures.find(([, signature]) => raw.startsWith(signature));
  if (signed !== undefined) return signed[0];
  if (raw.startsWith('ustar', 257)) return 'archive';
  if (/^PK(\x03\x04|\x05\x06|\x07\x08)/.test(raw)) return kindOfZip(raw);
  return kindOfText(textOfStart(bytes));
}

/** @throws when the file cannot be read */
export async function kindOfFile(path: string): Promise<FileKind> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(tellingBytes), 0, tellingBytes, 0);
    return kindOfBytes(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** Office documents are zip files with telling names in front. */
function kindOfZip(raw: string): FileKind {
  if (raw.includes('mimetypeapplication/vnd.oasis.opendocument')) return 'ods';
  return /\[Content_Types\]\.xml|PK\x03\x04.{26}(xl|_rels)\//s.test(raw) ? 'xlsx' : 'zip';
}

function kindOfText(start: string): FileKind {
  const text = start.trimStart().toLowerCase();
  if (/^(<\?xml[^>]*>\s*)?(<!--((?!-->).)*-->\s*)*<(!doctype html|html|head|body)\b/s.test(text)) return 'web-page';
  if (/^<(\?xml|!doctype|!--|[a-z][\w:.-]*[\s/>])/.test(text)) return 'xml';
  return /^(\{\s*("|\}\s*$)|\[\s*([[{]|\]\s*$))/.test(text) ? 'json' : 'text';
}

function textOfStart(bytes: Buffer): string {
  const mark = bytes.toString('latin1', 0, 2);
  const encoding = mark === '\xff\xfe' ? 'utf-16le' : mark === '\xfe\xff' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
