import type { JSX } from 'preact';
import { Select, type SelectProps } from './select.tsx';

export interface AutocompleteProps extends SelectProps {
  /** What the script says when nothing matches what was typed. */
  readonly noMatchText?: string | undefined;
}

/** A list to choose from that is long enough to type in. Without the script it is the select that it is here. */
export function Autocomplete({ noMatchText, attributes, ...props }: AutocompleteProps): JSX.Element {
  return (
    <Select
      {...props}
      attributes={{
        'data-concord-autocomplete': '',
        'data-no-match': noMatchText ?? 'Nothing in the list matches',
        ...attributes,
      }}
    />
  );
}
