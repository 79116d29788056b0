import { formatDate } from '../duty/index.ts';
import { Button, Checkboxes, EmptyList, InsetText, Input, Select, SummaryList, Tag, Textarea } from '../govuk/index.ts';
import { WideTable } from './wide-table.page.tsx';
import { formPage, valueOf, type Errors, type Typed, type FormState } from '../platform/http/form.page.tsx';
import { History, Part, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { actionName, statusLabels, type Action } from './action.ts';
import { actionHref, planCrumbs, planHref } from './plan-address.ts';
import type { Aim } from './aim.store.ts';
import { axes, axisWords, type Axis } from './aim.ts';
import { differenceLabels, type AimCompared } from './strategy.ts';

export const aimsHref = (slug: string): string => `/${slug}/aims`;
const crumbs = (slug: string) => [...planCrumbs(slug), { text: 'Aims and priorities', href: aimsHref(slug) }];

export function aimsPage({
  slug,
  aims,
  compared,
  hubTitle,
  mayWrite,
}: {
  readonly slug: string;
  readonly aims: readonly Aim[];
  /** Beside those of the hub’s published strategy; empty where there is none. */
  readonly compared: readonly AimCompared[];
  readonly hubTitle: string | undefined;
  readonly mayWrite: boolean;
}): Page {
  return {
    title: 'Aims and priorities',
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">Aims and priorities</h1>
        <p class="govuk-body">
          The plan is read along two lines at once.{' '}
          <a class="govuk-link" href={`${planHref(slug)}/matrix`}>
            See where they meet
          </a>
          .
        </p>
        {axes.map((axis) => (
          <section aria-labelledby={axis}>
            <h2 class="govuk-heading-m" id={axis}>
              {axis === 'aim' ? 'Aims of the strategy' : 'Priorities of the partnership'}
            </h2>
            <p class="govuk-body">{axisWords[axis].what}</p>
            {aims.some((aim) => aim.axis === axis) ? (
              <WideTable
                label={axisWords[axis].many}
                head={['Title', axis === 'aim' ? 'From' : 'Led by', { text: 'Open actions', format: 'numeric' }]}
                rows={aims
                  .filter((aim) => aim.axis === axis)
                  .map((aim) => [
                    <a class="govuk-link" href={`${aimsHref(slug)}/${aim.id}`}>
                      {aim.title}
                    </a>,
                    axis === 'aim'
                      ? aim.hub === null
                        ? 'Our own'
                        : 'The hub'
                      : (aim.leadName ?? (aim.elsewhere === null ? 'Nobody yet' : 'Another board')),
                    { text: String(aim.actions), format: 'numeric' as const },
                  ])}
              />
            ) : (
              <EmptyList title={`No ${axisWords[axis].many} yet`}>Add the first one.</EmptyList>
            )}
            {mayWrite && (
              <Button href={`${aimsHref(slug)}/new?axis=${axis}`} classes="govuk-button--secondary">
                Add {axis === 'aim' ? 'an aim' : 'a priority'}
              </Button>
            )}
          </section>
        ))}
        {hubTitle !== undefined && (
          <section aria-labelledby="hub">
            <h2 class="govuk-heading-m" id="hub">
              Beside the hub’s aims
            </h2>
            <p class="govuk-body">
              The hub has published “{hubTitle}”. An area takes its aims over, and may vary them or add others.
            </p>
            <WideTable
              label="Beside the hub’s aims"
              head={['Difference', 'Here', 'At the hub', 'Take it over']}
              rows={compared.map(({ difference, local, hub }) => [
                differenceLabels[difference],
                local === null ? '–' : difference === 'varied' ? `${local.title}. ${local.words ?? ''}` : local.title,
                hub === null ? '–' : difference === 'varied' ? `${hub.title}. ${hub.words ?? ''}` : hub.title,
                difference === 'left-out' && mayWrite && hub !== null ? (
                  <form method="post" action={`${aimsHref(slug)}/take`}>
                    <input type="hidden" name="aim" value={hub.id} />
                    <Button classes="govuk-button--secondary govuk-!-margin-bottom-0" preventDoubleClick>
                      Take it over<span class="govuk-visually-hidden">: {hub.title}</span>
                    </Button>
                  </form>
                ) : (
                  ''
                ),
              ])}
            />
          </section>
        )}
      </>
    ),
  };
}

export function aimPage({
  slug,
  aim,
  actions,
  changes,
  mayWrite,
}: {
  readonly slug: string;
  readonly aim: Aim;
  readonly actions: readonly Action[];
  readonly changes: readonly HistoryItem[];
  readonly mayWrite: boolean;
}): Page {
  const word = axisWords[aim.axis].one;
  return {
    title: aim.title,
    breadcrumbs: crumbs(slug),
    main: (
      <>
        <span class="govuk-caption-l">{aim.axis === 'aim' ? 'Aim' : 'Priority'}</span>
        <h1 class="govuk-heading-l">
          {aim.title} {aim.endedOn !== null && <Tag classes="govuk-tag--grey">Ended</Tag>}
        </h1>
        {aim.words !== null && <p class="govuk-body">{aim.words}</p>}
        {mayWrite && (
          <div class="govuk-button-group">
            <Button href={`${aimsHref(slug)}/${aim.id}/change`}>Change it</Button>
            <a class="govuk-link" href={`/${slug}/measures/new?aim=${aim.id}`}>
              Add a measure
            </a>
          </div>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/thread/${aim.axis}/${aim.id}`}>
            What is before and after it
          </a>
        </p>
        {aim.hub !== null && (aim.hub.title !== aim.title || (aim.hub.words ?? '') !== (aim.words ?? '')) && (
          <InsetText>
            Varied here. The hub has it so: {aim.hub.title}. {aim.hub.words}
          </InsetText>
        )}
        <SummaryList
          rows={[
            aim.axis === 'priority' && { key: 'Led by', value: aim.leadName ?? 'Nobody yet' },
            aim.elsewhere !== null && { key: 'Strategy of another board', value: aim.elsewhere },
            aim.hub !== null && { key: 'Taken over from', value: 'The strategy of the hub' },
            aim.endedOn !== null && { key: 'Ended', value: formatDate(aim.endedOn) },
          ]}
        />
        <Part
          id="actions"
          title="Actions that serve it"
          none={`No action serves this ${word}. Nobody works on it.`}
          isEmpty={actions.length === 0}
        >
          <WideTable
            label="Actions that serve it"
            head={['No', 'Action', 'Lead', 'Status']}
            rows={actions.map((action) => [
              actionName(action),
              <a class="govuk-link" href={actionHref(slug, action.id)}>
                {action.title}
              </a>,
              action.leadName ?? 'Nobody yet',
              statusLabels[action.status],
            ])}
          />
        </Part>
        <History changes={changes} />
      </>
    ),
  };
}

type Bodies = readonly { readonly id: string; readonly name: string }[];

function AimFields({
  axis,
  typed,
  errors,
  bodies,
}: {
  readonly axis: Axis;
  readonly typed: Typed;
  readonly errors: Errors;
  readonly bodies: Bodies;
}) {
  return (
    <>
      <input type="hidden" name="axis" value={axis} />
      <Input name="title" label="Title" value={valueOf(typed, 'title')} errorMessage={errors['title']} />
      <Textarea
        name="words"
        label="In a few sentences (optional)"
        rows={4}
        value={valueOf(typed, 'words')}
        errorMessage={errors['words']}
      />
      {axis === 'priority' && (
        <>
          <Select
            name="leadId"
            label="Group that leads (optional)"
            value={valueOf(typed, 'leadId')}
            items={[{ value: '', text: 'Nobody yet' }, ...bodies.map(({ id, name }) => ({ value: id, text: name }))]}
            errorMessage={errors['leadId']}
          />
          <Input
            name="elsewhere"
            label="Another board’s strategy (optional)"
            hint="Its name or its web address. It is linked, not taken over"
            value={valueOf(typed, 'elsewhere')}
            errorMessage={errors['elsewhere']}
          />
        </>
      )}
    </>
  );
}

export const addAimPage = (
  slug: string,
  axis: Axis,
  bodies: Bodies,
  { typed = {}, errors = {} }: FormState = {},
): Page =>
  formPage({
    title: axis === 'aim' ? 'Add an aim' : 'Add a priority',
    breadcrumbs: crumbs(slug),
    action: `${aimsHref(slug)}/new`,
    button: 'Add it',
    errors,
    cancelHref: aimsHref(slug),
    children: <AimFields axis={axis} typed={typed} errors={errors} bodies={bodies} />,
  });

export const typedOfAim = (aim: Aim): Typed => ({
  title: aim.title,
  words: aim.words ?? '',
  leadId: aim.leadId ?? '',
  elsewhere: aim.elsewhere ?? '',
  ended: aim.endedOn === null ? '' : 'yes',
});

export const changeAimPage = (
  slug: string,
  aim: Aim,
  bodies: Bodies,
  {
    typed = typedOfAim(aim),
    errors = {},
    version = valueOf(typed, 'version'),
  }: FormState & { readonly version?: string },
): Page =>
  formPage({
    title: `Change ${aim.title}`,
    breadcrumbs: [...crumbs(slug), { text: aim.title, href: `${aimsHref(slug)}/${aim.id}` }],
    action: `${aimsHref(slug)}/${aim.id}/change`,
    button: 'Save',
    errors,
    cancelHref: `${aimsHref(slug)}/${aim.id}`,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <AimFields axis={aim.axis} typed={typed} errors={errors} bodies={bodies} />
        <Checkboxes
          name="ended"
          classes="govuk-checkboxes--small"
          items={[{ value: 'yes', text: 'It has ended. What was done for it stays; nothing new can be added' }]}
          values={valueOf(typed, 'ended') === 'yes' ? ['yes'] : []}
        />
      </>
    ),
  });
