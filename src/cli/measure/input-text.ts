import { createReadStream } from 'node:fs';
import { CommandRefused, WrongUse } from '../command.ts';

/** Where an input comes from, as sentences name it. */
export const named = (file: string): string => (file === '-' ? 'Standard input' : file);

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not read it',
  EISDIR: 'it is a folder',
};

/**
 * The text of a file, or of standard input for `-`, a piece at a time, so that a file of any size costs no more than it may.
 * @throws CommandRefused when it cannot be read; WrongUse when it is too long or no text
 */
export async function* piecesOf(file: string, mostBytes: number): AsyncGenerator<string> {
  const source = file === '-' ? process.stdin : createReadStream(file);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes)
        throw new WrongUse(
          `${named(file)} is longer than ${Math.round(mostBytes / 1_000_000)} million bytes, the most that is read.`,
        );
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof WrongUse) throw error;
    if (error instanceof TypeError)
      throw new WrongUse(`${named(file)} is not UTF-8 text. In a spreadsheet, save it as “CSV UTF-8”.`);
    const why = reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? (error as Error).message;
    throw new CommandRefused(`${named(file)} cannot be read: ${why}.`);
  } finally {
    source.destroy();
  }
}

/** All of it. */
export async function wholeText(file: string, mostBytes: number): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of piecesOf(file, mostBytes)) pieces.push(piece);
  return pieces.join('');
}
