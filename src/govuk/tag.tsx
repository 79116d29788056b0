import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import type { Content } from './content.ts';

export interface TagOptions {
  readonly text: Content;
  /** `govuk-tag--grey`, `--green`, `--teal`, `--blue`, `--purple`, `--magenta`, `--red`, `--orange` or `--yellow`. */
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface TagProps extends Omit<TagOptions, 'text'> {
  readonly children?: Content;
}

/** The state of something, in a word; the colour only repeats it. */
export function Tag(props: TagProps): JSX.Element {
  return (
    <strong class={classNames('govuk-tag', props.classes)} {...props.attributes}>
      {props.children}
    </strong>
  );
}
