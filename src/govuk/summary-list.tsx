import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isPresent, optionsOf, type Content, type Listed, type OrContent } from './content.ts';
import { headingTag, type HeadingLevel } from './heading-level.ts';

export interface SummaryListText {
  readonly text: Content;
  readonly classes?: string | undefined;
}

export interface SummaryListAction {
  readonly text: Content;
  readonly href: string;
  /** Says of what, for those who hear the link without its row: "Change" and, unseen, "name". */
  readonly visuallyHiddenText?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface SummaryListActions {
  readonly items?: readonly SummaryListAction[] | undefined;
  readonly classes?: string | undefined;
}

export interface SummaryListRow {
  readonly key: OrContent<SummaryListText>;
  readonly value: OrContent<SummaryListText>;
  readonly actions?: SummaryListActions | undefined;
  readonly classes?: string | undefined;
}

export interface SummaryCardTitle {
  readonly text: Content;
  readonly headingLevel?: HeadingLevel | undefined;
  readonly classes?: string | undefined;
}

export interface SummaryCard {
  readonly title?: OrContent<SummaryCardTitle> | undefined;
  readonly actions?: SummaryListActions | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

export interface SummaryListProps {
  readonly rows: Listed<SummaryListRow>;
  readonly card?: SummaryCard | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

function ActionLink({ action, cardTitle }: { readonly action: SummaryListAction; readonly cardTitle: Content }) {
  return (
    <a class={classNames('govuk-link', action.classes)} href={action.href} {...action.attributes}>
      {action.text}
      {(isPresent(action.visuallyHiddenText) || isPresent(cardTitle)) && (
        <span class="govuk-visually-hidden">
          {isPresent(action.visuallyHiddenText) && <> {action.visuallyHiddenText}</>}
          {isPresent(cardTitle) && <> ({cardTitle})</>}
        </span>
      )}
    </a>
  );
}

function RowActions({ actions, cardTitle }: { readonly actions: SummaryListActions; readonly cardTitle: Content }) {
  const items = actions.items ?? [];
  const [only] = items;
  if (only === undefined) return null;
  return (
    <dd class={classNames('govuk-summary-list__actions', actions.classes)}>
      {items.length === 1 ? (
        <ActionLink action={only} cardTitle={cardTitle} />
      ) : (
        <ul class="govuk-summary-list__actions-list">
          {items.map((action) => (
            <li class="govuk-summary-list__actions-list-item">
              <ActionLink action={action} cardTitle={cardTitle} />
            </li>
          ))}
        </ul>
      )}
    </dd>
  );
}

function CardActions({ actions, cardTitle }: { readonly actions: SummaryListActions; readonly cardTitle: Content }) {
  const items = actions.items ?? [];
  const [only] = items;
  if (only === undefined) return null;
  const classes = classNames('govuk-summary-card__actions', actions.classes);
  if (items.length === 1) {
    return (
      <div class={classes}>
        <ActionLink action={only} cardTitle={cardTitle} />
      </div>
    );
  }
  return (
    <ul class={classes}>
      {items.map((action) => (
        <li class="govuk-summary-card__action">
          <ActionLink action={action} cardTitle={cardTitle} />
        </li>
      ))}
    </ul>
  );
}

function Card({ card, children }: { readonly card: SummaryCard; readonly children: Content }): JSX.Element {
  const title = card.title === undefined ? undefined : optionsOf(card.title);
  const Heading = headingTag(title?.headingLevel ?? 2);
  return (
    <div class={classNames('govuk-summary-card', card.classes)} {...card.attributes}>
      <div class="govuk-summary-card__title-wrapper">
        {title && <Heading class={classNames('govuk-summary-card__title', title.classes)}>{title.text}</Heading>}
        {card.actions && <CardActions actions={card.actions} cardTitle={title?.text} />}
      </div>
      <div class="govuk-summary-card__content">{children}</div>
    </div>
  );
}

export function SummaryList(props: SummaryListProps): JSX.Element {
  const cardTitle = props.card?.title === undefined ? undefined : optionsOf(props.card.title).text;
  const anyRowHasActions = props.rows.some((row) => row && (row.actions?.items ?? []).length > 0);
  const list = (
    <dl class={classNames('govuk-summary-list', props.classes)} {...props.attributes}>
      {props.rows.map((row) => {
        if (!row) return null;
        const key = optionsOf(row.key);
        const value = optionsOf(row.value);
        const hasNoActions = anyRowHasActions && row.actions?.items === undefined;
        return (
          <div
            class={classNames(
              'govuk-summary-list__row',
              hasNoActions && 'govuk-summary-list__row--no-actions',
              row.classes,
            )}
          >
            <dt class={classNames('govuk-summary-list__key', key.classes)}>{key.text}</dt>
            <dd class={classNames('govuk-summary-list__value', value.classes)}>{value.text}</dd>
            {row.actions && <RowActions actions={row.actions} cardTitle={cardTitle} />}
          </div>
        );
      })}
    </dl>
  );
  return props.card ? <Card card={props.card}>{list}</Card> : list;
}
