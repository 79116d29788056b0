import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import type { Content } from './content.ts';

export interface InsetTextProps {
  readonly children?: Content;
  readonly id?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export function InsetText(props: InsetTextProps): JSX.Element {
  return (
    <div
      class={classNames('govuk-inset-text', props.classes)}
      {...props.attributes}
      id={props.id ?? props.attributes?.id}
    >
      {props.children}
    </div>
  );
}
