import type { JSX } from 'preact';
import type { Content } from './content.ts';

export interface ProgressProps {
  /** Used once on the page. */
  readonly id: string;
  /** What is going on: "Loading police records". */
  readonly label: string;
  /** How far it is. Left out while nobody can know. */
  readonly value?: number | undefined;
  readonly max: number;
  /** How far it is in words: "12,400 of 31,000 rows". */
  readonly text: Content;
  /** While it goes on, the script asks for this page again after as many seconds and shows the new state. */
  readonly refreshSeconds?: number | undefined;
  /** Server-sent events that say how far it is: the script listens instead of asking. */
  readonly eventsHref?: string | undefined;
  /** This page again, for those without the script. */
  readonly refreshHref?: string | undefined;
}

export function Progress(props: ProgressProps): JSX.Element {
  return (
    <div
      class="concord-progress"
      id={props.id}
      data-concord-refresh={props.refreshSeconds}
      data-concord-events={props.eventsHref}
    >
      <label class="govuk-label govuk-label--s" for={`${props.id}-bar`}>
        {props.label}
      </label>
      <progress
        class="concord-progress__bar"
        id={`${props.id}-bar`}
        max={props.max}
        value={props.value}
        aria-describedby={`${props.id}-text`}
      />
      <p class="govuk-body" id={`${props.id}-text`} role="status">
        {props.text}
      </p>
      {props.refreshHref !== undefined && (
        <p class="govuk-body concord-progress__again">
          <a class="govuk-link" href={props.refreshHref}>
            See how far it is now
          </a>
        </p>
      )}
    </div>
  );
}
