import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { optionsOf, type Content, type OrContent } from './content.ts';
import { Tag, type TagOptions } from './tag.tsx';

export interface PhaseBannerProps {
  readonly children?: Content;
  readonly tag: OrContent<Omit<TagOptions, 'attributes'>>;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export function PhaseBanner(props: PhaseBannerProps): JSX.Element {
  const tag = optionsOf(props.tag);
  return (
    <div class={classNames('govuk-phase-banner govuk-width-container', props.classes)} {...props.attributes}>
      <p class="govuk-phase-banner__content">
        <Tag classes={classNames('govuk-phase-banner__content__tag', tag.classes)}>{tag.text}</Tag>{' '}
        <span class="govuk-phase-banner__text">{props.children}</span>
      </p>
    </div>
  );
}
