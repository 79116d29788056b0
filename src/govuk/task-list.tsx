import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { optionsOf, type Content, type Listed, type OrContent } from './content.ts';
import { describedBy } from './described-by.ts';
import { Tag, type TagOptions } from './tag.tsx';

export interface TaskListText {
  readonly text: Content;
  readonly classes?: string | undefined;
}

/** A plain word where nothing is left to do, a tag where something is. */
export interface TaskListStatus {
  readonly text?: Content;
  readonly tag?: OrContent<TagOptions> | undefined;
  readonly classes?: string | undefined;
}

export interface TaskListItem {
  readonly title: OrContent<TaskListText>;
  readonly hint?: OrContent<{ readonly text: Content }> | undefined;
  readonly status: TaskListStatus;
  /** Left out where the task cannot be started yet. */
  readonly href?: string | undefined;
  readonly classes?: string | undefined;
}

export interface TaskListProps {
  readonly items: Listed<TaskListItem>;
  /** Needed where a page has two lists: ids are used once. */
  readonly idPrefix?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

function Status({ status }: { readonly status: TaskListStatus }): JSX.Element {
  if (!status.tag) return <>{status.text}</>;
  const tag = optionsOf(status.tag);
  return (
    <Tag classes={tag.classes} attributes={tag.attributes}>
      {tag.text}
    </Tag>
  );
}

function Item({ item, id }: { readonly item: TaskListItem; readonly id: string }): JSX.Element {
  const title = optionsOf(item.title);
  const hintId = item.hint ? `${id}-hint` : undefined;
  const statusId = `${id}-status`;
  return (
    <li
      class={classNames(
        'govuk-task-list__item',
        item.href !== undefined && 'govuk-task-list__item--with-link',
        item.classes,
      )}
    >
      <div class="govuk-task-list__name-and-hint">
        {item.href === undefined ? (
          <div class={title.classes}>{title.text}</div>
        ) : (
          <a
            class={classNames('govuk-link govuk-task-list__link', title.classes)}
            href={item.href}
            aria-describedby={describedBy(hintId, statusId)}
          >
            {title.text}
          </a>
        )}
        {item.hint && (
          <div id={hintId} class="govuk-task-list__hint">
            {optionsOf(item.hint).text}
          </div>
        )}
      </div>
      <div class={classNames('govuk-task-list__status', item.status.classes)} id={statusId}>
        <Status status={item.status} />
      </div>
    </li>
  );
}

export function TaskList(props: TaskListProps): JSX.Element {
  const idPrefix = props.idPrefix ?? 'task-list';
  return (
    <ul class={classNames('govuk-task-list', props.classes)} {...props.attributes}>
      {props.items.map((item, index) => item && <Item item={item} id={`${idPrefix}-${index + 1}`} />)}
    </ul>
  );
}
