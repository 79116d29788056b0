import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isPlainText, type Content } from './content.ts';

export interface ButtonProps {
  readonly children?: Content;
  readonly type?: 'submit' | 'button' | 'reset' | undefined;
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** With an address it is a link that looks like a button: for moving on, never for changing anything. */
  readonly href?: string | undefined;
  /** The script then ignores a second press within a second. */
  readonly preventDoubleClick?: boolean | undefined;
  readonly isStartButton?: boolean | undefined;
  readonly id?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

function StartIcon(): JSX.Element {
  return (
    <svg
      class="govuk-button__start-icon"
      xmlns="http://www.w3.org/2000/svg"
      width="17.5"
      height="19"
      viewBox="0 0 33 40"
      aria-hidden="true"
      focusable="false"
    >
      <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
    </svg>
  );
}

export function Button(props: ButtonProps): JSX.Element {
  const classes = classNames('govuk-button', props.classes, props.isStartButton && 'govuk-button--start');
  // A start button is a flex box, which would swallow the spaces between nodes.
  const text = props.isStartButton && !isPlainText(props.children) ? <span>{props.children}</span> : props.children;
  const content = (
    <>
      {text}
      {props.isStartButton && <StartIcon />}
    </>
  );
  if (props.href !== undefined && props.href !== '') {
    return (
      <a
        href={props.href}
        role="button"
        draggable={false}
        class={classes}
        data-module="govuk-button"
        id={props.id}
        {...props.attributes}
      >
        {content}
      </a>
    );
  }
  return (
    <button
      type={props.type ?? 'submit'}
      value={props.value}
      name={props.name}
      disabled={props.disabled}
      aria-disabled={props.disabled ? 'true' : undefined}
      data-prevent-double-click={props.preventDoubleClick?.toString()}
      class={classes}
      data-module="govuk-button"
      id={props.id}
      {...props.attributes}
    >
      {content}
    </button>
  );
}
