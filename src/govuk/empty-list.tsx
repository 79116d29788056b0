import type { JSX } from 'preact';
import { Button } from './button.tsx';
import { isPlainText, type Content } from './content.ts';
import { headingTag, type HeadingLevel } from './heading-level.ts';

export interface EmptyListProps {
  /** What there is none of: "No meetings yet". */
  readonly title: string;
  readonly headingLevel?: HeadingLevel | undefined;
  /** Why it is empty, and how to begin. */
  readonly children: Content;
  readonly action?: { readonly text: string; readonly href: string } | undefined;
}

/** Stands where a list would, and says how to begin. */
export function EmptyList(props: EmptyListProps): JSX.Element {
  const Heading = headingTag(props.headingLevel ?? 2);
  return (
    <div class="concord-empty">
      <Heading class="govuk-heading-m">{props.title}</Heading>
      {isPlainText(props.children) ? <p class="govuk-body">{props.children}</p> : props.children}
      {props.action && <Button href={props.action.href}>{props.action.text}</Button>}
    </div>
  );
}
