import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import papa from 'papaparse';
import { done, refused, type Outcome } from '../../duty/index.ts';
import { kindOfBytes, tellingBytes, whyNoText } from './file-kind.ts';

/** A text file with a table in it, ready for a reader that knows one dialect: UTF-8, LF, comma, `"` doubled in quotes. */
export interface PreparedText {
  /** The source itself when it was clean already; else the copy. */
  readonly path: string;
  /** Of the bytes that were sent, in hexadecimal. */
  readonly sha256: string;
  /** As many as were sent. */
  readonly bytes: number;
  readonly encoding: TextEncoding;
  /** What ended the lines of the file that was sent. */
  readonly newline: 'lf' | 'crlf' | 'cr' | 'mixed' | 'none';
  /** What stood between the cells of the file that was sent; in the file at `path` it is a comma. */
  readonly delimiter: Delimiter;
  readonly header: readonly string[];
  /** The line of the sent file on which the header stands. A copy begins there: line n of it was n - 1 lines further on. */
  readonly headerLine: number;
  /** Records below the header. Empty lines are none. */
  readonly records: number;
  /** Some cell begins or ends with a space, or is empty within quotes; of a copy this is not asked, so it may. */
  readonly padded: boolean;
}

export type TextEncoding = 'utf-8' | 'utf-8-with-mark' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Delimiter = (typeof delimiters)[number];

export interface TextLimits {
  /** The longest line, and the longest record when quotes hold line breaks, in bytes of UTF-8. */
  readonly lineBytes: number;
}

export const textLimits: TextLimits = { lineBytes: 1_048_576 };

const delimiters = [',', ';', '\t', '|'] as const;
const [nul, lf, cr, space, quote, comma] = [0x00, 0x0a, 0x0d, 0x20, 0x22, 0x2c] as const;
const chunkBytes = 4_194_304;
const smallBytes = 65_536;

/**
 * Makes a text file that somebody sent readable, in one pass over it. A file that is clean already is not copied;
 * any other goes to `copyTo`, which does not exist after a refusal. Lines stay lines: what is on line n of the copy was
 * on line n of the source, counted from the header.
 *
 * Refused: what is no text, an empty file, NUL, lines over the limit, two encodings in one file, a quote that never closes.
 * @throws when a file cannot be read or written
 */
export async function prepareText(
  source: string,
  copyTo: string,
  limits: TextLimits = textLimits,
): Promise<Outcome<PreparedText, 'not-valid'>> {
  const file = await open(source);
  const startBytes = Math.min(limits.lineBytes + tellingBytes, chunkBytes);
  const room = borrow(startBytes);
  try {
    // Enough of the file to hold its header.
    const start = room.subarray(0, (await file.read(room, 0, startBytes, 0)).bytesRead);
    const strange = start.length === 0 ? 'The file is empty' : whyNoText(kindOfBytes(start.subarray(0, tellingBytes)));
    if (strange !== undefined) return refused('not-valid', strange);
    const mark = markOf(start);
    const decoded = decodedStart(start, mark.encoding);
    const dialect = dialectOf(decoded);
    if (dialect === undefined) return refused('not-valid', 'The file holds nothing but empty lines');
    const { delimiter, skipped } = dialect;
    const header = namesIn(decoded.subarray(dialect.from, dialect.to), delimiter);
    const found = { delimiter, header, headerLine: skipped + 1 };
    const hash = fingerprint();
    const mayBeClean = mark.bytes === 0 && delimiter === ',' && skipped === 0;
    const seen = mayBeClean ? await scan(file, hash, limits) : nothingSeen;
    if (!seen.dirty) {
      const newline = seen.lines === 0 ? 'none' : 'lf';
      return done({
        ...found,
        path: source,
        ...hash.result(),
        encoding: 'utf-8',
        newline,
        records: seen.records - 1,
        padded: seen.padded,
      });
    }
    const copied = await copy(file, copyTo, hash, limits, mark, dialect, seen);
    return copied.done ? done({ ...found, path: copyTo, ...hash.result(), ...copied.value, padded: true }) : copied;
  } finally {
    giveBack(room);
    await file.close();
  }
}

/** Hashes each byte of the file once, however often it is read. */
function fingerprint() {
  const hash = createHash('sha256');
  let upTo = 0;
  return {
    take(bytes: Buffer, at: number): void {
      const end = at + bytes.length;
      if (end <= upTo) return;
      hash.update(at === upTo ? bytes : bytes.subarray(upTo - at));
      upTo = end;
    },
    result: () => ({ sha256: hash.digest('hex'), bytes: upTo }),
  };
}
type Fingerprint = ReturnType<typeof fingerprint>;

interface Mark {
  readonly encoding: 'utf-16le' | 'utf-16be' | 'eight-bit';
  readonly bytes: number;
}

function markOf(start: Buffer): Mark {
  const hex = start.toString('hex', 0, 3);
  if (hex === 'efbbbf') return { encoding: 'eight-bit', bytes: 3 };
  if (hex.startsWith('fffe')) return { encoding: 'utf-16le', bytes: 2 };
  if (hex.startsWith('feff')) return { encoding: 'utf-16be', bytes: 2 };
  return { encoding: 'eight-bit', bytes: 0 };
}

function decodedStart(start: Buffer, encoding: Mark['encoding']): Buffer {
  if (encoding === 'eight-bit') return start;
  return Buffer.from(new TextDecoder(encoding).decode(start));
}

interface Dialect {
  readonly delimiter: Delimiter;
  /** Lines above the header that are left out: empty ones, and the `sep=;` by which Excel is told the delimiter. */
  readonly skipped: number;
  /** Where the header stands, in bytes after decoding. */
  readonly from: number;
  readonly to: number;
}

/** What stands most often between the names of the columns, quotes respected. Undefined when there is no name. */
function dialectOf(start: Buffer): Dialect | undefined {
  const marked = start.toString('latin1', 0, 3) === '\xef\xbb\xbf' ? 3 : 0;
  let from = marked;
  let skipped = 0;
  let told: Delimiter | undefined;
  for (;;) {
    const to = endOfRecord(start, from);
    const line = start.toString('latin1', from, to);
    const separator = /^"?sep=([,;\t|])"?$/i.exec(line)?.[1] as Delimiter | undefined;
    if (line !== '' && (separator === undefined || skipped > 0))
      return { delimiter: told ?? mostFrequent(line), skipped, from, to };
    if (to >= start.length) return undefined;
    told = separator ?? told;
    skipped += 1;
    from = start[to] === cr && start[to + 1] === lf ? to + 2 : to + 1;
  }
}

/** Where a record ends, or its first line when a quote in it never closes. */
function endOfRecord(bytes: Buffer, from: number): number {
  let quoted = false;
  let firstLine: number | undefined;
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) quoted = !quoted;
    else if (byte === lf || byte === cr) {
      if (!quoted) return at;
      firstLine ??= at;
    }
  }
  return quoted ? (firstLine ?? bytes.length) : bytes.length;
}

function mostFrequent(header: string): Delimiter {
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const count = (delimiter: Delimiter) => bare.split(delimiter).length;
  return delimiters.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** The names of the columns. */
function namesIn(record: Buffer, delimiter: Delimiter): readonly string[] {
  const text = isUtf8(record) ? record.toString('utf8') : new TextDecoder('windows-1252').decode(record);
  return (papa.parse<string[]>(text, { delimiter }).data[0] ?? []).map((name) => name.trim());
}

/** A chunk stands behind `room` free bytes, for what was left over of the one before. It lives until the next is asked for. */
interface Chunk {
  readonly buffer: Buffer;
  readonly end: number;
  /** Its place in the file. */
  readonly at: number;
}

/** Reads one chunk ahead, so that the disk works while we do. */
async function* chunksOf(file: FileHandle, from: number, room: number): AsyncGenerator<Chunk> {
  const size = (await file.stat()).size - from > smallBytes ? chunkBytes : smallBytes;
  let [now, next] = [borrow(room + size), borrow(room + size)];
  let at = from;
  let reading = file.read(now, room, size, at);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      reading = file.read(next, room, size, at + bytesRead);
      yield { buffer: now, end: room + bytesRead, at };
      at += bytesRead;
      [now, next] = [next, now];
    }
  } finally {
    await reading.catch(() => undefined);
    giveBack(now);
    giveBack(next);
  }
}

/** Memory that was used for one file and serves the next: hundreds of small files would keep collecting it all the time. */
const spare: Buffer[] = [];
const mostSpare = 4;

function borrow(bytes: number): Buffer {
  const at = spare.findIndex((each) => each.length >= bytes);
  return at === -1 ? Buffer.allocUnsafeSlow(bytes) : (spare.splice(at, 1)[0] ?? Buffer.allocUnsafeSlow(bytes));
}

function giveBack(buffer: Buffer): void {
  if (spare.length === mostSpare || buffer.length > chunkBytes + 2 * textLimits.lineBytes) return;
  spare.push(buffer);
  // The smallest that is large enough is taken first.
  spare.sort((a, b) => a.length - b.length);
}

/** What a first look at the file found, up to the record where it stopped. */
interface Seen {
  /** Something on the way has to be rewritten or refused. What follows counts only what stands before `at`. */
  readonly dirty: boolean;
  readonly at: number;
  readonly records: number;
  readonly lines: number;
  /** The first line with a character of several bytes; 0 when there is none. */
  readonly utf8Line: number;
  readonly padded: boolean;
}
const nothingSeen: Seen = { dirty: true, at: 0, records: 0, lines: 0, utf8Line: 0, padded: true };

/**
 * Looks whether the file is clean from beginning to end, in great jumps where there are no quotes. It stops at the first
 * record that is not, and says nothing of why: what rewrites knows that better.
 */
async function scan(file: FileHandle, hash: Fingerprint, limits: TextLimits): Promise<Seen> {
  const left = borrow(limits.lineBytes + 1);
  try {
    return await scanWith(left, file, hash, limits);
  } finally {
    giveBack(left);
  }
}

/** @param left has room for what is left over of a chunk */
async function scanWith(left: Buffer, file: FileHandle, hash: Fingerprint, { lineBytes }: TextLimits): Promise<Seen> {
  const counts: Counts = {
    state: atRecord,
    records: 0,
    lines: 0,
    recordAt: 0,
    recordLine: 0,
    quoteAt: -2,
    padded: false,
  };
  let utf8Line = 0;
  const take = (piece: Buffer, at: number): boolean => {
    if (piece.includes(nul) || !isUtf8(piece)) return false;
    if (utf8Line === 0 && !isAscii(piece))
      utf8Line = counts.lines + 1 + lineEndsIn(piece.subarray(0, firstHigh(piece, 0)));
    if (counts.state === atRecord && !piece.includes(quote) && !piece.includes(cr)) {
      counts.padded ||= paddings.some((padding) => piece.includes(padding));
      return countLines(piece, at, counts, lineBytes);
    }
    return countRecords(piece, at, counts, lineBytes);
  };
  const stopped = (): Seen => ({ ...counts, dirty: true, at: counts.recordAt, lines: counts.recordLine, utf8Line });

  const room = lineBytes + 1;
  let leftBytes = 0;
  let upTo = 0;
  for await (const { buffer, end, at } of chunksOf(file, 0, room)) {
    hash.take(buffer.subarray(room, end), at);
    const from = room - leftBytes;
    left.copy(buffer, from, 0, leftBytes);
    const cut = Math.max(from, buffer.subarray(0, end).lastIndexOf(lf) + 1);
    if (!take(buffer.subarray(from, cut), at - leftBytes) || end - cut > lineBytes) return stopped();
    leftBytes = buffer.copy(left, 0, cut, end);
    upTo = at + end - room;
  }
  if (leftBytes > 0 && !take(left.subarray(0, leftBytes), upTo - leftBytes)) return stopped();
  const closed = counts.state !== inQuotes;
  const lastWithoutEnd = upTo > counts.recordAt;
  if (!closed || upTo - counts.recordAt > lineBytes) return stopped();
  const { lines, padded } = counts;
  return { dirty: false, at: upTo, records: counts.records + Number(lastWithoutEnd), lines, utf8Line, padded };
}

function lineEndsIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = 0; at < bytes.length; at += 1)
    if (bytes[at] === lf || (bytes[at] === cr && bytes[at + 1] !== lf)) lines += 1;
  return lines;
}

interface Counts {
  state: number;
  records: number;
  /** Lines that have ended. */
  lines: number;
  /** Where the record begins that is being read. */
  recordAt: number;
  /** Lines that have ended before it. */
  recordLine: number;
  /** Where the quote stands that opened the cell which is being read. */
  quoteAt: number;
  padded: boolean;
}

/** @returns false when a line is too long */
function countLines(piece: Buffer, at: number, counts: Counts, lineBytes: number): boolean {
  let from = 0;
  for (let end = piece.indexOf(lf); end !== -1; end = piece.indexOf(lf, from)) {
    if (end - from > lineBytes) return false;
    if (end > from) counts.records += 1;
    counts.padded ||= hasPaddedEnd(piece, from, end);
    counts.lines += 1;
    counts.recordLine = counts.lines;
    from = end + 1;
    counts.recordAt = at + from;
  }
  // The last line of a file may have no end.
  counts.padded ||= hasPaddedEnd(piece, from, piece.length);
  return true;
}

const [atRecord, atCell, inCell, inQuotes, afterQuotes, astray] = [0, 1, 2, 3, 4, 5] as const;

/** The next state by state and byte: what RFC 4180 allows, and everything else `astray`. */
const nextState = (() => {
  const table = new Uint8Array(6 * 256).fill(inCell, 0, 3 * 256).fill(inQuotes, inQuotes * 256, afterQuotes * 256);
  table.fill(astray, afterQuotes * 256);
  const on = (state: number, byte: number, next: number) => (table[state * 256 + byte] = next);
  for (const state of [atRecord, atCell, inCell, afterQuotes]) {
    on(state, comma, atCell);
    on(state, lf, atRecord);
    on(state, cr, astray);
    on(state, quote, inQuotes);
  }
  on(inCell, quote, astray);
  on(inQuotes, quote, afterQuotes);
  return table;
})();

/**
 * Goes byte by byte only through lines that have a quote, and over the others in jumps.
 * @returns false when a record is too long, or not as RFC 4180 has it
 */
function countRecords(piece: Buffer, pieceAt: number, counts: Counts, lineBytes: number): boolean {
  const mayJump = !piece.includes(cr);
  let { state } = counts;
  let quoteAt = piece.indexOf(quote);
  const paddingBefore = counts.padded ? undefined : nextPadding(piece);
  let at = 0;
  while (at < piece.length) {
    const end = mayJump && state === atRecord ? piece.indexOf(lf, at) : -1;
    if (end !== -1 && (quoteAt === -1 || end < quoteAt)) {
      // A line without quotes is a record.
      if (end - at > lineBytes) return false;
      if (end > at) counts.records += 1;
      counts.padded ||= hasPaddedEnd(piece, at, end) || paddingBefore?.(at, end) === true;
      counts.lines += 1;
      counts.recordLine = counts.lines;
      at = end + 1;
      counts.recordAt = pieceAt + at;
      continue;
    }
    do {
      const byte = piece[at] ?? 0;
      const before = state;
      state = nextState[(state << 8) | byte] ?? astray;
      if (state === inQuotes && before < inCell) counts.quoteAt = pieceAt + at;
      else if (!counts.padded) counts.padded = isPadded(before, state, piece, at, counts.quoteAt - pieceAt);
      at += 1;
      if (byte !== lf) continue;
      if (state === astray) return false;
      counts.lines += 1;
      if (state !== atRecord) continue;
      const recordEnd = pieceAt + at - 1;
      if (recordEnd - counts.recordAt > lineBytes) return false;
      if (recordEnd > counts.recordAt) counts.records += 1;
      counts.recordAt = recordEnd + 1;
      counts.recordLine = counts.lines;
    } while (at < piece.length && !(mayJump && state === atRecord));
    if (quoteAt !== -1 && quoteAt < at) quoteAt = piece.indexOf(quote, at);
  }
  // The last line of a file may have no end.
  if (state === afterQuotes || state === inCell)
    counts.padded ||= isPadded(state, atRecord, piece, at, counts.quoteAt - pieceAt);
  counts.state = state;
  return state !== astray && pieceAt + piece.length - counts.recordAt <= lineBytes;
}

/** Whether at this byte a cell begins or has ended with a space, within quotes or not, or was empty within them. */
function isPadded(before: number, after: number, piece: Buffer, at: number, quoteAt: number): boolean {
  if (piece[at] === space) return before < inCell || (before === inQuotes && at === quoteAt + 1);
  if (after !== atCell && after !== atRecord) return false;
  if (before === afterQuotes) return piece[at - 2] === space || at === quoteAt + 2;
  return before === inCell && piece[at - 1] === space;
}

/** Whether the first cell of a line begins with a space, or its last ends with one. */
const hasPaddedEnd = (piece: Buffer, from: number, end: number): boolean =>
  piece[from] === space || piece[end - 1] === space;

/** Where a cell begins or ends with a space within a line. */
const paddings = [', ', ' ,'] as const;

/** Whether one stands in a line; lines are asked for in order. */
function nextPadding(piece: Buffer): (from: number, end: number) => boolean {
  let [behind, before] = [-2, -2];
  const next = (text: string, at: number, from: number) => (at < from && at !== -1 ? piece.indexOf(text, from) : at);
  return (from, end) => {
    behind = next(paddings[0], behind, from);
    before = next(paddings[1], before, from);
    return (behind !== -1 && behind < end) || (before !== -1 && before < end);
  };
}

type Taken<T> = Outcome<T, 'not-valid'>;
const nothing = Buffer.alloc(0);

/** Writes the file anew in the one dialect, from the record on where it was not clean; what stands before is copied. */
async function copy(
  file: FileHandle,
  copyTo: string,
  hash: Fingerprint,
  limits: TextLimits,
  mark: Mark,
  dialect: Dialect,
  seen: Seen,
): Promise<Taken<Pick<PreparedText, 'encoding' | 'newline' | 'records'>>> {
  const out = await open(copyTo, 'w');
  let complete = false;
  try {
    await copyBefore(file, out, seen.at);
    const rewriter = rewriterOf(dialect, limits, seen);
    const decoder = (mark.encoding === 'eight-bit' ? eightBitDecoder : utf16Decoder)(mark, rewriter, limits, seen);
    let skip = seen.at === 0 ? dialect.from - (mark.bytes === 3 ? 3 : 0) : 0;
    const take = async (decoded: Taken<Buffer>): Promise<Taken<undefined>> => {
      if (!decoded.done) return decoded;
      const skipped = Math.min(skip, decoded.value.length);
      skip -= skipped;
      const taken = rewriter.take(decoded.value.subarray(skipped));
      if (taken.done) await rewriter.flush(out);
      return taken;
    };
    for await (const { buffer, end, at } of chunksOf(file, seen.at, 0)) {
      const bytes = buffer.subarray(0, end);
      hash.take(bytes, at);
      const taken = await take(decoder.take(at === 0 ? bytes.subarray(mark.bytes) : bytes));
      if (!taken.done) return taken;
    }
    const taken = await take(decoder.end());
    if (!taken.done) return taken;
    const ended = rewriter.end();
    if (!ended.done) return ended;
    await rewriter.flush(out);
    complete = true;
    return done({ ...ended.value, encoding: decoder.encoding() });
  } finally {
    await out.close();
    if (!complete) await rm(copyTo, { force: true });
  }
}

async function copyBefore(file: FileHandle, out: FileHandle, upTo: number): Promise<void> {
  for await (const { buffer, end, at } of chunksOf(file, 0, 0)) {
    if (at >= upTo) return;
    await writeAll(out, buffer.subarray(0, Math.min(end, upTo - at)));
  }
}

async function writeAll(out: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await out.write(bytes, at)).bytesWritten;
}

/** Turns bytes as they were sent into UTF-8. */
interface Decoder {
  readonly take: (bytes: Buffer) => Taken<Buffer>;
  readonly end: () => Taken<Buffer>;
  readonly encoding: () => TextEncoding;
}

function utf16Decoder({ encoding }: Mark, rewriter: Rewriter): Decoder {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (bytes: Buffer, stream: boolean): Taken<Buffer> => {
    try {
      return done(Buffer.from(decoder.decode(bytes, { stream })));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return refused(
        'not-valid',
        `The file says that it is UTF-16, and behind line ${rewriter.lines()} it is not. Save it again as UTF-8`,
      );
    }
  };
  return {
    take: (bytes) => decode(bytes, true),
    end: () => decode(nothing, false),
    encoding: () => (encoding === 'utf-16be' ? 'utf-16be' : 'utf-16le'),
  };
}

/** UTF-8, or else Windows-1252, which Excel writes on an English computer: decided by the lines that are not plain ASCII. */
function eightBitDecoder(mark: Mark, rewriter: Rewriter, { lineBytes }: TextLimits, seen: Seen): Decoder {
  const windows = new TextDecoder('windows-1252');
  let utf8Line = mark.bytes > 0 ? 1 : seen.utf8Line;
  let windowsLine = 0;
  let rest: Buffer = nothing;

  const look = (piece: Buffer): void => {
    if (isAscii(piece)) return;
    if (isUtf8(piece)) {
      if (utf8Line === 0) utf8Line = rewriter.lines() + 1 + lineEndsIn(piece.subarray(0, firstHigh(piece, 0)));
      return;
    }
    // Each line with more than ASCII in it is one of the two.
    for (let at = firstHigh(piece, 0); at < piece.length; at = firstHigh(piece, at)) {
      const end = endOfLine(piece, at);
      const utf8 = isUtf8(piece.subarray(startOfLine(piece, at), end));
      if (utf8 ? utf8Line === 0 : windowsLine === 0) {
        const line = rewriter.lines() + lineEndsIn(piece.subarray(0, at)) + 1;
        if (utf8) utf8Line = line;
        else windowsLine = line;
      }
      at = end;
    }
  };
  const decode = (piece: Buffer): Taken<Buffer> => {
    look(piece);
    if (utf8Line > 0 && windowsLine > 0) return refused('not-valid', mixedSentence(mark, utf8Line, windowsLine));
    return done(windowsLine > 0 ? Buffer.from(windows.decode(piece)) : piece);
  };
  return {
    take(bytes) {
      const cut = Math.max(bytes.lastIndexOf(lf), bytes.lastIndexOf(cr)) + 1;
      const piece = rest.length > 0 ? Buffer.concat([rest, bytes.subarray(0, cut)]) : bytes.subarray(0, cut);
      if (cut === 0) {
        rest = Buffer.concat([rest, bytes]);
        return rest.length > lineBytes ? rewriter.tooLong() : done(nothing);
      }
      rest = Buffer.from(bytes.subarray(cut));
      return decode(piece);
    },
    end: () => decode(rest),
    encoding: () => (windowsLine > 0 ? 'windows-1252' : mark.bytes > 0 ? 'utf-8-with-mark' : 'utf-8'),
  };
}

function firstHigh(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) < 0x80) at += 1;
  return at;
}

function startOfLine(bytes: Buffer, within: number): number {
  let at = within;
  while (at > 0 && bytes[at - 1] !== lf && bytes[at - 1] !== cr) at -= 1;
  return at;
}

/** Behind the end of the line in which `from` stands. */
function endOfLine(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== lf && bytes[at] !== cr) at += 1;
  return Math.min(bytes.length, bytes[at] === cr && bytes[at + 1] === lf ? at + 2 : at + 1);
}

function mixedSentence(mark: Mark, utf8Line: number, windowsLine: number): string {
  const one = mark.bytes > 0 ? 'The file says that it is in UTF-8' : `Line ${utf8Line} is in UTF-8`;
  return `${one}, and line ${windowsLine} is not: the file was put together from two. Save all of it as UTF-8 and send it again`;
}

interface Rewriter {
  readonly take: (bytes: Buffer) => Taken<undefined>;
  readonly end: () => Taken<{ readonly newline: PreparedText['newline']; readonly records: number }>;
  /** Writes the records that are complete. */
  readonly flush: (out: FileHandle) => Promise<void>;
  /** Lines that have ended so far. */
  readonly lines: () => number;
  readonly tooLong: () => Taken<never>;
}

const [cellStart, bare, quoted, closed, closedAndSpace] = [0, 1, 2, 3, 4] as const;

/**
 * Reads records in any dialect and holds them in ours until they are flushed. More is understood than RFC 4180 allows: a
 * quote within a bare cell is a character, and so is one within quotes that no end of a cell follows, as long as the cell
 * then closes on the same line. An open quote never swallows the lines behind it unseen.
 */
function rewriterOf({ delimiter, skipped }: Dialect, { lineBytes }: TextLimits, seen: Seen): Rewriter {
  const between = delimiter.charCodeAt(0);
  const stopsBare = setOf(nul, lf, cr, quote, comma, between);
  const stopsQuoted = setOf(nul, lf, cr, quote);
  let out = Buffer.allocUnsafe(65_536);
  /** How much of `out` is written, where its last record begins, and where its last cell. */
  let [to, record, cell] = [0, 0, 0];
  let state: number = cellStart;
  /** A bare cell with a comma or a quote in it has to be quoted when it is over. */
  let [special, stray, broken, spaces] = [false, false, false, 0];
  let [records, lines, quoteLine] = [seen.records, seen.lines + skipped, 0];
  let afterCr = false;
  const ends = { lf: seen.lines > 0, crlf: false, cr: false };

  const open = (): Taken<never> =>
    refused(
      'not-valid',
      `In record ${records + 1} a quote (") opens on line ${quoteLine} and does not close. Close it, or double it if it belongs to the text, and send the file again`,
    );
  const tooLong = (): Taken<never> => {
    // The quote that let in many lines is the likely fault, even if another quote closed it in the end.
    if (broken) return open();
    return refused(
      'not-valid',
      `Line ${lines + 1} is longer than ${lineBytes.toLocaleString('en-GB')} bytes, which no row of a table is. Check that the file is what you meant to send`,
    );
  };
  const roomFor = (bytes: number): void => {
    // A byte of a bare cell becomes two at most, with two quotes around the cell; its beginning may be here already.
    const needed = to + (to - record) + 3 * bytes + 8;
    if (needed <= out.length) return;
    const larger = Buffer.allocUnsafe(needed);
    out.copy(larger, 0, 0, to);
    out = larger;
  };
  const put = (byte: number): void => {
    out[to] = byte;
    to += 1;
  };
  /** Moves the bare cell up, from behind, so that no byte is overwritten before it has moved. */
  const putQuotesAround = (): void => {
    let quotes = 2;
    for (let at = cell; at < to; at += 1) if (out[at] === quote) quotes += 1;
    let end = to + quotes;
    const after = end;
    out[(end -= 1)] = quote;
    for (let at = to - 1; at >= cell; at -= 1) {
      const byte = out[at] ?? 0;
      out[(end -= 1)] = byte;
      if (byte === quote) out[(end -= 1)] = quote;
    }
    out[cell] = quote;
    to = after;
  };
  const endCell = (): void => {
    if (state === bare && special) putQuotesAround();
    else if (state === closed || state === closedAndSpace) put(quote);
    special = false;
    state = cellStart;
  };
  /** @returns false when it is too long */
  const endRecord = (): boolean => {
    endCell();
    if (to - record > lineBytes) return false;
    if (to > record) records += 1;
    put(lf);
    record = to;
    broken = false;
    return true;
  };

  /** Copies what means nothing special. @returns where that ends */
  const putRun = (bytes: Buffer, from: number, stops: Uint8Array): number => {
    const target = out;
    let at = from;
    let end = to;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (stops[byte] === 1) break;
      target[end] = byte;
      end += 1;
    }
    to = end;
    if (at > from) afterCr = false;
    return at;
  };

  const take = (bytes: Buffer): Taken<undefined> => {
    roomFor(bytes.length);
    for (let at = 0; at < bytes.length; at += 1) {
      if (state === bare) at = putRun(bytes, at, stopsBare);
      else if (state === quoted) at = putRun(bytes, at, stopsQuoted);
      if (at === bytes.length) break;
      const byte = bytes[at] ?? 0;
      if (afterCr && byte !== lf && state !== quoted) ends.cr = true;
      if (byte === nul) return refused('not-valid', nulSentence(lines + 1));
      if (byte === lf || byte === cr) {
        const half = byte === lf && afterCr;
        afterCr = byte === cr;
        if (state === quoted) {
          if (stray) return open();
          broken = true;
          put(byte);
          if (!half) lines += 1;
          continue;
        }
        if (half) {
          ends.crlf = true;
          continue;
        }
        if (byte === lf) ends.lf = true;
        if (!endRecord()) return tooLong();
        lines += 1;
        continue;
      }
      afterCr = false;
      if (state === quoted) {
        if (byte === quote) state = closed;
        else put(byte);
      } else if (byte === between) {
        endCell();
        put(comma);
      } else if (state === cellStart) {
        cell = to;
        state = byte === quote ? quoted : bare;
        special = byte === comma;
        stray = false;
        broken = false;
        quoteLine = lines + 1;
        put(byte);
      } else if (state === bare) {
        special ||= byte === quote || byte === comma;
        put(byte);
      } else if (state === closed && byte === quote) {
        state = quoted;
        put(quote);
        put(quote);
      } else if (byte === space) {
        spaces = state === closed ? 1 : spaces + 1;
        state = closedAndSpace;
      } else {
        if (broken) return open();
        stray = true;
        put(quote);
        put(quote);
        if (state === closedAndSpace) for (; spaces > 0; spaces -= 1) put(space);
        state = byte === quote ? closed : quoted;
        if (byte !== quote) put(byte);
      }
    }
    return to - record > lineBytes ? tooLong() : done(undefined);
  };

  return {
    take,
    end() {
      if (state === quoted) return open();
      roomFor(0);
      endCell();
      if (to > record && !endRecord()) return tooLong();
      if (afterCr) ends.cr = true;
      const kinds = (['lf', 'crlf', 'cr'] as const).filter((kind) => ends[kind]);
      return done({ records: records - 1, newline: kinds.length > 1 ? 'mixed' : (kinds[0] ?? 'none') });
    },
    async flush(file) {
      await writeAll(file, out.subarray(0, record));
      out.copyWithin(0, record, to);
      [to, cell, record] = [to - record, cell - record, 0];
    },
    lines: () => lines,
    tooLong,
  };
}

function setOf(...bytes: readonly number[]): Uint8Array {
  const set = new Uint8Array(256);
  for (const byte of bytes) set[byte] = 1;
  return set;
}

function nulSentence(line: number): string {
  const why = line === 1 ? 'It may be UTF-16 without its mark, or no text at all' : 'The file may be damaged';
  return `Line ${line} holds a NUL character, which no text has. ${why}. Save the table as CSV in UTF-8 and send that`;
}
