const formats = {
  minutes: { dateStyle: 'long', timeStyle: 'short' },
  seconds: { dateStyle: 'medium', timeStyle: 'medium' },
} as const;

const made = new Map<keyof typeof formats, Intl.DateTimeFormat>();

/**
 * A moment as people in England read it: "22 November 2026 at 09:05", or to the second. The first formatter of a process
 * loads the time zones, which takes a while: so it is made when the first page needs it.
 * @param iso a moment in UTC
 */
export function momentText(iso: string, to: keyof typeof formats = 'minutes'): string {
  let format = made.get(to);
  if (format === undefined)
    made.set(to, (format = new Intl.DateTimeFormat('en-GB', { ...formats[to], timeZone: 'Europe/London' })));
  return format.format(new Date(iso));
}
