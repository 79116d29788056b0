import type { ComponentChildren } from 'preact';
import { Button, ErrorSummary, NotificationBanner, ScrollBox, Table } from '../../govuk/index.ts';
import type { Page } from './route.ts';

export type Typed = Readonly<Record<string, string | readonly string[]>>;
export type Errors = Readonly<Record<string, string>>;
/** What a form shows again after it was sent: what was typed, and what is wrong with it. */
export interface FormState {
  readonly typed?: Typed | undefined;
  readonly errors?: Errors | undefined;
}

/** What was typed in a field, or what stands there at first. */
export const valueOf = (typed: Typed, name: string, otherwise = ''): string => {
  const given = typed[name];
  return typeof given === 'string' ? given : otherwise;
};

interface FormPageProps {
  readonly title: string;
  readonly breadcrumbs: NonNullable<Page['breadcrumbs']>;
  readonly action: string;
  readonly button: string;
  readonly errors?: Errors | undefined;
  /** Fields whose first control has another id than the name: the summary of errors leads there. */
  readonly ids?: Readonly<Record<string, string>> | undefined;
  readonly intro?: ComponentChildren;
  readonly children?: ComponentChildren;
  readonly cancelHref: string;
  readonly isWarning?: boolean | undefined;
  /** The form has a field for a file. */
  readonly takesFile?: boolean | undefined;
}

/** A page with one form: what is wrong first, then what it is for, its fields, and one button. */
export function formPage(props: FormPageProps): Page {
  const mistakes = Object.entries(props.errors ?? {});
  return {
    title: props.title,
    hasErrors: mistakes.length > 0,
    breadcrumbs: props.breadcrumbs,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {mistakes.length > 0 && (
            <ErrorSummary
              errorList={mistakes.map(([field, text]) => ({
                text,
                href: field === '' ? '#form' : `#${props.ids?.[field] ?? field}`,
              }))}
            />
          )}
          <h1 class="govuk-heading-l">{props.title}</h1>
          {props.intro}
          <form
            method="post"
            action={props.action}
            id="form"
            novalidate
            enctype={props.takesFile === true ? 'multipart/form-data' : undefined}
          >
            {props.children}
            <div class="govuk-button-group">
              <Button preventDoubleClick classes={props.isWarning === true ? 'govuk-button--warning' : undefined}>
                {props.button}
              </Button>
              <a class="govuk-link" href={props.cancelHref}>
                Cancel
              </a>
            </div>
          </form>
        </div>
      </div>
    ),
  };
}

/** For the whole form, when another was faster. */
export const changedMeanwhile =
  'Somebody else has changed this since you opened the page. Their change is in the history of the record. Look at it, then save again';

/** As the form was typed, for a page that shows it again. */
export const typedAgain = (body: unknown): Typed =>
  Object.fromEntries(
    Object.entries(body as Record<string, unknown>).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? value
        : value === true
          ? 'yes'
          : typeof value === 'object' && value !== null && 'text' in value
            ? String(value.text)
            : Array.isArray(value)
              ? value.map(String)
              : '',
    ]),
  );
/** The same form again, because the records say no. */
export const again = (page: Page, status: 409 | 422 = 422) => ({ page: { ...page, status } });

/** Two columns of what differs: what is kept now, and what was typed. */
export interface Differing {
  readonly label: string;
  readonly kept: string;
  readonly typed: string;
}

export function Conflict({ differing }: { readonly differing: readonly Differing[] }) {
  if (differing.length === 0) return null;
  return (
    <NotificationBanner titleText="Somebody else changed this while you were writing" titleId="conflict" role="alert">
      <p class="govuk-body">
        Nothing of yours is lost: the form below holds what you typed. Compare, then save to put yours in its place.
      </p>
      <ScrollBox label="What differs">
        <Table
          head={['Field', 'Kept now', 'What you typed']}
          rows={differing.map(({ label, kept, typed }) => [
            label,
            kept === '' ? '–' : kept,
            typed === '' ? '–' : typed,
          ])}
        />
      </ScrollBox>
    </NotificationBanner>
  );
}

/** What differs between a record as it is kept and as somebody typed it, in the words of the form. */
export function differingOf(
  kept: Typed,
  typed: Typed,
  labels: Readonly<Record<string, string>>,
  words: (field: string, value: string) => string = (_, value) => value,
): readonly Differing[] {
  return Object.entries(labels).flatMap(([field, label]) => {
    const [was, now] = [valueOf(kept, field), valueOf(typed, field)];
    return was === now ? [] : [{ label, kept: words(field, was), typed: words(field, now) }];
  });
}
