import { formatDate } from '../duty/index.ts';
import { EmptyList, SummaryList, Tag } from '../govuk/index.ts';
import { WideTable } from './wide-table.page.tsx';
import { isRefusal, readability } from '../measures/index.ts';
import type { Page } from '../platform/http/route.ts';
import { statusLabels } from './action.ts';
import { wordsExplained } from './glossary.ts';
import { planSentence, type PlanShown } from './plan-document.ts';
import { inForce, sectionNames, sections } from './strategy.ts';
import type { PublishedStrategy } from './strategy.store.ts';

interface Partnership {
  readonly slug: string;
  readonly name: string;
}

const Danger = () => (
  <>
    <h2 class="govuk-heading-m">If you are in danger</h2>
    <p class="govuk-body">Call 999. If you cannot speak, press 55 when you are asked.</p>
  </>
);

function Explained({ text }: { readonly text: string }) {
  const words = wordsExplained(text);
  if (words.length === 0) return null;
  return (
    <section aria-labelledby="words">
      <h2 class="govuk-heading-m" id="words">
        What some words mean
      </h2>
      <SummaryList rows={words.map(({ word, means }) => ({ key: word, value: means }))} />
    </section>
  );
}

function ReadingAge({ text }: { readonly text: string }) {
  const score = readability(text);
  if (isRefusal(score)) return null;
  return (
    <p class="govuk-body-s">
      Most people of {Math.max(5, Math.round(score.readingAgeYears))} years and over can read this text. The number
      comes from the length of words and sentences, so it is a hint only.
    </p>
  );
}

/** The strategy as everybody may read it. */
export function publicStrategyPage({ slug, name }: Partnership, published: readonly PublishedStrategy[]): Page {
  const strategy = inForce(published);
  if (strategy === undefined)
    return {
      title: 'Our strategy',
      main: (
        <>
          <h1 class="govuk-heading-l">Our strategy</h1>
          <EmptyList title="Nothing published yet">{name} has not published its strategy here yet.</EmptyList>
          <Danger />
        </>
      ),
    };
  const written = sectionNames.filter((section) => (strategy.sections[section] ?? '') !== '');
  // What is meant for everybody comes first.
  const order = [
    ...written.filter((section) => section === 'plain'),
    ...written.filter((section) => section !== 'plain'),
  ];
  const text = order.map((section) => strategy.sections[section] ?? '').join('\n\n');
  const earlier = published.filter(({ id }) => id !== strategy.id);
  return {
    title: strategy.title,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <span class="govuk-caption-l">{name}</span>
          <h1 class="govuk-heading-l">{strategy.title}</h1>
          <p class="govuk-body">
            Published on {formatDate(strategy.publishedOn)}
            {strategy.reviewDue !== null && `. We look at it again by ${formatDate(strategy.reviewDue)}`}.{' '}
            <a class="govuk-link" href={`/${slug}/our-plan`}>
              See what is being done
            </a>
            .
          </p>
          {order.map((section) => (
            <section aria-labelledby={section}>
              <h2 class="govuk-heading-m" id={section}>
                {sections[section].heading}
              </h2>
              {(strategy.sections[section] ?? '').split(/\n{2,}/).map((paragraph) => (
                <p class="govuk-body">{paragraph}</p>
              ))}
            </section>
          ))}
          {strategy.aims.length > 0 && (
            <section aria-labelledby="aims">
              <h2 class="govuk-heading-m" id="aims">
                Our aims
              </h2>
              <ul class="govuk-list govuk-list--bullet">
                {strategy.aims.map(({ title, words }) => (
                  <li>
                    {title}
                    {words !== null && `: ${words}`}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {strategy.approvals.length > 0 && (
            <section aria-labelledby="agreed">
              <h2 class="govuk-heading-m" id="agreed">
                Who agreed to it
              </h2>
              <WideTable
                label="Who agreed to it"
                head={['Who', 'Where', 'When']}
                rows={strategy.approvals.map(({ by, body, on, kind }) => [
                  kind === 'noted' ? `${by ?? body} (noted it)` : (by ?? 'An authority'),
                  body,
                  formatDate(on),
                ])}
              />
            </section>
          )}
          <Explained text={text} />
          <ReadingAge text={text} />
          {earlier.length > 0 && (
            <section aria-labelledby="earlier">
              <h2 class="govuk-heading-m" id="earlier">
                Before this
              </h2>
              <ul class="govuk-list govuk-list--bullet">
                {earlier.map((each) => (
                  <li>
                    {each.title}, published on {formatDate(each.publishedOn)}
                  </li>
                ))}
              </ul>
            </section>
          )}
          <Danger />
        </div>
      </div>
    ),
  };
}

/** What is being done, as everybody may read it. */
export function publicPlanPage({ slug, name }: Partnership, plan: PlanShown | undefined): Page {
  if (plan === undefined)
    return {
      title: 'What we do',
      main: (
        <>
          <h1 class="govuk-heading-l">What we do</h1>
          <EmptyList title="Nothing published yet">{name} has not published its plan here yet.</EmptyList>
          <Danger />
        </>
      ),
    };
  const text = plan.actions.map(({ title, about }) => `${title}. ${about ?? ''}`).join('\n');
  const without = plan.actions.filter(({ aims }) => aims.length === 0);
  const groups = [
    ...plan.aims.map((aim) => ({
      ...aim,
      actions: plan.actions.filter(({ aims }) => aims.includes(aim.id)),
    })),
    ...(without.length === 0 ? [] : [{ id: 'others', title: 'Also', words: null, actions: without }]),
  ];
  return {
    title: 'What we do',
    main: (
      <>
        <span class="govuk-caption-l">{name}</span>
        <h1 class="govuk-heading-l">What we do to prevent and reduce serious violence</h1>
        <p class="govuk-body-l">{planSentence(plan)}</p>
        <p class="govuk-body">
          As it was on {formatDate(plan.publishedOn)}.{' '}
          <a class="govuk-link" href={`/${slug}/strategy`}>
            Read the strategy
          </a>
          , or{' '}
          <a class="govuk-link" href={`/${slug}/our-plan.json`}>
            take the plan as data (JSON)
          </a>
          .
        </p>
        {groups.map(({ id, title, words, actions }) => (
          <section aria-labelledby={`aim-${id}`}>
            <h2 class="govuk-heading-m" id={`aim-${id}`}>
              {title}
            </h2>
            {words !== null && <p class="govuk-body">{words}</p>}
            {actions.length === 0 ? (
              <p class="govuk-body">Nothing is being done for this aim at the moment.</p>
            ) : (
              <ul class="govuk-list">
                {actions.map((action) => (
                  <li class="govuk-!-margin-bottom-4">
                    <strong>{action.title}</strong> <Tag classes="govuk-tag--grey">{statusLabels[action.status]}</Tag>
                    {action.isLate && <Tag classes="govuk-tag--red">Late</Tag>}
                    <br />
                    {action.lead ?? 'A partner'} leads. {action.due === null ? 'No date yet.' : `Due: ${action.due}.`}
                    {action.result !== null && (
                      <>
                        <br />
                        {action.result}
                      </>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </section>
        ))}
        <Explained text={text} />
        <ReadingAge text={text} />
        <Danger />
      </>
    ),
  };
}
