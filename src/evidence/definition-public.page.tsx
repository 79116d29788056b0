import { formatDate, type IsoDate } from '../duty/index.ts';
import { SummaryList } from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import { isOut } from './definition.ts';
import { scopeWords } from './definition.page.tsx';
import type { PublishedDefinition } from './definition.store.ts';

/** What everybody may know of the definition: what counts, what does not, and why. */
export function publicDefinitionPage({
  name,
  definitions,
  today,
}: {
  /** Of the partnership. */
  readonly name: string;
  /** The newest first. */
  readonly definitions: readonly PublishedDefinition[];
  readonly today: IsoDate;
}): Page {
  const title = 'What we count as serious violence';
  const holds = definitions.find(
    ({ effectiveFrom, until }) => effectiveFrom <= today && (until === null || until > today),
  );
  const coming = definitions.filter(({ effectiveFrom }) => effectiveFrom > today);
  const before = definitions.filter((each) => each !== holds && !coming.includes(each));
  return {
    title,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">{title}</h1>
          <p class="govuk-body-l">
            The law says that organisations in an area must work together to prevent and reduce serious violence. It
            leaves it to them to say which kinds of violence are serious in their area, and why.
          </p>
          {holds === undefined ? (
            <p class="govuk-body">{name} has not published a definition yet.</p>
          ) : (
            <Holding definition={holds} />
          )}
          {coming.map((each) => (
            <p class="govuk-body">
              From {formatDate(each.effectiveFrom)}, “{each.name}” will take its place.
            </p>
          ))}
          {before.length > 0 && (
            <section aria-labelledby="before">
              <h2 class="govuk-heading-m" id="before">
                What we counted before
              </h2>
              <ul class="govuk-list govuk-list--bullet">
                {before.map((each) => (
                  <li>
                    {each.name}: from {formatDate(each.effectiveFrom)}
                    {each.until !== null && ` until ${formatDate(each.until)}`}
                  </li>
                ))}
              </ul>
            </section>
          )}
          <h2 class="govuk-heading-m">If you are in danger</h2>
          <p class="govuk-body">
            Call 999. What we count here does not change the help that you can get: anybody who was harmed can ask for
            it.
          </p>
        </div>
      </div>
    ),
  };
}

function Holding({ definition }: { readonly definition: PublishedDefinition }) {
  const { about, kinds, decidedBy, decidedOn, effectiveFrom, reviewBy } = definition;
  return (
    <>
      {about !== null && <p class="govuk-body">{about}</p>}
      <p class="govuk-body">
        {decidedBy === null ? 'Decided' : `Decided by ${decidedBy}`}, {decidedOn}. It holds from{' '}
        {formatDate(effectiveFrom)}
        {reviewBy !== null && ` and will be looked at again by ${formatDate(reviewBy)}`}.
      </p>
      <Kinds title="What counts" kinds={kinds.filter(({ inclusion }) => inclusion === 'core')} />
      <Kinds
        title="What we also work on"
        kinds={kinds.filter(({ inclusion }) => inclusion === 'wider')}
        intro="We work on these with others. Our figures count them apart."
      />
      <Kinds title="What does not count here, and why" kinds={kinds.filter(({ inclusion }) => isOut(inclusion))} />
    </>
  );
}

function Kinds({
  title,
  kinds,
  intro,
}: {
  readonly title: string;
  readonly kinds: PublishedDefinition['kinds'];
  readonly intro?: string;
}) {
  if (kinds.length === 0) return null;
  return (
    <section>
      <h2 class="govuk-heading-m">{title}</h2>
      {intro !== undefined && <p class="govuk-body">{intro}</p>}
      <SummaryList
        rows={kinds.map((kind) => ({
          key: kind.name,
          value: (
            <>
              {kind.rationale !== null && <p class="govuk-body concord-lines">{kind.rationale}</p>}
              {isOut(kind.inclusion) && kind.alternativeGovernance !== null && (
                <p class="govuk-body">Who looks after it: {kind.alternativeGovernance}</p>
              )}
              {!isOut(kind.inclusion) && (kind.ageScope !== 'all' || kind.setting !== 'any') && (
                <p class="govuk-body">{scopeWords(kind)}</p>
              )}
            </>
          ),
        }))}
      />
    </section>
  );
}
