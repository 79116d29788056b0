/** No room, or no more than somebody's share of it (ENOSPC, EDQUOT), or no longer file than the system lets us have (EFBIG). */
const codes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** The column engine says it in words of the operating system. */
const words = /No space left on device|Disk quota exceeded|File too large/;

export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return codes.has(String((error as NodeJS.ErrnoException).code)) || words.test(error.message);
}
