import type { ComponentChildren } from 'preact';
import { Timeline } from '../../govuk/index.ts';
import { momentText } from '../moment.ts';

/** One change of a record, as its page tells it. */
export interface HistoryItem {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly title: string;
  readonly lines: readonly string[];
}

/** What happened to a record, the newest first. */
export function History({ changes }: { readonly changes: readonly HistoryItem[] }) {
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="history">
      <h2 class="govuk-heading-m" id="history">
        History
      </h2>
      <Timeline
        items={changes.map(({ title, at, actor, lines }) => ({
          title,
          date: momentText(at),
          dateTime: at,
          by: actor,
          text:
            lines.length === 0 ? undefined : (
              <ul class="govuk-list">
                {lines.map((line) => (
                  <li>{line}</li>
                ))}
              </ul>
            ),
        }))}
      />
    </section>
  );
}

/** A part of a record page that lists rows, or says that there are none. */
export function Part({
  id,
  title,
  children,
  none,
  isEmpty,
}: {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
  readonly none: string;
  readonly isEmpty: boolean;
}) {
  return (
    <section aria-labelledby={id}>
      <h2 class="govuk-heading-m" id={id}>
        {title}
      </h2>
      {isEmpty ? <p class="govuk-body">{none}</p> : children}
    </section>
  );
}
