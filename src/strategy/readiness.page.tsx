import { formatDate } from '../duty/index.ts';
import {
  Button,
  Checkboxes,
  EmptyList,
  ErrorSummary,
  InsetText,
  Input,
  Radios,
  Select,
  Textarea,
} from '../govuk/index.ts';
import { WideTable } from './wide-table.page.tsx';
import { formPage, valueOf, type Errors, type FormState } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { actionHref, planCrumbs } from './plan-address.ts';
import { changeWords, isApart, isGap, spreadOf, type Dimension, type DimensionStanding } from './readiness.ts';
import type { Round } from './readiness.store.ts';

export const readinessHref = (slug: string): string => `/${slug}/readiness`;
const crumbs = (slug: string) => [...planCrumbs(slug), { text: 'Readiness', href: readinessHref(slug) }];
const levelWords = ({ levels }: Pick<Dimension, 'levels'>, level: number): string =>
  `${level}: ${levels[level - 1] ?? 'a level that is not there any more'}`;

export interface ReadinessShown {
  readonly slug: string;
  /** The one that is open, or the last. */
  readonly round: Round | undefined;
  readonly rounds: readonly Round[];
  readonly standing: readonly DimensionStanding[];
  readonly dimensions: readonly Dimension[];
  readonly mayWrite: boolean;
  readonly mayScore: boolean;
  readonly errors?: Errors;
}

export function readinessPage(shown: ReadinessShown): Page {
  const { slug, round, rounds, standing, dimensions, mayWrite, mayScore, errors = {} } = shown;
  const href = readinessHref(slug);
  const isOpen = round?.closedOn === null;
  const mistakes = Object.values(errors);
  const gaps = standing.filter(({ agreed }) => isGap(agreed));
  return {
    title: 'Readiness',
    wide: true,
    hasErrors: mistakes.length > 0,
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        {mistakes.length > 0 && <ErrorSummary errorList={mistakes.map((text) => ({ text, href: '#round' }))} />}
        <h1 class="govuk-heading-l">How ready are we?</h1>
        <p class="govuk-body">
          Each partner says where the partnership stands, with what shows it. Then all agree on one level, on where they
          want to be, and on what leads there. It is asked again each year. It is no inspection.
        </p>
        <h2 class="govuk-heading-m" id="round">
          {round === undefined
            ? 'Not begun'
            : `Round ${round.number}: ${isOpen ? `open since ${formatDate(round.openedOn)}` : `closed on ${formatDate(round.closedOn)}`}`}
        </h2>
        <div class="govuk-button-group">
          {isOpen && mayScore && <Button href={`${href}/score`}>Score it for an organisation</Button>}
          {mayWrite && (
            <form method="post" action={`${href}/${isOpen ? 'end' : 'begin'}`}>
              <Button classes="govuk-button--secondary" preventDoubleClick>
                {isOpen ? 'Close the round' : 'Begin a round'}
              </Button>
            </form>
          )}
        </div>
        {round !== undefined && (
          <p class="govuk-body">
            <a class="govuk-link" href={`${href}.csv`}>
              Download the scores of all rounds (CSV)
            </a>
          </p>
        )}
        {gaps.length > 0 && (
          <InsetText>
            Below where you want to be, and nothing is planned: {gaps.map(({ title }) => title).join('; ')}.
          </InsetText>
        )}
        {round !== undefined && (
          <WideTable
            label="Dimensions"
            head={['Dimension', 'Partners say', 'Agreed', 'Against the round before', 'Wanted', 'What leads there']}
            rows={standing.map((each) => {
              const spread = spreadOf(each.scores);
              return [
                isOpen && mayWrite ? (
                  <a class="govuk-link" href={`${href}/dimensions/${each.id}/agree`}>
                    {each.title}
                  </a>
                ) : (
                  each.title
                ),
                each.scores.length === 0
                  ? 'Nobody yet'
                  : `${each.scores.length} scored${spread === null ? `: ${each.scores[0]?.level ?? ''}` : `: ${spread.low} to ${spread.high}`}${isApart(each.scores) ? ', far apart' : ''}`,
                each.agreed === null ? 'Not yet' : levelWords(each, each.agreed.level),
                changeWords(each),
                each.agreed === null ? '–' : String(each.agreed.target),
                each.agreed?.actionId == null ? (
                  isGap(each.agreed) ? (
                    'Nothing yet'
                  ) : (
                    '–'
                  )
                ) : (
                  <a class="govuk-link" href={actionHref(slug, each.agreed.actionId)}>
                    {each.agreed.actionTitle}
                  </a>
                ),
              ];
            })}
          />
        )}
        {rounds.length > 1 && (
          <>
            <h2 class="govuk-heading-m">All rounds</h2>
            <ul class="govuk-list govuk-list--bullet">
              {rounds.map(({ number, openedOn, closedOn }) => (
                <li>
                  Round {number}: {formatDate(openedOn)}
                  {closedOn === null ? ', open' : ` to ${formatDate(closedOn)}`}
                </li>
              ))}
            </ul>
          </>
        )}
        {mayWrite && (
          <>
            <h2 class="govuk-heading-m">What is asked</h2>
            {dimensions.length === 0 ? (
              <EmptyList title="No dimensions yet">
                Begin a round: ten are suggested, and you can change them.
              </EmptyList>
            ) : (
              <ul class="govuk-list govuk-list--bullet">
                {dimensions.map(({ id, title }) => (
                  <li>
                    <a class="govuk-link" href={`${href}/dimensions/${id}/change`}>
                      {title}
                      <span class="govuk-visually-hidden">: change its words</span>
                    </a>
                  </li>
                ))}
              </ul>
            )}
            <p class="govuk-body">
              <a class="govuk-link" href={`${href}/dimensions/new`}>
                Add a dimension
              </a>
            </p>
          </>
        )}
      </>
    ),
  };
}

export const scorePage = (
  slug: string,
  dimensions: readonly Dimension[],
  organisations: readonly { readonly id: string; readonly name: string }[],
  { typed = {}, errors = {} }: FormState = {},
): Page =>
  formPage({
    title: 'Where does the partnership stand?',
    breadcrumbs: crumbs(slug),
    action: `${readinessHref(slug)}/score`,
    button: 'Save the scores',
    errors,
    cancelHref: readinessHref(slug),
    intro: (
      <p class="govuk-body">
        Choose the level that is true today. Leave out what your organisation cannot judge. Scores can be given again
        until the round closes.
      </p>
    ),
    children: (
      <>
        <Select
          name="organisation"
          label="For which organisation?"
          value={valueOf(typed, 'organisation')}
          items={organisations.map(({ id, name }) => ({ value: id, text: name }))}
          errorMessage={errors['organisation']}
        />
        {dimensions.map(({ id, title, levels }) => (
          <>
            <Radios
              name={`level-${id}`}
              fieldset={{ legend: title }}
              value={valueOf(typed, `level-${id}`)}
              items={levels.map((words, at) => ({ value: String(at + 1), text: `${at + 1}: ${words}` }))}
              errorMessage={errors[`level-${id}`]}
            />
            <Input
              name={`evidence-${id}`}
              label={`What shows it? ${title} (optional)`}
              value={valueOf(typed, `evidence-${id}`)}
            />
          </>
        ))}
      </>
    ),
  });

export const agreePage = (
  slug: string,
  standing: DimensionStanding,
  actions: readonly { readonly id: string; readonly number: number; readonly title: string }[],
  {
    typed = {
      level: standing.agreed === null ? '' : String(standing.agreed.level),
      target: standing.agreed === null ? '' : String(standing.agreed.target),
      note: standing.agreed?.note ?? '',
      actionId: standing.agreed?.actionId ?? '',
    },
    errors = {},
    version = valueOf(typed, 'version'),
  }: FormState & { readonly version?: string } = {},
): Page => {
  const items = standing.levels.map((words, at) => ({ value: String(at + 1), text: `${at + 1}: ${words}` }));
  return formPage({
    title: `Agree on: ${standing.title}`,
    breadcrumbs: crumbs(slug),
    action: `${readinessHref(slug)}/dimensions/${standing.id}/agree`,
    button: 'Save',
    errors,
    cancelHref: readinessHref(slug),
    intro:
      standing.scores.length === 0 ? (
        <p class="govuk-body">Nobody has scored it yet.</p>
      ) : (
        <>
          <h2 class="govuk-heading-m">What partners say</h2>
          <ul class="govuk-list govuk-list--bullet">
            {standing.scores.map(({ organisation, level, evidence }) => (
              <li>
                {organisation}: {levelWords(standing, level)}
                {evidence !== null && `. ${evidence}`}
              </li>
            ))}
          </ul>
        </>
      ),
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Radios
          name="level"
          fieldset={{ legend: 'Where do all agree that it stands?' }}
          value={valueOf(typed, 'level')}
          items={items}
          errorMessage={errors['level']}
        />
        <Radios
          name="target"
          fieldset={{ legend: 'Where do you want to be?' }}
          value={valueOf(typed, 'target')}
          items={items}
          errorMessage={errors['target']}
        />
        <Textarea
          name="note"
          label="Why this level?"
          hint="What was said where partners did not see it alike"
          rows={4}
          value={valueOf(typed, 'note')}
          errorMessage={errors['note']}
        />
        <Select
          name="actionId"
          label="Action that leads there (optional)"
          value={valueOf(typed, 'actionId')}
          items={[
            { value: '', text: 'None' },
            ...actions.map(({ id, number, title }) => ({ value: id, text: `A${number} ${title}` })),
          ]}
          errorMessage={errors['actionId']}
        />
        <Checkboxes
          name="makeAction"
          values={typed['makeAction'] === undefined || typed['makeAction'] === '' ? [] : ['yes']}
          items={[{ value: 'yes', text: 'Add an action to the plan for it, as a draft' }]}
        />
      </>
    ),
  });
};

/** @param dimension undefined: a new one */
export const dimensionPage = (
  slug: string,
  dimension: Dimension | undefined,
  {
    typed = dimension === undefined ? {} : { title: dimension.title, levels: dimension.levels.join('\n') },
    errors = {},
    version = valueOf(typed, 'version'),
  }: FormState & { readonly version?: string } = {},
): Page =>
  formPage({
    title: dimension === undefined ? 'Add a dimension' : `Change “${dimension.title}”`,
    breadcrumbs: crumbs(slug),
    action: `${readinessHref(slug)}/dimensions/${dimension === undefined ? 'new' : `${dimension.id}/change`}`,
    button: 'Save',
    errors,
    cancelHref: readinessHref(slug),
    children: (
      <>
        {dimension !== undefined && <input type="hidden" name="version" value={version} />}
        <Input name="title" label="What is asked?" value={valueOf(typed, 'title')} errorMessage={errors['title']} />
        <Textarea
          name="levels"
          label="Its levels, a line each"
          hint="The lowest first; between two and six"
          rows={6}
          value={valueOf(typed, 'levels')}
          errorMessage={errors['levels']}
        />
      </>
    ),
  });
