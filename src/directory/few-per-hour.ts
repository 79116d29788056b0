const hour = 3_600_000;

/**
 * Lets each sender do something a few times an hour. It knows senders by what it is given, in memory and for an hour at most,
 * and never more of them than `mostKnown`: when there are more, those who came first are forgotten.
 */
export class FewPerHour {
  readonly #most: number;
  readonly #mostKnown: number;
  readonly #seen = new Map<string, { count: number; readonly until: number }>();

  constructor(most: number, mostKnown = 10_000) {
    this.#most = most;
    this.#mostKnown = mostKnown;
  }

  allows(sender: string, moment: Date): boolean {
    const now = moment.getTime();
    const seen = this.#seen.get(sender);
    if (seen !== undefined && seen.until > now) {
      if (seen.count >= this.#most) return false;
      seen.count += 1;
      return true;
    }
    this.#seen.delete(sender);
    for (const [known, { until }] of this.#seen) {
      if (until > now && this.#seen.size < this.#mostKnown) break;
      this.#seen.delete(known);
    }
    this.#seen.set(sender, { count: 1, until: now + hour });
    return true;
  }
}

/**
 * One household or office: of a long address (IPv6) only the network counts, for its owner may change the rest at will. A short
 * one that is written as a long one is itself.
 */
export const networkOf = (address: string): string => {
  const short = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (short !== undefined || !address.includes(':')) return short ?? address;
  return `${address.split('::')[0]?.split(':').slice(0, 4).join(':') ?? ''}::`;
};
