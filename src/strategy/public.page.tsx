import { formatDate } from '../duty/index.ts';
import { DocumentParts } from '../documents/index.ts';
import { EmptyList } from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import type { DocumentForm } from './document.store.ts';
import type { PlanShown } from './plan-document.ts';
import { planOut, strategyOut } from './public-document.ts';
import { inForce } from './strategy.ts';
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

function TakeAway({ href, forms, more }: TakenAway) {
  if (forms.length === 0 && more === undefined) return null;
  return (
    <section aria-labelledby="take" class="govuk-!-margin-top-6">
      <h2 class="govuk-heading-m" id="take">
        Take it with you
      </h2>
      <ul class="govuk-list">
        {forms.map((form) => (
          <li>
            <a class="govuk-link" href={`${href}.${form}`}>
              {formLabels[form]}
            </a>
          </li>
        ))}
        {more !== undefined && (
          <li>
            <a class="govuk-link" href={more.href}>
              {more.text}
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}
interface TakenAway {
  readonly href: string;
  readonly forms: readonly DocumentForm[];
  readonly more?: { readonly text: string; readonly href: string } | undefined;
}
const formLabels: Readonly<Record<DocumentForm, string>> = { pdf: 'To print (PDF)', docx: 'For Word (docx)' };

/** The strategy as everybody may read it. */
export function publicStrategyPage(
  { slug, name }: Partnership,
  published: readonly PublishedStrategy[],
  forms: readonly DocumentForm[],
): Page {
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
  const earlier = published.filter(({ id }) => id !== strategy.id);
  return {
    title: strategy.title,
    main: (
      <>
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/our-plan`}>
            See what is being done
          </a>
        </p>
        <DocumentParts model={strategyOut(strategy, name)} />
        <TakeAway href={`/${slug}/strategy`} forms={forms} />
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
      </>
    ),
  };
}

/** What is being done, as everybody may read it. */
export function publicPlanPage(
  { slug, name }: Partnership,
  plan: PlanShown | undefined,
  forms: readonly DocumentForm[],
): Page {
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
  return {
    title: 'What we do',
    main: (
      <>
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/strategy`}>
            Read the strategy
          </a>
        </p>
        <DocumentParts model={planOut(plan)} />
        <TakeAway
          href={`/${slug}/our-plan`}
          forms={forms}
          more={{ text: 'The plan as data (JSON)', href: `/${slug}/our-plan.json` }}
        />
      </>
    ),
  };
}
