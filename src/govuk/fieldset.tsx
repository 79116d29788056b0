import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isPresent, optionsOf, type Content, type OrContent } from './content.ts';

export interface LegendOptions {
  readonly text: Content;
  /** For a page that asks one question: the legend is its heading. */
  readonly isPageHeading?: boolean | undefined;
  readonly classes?: string | undefined;
}

export interface FieldsetOptions {
  readonly legend?: OrContent<LegendOptions> | undefined;
  readonly describedBy?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface FieldsetProps extends FieldsetOptions {
  readonly children?: Content;
  readonly role?: 'group' | 'radiogroup' | undefined;
}

export function Fieldset(props: FieldsetProps): JSX.Element {
  const legend = props.legend === undefined ? undefined : optionsOf(props.legend);
  return (
    <fieldset
      class={classNames('govuk-fieldset', props.classes)}
      role={props.role}
      aria-describedby={props.describedBy}
      {...props.attributes}
    >
      {legend && isPresent(legend.text) && (
        <legend class={classNames('govuk-fieldset__legend', legend.classes)}>
          {legend.isPageHeading ? <h1 class="govuk-fieldset__heading">{legend.text}</h1> : legend.text}
        </legend>
      )}
      {props.children}
    </fieldset>
  );
}
