import type { JSX } from 'preact';
import { classNames } from './class-names.ts';
import { isPlainText, isPresent, type Content } from './content.ts';
import { headingTag, type HeadingLevel } from './heading-level.ts';

export interface TimelineItem {
  /** What happened, or will. */
  readonly title: Content;
  /** The date as it is read: "27 March 2023", "early 2024". */
  readonly date: string;
  /** The same for machines, where it is a whole date: `2023-03-27`. */
  readonly dateTime?: string | undefined;
  readonly by?: Content;
  /** Its state in a word, as a `Tag`. */
  readonly tag?: Content;
  readonly text?: Content;
  /** Not yet: its mark is a ring and not a dot. */
  readonly isAhead?: boolean | undefined;
}

export interface TimelineProps {
  readonly items: readonly TimelineItem[];
  readonly headingLevel?: HeadingLevel | undefined;
}

export function Timeline(props: TimelineProps): JSX.Element {
  const Heading = headingTag(props.headingLevel ?? 3);
  return (
    <ol class="concord-timeline">
      {props.items.map((item) => (
        <li class={classNames('concord-timeline__item', item.isAhead && 'concord-timeline__item--ahead')}>
          <p class="concord-timeline__date">
            {item.dateTime === undefined ? item.date : <time dateTime={item.dateTime}>{item.date}</time>}
            {isPresent(item.by) && <span class="concord-timeline__by">, {item.by}</span>}
          </p>
          <Heading class="concord-timeline__title">
            {item.title}
            {isPresent(item.tag) && <> {item.tag}</>}
          </Heading>
          {isPlainText(item.text) && isPresent(item.text) ? <p class="govuk-body">{item.text}</p> : item.text}
        </li>
      ))}
    </ol>
  );
}
