import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { optionsOf, type Content, type OrContent } from './content.ts';
import { describedBy } from './described-by.ts';
import type { ErrorMessageOptions } from './error-message.tsx';
import { FormGroup, HintAndError } from './field.tsx';
import { Fieldset, type FieldsetOptions } from './fieldset.tsx';
import { Hint, type HintOptions } from './hint.tsx';

export interface ChoicesFormGroupOptions {
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
  readonly beforeInputs?: Content;
  readonly afterInputs?: Content;
}

/** What every field with several controls has: a legend where one control has a label. */
export interface ChoicesProps {
  /** Its legend is the question. */
  readonly fieldset?: FieldsetOptions | undefined;
  readonly hint?: OrContent<HintOptions> | undefined;
  readonly errorMessage?: OrContent<ErrorMessageOptions> | undefined;
  readonly formGroup?: ChoicesFormGroupOptions | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

interface ChoicesGroupProps {
  readonly id: string;
  readonly field: ChoicesProps;
  readonly describedBy?: string | undefined;
  readonly role?: 'group' | undefined;
  readonly children: Content;
}

export function choicesDescribedBy(
  id: string,
  field: Pick<ChoicesProps, 'hint' | 'errorMessage'>,
  ...others: readonly (string | undefined)[]
): string | undefined {
  return describedBy(...others, Boolean(field.hint) && `${id}-hint`, Boolean(field.errorMessage) && `${id}-error`);
}

/** Hint and error above the controls that are given as children, within the fieldset if there is one. */
export function ChoicesGroup({ id, field, role, children, ...props }: ChoicesGroupProps): JSX.Element {
  const content = (
    <>
      <HintAndError id={id} hint={field.hint} errorMessage={field.errorMessage} />
      {children}
    </>
  );
  return (
    <FormGroup hasError={Boolean(field.errorMessage)} formGroup={field.formGroup}>
      {field.fieldset ? (
        <Fieldset
          describedBy={choicesDescribedBy(id, field, field.fieldset.describedBy ?? props.describedBy)}
          classes={field.fieldset.classes}
          role={role}
          attributes={field.fieldset.attributes}
          legend={field.fieldset.legend}
        >
          {content}
        </Fieldset>
      ) : (
        content
      )}
    </FormGroup>
  );
}

export function ItemHint({
  id,
  hint,
  classes,
}: {
  readonly id: string;
  readonly hint: OrContent<HintOptions>;
  readonly classes: string;
}): JSX.Element {
  const options = optionsOf(hint);
  return (
    <Hint id={id} classes={[classes, options.classes].filter(Boolean).join(' ')} attributes={options.attributes}>
      {options.text}
    </Hint>
  );
}
