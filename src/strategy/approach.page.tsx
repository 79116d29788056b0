import { formatDate, type IsoDate } from '../duty/index.ts';
import {
  Button,
  Checkboxes,
  EmptyList,
  Input,
  InsetText,
  PartialDateInput,
  Select,
  SummaryList,
  Tag,
  Textarea,
  WarningText,
} from '../govuk/index.ts';
import { formPage, valueOf, type Typed, type FormState } from '../platform/http/form.page.tsx';
import { History, Part, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { actionHref, planCrumbs } from './plan-address.ts';
import { tierLabels, tiers } from './action.ts';
import {
  approachCosts,
  approachImpactLabels,
  approachImpacts,
  approachKindLabels,
  approachKinds,
  asksOf,
  checkedLabels,
  checkedState,
  securities,
  type ApproachImpact,
} from './approach.ts';
import type { Approach, ApproachUse, ApproachOffered } from './approach.store.ts';
import { WideTable } from './wide-table.page.tsx';

export const approachesHref = (slug: string): string => `/${slug}/what-works`;
export const approachCrumbs = (slug: string) => [
  ...planCrumbs(slug),
  { text: 'What works', href: approachesHref(slug) },
];

const colours: Readonly<Record<ApproachImpact, string>> = {
  high: 'govuk-tag--green',
  moderate: 'govuk-tag--turquoise',
  low: 'govuk-tag--blue',
  none: 'govuk-tag--grey',
  harmful: 'govuk-tag--red',
  insufficient: 'govuk-tag--yellow',
};
export const ImpactTag = ({ impact }: { readonly impact: ApproachImpact }) => (
  <Tag classes={colours[impact]}>{approachImpactLabels[impact]}</Tag>
);

const checkedText = (checkedOn: IsoDate | null, today: IsoDate): string =>
  checkedOn === null
    ? checkedLabels.unverified
    : `${checkedLabels[checkedState(checkedOn, today)]}, ${formatDate(checkedOn)}`;

export interface ApproachesModel {
  readonly slug: string;
  readonly approaches: readonly Approach[];
  readonly shared: readonly ApproachOffered[];
  readonly filter: {
    readonly words?: string | undefined;
    readonly impact?: string | undefined;
    readonly kind?: string | undefined;
  };
  readonly today: IsoDate;
  readonly mayWrite: boolean;
  /** Some of those that come with the product are not there. */
  readonly lacksDefaults: boolean;
}

export function approachesPage({
  slug,
  approaches,
  shared,
  filter,
  today,
  mayWrite,
  lacksDefaults,
}: ApproachesModel): Page {
  const href = approachesHref(slug);
  return {
    title: 'What works',
    wide: true,
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">What works</h1>
        <p class="govuk-body">
          Approaches, and what other partnerships found. Each names its source. “Not verified” means that nobody here
          has held it against that source: look it up before you rest on it.
        </p>
        {mayWrite && (
          <div class="govuk-button-group">
            <Button href={`${href}/new`}>Add an approach or a case study</Button>
            <a class="govuk-link" href={`${href}/files/new`}>
              Read in a file
            </a>
          </div>
        )}
        {mayWrite && lacksDefaults && (
          <form method="post" action={`${href}/defaults`}>
            <Button classes="govuk-button--secondary">Add common approaches as a start</Button>
          </form>
        )}
        <form method="get" action={href}>
          <Input name="words" label="Words in it" value={filter.words ?? ''} classes="govuk-input--width-20" />
          <Select
            name="impact"
            label="Impact"
            value={filter.impact ?? ''}
            items={[
              { value: '', text: 'All' },
              ...approachImpacts.map((value) => ({ value, text: approachImpactLabels[value] })),
            ]}
          />
          <Select
            name="kind"
            label="Kind"
            value={filter.kind ?? ''}
            items={[
              { value: '', text: 'All' },
              ...approachKinds.map((value) => ({ value, text: approachKindLabels[value] })),
            ]}
          />
          <Button classes="govuk-button--secondary">Look</Button>
        </form>
        {approaches.length === 0 ? (
          <EmptyList title="Nothing here">Look for other words, or add what you know.</EmptyList>
        ) : (
          <WideTable
            label="What works"
            head={['Approach', 'Impact', 'How sure', 'Cost', 'Source', 'Checked']}
            rows={approaches.map((approach) => [
              <a class="govuk-link" href={`${href}/${approach.id}`}>
                {approach.title}
              </a>,
              <ImpactTag impact={approach.impact} />,
              approach.security === null ? '–' : (securities[approach.security] ?? '–'),
              approach.cost === null ? '–' : (approachCosts[approach.cost] ?? '–'),
              approach.source,
              checkedText(approach.checkedOn, today),
            ])}
          />
        )}
        <p class="govuk-body">
          <a class="govuk-link" href={`${href}/export.csv`}>
            Download all as CSV
          </a>
        </p>
        <Part
          id="shared"
          title="Shared by other partnerships of the hub"
          none="Nothing is shared that you do not have."
          isEmpty={shared.length === 0}
        >
          <WideTable
            label="Shared by other partnerships"
            head={['What', 'By', 'Impact', 'Source', ...(mayWrite ? ['Take over'] : [])]}
            rows={shared.map((each) => [
              <>
                {each.title}
                {each.about !== null && <p class="govuk-body-s">{each.about}</p>}
              </>,
              each.partnershipName,
              <ImpactTag impact={each.impact} />,
              each.source,
              ...(mayWrite
                ? [
                    <form method="post" action={`${href}/take`}>
                      <input type="hidden" name="partnership" value={each.partnership} />
                      <input type="hidden" name="id" value={each.id} />
                      <Button classes="govuk-button--secondary">
                        Take over<span class="govuk-visually-hidden"> {each.title}</span>
                      </Button>
                    </form>,
                  ]
                : []),
            ])}
          />
        </Part>
      </>
    ),
  };
}

export function approachPage({
  slug,
  approach,
  uses,
  services,
  changes,
  today,
  mayWrite,
}: {
  readonly slug: string;
  readonly approach: Approach;
  readonly uses: readonly ApproachUse[];
  readonly services: readonly { readonly id: string; readonly name: string }[];
  readonly changes: readonly HistoryItem[];
  readonly today: IsoDate;
  readonly mayWrite: boolean;
}): Page {
  const href = `${approachesHref(slug)}/${approach.id}`;
  const state = checkedState(approach.checkedOn, today);
  return {
    title: approach.title,
    breadcrumbs: approachCrumbs(slug),
    main: (
      <>
        <span class="govuk-caption-l">{approachKindLabels[approach.kind]}</span>
        <h1 class="govuk-heading-l">
          {approach.title} <ImpactTag impact={approach.impact} />
        </h1>
        {state !== 'checked' && (
          <InsetText>
            {state === 'unverified'
              ? 'Not verified: nobody here has held it against its source. Look it up before you rest on it.'
              : 'It was checked long ago, and evidence changes. Look it up again.'}
          </InsetText>
        )}
        {asksOf(approach.impact) === 'override' && (
          <WarningText>It is rated harmful. Whoever chooses it must say why, and that stays on record.</WarningText>
        )}
        {asksOf(approach.impact) === 'evaluation' && (
          <InsetText>There is not enough evidence. Whoever chooses it is asked to plan an evaluation.</InsetText>
        )}
        {mayWrite && <Button href={`${href}/change`}>Change it, or say that you checked it</Button>}
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/thread/approach/${approach.id}`}>
            What is before and after it
          </a>
        </p>
        <SummaryList
          rows={[
            approach.about !== null && { key: 'What it is', value: approach.about },
            approach.toldBy !== null && { key: 'Told by', value: approach.toldBy },
            { key: 'Impact', value: approachImpactLabels[approach.impact] },
            {
              key: 'How sure that is',
              value: approach.security === null ? 'The source does not say' : (securities[approach.security] ?? ''),
            },
            {
              key: 'Cost',
              value: approach.cost === null ? 'The source does not say' : (approachCosts[approach.cost] ?? ''),
            },
            approach.tiers.length > 0 && {
              key: 'Tier',
              value: approach.tiers.map((tier) => tierLabels[tier]).join('; '),
            },
            {
              key: 'Source',
              value:
                approach.sourceAddress === null ? (
                  approach.source
                ) : (
                  <a class="govuk-link" href={approach.sourceAddress} rel="noreferrer">
                    {approach.source}
                  </a>
                ),
            },
            { key: 'Checked', value: checkedText(approach.checkedOn, today) },
            { key: 'Shared with the hub', value: approach.isShared ? 'Yes' : 'No' },
          ]}
        />
        <Part id="uses" title="Who builds on it" none="Nothing in the plan builds on it." isEmpty={uses.length === 0}>
          <ul class="govuk-list">
            {uses.map((use) => (
              <li>
                <a
                  class="govuk-link"
                  href={
                    use.actionId !== null
                      ? actionHref(slug, use.actionId)
                      : `/${slug}/interventions/${use.interventionId ?? ''}`
                  }
                >
                  {use.title}
                </a>
                {use.override !== null && `: chosen all the same, because ${use.override}`}
              </li>
            ))}
          </ul>
        </Part>
        <Part
          id="services"
          title="Services that do it"
          none="No service of the directory says that it does."
          isEmpty={services.length === 0}
        >
          <p class="govuk-body">A service does not inherit the rating: it depends on how well it is done.</p>
          <ul class="govuk-list">
            {services.map(({ id, name }) => (
              <li>
                <a class="govuk-link" href={`/${slug}/directory/${id}`}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </Part>
        <History changes={changes} />
      </>
    ),
  };
}

export const typedOfApproach = (approach: Approach): Typed => ({
  kind: approach.kind,
  title: approach.title,
  about: approach.about ?? '',
  toldBy: approach.toldBy ?? '',
  impact: approach.impact,
  security: approach.security === null ? '' : String(approach.security),
  cost: approach.cost === null ? '' : String(approach.cost),
  tiers: approach.tiers,
  source: approach.source,
  sourceAddress: approach.sourceAddress ?? '',
  checkedOn: approach.checkedOn === null ? '' : formatDate(approach.checkedOn),
  isShared: approach.isShared ? 'yes' : '',
});

/** @param approach undefined: a new one */
export const approachFormPage = (
  slug: string,
  approach: Approach | undefined,
  {
    typed = approach === undefined ? {} : typedOfApproach(approach),
    errors = {},
    version = valueOf(typed, 'version'),
  }: FormState & { readonly version?: string } = {},
): Page => {
  const href = approach === undefined ? approachesHref(slug) : `${approachesHref(slug)}/${approach.id}`;
  const ticked = typed['tiers'];
  const scale = (name: string, label: string, hint: string, words: Readonly<Record<number, string>>) => (
    <Select
      name={name}
      label={label}
      hint={hint}
      value={valueOf(typed, name)}
      items={[
        { value: '', text: 'The source does not say' },
        ...Object.entries(words).map(([value, text]) => ({ value, text })),
      ]}
      errorMessage={errors[name]}
    />
  );
  return formPage({
    title: approach === undefined ? 'Add an approach or a case study' : `Change ${approach.title}`,
    breadcrumbs: approachCrumbs(slug),
    action: approach === undefined ? `${href}/new` : `${href}/change`,
    button: 'Save',
    errors,
    cancelHref: href,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Select
          name="kind"
          label="What is it?"
          value={valueOf(typed, 'kind', 'approach')}
          items={approachKinds.map((value) => ({ value, text: approachKindLabels[value] }))}
          errorMessage={errors['kind']}
        />
        <Input name="title" label="Name" value={valueOf(typed, 'title')} errorMessage={errors['title']} />
        <Textarea
          name="about"
          label="What it is, in your own words (optional)"
          rows={4}
          value={valueOf(typed, 'about')}
          errorMessage={errors['about']}
        />
        <Input
          name="toldBy"
          label="Who tells of it (optional)"
          hint="For a case study: the place or the partnership"
          value={valueOf(typed, 'toldBy')}
          errorMessage={errors['toldBy']}
        />
        <Select
          name="impact"
          label="Impact on violence"
          hint="As the source rates it. “Not enough evidence” is an answer"
          value={valueOf(typed, 'impact', 'insufficient')}
          items={approachImpacts.map((value) => ({ value, text: approachImpactLabels[value] }))}
          errorMessage={errors['impact']}
        />
        {scale('security', 'How sure that is', '1 to 5, as the source has it', securities)}
        {scale('cost', 'Cost', '1 to 3, as the source has it', approachCosts)}
        <Checkboxes
          name="tiers"
          fieldset={{ legend: 'Prevention tier (optional)' }}
          values={typeof ticked === 'string' ? [ticked] : (ticked ?? [])}
          items={tiers.map((value) => ({ value, text: tierLabels[value] }))}
          errorMessage={errors['tiers']}
        />
        <Input
          name="source"
          label="Source"
          hint="Who says so, and where"
          value={valueOf(typed, 'source')}
          errorMessage={errors['source']}
        />
        <Input
          name="sourceAddress"
          label="Web address of the source (optional)"
          value={valueOf(typed, 'sourceAddress')}
          errorMessage={errors['sourceAddress']}
        />
        <PartialDateInput
          name="checkedOn"
          label="Day on which you checked it against its source (optional)"
          hint="Such as 30 September 2026. Left empty, it is shown as not verified"
          value={valueOf(typed, 'checkedOn')}
          errorMessage={errors['checkedOn']}
        />
        <Checkboxes
          name="isShared"
          values={valueOf(typed, 'isShared') === 'yes' ? ['yes'] : []}
          items={[{ value: 'yes', text: 'Share it with the other partnerships of the hub' }]}
        />
      </>
    ),
  });
};

/** What an action or an intervention builds on: asked on a page of its own, with what the choice asks in turn. */
export const chooseApproachPage = (
  slug: string,
  work: { readonly title: string; readonly href: string },
  approaches: readonly Approach[],
  { typed = {}, errors = {} }: FormState = {},
): Page =>
  formPage({
    title: `What does ${work.title} build on?`,
    breadcrumbs: [...planCrumbs(slug), { text: work.title, href: work.href }],
    action: `${work.href}/approach`,
    button: 'Choose it',
    errors,
    cancelHref: work.href,
    intro: (
      <p class="govuk-body">
        An approach that is rated harmful needs a reason, which stays on record. One with too little evidence asks for
        an evaluation.{' '}
        <a class="govuk-link" href={approachesHref(slug)}>
          Look at what works
        </a>{' '}
        first.
      </p>
    ),
    children: (
      <>
        <Select
          name="approachId"
          label="Approach or case study"
          value={valueOf(typed, 'approachId')}
          items={[
            { value: '', text: 'Choose one' },
            ...approaches.map(({ id, title, impact }) => ({
              value: id,
              text: `${title} (${approachImpactLabels[impact].toLowerCase()})`,
            })),
          ]}
          errorMessage={errors['approachId']}
        />
        <Textarea
          name="override"
          label="Only where it is rated harmful: why is it done all the same?"
          hint="Who decided it, and what is done so that nobody comes to harm"
          rows={4}
          value={valueOf(typed, 'override')}
          errorMessage={errors['override']}
        />
      </>
    ),
  });

/** On the page of an action or an intervention: what it builds on, and what that asks. */
export function BuildsOn({
  slug,
  use,
  href,
  mayWrite,
  isEvaluated,
}: {
  readonly slug: string;
  readonly use: ApproachUse | undefined;
  /** Of the action or the intervention. */
  readonly href: string;
  readonly mayWrite: boolean;
  readonly isEvaluated: boolean;
}) {
  return (
    <section aria-labelledby="builds-on">
      <h2 class="govuk-heading-m" id="builds-on">
        What it builds on
      </h2>
      {use === undefined ? (
        <p class="govuk-body">No approach is chosen.</p>
      ) : (
        <>
          <p class="govuk-body">
            <a class="govuk-link" href={`${approachesHref(slug)}/${use.approachId}`}>
              {use.approachTitle}
            </a>{' '}
            <ImpactTag impact={use.impact} />
          </p>
          {use.override !== null && (
            <InsetText>
              Chosen all the same on {formatDate(use.chosenOn)}: {use.override}
            </InsetText>
          )}
          {asksOf(use.impact) === 'override' && use.override === null && (
            <WarningText>It is rated harmful now, and nobody has said why it goes on.</WarningText>
          )}
          {asksOf(use.impact) === 'evaluation' && !isEvaluated && (
            <WarningText>There is not enough evidence for it, and no evaluation is planned.</WarningText>
          )}
        </>
      )}
      {mayWrite && (
        <p class="govuk-body">
          <a class="govuk-link" href={`${href}/approach`}>
            {use === undefined ? 'Choose what it builds on' : 'Choose another approach'}
          </a>
        </p>
      )}
    </section>
  );
}
