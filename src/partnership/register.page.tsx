import type { ComponentChildren } from 'preact';
import { Button, ErrorSummary, Timeline } from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import { momentText } from '../platform/moment.ts';
import type { ChangeTold } from './change.ts';

export type Typed = Readonly<Record<string, string | readonly string[]>>;
export type Errors = Readonly<Record<string, string>>;

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

export interface HistoryItem extends ChangeTold {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
}

/** What happened to a record, the newest first. */
export function History({ changes }: { readonly changes: readonly HistoryItem[] }) {
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="history">
      <h2 class="govuk-heading-m" id="history">
        History
      </h2>
      <Timeline
        items={changes.map(({ title, at, actor, lines }) => ({
          title,
          date: momentText(at),
          dateTime: at,
          by: actor,
          text:
            lines.length === 0 ? undefined : (
              <ul class="govuk-list">
                {lines.map((line) => (
                  <li>{line}</li>
                ))}
              </ul>
            ),
        }))}
      />
    </section>
  );
}

/** A part of a record page that lists rows, or says that there are none. */
export function Part({
  id,
  title,
  children,
  none,
  isEmpty,
}: {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
  readonly none: string;
  readonly isEmpty: boolean;
}) {
  return (
    <section aria-labelledby={id}>
      <h2 class="govuk-heading-m" id={id}>
        {title}
      </h2>
      {isEmpty ? <p class="govuk-body">{none}</p> : children}
    </section>
  );
}

export const mayWriteRegister = ['administrator', 'coordinator'] as const;
export const whoWeAre = (slug: string) => ({ text: 'Who we are', href: `/${slug}/partnership` });

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
