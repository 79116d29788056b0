import { formatDate, formatMoney, type IsoDate } from '../duty/index.ts';
import {
  Button,
  Checkboxes,
  EmptyList,
  Input,
  PartialDateInput,
  Radios,
  Select,
  SummaryList,
  Tag,
  Textarea,
  WarningText,
} from '../govuk/index.ts';
import { WideTable } from './wide-table.page.tsx';
import { formPage, valueOf, type FormState } from '../platform/http/form.page.tsx';
import { Part } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { actionHref, planCrumbs } from './plan-address.ts';
import {
  categories,
  categoryLabels,
  grantStateLabels,
  grantStates,
  lineKindLabels,
  lineKinds,
  reconcile,
  warningsOf,
  type Reconciled,
} from './grant.ts';
import type { Grant } from './grant.store.ts';

export const grantsHref = (slug: string): string => `/${slug}/grants`;
const crumbs = (slug: string) => [...planCrumbs(slug), { text: 'Money', href: grantsHref(slug) }];
const money = (pence: number) => ({ text: formatMoney(pence), format: 'numeric' as const });

export function grantsPage({
  slug,
  grants,
  today,
  mayWrite,
}: {
  readonly slug: string;
  readonly grants: readonly Grant[];
  readonly today: IsoDate;
  readonly mayWrite: boolean;
}): Page {
  return {
    title: 'Money',
    wide: true,
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">Money</h1>
        <p class="govuk-body">Grants and bids, what they pay for, and what is left, to the penny.</p>
        {mayWrite && <Button href={`${grantsHref(slug)}/new`}>Add a grant or a bid</Button>}
        {grants.length === 0 ? (
          <EmptyList title="No grants yet">Add the first one.</EmptyList>
        ) : (
          <WideTable
            label="Grants"
            head={[
              'Grant',
              'State',
              'Ends',
              { text: 'Budget', format: 'numeric' },
              { text: 'Left', format: 'numeric' },
              'Look at',
            ]}
            rows={grants.map((grant) => {
              const { whole } = reconcile(grant, grant.lines);
              return [
                <a class="govuk-link" href={`${grantsHref(slug)}/${grant.id}`}>
                  {grant.name}
                </a>,
                <Tag classes="govuk-tag--grey">{grantStateLabels[grant.state]}</Tag>,
                grant.ends === null ? '–' : formatDate(grant.ends),
                money(whole.budget),
                money(whole.left),
                warningsOf(grant, grant.lines, today).join('. '),
              ];
            })}
          />
        )}
      </>
    ),
  };
}

export function grantPage({
  slug,
  grant,
  today,
  mayWrite,
}: {
  readonly slug: string;
  readonly grant: Grant;
  readonly today: IsoDate;
  readonly mayWrite: boolean;
}): Page {
  const sums = reconcile(grant, grant.lines);
  const row = (label: string, of: (sum: Reconciled) => number) => [
    label,
    ...categories.map((category) => money(of(sums[category]))),
    money(of(sums.whole)),
  ];
  const warnings = warningsOf(grant, grant.lines, today);
  return {
    title: grant.name,
    breadcrumbs: crumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">
          {grant.name} <Tag classes="govuk-tag--grey">{grantStateLabels[grant.state]}</Tag>
        </h1>
        {warnings.length > 0 && <WarningText>{warnings.join('. ')}.</WarningText>}
        {mayWrite && <Button href={`${grantsHref(slug)}/${grant.id}/lines/new`}>Add a line</Button>}
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/thread/grant/${grant.id}`}>
            What is before and after it
          </a>
        </p>
        <SummaryList
          rows={[
            { key: 'From', value: grant.funder },
            {
              key: 'Runs',
              value: `${grant.starts === null ? '–' : formatDate(grant.starts)} to ${grant.ends === null ? '–' : formatDate(grant.ends)}`,
            },
            { key: 'What is left', value: grant.mayCarryOver ? 'May be carried over' : 'May not be carried over' },
            grant.matchPence > 0 && { key: 'Match', value: formatMoney(grant.matchPence) },
            grant.conditions !== null && { key: 'Conditions', value: grant.conditions },
          ]}
        />
        <WideTable
          label="How the grant adds up"
          caption="How it adds up"
          firstCellIsHeader
          head={[
            'What became of it',
            ...categories.map((category) => ({ text: categoryLabels[category], format: 'numeric' as const })),
            { text: 'Whole', format: 'numeric' as const },
          ]}
          rows={[
            row('Budget', ({ budget }) => budget),
            row('Allocated', ({ allocated }) => allocated),
            row('Not allocated', ({ unallocated }) => unallocated),
            row('Committed', ({ committed }) => committed),
            row('Spent', ({ spent }) => spent),
            row('Forecast still to be spent', ({ forecast }) => forecast),
            row('Left', ({ left }) => left),
          ]}
        />
        <Part id="lines" title="Lines" none="Nothing has gone out yet." isEmpty={grant.lines.length === 0}>
          <WideTable
            label="Lines of the grant"
            head={['Day', 'What', 'For', { text: 'Amount', format: 'numeric' }]}
            rows={grant.lines.map(({ on, kind, category, words, actionId, actionTitle, pence }) => [
              formatDate(on),
              `${lineKindLabels[kind]}, ${categoryLabels[category].toLowerCase()}${words === null ? '' : `: ${words}`}`,
              actionId === null ? (
                '–'
              ) : (
                <a class="govuk-link" href={actionHref(slug, actionId)}>
                  {actionTitle}
                </a>
              ),
              money(pence),
            ])}
          />
        </Part>
      </>
    ),
  };
}

export const addGrantPage = (slug: string, { typed = {}, errors = {} }: FormState = {}): Page => {
  const amount = (name: string, label: string) => (
    <Input
      name={name}
      label={label}
      hint="In pounds and pence, such as £12,500.50"
      classes="govuk-input--width-10"
      value={valueOf(typed, name)}
      errorMessage={errors[name]}
    />
  );
  const day = (name: string, label: string) => (
    <PartialDateInput
      name={name}
      label={label}
      hint="Such as 31 March 2027"
      value={valueOf(typed, name)}
      errorMessage={errors[name]}
    />
  );
  return formPage({
    title: 'Add a grant or a bid',
    breadcrumbs: crumbs(slug),
    action: `${grantsHref(slug)}/new`,
    button: 'Add it',
    errors,
    cancelHref: grantsHref(slug),
    children: (
      <>
        <Input name="name" label="Name" value={valueOf(typed, 'name')} errorMessage={errors['name']} />
        <Input name="funder" label="Who gives it?" value={valueOf(typed, 'funder')} errorMessage={errors['funder']} />
        <Radios
          name="state"
          fieldset={{ legend: 'How does it stand?' }}
          classes="govuk-radios--small"
          value={valueOf(typed, 'state', 'awarded')}
          items={grantStates.map((value) => ({ value, text: grantStateLabels[value] }))}
          errorMessage={errors['state']}
        />
        {amount('labour', 'Labour: officers’ time')}
        {amount('nonLabour', 'Non-labour: what is bought for people')}
        {amount('match', 'Match that we add (optional)')}
        {day('starts', 'From (optional)')}
        {day('ends', 'Until')}
        <Checkboxes
          name="mayCarryOver"
          classes="govuk-checkboxes--small"
          items={[{ value: 'yes', text: 'What is left may be carried over' }]}
          values={valueOf(typed, 'mayCarryOver') === 'yes' ? ['yes'] : []}
        />
        <Textarea
          name="conditions"
          label="Conditions (optional)"
          rows={3}
          value={valueOf(typed, 'conditions')}
          errorMessage={errors['conditions']}
        />
      </>
    ),
  });
};

export const addLinePage = (
  slug: string,
  grant: Grant,
  actions: readonly { readonly id: string; readonly number: number; readonly title: string }[],
  { typed = {}, errors = {} }: FormState = {},
): Page =>
  formPage({
    title: `Add a line to ${grant.name}`,
    breadcrumbs: [...crumbs(slug), { text: grant.name, href: `${grantsHref(slug)}/${grant.id}` }],
    action: `${grantsHref(slug)}/${grant.id}/lines/new`,
    button: 'Add it',
    errors,
    cancelHref: `${grantsHref(slug)}/${grant.id}`,
    children: (
      <>
        <Radios
          name="kind"
          fieldset={{ legend: 'What is it?' }}
          classes="govuk-radios--small"
          value={valueOf(typed, 'kind', 'spent')}
          items={lineKinds.map((value) => ({ value, text: lineKindLabels[value] }))}
          errorMessage={errors['kind']}
        />
        <Radios
          name="category"
          fieldset={{ legend: 'Of which part?' }}
          classes="govuk-radios--small"
          value={valueOf(typed, 'category', 'non-labour')}
          items={categories.map((value) => ({ value, text: categoryLabels[value] }))}
          errorMessage={errors['category']}
        />
        <Input
          name="amount"
          label="Amount"
          hint="In pounds and pence, such as £1,234.50"
          classes="govuk-input--width-10"
          value={valueOf(typed, 'amount')}
          errorMessage={errors['amount']}
        />
        <PartialDateInput
          name="on"
          label="Day"
          hint="Such as 30 June 2026"
          value={valueOf(typed, 'on')}
          errorMessage={errors['on']}
        />
        <Select
          name="actionId"
          label="Action that it pays for (optional)"
          value={valueOf(typed, 'actionId')}
          items={[
            { value: '', text: 'None' },
            ...actions.map(({ id, number, title }) => ({ value: id, text: `A${number} ${title}` })),
          ]}
          errorMessage={errors['actionId']}
        />
        <Input
          name="words"
          label="For what (optional)"
          value={valueOf(typed, 'words')}
          errorMessage={errors['words']}
        />
      </>
    ),
  });
