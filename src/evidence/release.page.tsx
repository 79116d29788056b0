import { formatMonth } from '../duty/index.ts';
import { Button, EmptyList, ScrollBox, SummaryList, Table, type SummaryListRow } from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import { momentText } from '../platform/moment.ts';
import { evidenceCrumb } from './definition.page.tsx';
import {
  addressOfRelease,
  ChangesTable,
  counted,
  MonthsTable,
  monthsText,
  n,
  nameOf,
  RowsSum,
} from './intake.page.tsx';
import type { Change } from './intake.ts';
import type { Release, ReleaseFile } from './release.store.ts';
import type { SourceFormat } from './source.ts';

/** Enough of a hash to tell it from others. */
const short = (id: string): string => id.replace('sha256:', '').slice(0, 12);

export function releaseListPage({
  slug,
  releases,
  titleOf,
  mayWrite,
}: {
  readonly slug: string;
  readonly releases: readonly Release[];
  readonly titleOf: (source: Release['source']) => string;
  readonly mayWrite: boolean;
}): Page {
  return {
    title: 'Releases',
    breadcrumbs: [evidenceCrumb(slug)],
    main: (
      <>
        <h1 class="govuk-heading-l">Releases</h1>
        <p class="govuk-body">
          What was loaded, as it was loaded. A release never changes: a correction is a new one. The newest is first.
        </p>
        {releases.length === 0 ? (
          <EmptyList
            title="There is no release yet"
            {...(mayWrite && { action: { text: 'Load files', href: `/${slug}/intake/new` } })}
          >
            A release is made when somebody loads files of a partner.
          </EmptyList>
        ) : (
          <ScrollBox label="Releases">
            <Table
              caption={counted(releases.length, 'release', 'releases')}
              captionClasses="govuk-table__caption--s"
              head={['Release', 'Source', 'Months', { text: 'Rows', format: 'numeric' }, 'Loaded on']}
              rows={releases.map((release) => [
                <a class="govuk-link" href={addressOfRelease(slug, release.id)}>
                  {short(release.id)}
                </a>,
                titleOf(release.source),
                monthsText(release.months),
                { text: n(release.rows.accepted), format: 'numeric' as const },
                momentText(release.importedAt),
              ])}
            />
          </ScrollBox>
        )}
      </>
    ),
  };
}

export function releasePage({
  slug,
  release,
  format,
  files,
  months,
  changes,
  by,
  agreement,
}: {
  readonly slug: string;
  readonly release: Release;
  readonly format: SourceFormat;
  readonly files: readonly ReleaseFile[];
  readonly months: readonly {
    readonly month: string;
    readonly provider: string | null;
    readonly rows: number;
    readonly unlocated: number;
    readonly supersededBy: string | null;
  }[];
  readonly changes: readonly Change[];
  readonly by: string;
  readonly agreement: string | null;
}): Page {
  const here = addressOfRelease(slug, release.id);
  const { notes } = release;
  const replaced = months.filter(({ supersededBy }) => supersededBy !== null);
  const rows: readonly (SummaryListRow | false)[] = [
    { key: 'Release', value: release.id },
    { key: 'Source', value: `${format.title}, version ${release.formatVersion} of its reading` },
    { key: 'Months', value: monthsText(release.months) },
    release.replacesMonths && { key: 'Replaces', value: 'What was there for the same months' },
    { key: 'Agreement', value: agreement ?? 'None: it needs none' },
    release.mapping !== null && { key: 'Mapping', value: release.mapping },
    { key: 'Loaded by', value: nameOf(by) },
    { key: 'Loaded on', value: momentText(release.importedAt) },
    (notes.screened ?? 0) > 0 && {
      key: 'Words left out',
      value: `In ${counted(notes.screened ?? 0, 'place', 'places')}, because they may say who somebody is`,
    },
    (notes.unknownColumns ?? []).length > 0 && {
      key: 'Columns not read',
      value: (notes.unknownColumns ?? []).join(', '),
    },
  ];
  return {
    title: `Release ${short(release.id)}`,
    breadcrumbs: [evidenceCrumb(slug), { text: 'Releases', href: `/${slug}/releases` }],
    main: (
      <>
        <span class="govuk-caption-l">{format.title}</span>
        <h1 class="govuk-heading-l">{`Release ${short(release.id)}`}</h1>
        <p class="govuk-body">What this release was made of, and what it holds. It never changes.</p>
        <SummaryList rows={rows} />
        <RowsSum rows={release.rows} />
        <MonthsTable
          months={months.map(({ supersededBy, ...month }) => ({
            ...month,
            ...(replaced.length > 0 && {
              note:
                supersededBy === null ? (
                  'Counts'
                ) : (
                  <a class="govuk-link" href={addressOfRelease(slug, supersededBy)}>
                    {`Replaced by ${short(supersededBy)}`}
                  </a>
                ),
            }),
          }))}
        />
        <ChangesTable changes={changes} here={here} before="against what there was before it" />
        {(notes.reasons ?? []).length > 0 && (
          <ScrollBox label="Reasons">
            <Table
              caption="Why rows were not taken"
              captionClasses="govuk-table__caption--m"
              head={['Column', 'What is wrong', { text: 'Rows', format: 'numeric' }]}
              rows={(notes.reasons ?? []).map(({ column, sentence, rows: count }) => [
                column === '' ? 'The whole row' : column,
                sentence,
                { text: n(count), format: 'numeric' as const },
              ])}
            />
          </ScrollBox>
        )}
        <ScrollBox label="Files">
          <Table
            caption="Files that it was made of"
            captionClasses="govuk-table__caption--m"
            head={[
              'File',
              { text: 'Rows read', format: 'numeric' },
              { text: 'Accepted', format: 'numeric' },
              'SHA-256',
            ]}
            rows={files.map((file) => [
              file.name,
              { text: n(file.read), format: 'numeric' as const },
              { text: n(file.accepted), format: 'numeric' as const },
              `${file.sha256.slice(0, 16)}…`,
            ])}
          />
        </ScrollBox>
        <p class="govuk-body">
          <a class="govuk-link" href={`${here}/manifest.json`}>
            The manifest of this release as JSON
          </a>
          , with the whole hashes
        </p>
      </>
    ),
  };
}

/** The way in to what is known: what stands behind each link, in one line. */
export function evidencePage(
  slug: string,
  {
    releases,
    lastMonth,
    mayWrite,
    worksOnFigures,
  }: {
    readonly releases: number;
    readonly lastMonth: string | null;
    readonly mayWrite: boolean;
    readonly worksOnFigures: boolean;
  },
): Page {
  const ways = [
    ['intake', 'Loads', 'Files that partners sent, and what became of them'],
    ['releases', 'Releases', 'What was loaded, with its passport'],
    ['coverage', 'Coverage', 'Which months of each source are there, late or missing'],
    ['sources', 'Sources', 'The kinds of files that are read, and what each can say'],
    ['mappings', 'Mappings', 'How files of your own are read'],
    ['reference', 'Reference', 'Areas, population and other open tables that figures stand on'],
    ['definitions', 'What counts as serious violence', 'Which kinds are in and out, who decided, and since when'],
    ['indicators', 'Indicators', 'What is watched, and how it is counted'],
    ['explore', 'Explore', 'One question a page, answered from what is loaded, with how sure the answer is'],
    ['figures', 'Figures', 'Numbers with where they come from, and what was hidden for whom'],
    ['drivers', 'Causes and protection', 'What makes violence more likely here, what protects, and how it is known'],
    ...(worksOnFigures
      ? ([
          ['findings', 'Findings', 'What the figures say, and how far each can be trusted'],
          ['priorities', 'Priorities', 'What should come first, by harm and likelihood'],
          ['workbench', 'Assessments', 'What is known, written with every partner, and approved'],
        ] as const)
      : []),
    ['assessments', 'Published assessments', 'What the public can read'],
    ['agreements', 'Agreements', 'What lets data of partners come in, and until when'],
  ] as const;
  return {
    title: 'Evidence',
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Evidence</h1>
          <p class="govuk-body">
            {releases === 0
              ? 'Nothing was loaded yet. Figures begin with a file of a partner.'
              : `${counted(releases, 'release was', 'releases were')} loaded${lastMonth === null ? '' : `; the newest month in them is ${formatMonth(lastMonth)}`}.`}
          </p>
          {mayWrite && <Button href={`/${slug}/intake/new`}>Load files</Button>}
          <SummaryList
            rows={ways.map(([path, text, about]) => ({
              key: (
                <a class="govuk-link" href={`/${slug}/${path}`}>
                  {text}
                </a>
              ),
              value: about,
            }))}
          />
        </div>
      </div>
    ),
  };
}
