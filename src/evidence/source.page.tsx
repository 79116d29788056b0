import { sourceTitle } from '../exchange/index.ts';
import { Details, ScrollBox, SummaryList, Table } from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import {
  aspectLabels,
  betweenColumns,
  disclosureWords,
  everyWords,
  expressionWords,
  levelWords,
  ruleWords,
  whyNotSaid,
} from './source-words.ts';
import { aspects, type SourceFormat } from './source.ts';
import { prescribedItems } from './statutory-list.ts';

const evidence = (slug: string) => ({ text: 'Evidence', href: `/${slug}/evidence` });

export function sourcesPage(slug: string, formats: readonly SourceFormat[]): Page {
  return {
    title: 'Sources',
    breadcrumbs: [evidence(slug)],
    main: (
      <>
        <h1 class="govuk-heading-l">Sources</h1>
        <p class="govuk-body">
          The kinds of file that partners send, what each holds, and what it can and cannot say about violence.
        </p>
        <ScrollBox label="Kinds of file">
          <Table
            caption={`${formats.length} kinds of file`}
            captionClasses="govuk-table__caption--s"
            firstCellIsHeader
            head={['Source', 'What it holds', 'How often', 'Rows', 'What it can say']}
            rows={formats.map((format) => [
              <a class="govuk-link" href={`/${slug}/sources/${format.name}`}>
                {format.title}
              </a>,
              format.about,
              everyWords[format.everyMonths],
              levelWords[format.level],
              saysShortly(format),
            ])}
          />
        </ScrollBox>
        <p class="govuk-body">
          A partner’s own table, whatever its columns are called, is read through{' '}
          <a class="govuk-link" href={`/${slug}/mappings`}>
            a mapping
          </a>
          .
        </p>
        <h2 class="govuk-heading-m">What authorities must share every quarter</h2>
        <p class="govuk-body">
          The Crime and Disorder (Prescribed Information) Regulations 2007 (SI 2007/1831) name twelve sets. Each is read
          as one of these sources.
        </p>
        <ScrollBox label="What authorities must share every quarter">
          <Table
            caption="Prescribed information"
            captionClasses="govuk-table__caption--s"
            head={['Item', 'What', 'Source', 'How']}
            rows={prescribedItems.map(({ item, what, format, how }) => [
              String(item),
              what,
              <a class="govuk-link" href={`/${slug}/sources/${format}`}>
                {sourceTitle(format)}
              </a>,
              how,
            ])}
          />
        </ScrollBox>
      </>
    ),
  };
}

function saysShortly({ expresses }: SourceFormat): string {
  const count = (can: string) => aspects.filter((aspect) => expresses[aspect].can === can).length;
  return `${count('fully')} of ${aspects.length} things fully, ${count('by-proxy')} by proxy`;
}

export function sourcePage(slug: string, format: SourceFormat): Page {
  const why = whyNotSaid(format);
  const rules = betweenColumns(format);
  const items = prescribedItems.filter((each) => each.format === format.name);
  return {
    title: format.title,
    breadcrumbs: [evidence(slug), { text: 'Sources', href: `/${slug}/sources` }],
    main: (
      <>
        <h1 class="govuk-heading-l">{format.title}</h1>
        <p class="govuk-body">{format.about}</p>
        <SummaryList
          rows={[
            { key: 'Name for commands', value: format.name },
            { key: 'What a row is', value: levelWords[format.level] },
            { key: 'How often it comes', value: everyWords[format.everyMonths] },
            { key: 'Usual delay', value: `${format.usualLagDays} days after the end of the period` },
            { key: 'Areas', value: format.areas },
            { key: 'Small numbers', value: disclosureWords[format.disclosure] },
            ...(items.length === 0
              ? []
              : [
                  {
                    key: 'Must be shared',
                    value: `SI 2007/1831, item ${items.map(({ item }) => item).join(', ')}`,
                  },
                ]),
          ]}
        />
        <p class="govuk-body">
          <a class="govuk-link" href={`/${slug}/sources/${format.name}/empty.csv`} download="">
            Download an empty file with one generated row (CSV)
          </a>
        </p>
        <h2 class="govuk-heading-m">What to know before you use it</h2>
        <ul class="govuk-list govuk-list--bullet">
          {format.cautions.map((caution) => (
            <li>{caution}</li>
          ))}
        </ul>
        <h2 class="govuk-heading-m">What it can say</h2>
        {why !== undefined && <p class="govuk-body">Where it says no: {why}.</p>}
        <ScrollBox label="What it can say">
          <Table
            caption="What it can say"
            captionClasses="govuk-visually-hidden"
            firstCellIsHeader
            head={['Of what', 'Can it say so?']}
            rows={aspects.map((aspect) => [aspectLabels[aspect], expressionWords(format.expresses[aspect])])}
          />
        </ScrollBox>
        <h2 class="govuk-heading-m">Columns</h2>
        <p class="govuk-body">
          Columns may stand in any order. Their names are compared without capitals, spaces and punctuation.
        </p>
        <ScrollBox label="Columns">
          <Table
            caption={`${format.rules.columns.length} columns`}
            captionClasses="govuk-table__caption--s"
            firstCellIsHeader
            head={['Column', 'Meaning', 'What it takes']}
            rows={format.rules.columns.map((column) => [
              <>
                {column.header}
                {(column.aliases ?? []).length > 0 && (
                  <span class="govuk-hint govuk-!-margin-bottom-0">or {(column.aliases ?? []).join(', ')}</span>
                )}
              </>,
              column.meaning,
              ruleWords(column).join(', '),
            ])}
          />
        </ScrollBox>
        {rules.length > 0 && (
          <Details summaryText="What has to hold between columns">
            <ul class="govuk-list govuk-list--bullet">
              {rules.map((rule) => (
                <li>{rule}</li>
              ))}
            </ul>
          </Details>
        )}
      </>
    ),
  };
}
