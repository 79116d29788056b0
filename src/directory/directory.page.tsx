import { formatDate, type IsoDate } from '../duty/index.ts';
import {
  Button,
  EmptyList,
  FileUpload,
  FilteredList,
  Filters,
  Input,
  Pagination,
  ScrollBox,
  Select,
  SummaryList,
  Table,
  Tag,
  UploadForm,
  WarningText,
  withQuery,
} from '../govuk/index.ts';
import { isRefusal, readability } from '../measures/index.ts';
import { momentText } from '../platform/moment.ts';
import type { Page } from '../platform/http/route.ts';
import { gapStateLabels, gapWords, type Gap } from './gap.ts';
import { agesWords, contactOf, helpHref, referWords } from './help.page.tsx';
import { taxonomyName, termName, ownTaxonomies } from './prevention-terms.ts';
import { isStale, visibilities, visibilityLabels } from './prevention.ts';
import type { Proposal } from './proposal.store.ts';
import { changedFields, proposalLabels } from './service-form.ts';
import type { Kept, Listed, ServiceFilter, Version } from './service.store.ts';
import { numberIn, objectIn, textIn } from './standard.ts';

export const directoryHref = (slug: string): string => `/${slug}/directory`;
export const directoryPerPage = 50;

export const stateFilters = {
  all: 'All',
  live: 'Live',
  stale: 'Due to be checked',
  proposals: 'Changed by the provider',
  'held-back': 'With fields held back',
  draft: 'Drafts',
  withdrawn: 'Withdrawn',
} as const satisfies Readonly<Record<ServiceFilter['state'], string>>;

const stateLabels = { draft: 'Draft', live: 'Live', withdrawn: 'Withdrawn' } as const;

function Tags({ service, today }: { readonly service: Listed; readonly today: IsoDate }) {
  return (
    <>
      {service.visibility !== 'public' && <Tag classes="govuk-tag--purple">{visibilityLabels[service.visibility]}</Tag>}{' '}
      {service.state !== 'live' && <Tag classes="govuk-tag--grey">{stateLabels[service.state]}</Tag>}{' '}
      {service.state === 'live' && isStale(service.verifyBy, today) && (
        <Tag classes="govuk-tag--yellow">Not checked</Tag>
      )}{' '}
      {service.proposals > 0 && <Tag classes="govuk-tag--blue">Change waits</Tag>}{' '}
      {service.heldBack > 0 && <Tag classes="govuk-tag--orange">{service.heldBack} held back</Tag>}
    </>
  );
}

export function directoryPage({
  slug,
  services,
  count,
  filter,
  page,
  href,
  today,
  mayWrite,
  seesNeed,
  seesReferrals,
}: {
  readonly slug: string;
  readonly services: readonly Listed[];
  readonly count: number;
  readonly filter: ServiceFilter;
  readonly page: number;
  readonly href: string;
  readonly today: IsoDate;
  readonly mayWrite: boolean;
  readonly seesNeed: boolean;
  readonly seesReferrals: boolean;
}): Page {
  const at = directoryHref(slug);
  const last = Math.max(1, Math.ceil(count / directoryPerPage));
  return {
    title: 'Directory of services',
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">Directory of services</h1>
        <p class="govuk-body">
          Who can help people stay safe from violence, and where nobody does. The public sees it as{' '}
          <a class="govuk-link" href={helpHref(slug)}>
            Find help
          </a>
          , and other systems as an{' '}
          <a class="govuk-link" href={`/${slug}/oruk`}>
            Open Referral UK feed
          </a>
          .
        </p>
        <div class="govuk-button-group">
          {mayWrite && <Button href={`${at}/new`}>Add a service</Button>}
          {mayWrite && (
            <Button href={`${at}/import`} classes="govuk-button--secondary">
              Read in a file
            </Button>
          )}
          <a class="govuk-link" href={`${at}/gaps`}>
            Gaps on record
          </a>
          {seesReferrals && (
            <a class="govuk-link" href={`/${slug}/referrals`}>
              Referrals
            </a>
          )}
          {seesNeed && (
            <a class="govuk-link" href={`${at}/need`}>
              Need beside help
            </a>
          )}
        </div>
        <FilteredList
          filters={
            <Filters action={at} clearHref={at} kept={{}}>
              <Input name="words" label="Words in the name or the provider" value={filter.words ?? ''} />
              <Select
                name="state"
                label="State"
                value={filter.state}
                items={Object.entries(stateFilters).map(([value, text]) => ({ value, text }))}
              />
              <Select
                name="visibility"
                label="Who may see it"
                value={filter.visibility ?? ''}
                items={[
                  { value: '', text: 'All' },
                  ...visibilities.map((value) => ({ value, text: visibilityLabels[value] })),
                ]}
              />
            </Filters>
          }
        >
          {services.length === 0 ? (
            <EmptyList
              title="No service here"
              action={mayWrite ? { text: 'Add a service', href: `${at}/new` } : undefined}
            >
              Begin with the services that the partnership pays for, or read in the council’s own directory.
            </EmptyList>
          ) : (
            <>
              <p class="govuk-body">
                {count.toLocaleString('en-GB')} {count === 1 ? 'service' : 'services'}.
              </p>
              <ScrollBox label="Table of services">
                <Table
                  caption="Services"
                  captionClasses="govuk-visually-hidden"
                  firstCellIsHeader
                  head={['Name', 'Provider', 'Check by']}
                  rows={services.map((service) => [
                    <>
                      <a class="govuk-link" href={`${at}/${service.id}`}>
                        {service.name === '' ? 'Without a name' : service.name}
                      </a>{' '}
                      <Tags service={service} today={today} />
                    </>,
                    service.provider ?? '–',
                    service.verifyBy === null ? 'Never checked' : formatDate(service.verifyBy),
                  ])}
                />
              </ScrollBox>
              {last > 1 && (
                <Pagination
                  landmarkLabel="Pages of services"
                  previous={page > 1 ? { href: withQuery(href, { page: String(page - 1) }) } : undefined}
                  next={page < last ? { href: withQuery(href, { page: String(page + 1) }) } : undefined}
                />
              )}
            </>
          )}
        </FilteredList>
        {mayWrite && (
          <form method="post" action={`${at}/reminders`}>
            <Button classes="govuk-button--secondary">Write to providers whose entries are due</Button>
          </form>
        )}
      </>
    ),
  };
}

const howLabels: Readonly<Record<Version['how'], string>> = {
  added: 'Added',
  imported: 'Read in from a feed or a file',
  changed: 'Changed',
  verified: 'Checked',
  confirmed: 'Confirmed by the provider',
  corrected: 'Change of the provider accepted',
  undone: 'Brought back',
  withdrawn: 'Withdrawn',
};

export function servicePage({
  slug,
  kept,
  versions,
  proposals,
  names,
  today,
  mayWrite,
  mayRefer,
  handOver,
}: {
  readonly slug: string;
  readonly kept: Kept;
  readonly versions: readonly Version[];
  readonly proposals: readonly Proposal[];
  /** Of those who changed it, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly today: IsoDate;
  readonly mayWrite: boolean;
  /** Referral of named people is on, and the provider is an organisation of the register. */
  readonly mayRefer: boolean;
  /** The provider’s link, where no letter brings it. */
  readonly handOver: string | undefined;
}): Page {
  const at = `${directoryHref(slug)}/${kept.id}`;
  const organization = objectIn(kept.document, 'organization');
  const { phones, email, url, addresses } = contactOf(kept.document);
  const words = textIn(kept.document, 'description') ?? '';
  const read = readability(words);
  const lines = (texts: readonly (string | undefined)[]) => {
    const said = texts.filter((text): text is string => text !== undefined && text !== '');
    return (
      <>{said.length === 0 ? 'None' : said.map((text) => <p class="govuk-body govuk-!-margin-bottom-1">{text}</p>)}</>
    );
  };
  const isShown = kept.state === 'live' && (kept.visibility === 'public' || kept.visibility === 'address-withheld');
  return {
    title: kept.name === '' ? 'Service without a name' : kept.name,
    breadcrumbs: [{ text: 'Directory of services', href: directoryHref(slug) }],
    ...(kept.visibility === 'confidential' && {
      marking: { text: 'OFFICIAL-SENSITIVE', handling: 'Never say where this service is' },
    }),
    main: (
      <>
        <h1 class="govuk-heading-l">{kept.name === '' ? 'Service without a name' : kept.name}</h1>
        {kept.state === 'live' && isStale(kept.verifyBy, today) && (
          <WarningText iconFallbackText="Warning">
            Nobody has checked this entry lately. The public is told so, and finds it last.
          </WarningText>
        )}
        {proposals.map((proposal) => (
          <WarningText iconFallbackText="Important">
            The provider proposed a change.{' '}
            <a class="govuk-link" href={`${directoryHref(slug)}/proposals/${proposal.id}`}>
              Look at it
            </a>
          </WarningText>
        ))}
        <SummaryList
          rows={[
            { key: 'State', value: `${stateLabels[kept.state]}. ${visibilityLabels[kept.visibility]}` },
            { key: 'Provider', value: lines([organization && textIn(organization, 'name')]) },
            { key: 'What it does', value: lines(words.split('\n').slice(0, 30)) },
            !isRefusal(read) && {
              key: 'Reading age',
              value: `About ${Math.round(read.readingAgeYears)}. Aim for 12 or lower`,
            },
            {
              key: 'Ages',
              value: agesWords(
                numberIn(kept.document, 'minimum_age') ?? null,
                numberIn(kept.document, 'maximum_age') ?? null,
              ),
            },
            { key: 'Contact', value: lines([...phones, email, url]) },
            { key: 'Where', value: lines(addresses) },
            { key: 'How to refer', value: lines(referWords(kept.prevention)) },
            ...ownTaxonomies
              .filter((taxonomy) => kept.prevention[taxonomy].length > 0 && taxonomy !== 'route')
              .map((taxonomy) => ({
                key: taxonomyName(taxonomy),
                value: kept.prevention[taxonomy].map((each) => termName(taxonomy, each)).join(', '),
              })),
            kept.prevention.fundingEnds !== null && {
              key: 'Funding ends',
              value: formatDate(kept.prevention.fundingEnds),
            },
            { key: 'Who answers for it', value: kept.verifier ?? 'Nobody yet' },
            {
              key: 'Checked',
              value:
                kept.verifiedOn === null || kept.verifyBy === null
                  ? 'Never'
                  : `${formatDate(kept.verifiedOn)}; again by ${formatDate(kept.verifyBy)}`,
            },
            kept.origin !== null && { key: 'Read in from', value: kept.origin },
            kept.heldBack.length > 0 && {
              key: 'Held back',
              value: (
                <>
                  <p class="govuk-body">These break the standard, so they are kept and not published:</p>
                  <ul class="govuk-list govuk-list--bullet">
                    {kept.heldBack.slice(0, 20).map(({ path, why }) => (
                      <li>
                        {path === '' ? 'the entry' : path} {why}
                      </li>
                    ))}
                  </ul>
                </>
              ),
            },
          ]}
        />
        <div class="govuk-button-group">
          {mayWrite && <Button href={`${at}/change`}>Change</Button>}
          {mayRefer && (
            <a class="govuk-link" href={`${at}/refer`}>
              Refer somebody
            </a>
          )}
          {isShown && (
            <a class="govuk-link" href={`${helpHref(slug)}/${kept.id}`}>
              As the public sees it
            </a>
          )}
        </div>
        {mayWrite && (
          <div class="govuk-button-group">
            <form method="post" action={`${at}/verify`}>
              <Button classes="govuk-button--secondary">I checked it today: it is right</Button>
            </form>
            {kept.verifier !== null && (
              <form method="post" action={`${at}/ask`}>
                <Button classes="govuk-button--secondary">Ask the provider to check it</Button>
              </form>
            )}
          </div>
        )}
        {handOver !== undefined && (
          <Input
            name="link"
            label="Link for the provider"
            hint="This installation sends no mail: hand the link over in another way. Whoever has it can answer for the service"
            value={handOver}
          />
        )}
        <h2 class="govuk-heading-m">History</h2>
        <ScrollBox label="Table of versions">
          <Table
            caption="Versions of this entry"
            captionClasses="govuk-visually-hidden"
            head={['Version', 'What', 'Who', 'When', ...(mayWrite ? ['Bring back'] : [])]}
            rows={versions.map((version, place) => {
              const older = versions[place + 1];
              const fields = older === undefined ? [] : changedFields(older.document, version.document);
              return [
                String(version.version),
                `${howLabels[version.how]}${fields.length === 0 ? '' : `: ${fields.map(({ field }) => proposalLabels[field].toLowerCase()).join(', ')}`}`,
                version.by === 'provider' ? 'The provider' : (names.get(version.by) ?? 'Concord'),
                momentText(version.at),
                ...(mayWrite
                  ? [
                      place === 0 ? (
                        'As it is now'
                      ) : (
                        <form method="post" action={`${at}/undo`}>
                          <input type="hidden" name="version" value={version.version} />
                          <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">
                            Bring back <span class="govuk-visually-hidden">version {version.version}</span>
                          </Button>
                        </form>
                      ),
                    ]
                  : []),
              ];
            })}
          />
        </ScrollBox>
      </>
    ),
  };
}

export function proposalPage({
  slug,
  kept,
  proposal,
}: {
  readonly slug: string;
  readonly kept: Kept;
  readonly proposal: Proposal;
}): Page {
  const changes = changedFields(kept.document, proposal.document);
  return {
    title: 'What the provider changed',
    breadcrumbs: [
      { text: 'Directory of services', href: directoryHref(slug) },
      { text: kept.name, href: `${directoryHref(slug)}/${kept.id}` },
    ],
    main: (
      <>
        <h1 class="govuk-heading-l">What the provider changed</h1>
        {proposal.flags.length > 0 && (
          <WarningText iconFallbackText="Warning">Look twice: {proposal.flags.join('; ')}.</WarningText>
        )}
        {proposal.note !== null && <p class="govuk-body">They wrote: “{proposal.note}”</p>}
        {proposal.ofVersion !== kept.version && (
          <p class="govuk-body">The entry has changed since they saw it. Compare with what stands there now.</p>
        )}
        <ScrollBox label="Table of changes">
          <Table
            caption="What would change"
            captionClasses="govuk-visually-hidden"
            firstCellIsHeader
            head={['Field', 'Now', 'Proposed']}
            rows={changes.map(({ field, was, is }) => [
              proposalLabels[field],
              was === '' ? 'Nothing' : was,
              is === '' ? 'Nothing' : is,
            ])}
          />
        </ScrollBox>
        {proposal.state === 'waiting' ? (
          <div class="govuk-button-group">
            <form method="post" action={`${directoryHref(slug)}/proposals/${proposal.id}`}>
              <input type="hidden" name="decision" value="accepted" />
              <Button>Accept and publish</Button>
            </form>
            <form method="post" action={`${directoryHref(slug)}/proposals/${proposal.id}`}>
              <input type="hidden" name="decision" value="refused" />
              <Button classes="govuk-button--secondary">Leave the entry as it is</Button>
            </form>
          </div>
        ) : (
          <p class="govuk-body">This was decided already.</p>
        )}
      </>
    ),
  };
}

export function importPage({
  slug,
  error,
  done,
  address = '',
  addressError,
}: {
  readonly slug: string;
  readonly error?: string | undefined;
  readonly address?: string;
  readonly addressError?: string | undefined;
  readonly done?: string | undefined;
}): Page {
  return {
    title: 'Read in services',
    hasErrors: error !== undefined || addressError !== undefined,
    breadcrumbs: [{ text: 'Directory of services', href: directoryHref(slug) }],
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Read in services</h1>
          {done !== undefined && <p class="govuk-body">{done}</p>}
          <p class="govuk-body">
            A file of Open Referral UK: a page of a feed (versions 3.0 or 1.0), a list of services, or one service a
            line. Services that are here already become what the file says; what you added about prevention stays. A
            file that breaks off reads in nothing.
          </p>
          <UploadForm action={`${directoryHref(slug)}/import`}>
            <FileUpload name="file" label="File" hint="At most 20 MB, .json or .ndjson" errorMessage={error} />
            <Button>Read it in</Button>
          </UploadForm>
          <h2 class="govuk-heading-m">From the address of a feed</h2>
          <form method="post" action={`${directoryHref(slug)}/import/feed`} novalidate>
            <Input
              name="address"
              label="Address of the list of services"
              hint="For example https://directory.example/oruk/services?full=true. It has to be public. All of its pages are read, or none"
              value={address}
              errorMessage={addressError}
            />
            <Button preventDoubleClick>Read the feed</Button>
          </form>
        </div>
      </div>
    ),
  };
}

export function gapsPage({ slug, gaps }: { readonly slug: string; readonly gaps: readonly Gap[] }): Page {
  const at = `${directoryHref(slug)}/gaps`;
  return {
    title: 'Gaps on record',
    wide: true,
    breadcrumbs: [{ text: 'Directory of services', href: directoryHref(slug) }],
    main: (
      <>
        <h1 class="govuk-heading-l">Gaps on record</h1>
        <p class="govuk-body">
          Help that people looked for and did not find. The public sees a gap once five reported it, so that nobody can
          be known by one.{' '}
          <a class="govuk-link" href={`${helpHref(slug)}/missing`}>
            Put another on record
          </a>
          .
        </p>
        {gaps.length === 0 ? (
          <EmptyList title="No gap is on record">
            A search for help that finds nothing offers to put one here.
          </EmptyList>
        ) : (
          <ScrollBox label="Table of gaps">
            <Table
              caption="Gaps"
              captionClasses="govuk-visually-hidden"
              firstCellIsHeader
              head={['Gap', { text: 'Reports', format: 'numeric' }, 'Last', 'Owner', 'State']}
              rows={gaps.map((gap) => [
                <a class="govuk-link" href={`${at}/${gap.id}`}>
                  {gapWords(gap)}
                </a>,
                { text: String(gap.reports), format: 'numeric' },
                gap.lastOn === null ? '–' : formatDate(gap.lastOn),
                gap.owner ?? 'Nobody yet',
                gapStateLabels[gap.state],
              ])}
            />
          </ScrollBox>
        )}
      </>
    ),
  };
}
