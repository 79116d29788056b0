const formats = {
  minutes: { dateStyle: 'long', timeStyle: 'short' },
  seconds: { dateStyle: 'medium', timeStyle: 'medium' },
} as const;

const formatters = new Map<keyof typeof formats, Intl.DateTimeFormat>();
/** A list shows the same minutes again and again, and a formatter takes longer for each than the rest of its row. */
const texts = new Map<string, string>();
const mostTexts = 5_000;

/**
 * A moment as people in England read it: "22 November 2026 at 09:05", or to the second.
 * @param iso a moment in UTC
 */
export function momentText(iso: string, to: keyof typeof formats = 'minutes'): string {
  const moment = iso.slice(0, to === 'minutes' ? 16 : 19);
  const known = texts.get(moment);
  if (known !== undefined) return known;
  const text = formatterTo(to).format(new Date(iso));
  if (texts.size >= mostTexts) texts.clear();
  texts.set(moment, text);
  return text;
}

/** The first formatter of a process loads the time zones, which takes a while: so it is made when a page needs it. */
function formatterTo(to: keyof typeof formats): Intl.DateTimeFormat {
  const made = formatters.get(to) ?? new Intl.DateTimeFormat('en-GB', { ...formats[to], timeZone: 'Europe/London' });
  formatters.set(to, made);
  return made;
}
