import { formatMonth, formatPeriod } from '../duty/index.ts';
import type { Block, Inline, Picture, Table as TableOf } from '../documents/index.ts';
import {
  Button,
  Details,
  EmptyList,
  ErrorSummary,
  Input,
  InsetText,
  NotificationBanner,
  ScrollBox,
  Select,
  Table,
  Textarea,
  withQuery,
} from '../govuk/index.ts';
import type { Errors } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { evidenceCrumb } from './definition.page.tsx';
import type { SourceLoaded } from './figure.page.tsx';
import type { QuestionTyped } from './question-page.ts';
import { questions } from './question-list.ts';
import type { Question, QuestionAnswer, QuestionScope } from './question.ts';
import type { ViewDocument } from './view-document.ts';

const exploreCrumb = (slug: string) => ({ text: 'Explore', href: `/${slug}/explore` });

/** What a question can be asked of. */
export interface Offered {
  readonly slug: string;
  readonly sources: readonly SourceLoaded[];
  readonly areas: readonly { readonly code: string; readonly name: string }[];
  readonly definitions: readonly { readonly id: string; readonly name: string }[];
}

/** The part of an address that says where, when and of what. */
const askedOf = ({ area, from, to, definition, source }: QuestionTyped) => ({
  area: area === '' ? undefined : area,
  from: from === '' ? undefined : from,
  to: to === '' ? undefined : to,
  definition: definition === '' ? undefined : definition,
  source: source === '' ? undefined : source,
});

export function explorePage({ slug, sources }: Offered): Page {
  return {
    title: 'Explore',
    breadcrumbs: [evidenceCrumb(slug)],
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Explore</h1>
          <p class="govuk-body-l">
            Each page answers one question from what is loaded, and says how sure the answer is and what is missing.
          </p>
          {sources.length === 0 && (
            <InsetText>Nothing is loaded yet, so no question has an answer. Load a file of a partner first.</InsetText>
          )}
          <ul class="govuk-list govuk-list--spaced">
            {questions.map(({ id, heading, about }) => (
              <li>
                <a class="govuk-link govuk-!-font-weight-bold" href={`/${slug}/explore/${id}`}>
                  {heading}
                </a>
                <br />
                {about}.
              </li>
            ))}
          </ul>
        </div>
      </div>
    ),
  };
}

export interface QuestionModel extends Offered {
  readonly question: Question;
  readonly typed: QuestionTyped;
  readonly errors: Errors;
  /** What stands above the answer's form when it cannot be given at all. */
  readonly refusal?: string | undefined;
  readonly answered?:
    | {
        readonly scope: QuestionScope;
        readonly answer: QuestionAnswer;
        readonly documents: readonly ViewDocument[];
        /** Whether the views are kept, and so have addresses. */
        readonly isKept: boolean;
        readonly mayKeep: boolean;
        readonly claim: { readonly sentence: string; readonly words: readonly Inline[] } | undefined;
      }
    | undefined;
}

export function questionPage(model: QuestionModel): Page {
  const { slug, question, errors, answered, refusal } = model;
  const mistakes = Object.entries(errors);
  return {
    title: question.heading,
    wide: true,
    hasErrors: mistakes.length > 0,
    breadcrumbs: [evidenceCrumb(slug), exploreCrumb(slug)],
    main: (
      <>
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            {mistakes.length > 0 && (
              <ErrorSummary errorList={mistakes.map(([field, text]) => ({ text, href: `#${field}` }))} />
            )}
            {answered?.isKept === true && model.typed.kept === 'yes' && (
              <NotificationBanner titleText="The figures are kept">
                <p class="govuk-body">
                  They have addresses now, so they can be cited, downloaded and saved as a finding.
                </p>
              </NotificationBanner>
            )}
            <h1 class="govuk-heading-l">{question.heading}</h1>
            {answered !== undefined && <p class="govuk-body-l">{inlines(answered.answer.sentence)}</p>}
            {answered !== undefined && (
              <p class="govuk-body concord-quiet">
                {answered.scope.area.name}, {formatPeriod(answered.scope.period)},{' '}
                {answered.scope.source?.title ?? 'no source'}
                {answered.scope.narrowing.by === 'definition' && answered.scope.narrowing.definition !== undefined
                  ? `, ${answered.scope.narrowing.definition.name}`
                  : ''}
              </p>
            )}
            {refusal !== undefined && <InsetText>{refusal}</InsetText>}
            {model.sources.length === 0 && (
              <EmptyList title="Nothing is loaded yet">
                An answer is counted from what partners sent. Load a file first, under Evidence.
              </EmptyList>
            )}
          </div>
        </div>
        {answered !== undefined && answered.answer.blocks.map((block) => <BlockParts block={block} model={model} />)}
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">
            {answered !== undefined && <Missing answer={answered.answer} />}
            {question.id === 'compare' && answered !== undefined && <ClaimForm model={model} />}
            {answered !== undefined && <ComesFrom model={model} />}
            {model.sources.length > 0 && <AskForm model={model} />}
          </div>
        </div>
      </>
    ),
  };
}

const inlines = (words: readonly Inline[]) =>
  words.map((word) =>
    typeof word === 'string' ? (
      word
    ) : word.kind === 'figure' ? (
      <a class="govuk-link govuk-link--no-visited-state" href={`#figure-${word.note.slice(7, 19)}`}>
        {word.words}
      </a>
    ) : word.kind === 'link' ? (
      <a class="govuk-link" href={word.address}>
        {word.words}
      </a>
    ) : word.kind === 'strong' ? (
      <strong>{word.words}</strong>
    ) : (
      <abbr title={word.meaning}>{word.words}</abbr>
    ),
  );

function BlockParts({ block, model }: { readonly block: Block; readonly model: QuestionModel }) {
  switch (block.kind) {
    case 'paragraph':
      return <p class="govuk-body concord-measure">{inlines(block.words)}</p>;
    case 'list':
      return (
        <ul class="govuk-list govuk-list--bullet concord-measure">
          {block.items.map((item) => (
            <li>{inlines(item)}</li>
          ))}
        </ul>
      );
    case 'table':
      return <TableParts table={block} />;
    case 'picture':
      return <PictureParts picture={block} model={model} />;
    case 'inset':
      return (
        <InsetText>
          {block.blocks.map((inner) => (
            <BlockParts block={inner} model={model} />
          ))}
        </InsetText>
      );
    case 'panels':
    case 'facts':
      return null;
  }
}

function PictureParts({ picture, model }: { readonly picture: Picture; readonly model: QuestionModel }) {
  const href = (width: number) =>
    withQuery(`/${model.slug}/explore/${model.question.id}.svg`, {
      ...askedOf(model.typed),
      picture: picture.id,
      width: String(width),
    });
  return (
    <section aria-label={picture.title}>
      <h2 class="govuk-heading-m">{picture.title}</h2>
      <p class="govuk-body concord-measure">{picture.sentence}</p>
      <div class="govuk-body">
        <picture>
          <source media="(max-width: 40em)" srcset={href(320)} />
          <img class="concord-picture" src={href(960)} alt={picture.sentence} />
        </picture>
      </div>
      <Details summaryText={`The same as a table: ${picture.title}`}>
        <TableParts table={picture.table} />
      </Details>
    </section>
  );
}

function TableParts({ table }: { readonly table: TableOf }) {
  return (
    <ScrollBox label={table.caption}>
      <Table
        caption={table.caption}
        captionClasses="govuk-table__caption--s"
        firstCellIsHeader
        head={table.columns.map(({ heading, isNumber }) =>
          isNumber === true ? { text: heading, format: 'numeric' as const } : heading,
        )}
        rows={table.rows.map((row) =>
          row.map((words, at) => {
            const text = words.map((word) => (typeof word === 'string' ? word : word.words)).join('');
            return at > 0 && table.columns[at]?.isNumber === true ? { text, format: 'numeric' as const } : text;
          }),
        )}
      />
      {table.remarks.map((remark) => (
        <p class="govuk-body-s">{remark}</p>
      ))}
    </ScrollBox>
  );
}

function Missing({ answer: { missing } }: { readonly answer: QuestionAnswer }) {
  if (missing.length === 0) return null;
  return (
    <section aria-labelledby="missing">
      <h2 class="govuk-heading-m" id="missing">
        What is missing, and whom to ask
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {missing.map(({ what, whom }) => (
          <li>
            {what.charAt(0).toUpperCase() + what.slice(1)}. Ask {whom}.
          </li>
        ))}
      </ul>
    </section>
  );
}

function ClaimForm({ model }: { readonly model: QuestionModel }) {
  const { slug, question, typed, answered } = model;
  return (
    <section aria-labelledby="claims">
      <h2 class="govuk-heading-m" id="claims">
        Check a claim
      </h2>
      <form method="get" action={`/${slug}/explore/${question.id}#claims`}>
        <Hidden typed={typed} />
        <Textarea
          name="claim"
          label="A sentence that compares"
          hint="For example: we have double the national average"
          rows={2}
          value={typed.claim}
        />
        <Button classes="govuk-button--secondary">Check it</Button>
      </form>
      {answered?.claim !== undefined && (
        <InsetText>
          <p class="govuk-body">“{answered.claim.sentence}”</p>
          <p class="govuk-body">{inlines(answered.claim.words)}</p>
        </InsetText>
      )}
    </section>
  );
}

const Hidden = ({ typed }: { readonly typed: QuestionTyped }) => (
  <>
    {Object.entries(askedOf(typed)).map(([name, value]) =>
      value === undefined ? null : <input type="hidden" name={name} value={value} />,
    )}
  </>
);

/** The passports of the figures, their files, and what can be done with the answer. */
function ComesFrom({ model }: { readonly model: QuestionModel }) {
  const { slug, question, typed, answered } = model;
  if (answered === undefined) return null;
  const { documents, answer, scope, isKept, mayKeep } = answered;
  const main = documents.find(({ view }) => view === viewOfSentence(answer));
  return (
    <section aria-labelledby="from">
      <h2 class="govuk-heading-m" id="from">
        Where this comes from
      </h2>
      <ul class="govuk-list govuk-list--spaced">
        {documents.map((document) => (
          <li id={`figure-${document.view.slice(7, 19)}`}>
            {isKept ? (
              <a class="govuk-link" href={`/${slug}/figures/${document.view}`}>
                {document.title}
              </a>
            ) : (
              document.title
            )}
            <br />
            <a
              class="govuk-link"
              href={withQuery(`/${slug}/explore/${question.id}.csv`, { ...askedOf(typed), view: document.view })}
            >
              Numbers as a file (CSV)<span class="govuk-visually-hidden">: {document.title}</span>
            </a>
            <br />
            <span class="govuk-hint">
              {document.measure.name}, version {document.measure.version}. {document.passport.releases.length}{' '}
              {document.passport.releases.length === 1 ? 'release' : 'releases'}. Figure{' '}
              <code class="concord-long">{document.id}</code>
            </span>
          </li>
        ))}
      </ul>
      {mayKeep && !isKept && documents.length > 0 && (
        <form method="post" action={`/${slug}/explore/${question.id}`}>
          <Hidden typed={typed} />
          <p class="govuk-body">
            Keep the figures to cite them, to show them to others, or to save the answer as a finding.
          </p>
          <Button classes="govuk-button--secondary" preventDoubleClick>
            Keep these figures
          </Button>
        </form>
      )}
      {mayKeep && isKept && main !== undefined && (
        <form method="post" action={`/${slug}/findings`}>
          <input type="hidden" name="figure" value={main.id} />
          <input type="hidden" name="view" value={main.view} />
          <input type="hidden" name="sentence" value={plainOf(answer.sentence)} />
          <input type="hidden" name="question" value={question.id} />
          <input type="hidden" name="area" value={scope.area.code} />
          <input type="hidden" name="from" value={scope.period.from} />
          <input type="hidden" name="to" value={scope.period.to} />
          <Button preventDoubleClick>Save as finding</Button>
        </form>
      )}
    </section>
  );
}

const viewOfSentence = ({ sentence }: QuestionAnswer): string | undefined =>
  sentence.findLast((word) => typeof word !== 'string' && word.kind === 'figure' && word.note !== '') === undefined
    ? undefined
    : sentence.flatMap((word) => (typeof word !== 'string' && word.kind === 'figure' ? [word.note] : [])).at(-1);

const plainOf = (words: readonly Inline[]): string =>
  words.map((word) => (typeof word === 'string' ? word : word.words)).join('');

function AskForm({ model }: { readonly model: QuestionModel }) {
  const { slug, question, typed, sources, areas, definitions, errors, answered } = model;
  const [first] = sources;
  const period = answered?.scope.period ?? first;
  return (
    <section aria-labelledby="ask">
      <h2 class="govuk-heading-m" id="ask">
        Ask of another place, time or definition
      </h2>
      <form method="get" action={`/${slug}/explore/${question.id}`}>
        <Input
          name="area"
          label="Area: its name or code"
          hint="For example Blackpool, or E06000009"
          value={typed.area === '' ? areas[0]?.code : typed.area}
          errorMessage={errors['area']}
        />
        <Input
          name="from"
          label="First month"
          hint="For example 2021-07"
          classes="govuk-input--width-5"
          value={typed.from === '' ? period?.from : typed.from}
          errorMessage={errors['from']}
        />
        <Input
          name="to"
          label="Last month"
          hint={
            first === undefined
              ? 'For example 2022-06'
              : `Loaded: ${formatMonth(first.from)} to ${formatMonth(first.to)}`
          }
          classes="govuk-input--width-5"
          value={typed.to === '' ? period?.to : typed.to}
          errorMessage={errors['to']}
        />
        {sources.length > 1 && (
          <Select
            name="source"
            label="Source that leads"
            value={typed.source}
            items={[
              { value: '', text: 'The one that says most' },
              ...sources.map(({ name, title }) => ({ value: name, text: title })),
            ]}
          />
        )}
        {definitions.length > 0 && (
          <Select
            name="definition"
            label="What counts"
            value={typed.definition}
            errorMessage={errors['definition']}
            items={[
              { value: '', text: 'The nearest type of the source' },
              ...definitions.map(({ id, name }) => ({ value: id, text: name })),
            ]}
          />
        )}
        <Button classes="govuk-button--secondary">Ask</Button>
      </form>
    </section>
  );
}
