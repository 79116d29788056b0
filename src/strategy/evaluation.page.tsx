import { formatDate, formatMonth, formatPeriod } from '../duty/index.ts';
import {
  Button,
  Checkboxes,
  EmptyList,
  Input,
  InsetText,
  Radios,
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
import {
  designs,
  designWords,
  evaluationStateLabels,
  isClosed,
  marylandOf,
  marylandScale,
  mayChangePlan,
  planLacks,
  powerOf,
  powerSentence,
  stepsFrom,
  type EvaluationState,
  type EvaluationStep,
} from './evaluation.ts';
import {
  evaluationVerdictLabels,
  placeRoleLabels,
  placeRoles,
  windowOf,
  type CountedMonth,
  type EvaluationResult,
  type EvaluationVerdict,
} from './evaluation-result.ts';
import type { Evaluation } from './evaluation.store.ts';
import { WideTable } from './wide-table.page.tsx';

export const evaluationsHref = (slug: string): string => `/${slug}/evaluations`;
export const evaluationHref = (slug: string, id: string): string => `${evaluationsHref(slug)}/${id}`;
const crumbs = (slug: string) => [...planCrumbs(slug), { text: 'Evaluations', href: evaluationsHref(slug) }];

const stateColours: Readonly<Record<EvaluationState, string>> = {
  draft: 'govuk-tag--grey',
  planned: 'govuk-tag--turquoise',
  'under-way': 'govuk-tag--blue',
  reported: 'govuk-tag--green',
  stopped: 'govuk-tag--purple',
};
const verdictColours: Readonly<Record<EvaluationVerdict, string>> = {
  better: 'govuk-tag--green',
  worse: 'govuk-tag--red',
  'cannot-tell': 'govuk-tag--grey',
};
const StateTag = ({ state }: { readonly state: EvaluationState }) => (
  <Tag classes={stateColours[state]}>{evaluationStateLabels[state]}</Tag>
);
const VerdictTag = ({ verdict }: { readonly verdict: EvaluationVerdict }) => (
  <Tag classes={verdictColours[verdict]}>{evaluationVerdictLabels[verdict]}</Tag>
);

export function evaluationsPage({
  slug,
  evaluations,
  mayWrite,
}: {
  readonly slug: string;
  readonly evaluations: readonly Evaluation[];
  readonly mayWrite: boolean;
}): Page {
  return {
    title: 'Evaluations',
    wide: true,
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">Did it work?</h1>
        <p class="govuk-body">
          What is to be found out, and how, is agreed before it starts. The answer comes with how strong the design is;
          “cannot tell” is an answer.
        </p>
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/lessons`}>
            What was learned
          </a>
        </p>
        {mayWrite && <Button href={`${evaluationsHref(slug)}/new`}>Plan an evaluation</Button>}
        {evaluations.length === 0 ? (
          <EmptyList title="No evaluation yet">Plan one before the next intervention begins.</EmptyList>
        ) : (
          <WideTable
            label="Evaluations"
            head={['Question', 'Of', 'Design', 'State', 'Answer']}
            rows={evaluations.map((each) => [
              <a class="govuk-link" href={evaluationHref(slug, each.id)}>
                {each.title}
              </a>,
              each.ofTitle,
              designWords[each.design].label,
              <StateTag state={each.state} />,
              each.result === null ? '–' : <VerdictTag verdict={each.result.verdict} />,
            ])}
          />
        )}
      </>
    ),
  };
}

/** On the page of an action or an intervention: how one will know whether it worked. */
export function Evaluated({
  slug,
  evaluations,
  mayWrite,
  newHref,
}: {
  readonly slug: string;
  readonly evaluations: readonly Evaluation[];
  readonly mayWrite: boolean;
  readonly newHref: string;
}) {
  return (
    <Part id="evaluated" title="How we will know whether it works" none="" isEmpty={false}>
      {evaluations.length === 0 && <p class="govuk-body">No evaluation is planned.</p>}
      {evaluations.length > 0 && (
        <ul class="govuk-list">
          {evaluations.map((each) => (
            <li>
              <a class="govuk-link" href={evaluationHref(slug, each.id)}>
                {each.title}
              </a>{' '}
              {each.result === null ? <StateTag state={each.state} /> : <VerdictTag verdict={each.result.verdict} />}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <p class="govuk-body">
          <a class="govuk-link" href={newHref}>
            Plan an evaluation
          </a>
        </p>
      )}
    </Part>
  );
}

const stepWords: Readonly<Record<Exclude<EvaluationStep, 'report' | 'stop'>, string>> = {
  agree: 'Agree the plan',
  reopen: 'Open the plan again',
  begin: 'Begin it',
};

export interface EvaluationModel {
  readonly slug: string;
  readonly evaluation: Evaluation;
  readonly counted: { readonly months: number; readonly places: number };
  /** As the numbers stand; of a reported one, what was reported. */
  readonly result: EvaluationResult | undefined;
  readonly lessons: readonly { readonly title: string; readonly words: string }[];
  readonly changes: readonly HistoryItem[];
  readonly mayWrite: boolean;
  readonly mayCount: boolean;
}

export function evaluationPage(model: EvaluationModel): Page {
  const { slug, evaluation, result } = model;
  const { state, design } = evaluation;
  const words = designWords[design];
  const window = windowOf(evaluation);
  const lacks = mayChangePlan(state) ? planLacks(evaluation) : [];
  const power = evaluation.power ?? (mayChangePlan(state) ? known(powerOf(evaluation)) : null);
  return {
    title: evaluation.title,
    breadcrumbs: crumbs(slug),
    main: (
      <>
        <span class="govuk-caption-l">Evaluation of {evaluation.ofTitle}</span>
        <h1 class="govuk-heading-l">
          {evaluation.title} <StateTag state={state} />
        </h1>
        {lacks.length > 0 && <WarningText>The plan cannot be agreed yet. It lacks: {lacks.join('; ')}.</WarningText>}
        {evaluation.stoppedBecause !== null && <InsetText>Stopped because: {evaluation.stoppedBecause}</InsetText>}
        {result !== undefined && <Answer result={result} isReported={state === 'reported'} />}
        {evaluation.decision !== null && (
          <>
            <h2 class="govuk-heading-m">What was decided</h2>
            <p class="govuk-body">{evaluation.decision}</p>
          </>
        )}
        {model.lessons.length > 0 && (
          <Part id="learned" title="What was learned" none="" isEmpty={false}>
            {model.lessons.map(({ title, words: said }) => (
              <>
                <h3 class="govuk-heading-s">{title}</h3>
                <p class="govuk-body">{said}</p>
              </>
            ))}
          </Part>
        )}
        <Steps {...model} />
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/thread/evaluation/${evaluation.id}`}>
            What is before and after it
          </a>
        </p>
        <h2 class="govuk-heading-m">The plan</h2>
        <SummaryList
          rows={[
            {
              key: 'Of',
              value: (
                <a
                  class="govuk-link"
                  href={
                    evaluation.actionId === null
                      ? `/${slug}/interventions/${evaluation.interventionId ?? ''}`
                      : actionHref(slug, evaluation.actionId)
                  }
                >
                  {evaluation.ofTitle}
                </a>
              ),
            },
            { key: 'Who answers for it', value: evaluation.owner ?? 'Nobody yet' },
            { key: 'Design', value: `${words.label}. ${words.about}` },
            { key: 'How strong it can be', value: `${marylandOf(design).sentence} (${marylandScale})` },
            evaluation.comparison !== null && { key: 'Compared with', value: evaluation.comparison },
            {
              key: 'What is counted',
              value: `${evaluation.outcome}; ${evaluation.better === 'lower' ? 'fewer' : 'more'} is better`,
            },
            evaluation.measureId !== null && {
              key: 'Measure',
              value: (
                <a class="govuk-link" href={`/${slug}/measures/${evaluation.measureId}`}>
                  {evaluation.measureQuestion}
                </a>
              ),
            },
            window !== undefined && { key: 'Before', value: formatPeriod(window.before) },
            window !== undefined && { key: 'After', value: formatPeriod(window.after) },
            {
              key: 'What it would see',
              value: power === null ? 'Not known yet' : powerSentence(power, evaluation.better),
            },
            evaluation.agreedOn !== null && {
              key: 'Agreed',
              value:
                formatDate(evaluation.agreedOn) +
                (evaluation.begins !== null && evaluation.agreedOn.slice(0, 7) > evaluation.begins
                  ? `, after the start in ${formatMonth(evaluation.begins)}`
                  : ', before the start'),
            },
            evaluation.beganOn !== null && { key: 'Begun', value: formatDate(evaluation.beganOn) },
            evaluation.endedOn !== null && { key: 'Ended', value: formatDate(evaluation.endedOn) },
            {
              key: 'Counted so far',
              value: `${model.counted.places} ${model.counted.places === 1 ? 'place' : 'places'}, ${model.counted.months} ${model.counted.months === 1 ? 'month' : 'months'}`,
            },
          ]}
        />
        <History changes={model.changes} />
      </>
    ),
  };
}

const known = <T,>(outcome: { readonly done: true; readonly value: T } | { readonly done: false }): T | null =>
  outcome.done ? outcome.value : null;

function Answer({ result, isReported }: { readonly result: EvaluationResult; readonly isReported: boolean }) {
  return (
    <section aria-labelledby="answer">
      <h2 class="govuk-heading-m" id="answer">
        {isReported ? 'The answer' : 'As the numbers stand'} <VerdictTag verdict={result.verdict} />
      </h2>
      <InsetText>{result.sentence}</InsetText>
      {result.beside !== null && <p class="govuk-body">{result.beside}</p>}
      <p class="govuk-body">{result.strength}</p>
      <p class="govuk-body">What may look like an effect and is none: {result.traps}</p>
      {result.method !== null && (
        <p class="govuk-body-s">
          Worked out by {result.method.name.replaceAll('-', ' ')}, version {result.method.version}
          {result.estimate !== null && `, with a ${Math.round(result.estimate.level * 100)} % interval`}.
        </p>
      )}
    </section>
  );
}

function Steps({ slug, evaluation, mayWrite, mayCount }: EvaluationModel) {
  const { state } = evaluation;
  if (!mayWrite || isClosed(state)) return null;
  const href = evaluationHref(slug, evaluation.id);
  const steps = stepsFrom(state);
  return (
    <section aria-labelledby="next">
      <h2 class="govuk-heading-m" id="next">
        What comes next
      </h2>
      <div class="govuk-button-group">
        {mayCount && state === 'under-way' && <Button href={`${href}/counts`}>Enter what was counted</Button>}
        {(['agree', 'begin', 'reopen'] as const)
          .filter((step) => steps.includes(step))
          .map((step) => (
            <form method="post" action={`${href}/steps`}>
              <input type="hidden" name="step" value={step} />
              <Button classes={step === 'reopen' ? 'govuk-button--secondary' : undefined}>{stepWords[step]}</Button>
            </form>
          ))}
        {mayCount && steps.includes('report') && (
          <Button href={`${href}/report`} classes="govuk-button--secondary">
            Report the answer
          </Button>
        )}
        {mayChangePlan(state) && (
          <a class="govuk-link" href={`${href}/change`}>
            Change the plan
          </a>
        )}
        {steps.includes('stop') && (
          <a class="govuk-link" href={`${href}/stop`}>
            Stop it
          </a>
        )}
      </div>
    </section>
  );
}

export interface EvaluationChoices {
  readonly actions: readonly { readonly id: string; readonly number: number; readonly title: string }[];
  readonly interventions: readonly { readonly id: string; readonly title: string }[];
  readonly measures: readonly { readonly id: string; readonly question: string }[];
}

const text = (value: number | string | null): string => (value === null ? '' : String(value));
const typedOfEvaluation = (each: Evaluation): Typed => ({
  title: each.title,
  owner: each.owner ?? '',
  design: each.design,
  comparison: each.comparison ?? '',
  outcome: each.outcome,
  better: each.better,
  measureId: each.measureId ?? '',
  begins: each.begins ?? '',
  monthsBefore: text(each.monthsBefore),
  monthsAfter: text(each.monthsAfter),
  expectedBefore: text(each.expectedBefore),
  expectedAfter: text(each.expectedAfter),
  comparisonBefore: text(each.comparisonBefore),
  comparisonAfter: text(each.comparisonAfter),
  dispersion: text(each.dispersion),
});

/** @param evaluation undefined: a new one, which also asks what it is of */
export const evaluationFormPage = (
  slug: string,
  evaluation: Evaluation | undefined,
  choices: EvaluationChoices,
  {
    typed = evaluation === undefined ? {} : typedOfEvaluation(evaluation),
    errors = {},
    version = valueOf(typed, 'version'),
  }: FormState & { readonly version?: string } = {},
): Page => {
  const href = evaluation === undefined ? evaluationsHref(slug) : evaluationHref(slug, evaluation.id);
  const number = (name: string, label: string, hint?: string) => (
    <Input
      name={name}
      label={label}
      hint={hint}
      inputmode="numeric"
      classes="govuk-input--width-5"
      value={valueOf(typed, name)}
      errorMessage={errors[name]}
    />
  );
  return formPage({
    title: evaluation === undefined ? 'Plan an evaluation' : `Change the plan of ${evaluation.title}`,
    breadcrumbs: crumbs(slug),
    action: evaluation === undefined ? `${href}/new` : `${href}/change`,
    button: 'Save the plan',
    errors,
    cancelHref: href,
    intro: (
      <p class="govuk-body">
        Say now what would count as an answer. When the plan is agreed and begun it is not changed, so that nobody can
        look for the numbers that please.
      </p>
    ),
    children: (
      <>
        {evaluation !== undefined && <input type="hidden" name="version" value={version} />}
        <Input
          name="title"
          label="Question"
          hint="Such as: are fewer young people robbed since the youth workers came?"
          value={valueOf(typed, 'title')}
          errorMessage={errors['title']}
        />
        {evaluation === undefined && (
          <>
            <Select
              name="interventionId"
              label="Intervention that it is of"
              value={valueOf(typed, 'interventionId')}
              items={[
                { value: '', text: 'None: it is of an action' },
                ...choices.interventions.map(({ id, title }) => ({ value: id, text: title })),
              ]}
              errorMessage={errors['interventionId']}
            />
            <Select
              name="actionId"
              label="Action that it is of"
              value={valueOf(typed, 'actionId')}
              items={[
                { value: '', text: 'None: it is of an intervention' },
                ...choices.actions.map(({ id, number: nth, title }) => ({ value: id, text: `A${nth} ${title}` })),
              ]}
              errorMessage={errors['actionId']}
            />
          </>
        )}
        <Input
          name="owner"
          label="Who answers for it? (optional)"
          hint="A post or an organisation. Needed before it is agreed"
          value={valueOf(typed, 'owner')}
          errorMessage={errors['owner']}
        />
        <Radios
          name="design"
          fieldset={{ legend: 'Design' }}
          value={valueOf(typed, 'design', 'before-and-after')}
          items={designs.map((value) => ({
            value,
            text: designWords[value].label,
            hint: `${designWords[value].about} Maryland level ${marylandOf(value).level} of 5 at best.`,
          }))}
          errorMessage={errors['design']}
        />
        <Textarea
          name="comparison"
          label="What is it compared with, and why is that like it? (needed with a comparison)"
          rows={3}
          value={valueOf(typed, 'comparison')}
          errorMessage={errors['comparison']}
        />
        <Input
          name="outcome"
          label="What is counted?"
          hint="In the plural, such as: robberies of people under 18"
          value={valueOf(typed, 'outcome')}
          errorMessage={errors['outcome']}
        />
        <Radios
          name="better"
          fieldset={{ legend: 'What is better?' }}
          value={valueOf(typed, 'better', 'lower')}
          items={[
            { value: 'lower', text: 'Fewer' },
            { value: 'higher', text: 'More' },
          ]}
          errorMessage={errors['better']}
        />
        <Select
          name="measureId"
          label="Measure that holds the counts (optional)"
          value={valueOf(typed, 'measureId')}
          items={[
            { value: '', text: 'None: they are entered' },
            ...choices.measures.map(({ id, question }) => ({ value: id, text: question })),
          ]}
          errorMessage={errors['measureId']}
        />
        <Input
          name="begins"
          label="First month after the start (optional)"
          hint="Such as 2026-09. Needed before it is agreed"
          classes="govuk-input--width-10"
          value={valueOf(typed, 'begins')}
          errorMessage={errors['begins']}
        />
        {number('monthsBefore', 'Months before the start (optional)')}
        {number('monthsAfter', 'Months after the start (optional)')}
        {number('expectedBefore', 'Events expected in the months before (optional)', 'From what you know now')}
        {number('expectedAfter', 'Events expected in the months after if nothing changes (optional)')}
        {number('comparisonBefore', 'Events expected in the comparison before (needed with a comparison)')}
        {number('comparisonAfter', 'Events expected in the comparison after (needed with a comparison)')}
        <Input
          name="dispersion"
          label="How much more do months vary than by chance?"
          hint="1: not at all. 2 is usual where events come in bursts"
          classes="govuk-input--width-5"
          value={valueOf(typed, 'dispersion', '1')}
          errorMessage={errors['dispersion']}
        />
      </>
    ),
  });
};

export const countsPage = (
  slug: string,
  evaluation: Evaluation,
  counted: readonly CountedMonth[],
  { typed, errors = {} }: FormState = {},
): Page => {
  const lines = (role: string) =>
    counted
      .filter((row) => row.role === role)
      .map(({ month, place, count }) => `${month} ${place} ${count}`)
      .join('\n');
  const window = windowOf(evaluation);
  return formPage({
    title: 'Enter what was counted',
    breadcrumbs: [...crumbs(slug), { text: evaluation.title, href: evaluationHref(slug, evaluation.id) }],
    action: `${evaluationHref(slug, evaluation.id)}/counts`,
    button: 'Save and work it out',
    errors,
    cancelHref: evaluationHref(slug, evaluation.id),
    intro: (
      <p class="govuk-body">
        A line for each month and place: the month, the place, the number of {evaluation.outcome}.
        {window !== undefined && ` The plan asks for ${formatPeriod(window.before)} and ${formatPeriod(window.after)}.`}{' '}
        What you save takes the place of what was there.
      </p>
    ),
    children: (
      <>
        {evaluation.measureId !== null && (
          <Checkboxes
            name="useMeasure"
            values={typed === undefined ? [] : valueOf(typed, 'useMeasure') === 'yes' ? ['yes'] : []}
            items={[
              {
                value: 'yes',
                text: `Take the months where the work is done from the measure “${evaluation.measureQuestion ?? ''}”`,
              },
            ]}
          />
        )}
        {placeRoles.map((role) => (
          <Textarea
            name={role}
            label={`${placeRoleLabels[role]}${role === 'treated' ? '' : ' (optional)'}`}
            hint="Such as 2026-04 Sallow estate 17"
            rows={8}
            value={typed === undefined ? lines(role) : valueOf(typed, role)}
            errorMessage={errors[role]}
          />
        ))}
      </>
    ),
  });
};

export const reportPage = (
  slug: string,
  evaluation: Evaluation,
  result: EvaluationResult,
  { typed = {}, errors = {} }: FormState = {},
): Page =>
  formPage({
    title: `Report ${evaluation.title}`,
    breadcrumbs: [...crumbs(slug), { text: evaluation.title, href: evaluationHref(slug, evaluation.id) }],
    action: `${evaluationHref(slug, evaluation.id)}/report`,
    button: 'Report it',
    errors,
    cancelHref: evaluationHref(slug, evaluation.id),
    intro: (
      <>
        <Answer result={result} isReported={false} />
        <p class="govuk-body">What you report stays as it is.</p>
      </>
    ),
    children: (
      <>
        <Textarea
          name="decision"
          label="What was decided, and by whom?"
          rows={3}
          value={valueOf(typed, 'decision')}
          errorMessage={errors['decision']}
        />
        <Input
          name="lessonTitle"
          label="What was learned, in a few words"
          value={valueOf(typed, 'lessonTitle')}
          errorMessage={errors['lessonTitle']}
        />
        <Textarea
          name="lesson"
          label="What would you do differently?"
          rows={4}
          value={valueOf(typed, 'lesson')}
          errorMessage={errors['lesson']}
        />
      </>
    ),
  });

export const stopEvaluationPage = (
  slug: string,
  evaluation: Evaluation,
  { typed = {}, errors = {} }: FormState = {},
): Page =>
  formPage({
    title: `Stop ${evaluation.title}`,
    breadcrumbs: [...crumbs(slug), { text: evaluation.title, href: evaluationHref(slug, evaluation.id) }],
    action: `${evaluationHref(slug, evaluation.id)}/stop`,
    button: 'Stop it',
    isWarning: true,
    errors,
    cancelHref: evaluationHref(slug, evaluation.id),
    children: (
      <Textarea
        name="because"
        label="Why is it stopped?"
        rows={3}
        value={valueOf(typed, 'because')}
        errorMessage={errors['because']}
      />
    ),
  });
