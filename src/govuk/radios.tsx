import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { ChoicesGroup, ItemHint, type ChoicesProps } from './choices.tsx';
import { classNames } from './class-names.ts';
import { isPresent, type Content, type Listed, type OrContent } from './content.ts';
import type { HintOptions } from './hint.tsx';
import { Label, type LabelOptions } from './label.tsx';

export interface RadiosItem {
  readonly text: Content;
  readonly value: string | number;
  readonly id?: string | undefined;
  readonly label?: Omit<LabelOptions, 'text' | 'isPageHeading'> | undefined;
  readonly hint?: OrContent<HintOptions> | undefined;
  readonly checked?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Asked only of those who choose it; without the script it is always shown. */
  readonly conditional?: Content;
  readonly attributes?: Attributes | undefined;
}

export interface RadiosProps extends ChoicesProps {
  readonly name: string;
  readonly idPrefix?: string | undefined;
  readonly items: Listed<RadiosItem | { readonly divider: string }>;
  /** The value of the item that is chosen. */
  readonly value?: string | number | undefined;
}

function Item({ item, id, field }: { readonly item: RadiosItem; readonly id: string; readonly field: RadiosProps }) {
  const isChosen = field.value !== undefined && field.value !== '' && String(item.value) === String(field.value);
  const isChecked = item.checked ?? isChosen;
  const conditionalId = `conditional-${id}`;
  const hintId = `${id}-item-hint`;
  return (
    <>
      <div class="govuk-radios__item">
        <input
          class="govuk-radios__input"
          id={id}
          name={field.name}
          type="radio"
          value={item.value}
          checked={isChecked}
          disabled={item.disabled}
          data-aria-controls={isPresent(item.conditional) ? conditionalId : undefined}
          aria-describedby={item.hint ? hintId : undefined}
          {...item.attributes}
        />
        <Label
          for={id}
          classes={classNames('govuk-radios__label', item.label?.classes)}
          attributes={item.label?.attributes}
        >
          {item.text}
        </Label>
        {item.hint && <ItemHint id={hintId} hint={item.hint} classes="govuk-radios__hint" />}
      </div>
      {isPresent(item.conditional) && (
        <div
          class={classNames('govuk-radios__conditional', !isChecked && 'govuk-radios__conditional--hidden')}
          id={conditionalId}
        >
          {item.conditional}
        </div>
      )}
    </>
  );
}

export function Radios(props: RadiosProps): JSX.Element {
  const idPrefix = props.idPrefix ?? props.name;
  return (
    <ChoicesGroup id={idPrefix} field={props}>
      <div class={classNames('govuk-radios', props.classes)} {...props.attributes} data-module="govuk-radios">
        {props.formGroup?.beforeInputs}
        {props.items.map((item, index) => {
          if (!item) return null;
          if ('divider' in item) return <div class="govuk-radios__divider">{item.divider}</div>;
          // The first has no number, so that an error summary can link to it by the name of the field.
          const id = item.id ?? (index === 0 ? idPrefix : `${idPrefix}-${index + 1}`);
          return <Item item={item} id={id} field={props} />;
        })}
        {props.formGroup?.afterInputs}
      </div>
    </ChoicesGroup>
  );
}
