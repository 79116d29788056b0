import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { isPresent, type Content } from './content.ts';
import { headingTag, type HeadingLevel } from './heading-level.ts';

export interface PanelAction {
  readonly text: string;
  readonly type?: 'button' | 'submit' | undefined;
  readonly href?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface PanelActions {
  readonly items?: readonly PanelAction[] | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface PanelProps {
  readonly titleText: Content;
  readonly headingLevel?: HeadingLevel | undefined;
  readonly children?: Content;
  /** Shown only where the classes hold `govuk-panel--interruption`. */
  readonly actions?: PanelActions | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

function Action({ action }: { readonly action: PanelAction }): JSX.Element {
  if (action.href !== undefined && action.type !== 'button') {
    return (
      <a class={classNames('govuk-link govuk-link--inverse', action.classes)} href={action.href} {...action.attributes}>
        {action.text}
      </a>
    );
  }
  return (
    <Button
      type={action.type ?? 'button'}
      classes={classNames('govuk-button--inverse', action.classes)}
      href={action.href}
      attributes={action.attributes}
    >
      {action.text}
    </Button>
  );
}

export function Panel(props: PanelProps): JSX.Element {
  const Heading = headingTag(props.headingLevel ?? 1);
  const isInterruption = props.classes?.includes('govuk-panel--interruption') ?? false;
  const items = props.actions?.items ?? [];
  return (
    <div
      class={classNames('govuk-panel', !isInterruption && 'govuk-panel--confirmation', props.classes)}
      {...props.attributes}
    >
      <Heading class="govuk-panel__title">{props.titleText}</Heading>
      {isPresent(props.children) && <div class="govuk-panel__body">{props.children}</div>}
      {isInterruption && props.actions && (
        <div class={classNames('govuk-panel__actions', props.actions.classes)} {...props.actions.attributes}>
          {items.length > 0 && (
            <div class="govuk-button-group">
              {items.map((action) => (
                <Action action={action} />
              ))}
            </div>
          )}
        </div>
      )}
    </div>
  );
}
