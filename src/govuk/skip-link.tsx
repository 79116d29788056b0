import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import type { Content } from './content.ts';

export interface SkipLinkProps {
  readonly href?: string | undefined;
  readonly children?: Content;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export function SkipLink(props: SkipLinkProps): JSX.Element {
  return (
    <a
      href={props.href ?? '#content'}
      class={classNames('govuk-skip-link', props.classes)}
      {...props.attributes}
      data-module="govuk-skip-link"
    >
      {props.children}
    </a>
  );
}
