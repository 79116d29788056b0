import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import type { Content } from './content.ts';

export interface GenericHeaderProps {
  /** Never empty: it is the name of the link home. */
  readonly logoText: Content;
  readonly url?: string | undefined;
  readonly containerClasses?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

/** The header for those who are not GOV.UK: no crown, the service's own name. */
export function GenericHeader(props: GenericHeaderProps): JSX.Element {
  return (
    <div class={classNames('govuk-generic-header', props.classes)} {...props.attributes}>
      <div class={classNames('govuk-generic-header__container', props.containerClasses ?? 'govuk-width-container')}>
        <div class="govuk-generic-header__logo">
          <a href={props.url ?? '/'} class="govuk-generic-header__homepage-link">
            {props.logoText}
          </a>
        </div>
      </div>
    </div>
  );
}
