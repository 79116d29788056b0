import type { JSX } from 'preact';
import type { Content } from './content.ts';

export interface ScrollBoxProps {
  /** What is in it, for those who come to it by keyboard: the caption of the table. */
  readonly label: string;
  readonly children?: Content;
}

/** Wide content moves inside its own box, so that a narrow page never moves sideways. */
export function ScrollBox({ label, children }: ScrollBoxProps): JSX.Element {
  return (
    // It takes the focus so that the arrow keys can move it.
    <div class="concord-scroll" role="region" aria-label={label} tabindex={0}>
      {children}
    </div>
  );
}
