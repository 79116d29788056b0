import { Button, EmptyList, Input, ScrollBox, Select } from '../govuk/index.ts';
import { WideTable } from './wide-table.page.tsx';
import { formPage, valueOf, type FormState } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { actionHref, planCrumbs } from './plan-address.ts';
import { measuresHref } from './measure.page.tsx';
import { findings, gradeLabels, grades, stageLabels, stages, type TheoryArrow, type TheoryStep } from './theory.ts';

export const theoryHref = (slug: string): string => `/${slug}/theory`;
const crumbs = (slug: string) => [...planCrumbs(slug), { text: 'Theory of change', href: theoryHref(slug) }];

interface Theory {
  readonly steps: readonly TheoryStep[];
  readonly arrows: readonly TheoryArrow[];
}

/** The theory of change: the picture, the same as tables, and what is wrong with it. */
export function theoryPage({
  slug,
  theory,
  blocks,
  mayWrite,
}: {
  readonly slug: string;
  readonly theory: Theory;
  /** Whether what is found keeps a strategy from being published. */
  readonly blocks: boolean;
  readonly mayWrite: boolean;
}): Page {
  const { steps, arrows } = theory;
  const found = findings(steps, arrows);
  const words = new Map(steps.map((step) => [step.id, step.words]));
  return {
    title: 'Theory of change',
    wide: true,
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">Why do we think that it will work?</h1>
        <p class="govuk-body">
          From what people need to what changes in the end. Each arrow says what has to be true, and how well that is
          known.
        </p>
        {mayWrite && (
          <div class="govuk-button-group">
            <Button href={`${theoryHref(slug)}/steps/new`}>Add a step</Button>
            {steps.length > 1 && (
              <a class="govuk-link" href={`${theoryHref(slug)}/arrows/new`}>
                Draw an arrow
              </a>
            )}
          </div>
        )}
        {steps.length === 0 ? (
          <EmptyList title="No theory yet">Begin with a need: what do people here lack?</EmptyList>
        ) : (
          <>
            <ScrollBox label="The theory as a picture">
              <Picture {...theory} />
            </ScrollBox>
            <section aria-labelledby="findings">
              <h2 class="govuk-heading-m" id="findings">
                What to look at
              </h2>
              {found.length === 0 ? (
                <p class="govuk-body">Every step leads on, every change is measured, every assumption was looked at.</p>
              ) : (
                <ul class="govuk-list govuk-list--bullet">
                  {found.map((finding) => (
                    <li>{finding.words}</li>
                  ))}
                </ul>
              )}
              <p class="govuk-body">
                {blocks
                  ? 'A strategy cannot be published while a step hangs on nothing or an assumption is untested.'
                  : 'None of this keeps a strategy from being published.'}
              </p>
              {mayWrite && (
                <form method="post" action={`${theoryHref(slug)}/setting`}>
                  <input type="hidden" name="blocks" value={blocks ? 'no' : 'yes'} />
                  <Button classes="govuk-button--secondary" preventDoubleClick>
                    {blocks ? 'Let it be published all the same' : 'Let it keep a strategy back'}
                  </Button>
                </form>
              )}
            </section>
            <h2 class="govuk-heading-m">Steps</h2>
            <WideTable
              label="Steps of the theory"
              head={['Kind', 'Step', 'Action or measure', ...(mayWrite ? ['Remove'] : [])]}
              rows={stages.flatMap((stage) =>
                steps
                  .filter((step) => step.stage === stage)
                  .map((step) => [
                    stageLabels[stage],
                    step.words,
                    step.actionId !== null ? (
                      <a class="govuk-link" href={actionHref(slug, step.actionId)}>
                        Its action<span class="govuk-visually-hidden">: {step.words}</span>
                      </a>
                    ) : step.measureId !== null ? (
                      <a class="govuk-link" href={`${measuresHref(slug)}/${step.measureId}`}>
                        Its measure<span class="govuk-visually-hidden">: {step.words}</span>
                      </a>
                    ) : (
                      '–'
                    ),
                    ...(mayWrite
                      ? [
                          <form method="post" action={`${theoryHref(slug)}/steps/${step.id}/remove`}>
                            <Button classes="govuk-button--secondary govuk-!-margin-bottom-0" preventDoubleClick>
                              Remove<span class="govuk-visually-hidden">: {step.words}</span>
                            </Button>
                          </form>,
                        ]
                      : []),
                  ]),
              )}
            />
            <h2 class="govuk-heading-m">Arrows</h2>
            {arrows.length === 0 ? (
              <p class="govuk-body">None yet.</p>
            ) : (
              <WideTable
                label="Arrows of the theory"
                head={['From', 'To', 'It has to be true that', 'How well it is known', 'What could go wrong']}
                rows={arrows.map(({ fromId, toId, assumption, grade, risk }) => [
                  words.get(fromId) ?? '',
                  words.get(toId) ?? '',
                  assumption,
                  gradeLabels[grade],
                  risk ?? '–',
                ])}
              />
            )}
          </>
        )}
      </>
    ),
  };
}

const box = { width: 200, height: 64, gap: 16, aside: 56, top: 30 } as const;

/** A column for each kind of step. An arrow that nobody has tested is drawn with gaps. */
function Picture({ steps, arrows }: Theory) {
  const columns = stages.map((stage) => steps.filter((step) => step.stage === stage));
  const rows = Math.max(1, ...columns.map((column) => column.length));
  const height = box.top + rows * (box.height + box.gap);
  const width = stages.length * (box.width + box.aside);
  const places = new Map(
    columns.flatMap((column, at) =>
      column.map(({ id }, row) => [
        id,
        { x: at * (box.width + box.aside) + 2, y: box.top + row * (box.height + box.gap) },
      ]),
    ),
  );
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Theory of change: ${steps.length} steps and ${arrows.length} arrows, as in the tables below`}
      font-family="'Source Sans 3', arial, sans-serif"
    >
      {stages.map((stage, at) => (
        <text x={at * (box.width + box.aside) + 2} y="16" font-size="15" font-weight="bold" fill="#0b0c0c">
          {stageLabels[stage]}
        </text>
      ))}
      {arrows.map(({ fromId, toId, grade }) => {
        const [from, to] = [places.get(fromId), places.get(toId)];
        if (from === undefined || to === undefined) return null;
        const [x1, y1, x2, y2] = [from.x + box.width, from.y + box.height / 2, to.x, to.y + box.height / 2];
        const half = (x1 + x2) / 2;
        return (
          <path
            d={`M${x1} ${y1} C${half} ${y1} ${half} ${y2} ${x2 - 8} ${y2} m0 0 l-6 -5 m6 5 l-6 5`}
            fill="none"
            stroke="#505a5f"
            stroke-width="2"
            stroke-dasharray={grade === 'untested' ? '6 5' : undefined}
          />
        );
      })}
      {steps.map(({ id, words }) => {
        const place = places.get(id);
        if (place === undefined) return null;
        return (
          <g transform={`translate(${place.x} ${place.y})`}>
            <rect width={box.width} height={box.height} fill="#ffffff" stroke="#0b4f55" stroke-width="2" />
            {linesOf(words).map((line, at) => (
              <text x="10" y={20 + at * 18} font-size="14" fill="#0b0c0c">
                {line}
              </text>
            ))}
          </g>
        );
      })}
    </svg>
  );
}

/** Up to three lines that a box holds; the tables hold all words. */
function linesOf(words: string): readonly string[] {
  const lines: string[] = [''];
  for (const word of words.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && `${line} ${word}`.length > 26) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  const shown = lines.slice(0, 3).map((line) => (line.length > 28 ? `${line.slice(0, 27)}…` : line));
  return lines.length > 3 ? [...shown.slice(0, 2), `${shown[2] ?? ''}…`] : shown;
}

export interface TheoryChoices {
  readonly actions: readonly { readonly id: string; readonly number: number; readonly title: string }[];
  readonly measures: readonly { readonly id: string; readonly question: string }[];
}

export const addStepPage = (slug: string, choices: TheoryChoices, { typed = {}, errors = {} }: FormState = {}): Page =>
  formPage({
    title: 'Add a step',
    breadcrumbs: crumbs(slug),
    action: `${theoryHref(slug)}/steps/new`,
    button: 'Add it',
    errors,
    cancelHref: theoryHref(slug),
    children: (
      <>
        <Select
          name="stage"
          label="What kind of step is it?"
          value={valueOf(typed, 'stage', 'need')}
          items={stages.map((value) => ({ value, text: stageLabels[value] }))}
          errorMessage={errors['stage']}
        />
        <Input name="words" label="In a few words" value={valueOf(typed, 'words')} errorMessage={errors['words']} />
        <Select
          name="actionId"
          label="Action of the plan, where it is one (optional)"
          value={valueOf(typed, 'actionId')}
          items={[
            { value: '', text: 'None' },
            ...choices.actions.map(({ id, number, title }) => ({ value: id, text: `A${number} ${title}` })),
          ]}
          errorMessage={errors['actionId']}
        />
        <Select
          name="measureId"
          label="Measure by which it is seen (optional)"
          value={valueOf(typed, 'measureId')}
          items={[
            { value: '', text: 'None' },
            ...choices.measures.map(({ id, question }) => ({ value: id, text: question })),
          ]}
          errorMessage={errors['measureId']}
        />
      </>
    ),
  });

export const addArrowPage = (
  slug: string,
  steps: readonly TheoryStep[],
  { typed = {}, errors = {} }: FormState = {},
): Page => {
  const items = steps.map(({ id, stage, words }) => ({ value: id, text: `${stageLabels[stage]}: ${words}` }));
  return formPage({
    title: 'Draw an arrow',
    breadcrumbs: crumbs(slug),
    action: `${theoryHref(slug)}/arrows/new`,
    button: 'Draw it',
    errors,
    cancelHref: theoryHref(slug),
    children: (
      <>
        <Select
          name="fromId"
          label="From"
          value={valueOf(typed, 'fromId')}
          items={items}
          errorMessage={errors['fromId']}
        />
        <Select name="toId" label="To" value={valueOf(typed, 'toId')} items={items} errorMessage={errors['toId']} />
        <Input
          name="assumption"
          label="What has to be true?"
          hint="Such as: young people come back after the first evening"
          value={valueOf(typed, 'assumption')}
          errorMessage={errors['assumption']}
        />
        <Select
          name="grade"
          label="How well is that known?"
          value={valueOf(typed, 'grade', 'untested')}
          items={grades.map((value) => ({ value, text: gradeLabels[value] }))}
          errorMessage={errors['grade']}
        />
        <Input
          name="risk"
          label="What could go wrong? (optional)"
          value={valueOf(typed, 'risk')}
          errorMessage={errors['risk']}
        />
      </>
    ),
  });
};
