import { formatDate, formatMoney, type IsoDate } from '../duty/index.ts';
import { Button, InsetText, SummaryList, Tag, WarningText } from '../govuk/index.ts';
import { WideTable } from './wide-table.page.tsx';
import { History, Part, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import {
  actionName,
  fundingLabels,
  isLate,
  isOpen,
  isStale,
  lacksOf,
  originLabels,
  statusLabels,
  themeLabels,
  tierLabels,
  type Action,
  type Status,
} from './action.ts';
import type { Milestone, Update } from './action.store.ts';
import { actionHref, planCrumbs } from './plan-address.ts';
import { BuildsOn } from './approach.page.tsx';
import type { ApproachUse } from './approach.store.ts';
import { Evaluated } from './evaluation.page.tsx';
import type { Evaluation } from './evaluation.store.ts';
import type { Aim } from './aim.store.ts';

export const actionCrumbs = (slug: string, { id, title }: { readonly id: string; readonly title: string }) => [
  ...planCrumbs(slug),
  { text: title, href: actionHref(slug, id) },
];

const colours: Readonly<Record<Status, string>> = {
  planned: 'govuk-tag--grey',
  'under-way': 'govuk-tag--blue',
  'at-risk': 'govuk-tag--orange',
  blocked: 'govuk-tag--red',
  done: 'govuk-tag--green',
  stopped: 'govuk-tag--purple',
};

/** The state of an action in words: late stands beside what its owner says. */
export const StatusTags = ({
  action,
  today,
}: {
  readonly action: Pick<Action, 'status' | 'due'>;
  readonly today: IsoDate;
}) => (
  <>
    <Tag classes={colours[action.status]}>{statusLabels[action.status]}</Tag>
    {isLate(action, today) && (
      <>
        {' '}
        <Tag classes="govuk-tag--red">Late</Tag>
      </>
    )}
  </>
);

export interface ActionModel {
  readonly slug: string;
  readonly action: Action;
  readonly aims: readonly Aim[];
  /** Names of partners and of the indicator, and actions by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly needs: readonly { readonly id: string; readonly number: number; readonly title: string }[];
  readonly milestones: readonly Milestone[];
  readonly updates: readonly Update[];
  readonly use: ApproachUse | undefined;
  readonly evaluations: readonly Evaluation[];
  readonly interventions: readonly { readonly id: string; readonly title: string }[];
  readonly changes: readonly HistoryItem[];
  readonly today: IsoDate;
  readonly mayWrite: boolean;
  /** The address of the link that is open for its owner. */
  readonly openLink: string | undefined;
}

export function actionPage(model: ActionModel): Page {
  const { slug, action, today } = model;
  const lacks = lacksOf({ ...action, hasAim: model.aims.some(({ axis }) => axis === 'aim') });
  return {
    title: action.title,
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        <span class="govuk-caption-l">{actionName(action)}</span>
        <h1 class="govuk-heading-l">
          {action.title} <StatusTags action={action} today={today} />
        </h1>
        {lacks.length > 0 && (
          <WarningText>
            It is a draft: it lacks {lacks.join(', ')}. The plan is not published until it has them.
          </WarningText>
        )}
        {action.needsDecision !== null && <InsetText>Needs a decision: {action.needsDecision}</InsetText>}
        {model.mayWrite && isOpen(action) && <Actions {...model} />}
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/thread/action/${action.id}`}>
            What is before and after it
          </a>
        </p>
        {!isOpen(action) && (
          <section aria-labelledby="ending">
            <h2 class="govuk-heading-m" id="ending">
              What came of it
            </h2>
            <p class="govuk-body">{action.result}</p>
            <h3 class="govuk-heading-s">What was learned</h3>
            <p class="govuk-body">{action.learned}</p>
          </section>
        )}
        <SummaryList rows={summaryOf(model)} />
        <Milestones {...model} />
        <Part id="updates" title="Updates" none="Nobody has sent an update yet." isEmpty={model.updates.length === 0}>
          {isStale(action, today) && <p class="govuk-body">The last one is more than 90 days old.</p>}
          <WideTable
            label="Milestones"
            caption="Updates, the newest first"
            captionClasses="govuk-visually-hidden"
            head={['Day', 'Status', 'What was said']}
            rows={model.updates.map(({ on, status, words, by }) => [
              formatDate(on),
              statusLabels[status],
              by === 'link' ? `${words} (by link)` : words,
            ])}
          />
        </Part>
        {model.interventions.length > 0 && (
          <Part id="interventions" title="What is run or bought for it" none="" isEmpty={false}>
            <ul class="govuk-list">
              {model.interventions.map(({ id, title }) => (
                <li>
                  <a class="govuk-link" href={`/${slug}/interventions/${id}`}>
                    {title}
                  </a>
                </li>
              ))}
            </ul>
          </Part>
        )}
        <BuildsOn
          slug={slug}
          use={model.use}
          href={actionHref(slug, action.id)}
          mayWrite={model.mayWrite && isOpen(action)}
          isEvaluated={model.evaluations.some(({ state }) => state !== 'stopped')}
        />
        <Evaluated
          slug={slug}
          evaluations={model.evaluations}
          mayWrite={model.mayWrite && isOpen(action)}
          newHref={`/${slug}/evaluations/new?action=${action.id}`}
        />
        <History changes={model.changes} />
      </>
    ),
  };
}

function Actions({ slug, action, openLink }: ActionModel) {
  const href = actionHref(slug, action.id);
  return (
    <>
      <div class="govuk-button-group">
        <Button href={`${href}/update`}>Send an update</Button>
        <a class="govuk-link" href={`${href}/change`}>
          Change it
        </a>
        <a class="govuk-link" href={`${href}/milestones/new`}>
          Add a milestone
        </a>
        <a class="govuk-link" href={`${href}/close`}>
          Close it
        </a>
      </div>
      {openLink === undefined ? (
        <form method="post" action={`${href}/ask`}>
          <Button classes="govuk-button--secondary" preventDoubleClick>
            Ask the owner for an update
          </Button>
        </form>
      ) : (
        <InsetText>
          The owner can send an update without signing in:{' '}
          <a class="govuk-link" href={openLink}>
            the link that was given out
          </a>
          . It opens once, for 30 days.
        </InsetText>
      )}
    </>
  );
}

function Milestones({ slug, action, milestones, mayWrite, today }: ActionModel) {
  return (
    <Part id="milestones" title="Milestones" none="It has none." isEmpty={milestones.length === 0}>
      <WideTable
        label="Updates"
        caption="Milestones by their dates"
        captionClasses="govuk-visually-hidden"
        head={['What', 'By', 'Reached']}
        rows={milestones.map(({ id, title, due, doneOn }) => [
          title,
          due?.text ?? 'No date',
          doneOn !== null ? (
            formatDate(doneOn)
          ) : mayWrite && isOpen(action) ? (
            <form method="post" action={`${actionHref(slug, action.id)}/milestones/${id}/reach`}>
              {due?.latest != null && due.latest < today ? 'Late. ' : ''}
              <Button classes="govuk-button--secondary govuk-!-margin-bottom-0" preventDoubleClick>
                Reached<span class="govuk-visually-hidden">: {title}</span>
              </Button>
            </form>
          ) : due?.latest != null && due.latest < today ? (
            'Late'
          ) : (
            'Not yet'
          ),
        ])}
      />
    </Part>
  );
}

function summaryOf({ slug, action, aims, names, needs }: ActionModel) {
  const links = (axis: Aim['axis']) => {
    const own = aims.filter((aim) => aim.axis === axis);
    return own.length === 0 ? (
      'None'
    ) : (
      <ul class="govuk-list">
        {own.map(({ id, title }) => (
          <li>
            <a class="govuk-link" href={`/${slug}/aims/${id}`}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    );
  };
  return [
    { key: 'Aims', value: links('aim') },
    { key: 'Priorities', value: links('priority') },
    { key: 'Lead organisation', value: action.leadName ?? 'Nobody yet' },
    { key: 'Owner', value: action.owner ?? 'Nobody yet' },
    action.partnerIds.length > 0 && {
      key: 'Partners',
      value: action.partnerIds.map((id) => names.get(id) ?? '').join(', '),
    },
    { key: 'From', value: action.starts?.text ?? 'Not said' },
    { key: 'Done by', value: action.due?.text ?? 'No date yet' },
    action.reason !== null && { key: 'Why it stands so', value: action.reason },
    action.about !== null && { key: 'About it', value: action.about },
    { key: 'Theme', value: themeLabels[action.theme] },
    action.tiers.length > 0 && {
      key: 'Prevention tier',
      value: action.tiers.map((tier) => tierLabels[tier]).join('; '),
    },
    { key: 'Origin', value: originLabels[action.origin] },
    {
      key: 'Money',
      value:
        action.costPence === null
          ? fundingLabels[action.funding]
          : `${fundingLabels[action.funding]}: ${formatMoney(action.costPence)}`,
    },
    action.isNamed && { key: 'Under s.8(5)', value: 'The strategy names it as an action for a relevant authority' },
    action.evidence !== null && { key: 'Evidence', value: action.evidence },
    action.indicatorId !== null && {
      key: 'Should show on',
      value: (
        <a class="govuk-link" href={`/${slug}/indicators/${action.indicatorId}`}>
          {names.get(action.indicatorId) ?? 'An indicator'}
        </a>
      ),
    },
    action.effect !== null && {
      key: 'Expected effect',
      value: action.effectBy === null ? action.effect : `${action.effect}, by ${action.effectBy.text}`,
    },
    needs.length > 0 && {
      key: 'Needs first',
      value: (
        <ul class="govuk-list">
          {needs.map((need) => (
            <li>
              <a class="govuk-link" href={actionHref(slug, need.id)}>
                {actionName(need)} {need.title}
              </a>
            </li>
          ))}
        </ul>
      ),
    },
    action.closedOn !== null && { key: 'Closed', value: formatDate(action.closedOn) },
  ];
}
