import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { ChoicesGroup, choicesDescribedBy, ItemHint, type ChoicesProps } from './choices.tsx';
import { classNames } from './class-names.ts';
import { isPresent, type Content, type Listed, type OrContent } from './content.ts';
import { describedBy } from './described-by.ts';
import type { HintOptions } from './hint.tsx';
import { Label, type LabelOptions } from './label.tsx';

export interface CheckboxesItem {
  readonly text: Content;
  readonly value: string | number;
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly label?: Omit<LabelOptions, 'text' | 'isPageHeading'> | undefined;
  readonly hint?: OrContent<HintOptions> | undefined;
  readonly checked?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Asked only of those who tick it; without the script it is always shown. */
  readonly conditional?: Content;
  /** "None of these": the script then unticks the others. */
  readonly behaviour?: 'exclusive' | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface CheckboxesProps extends ChoicesProps {
  readonly name: string;
  readonly idPrefix?: string | undefined;
  readonly items: Listed<CheckboxesItem | { readonly divider: string }>;
  /** The values of the items that are ticked. */
  readonly values?: readonly (string | number)[] | undefined;
  readonly describedBy?: string | undefined;
}

interface ItemProps {
  readonly item: CheckboxesItem;
  readonly id: string;
  readonly field: CheckboxesProps;
  readonly describedBy: string | undefined;
}

function Item({ item, id, field, ...props }: ItemProps): JSX.Element {
  const isChecked = item.checked ?? (field.values ?? []).map(String).includes(String(item.value));
  const conditionalId = `conditional-${id}`;
  const hintId = item.hint ? `${id}-item-hint` : undefined;
  return (
    <>
      <div class="govuk-checkboxes__item">
        <input
          class="govuk-checkboxes__input"
          id={id}
          name={item.name ?? field.name}
          type="checkbox"
          value={item.value}
          checked={isChecked}
          disabled={item.disabled}
          data-aria-controls={isPresent(item.conditional) ? conditionalId : undefined}
          data-behaviour={item.behaviour}
          aria-describedby={describedBy(props.describedBy, hintId)}
          {...item.attributes}
        />
        <Label
          for={id}
          classes={classNames('govuk-checkboxes__label', item.label?.classes)}
          attributes={item.label?.attributes}
        >
          {item.text}
        </Label>
        {item.hint && hintId !== undefined && (
          <ItemHint id={hintId} hint={item.hint} classes="govuk-checkboxes__hint" />
        )}
      </div>
      {isPresent(item.conditional) && (
        <div
          class={classNames('govuk-checkboxes__conditional', !isChecked && 'govuk-checkboxes__conditional--hidden')}
          id={conditionalId}
        >
          {item.conditional}
        </div>
      )}
    </>
  );
}

export function Checkboxes(props: CheckboxesProps): JSX.Element {
  const idPrefix = props.idPrefix ?? props.name;
  // With a fieldset the whole group is described; without one, each box.
  const each = props.fieldset ? undefined : choicesDescribedBy(idPrefix, props, props.describedBy);
  return (
    <ChoicesGroup id={idPrefix} field={props} describedBy={props.describedBy}>
      <div class={classNames('govuk-checkboxes', props.classes)} {...props.attributes} data-module="govuk-checkboxes">
        {props.formGroup?.beforeInputs}
        {props.items.map((item, index) => {
          if (!item) return null;
          if ('divider' in item) return <div class="govuk-checkboxes__divider">{item.divider}</div>;
          // The first has no number, so that an error summary can link to it by the name of the field.
          const id = item.id ?? (index === 0 ? idPrefix : `${idPrefix}-${index + 1}`);
          return <Item item={item} id={id} field={props} describedBy={each} />;
        })}
        {props.formGroup?.afterInputs}
      </div>
    </ChoicesGroup>
  );
}
