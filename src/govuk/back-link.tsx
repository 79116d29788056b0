import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import type { Content } from './content.ts';

export interface BackLinkProps {
  readonly href: string;
  readonly children?: Content;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export function BackLink(props: BackLinkProps): JSX.Element {
  return (
    <a href={props.href} class={classNames('govuk-back-link', props.classes)} {...props.attributes}>
      {props.children ?? 'Back'}
    </a>
  );
}
