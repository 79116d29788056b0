/** One line of JSON a event on standard error: never a person's words, never a secret. */
export interface Log {
  /** Something an operator should see. */
  readonly note: (event: string, facts?: Facts) => void;
  /** A fault: logged once, with the reference that the page shows. */
  readonly fault: (reference: string, error: unknown, facts?: Facts) => void;
  /** Only with CONCORD_LOG=detailed. */
  readonly detail: (event: string, facts?: Facts) => void;
}
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

export function openLog(
  level: 'quiet' | 'normal' | 'detailed',
  write = (line: string) => void process.stderr.write(line),
): Log {
  const line = (kind: string, event: string, facts: Facts = {}) =>
    write(`${JSON.stringify({ at: new Date().toISOString(), kind, event, ...facts })}\n`);
  return {
    note: (event, facts) => (level === 'quiet' ? undefined : line('note', event, facts)),
    detail: (event, facts) => (level === 'detailed' ? line('detail', event, facts) : undefined),
    fault: (reference, error, facts) =>
      line('fault', error instanceof Error ? `${error.name}: ${error.message}` : String(error), {
        reference,
        ...facts,
        stack: error instanceof Error ? error.stack : undefined,
      }),
  };
}
