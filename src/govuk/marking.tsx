import type { JSX } from 'preact';

export interface Marking {
  /** The classification, as it must be read: `OFFICIAL-SENSITIVE`. */
  readonly text: string;
  /** How it may be used and passed on, and to whom this copy went. */
  readonly handling?: string | undefined;
}

/** Stands above and below the page, and on every sheet when it is printed. */
export function MarkingLine({
  marking,
  edge,
}: {
  readonly marking: Marking;
  readonly edge: 'top' | 'bottom';
}): JSX.Element {
  return (
    <p class={`concord-marking concord-marking--${edge}`}>
      <strong class="concord-marking__text">{marking.text}</strong>
      {marking.handling !== undefined && (
        <>
          {' '}
          <span class="concord-marking__handling">{marking.handling}</span>
        </>
      )}
    </p>
  );
}
