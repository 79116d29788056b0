import type { JSX } from 'preact';
import { addDays, formatDate, isoWeekday, type IsoDate } from '../duty/index.ts';
import {
  Button,
  FilteredList,
  Filters,
  InsetText,
  Input,
  Pagination,
  Select,
  SummaryList,
  Tag,
  WarningText,
  withQuery,
} from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import { ageBandOf, gapWords, tierLabel, type Gap } from './gap.ts';
import { HelpMap } from './help-map.page.tsx';
import type { HelpFound, HelpService, Town } from './help.store.ts';
import { hoursOn, hoursWords, weekOf } from './opening.ts';
import { needTerms, termName, tierTerms } from './prevention-terms.ts';
import { isStale, type Prevention } from './prevention.ts';
import { listIn, numberIn, objectIn, textIn, type StandardObject } from './standard.ts';

export const helpHref = (slug: string): string => `/${slug}/help`;
export const helpPerPage = 20;
/** Five miles: farther than this a search offers to put a gap on record. */
export const tooFarMetres = 8_047;

/** A page of help: quick to leave, and kept nowhere. */
export const helpPage = { quickExit: true, notKept: true } as const;

export function InDanger(): JSX.Element {
  return (
    <WarningText iconFallbackText="Important">
      If you or somebody else is in danger now, call 999. If you cannot speak, press 55 when asked.
    </WarningText>
  );
}

export interface HelpAsked {
  readonly words: string;
  readonly need: string;
  readonly tier: string;
  readonly age: string;
  readonly near: string;
}

export interface HelpListModel {
  readonly slug: string;
  readonly partnership: string;
  readonly asked: HelpAsked;
  readonly here: { readonly title: string; readonly easting: number; readonly northing: number } | undefined;
  readonly errors: Readonly<Record<string, string>>;
  readonly services: readonly HelpFound[];
  readonly count: number;
  readonly page: number;
  /** The address of this page with its query. */
  readonly href: string;
  readonly towns: readonly Town[];
  readonly gaps: readonly Pick<Gap, 'id' | 'area' | 'tier' | 'need' | 'age' | 'state'>[];
  readonly today: IsoDate;
}

export function helpListPage(model: HelpListModel): Page {
  const { slug, asked, services, count, page, href, here, errors } = model;
  const last = Math.max(1, Math.ceil(count / helpPerPage));
  const isAsked = Object.values(asked).some((value) => value !== '');
  const nearest = services.find(({ place }) => place?.metres != null)?.place?.metres ?? undefined;
  const isFar = here !== undefined && (nearest === undefined || nearest > tooFarMetres);
  const first = (page - 1) * helpPerPage;
  return {
    title: 'Find help',
    ...helpPage,
    wide: true,
    hasErrors: Object.keys(errors).length > 0,
    main: (
      <>
        <h1 class="govuk-heading-l">Find help</h1>
        <InDanger />
        <p class="govuk-body">
          Services in the area of {model.partnership} that help people stay safe from violence, or after it. You do not
          need to sign in, and we do not keep what you look for.
        </p>
        <FilteredList
          filters={
            <Filters action={helpHref(slug)} clearHref={helpHref(slug)} kept={{}}>
              <Select
                name="need"
                label="What do you need help with?"
                value={asked.need}
                items={[
                  { value: '', text: 'Anything' },
                  ...needTerms.map(({ slug: value, name }) => ({ value, text: name })),
                ]}
              />
              <Input
                name="age"
                label="Age of who needs help"
                value={asked.age}
                inputmode="numeric"
                classes="govuk-input--width-3"
                errorMessage={errors['age']}
              />
              <Input
                name="near"
                label="Town or postcode"
                value={asked.near}
                autocomplete="off"
                classes="govuk-input--width-10"
                errorMessage={errors['near']}
              />
              <div
                data-concord-near="near"
                data-words="Use where I am"
                data-wait="Your browser asks you first"
                data-failed="Your browser does not say where you are. Enter a town or postcode"
              />
              <Select
                name="tier"
                label="Kind of help"
                value={asked.tier}
                items={[
                  { value: '', text: 'All kinds' },
                  ...tierTerms.map(({ slug: value, name }) => ({ value, text: name })),
                ]}
              />
              <Input name="words" label="Words" value={asked.words} autocomplete="off" />
            </Filters>
          }
        >
          <p class="govuk-body" role="status">
            {count === 0
              ? 'No service that we know fits.'
              : `${count.toLocaleString('en-GB')} ${count === 1 ? 'service fits' : 'services fit'}${here === undefined ? '' : `, the nearest to ${here.title} first`}.`}
          </p>
          {(count === 0 || isFar) && isAsked && <OfferGap slug={slug} asked={asked} isFar={count > 0} />}
          {services.length > 0 && (
            <ol class="govuk-list" start={first + 1}>
              {services.map((service, place) => (
                <ServiceItem slug={slug} service={service} number={first + place + 1} today={model.today} />
              ))}
            </ol>
          )}
          {last > 1 && (
            <Pagination
              landmarkLabel="Pages of services"
              previous={page > 1 ? { href: withQuery(href, { page: String(page - 1) }) } : undefined}
              next={page < last ? { href: withQuery(href, { page: String(page + 1) }) } : undefined}
            />
          )}
          <HelpMap
            here={here}
            towns={model.towns}
            pins={services.flatMap(({ name, place }, at) =>
              place === null
                ? []
                : [{ number: first + at + 1, name, easting: place.easting, northing: place.northing }],
            )}
          />
        </FilteredList>
        {model.gaps.length > 0 && (
          <section aria-labelledby="missing">
            <h2 class="govuk-heading-m" id="missing">
              Help that is missing
            </h2>
            <p class="govuk-body">Several people told us that they could not find this.</p>
            <ul class="govuk-list govuk-list--bullet">
              {model.gaps.map((gap) => (
                <li>{gapWords(gap)}</li>
              ))}
            </ul>
          </section>
        )}
        <p class="govuk-body">
          Did you not find what you needed?{' '}
          <a class="govuk-link" href={gapHref(slug, asked)}>
            Tell us what is missing
          </a>
          .
        </p>
      </>
    ),
  };
}

function gapHref(slug: string, asked: HelpAsked): string {
  const age = /^\d+$/.test(asked.age) ? ageBandOf(Number(asked.age)) : undefined;
  // A postcode stays here: a town is as near as a gap needs.
  const area = /\d/.test(asked.near) ? undefined : asked.near;
  return withQuery(`${helpHref(slug)}/missing`, {
    need: asked.need === '' ? undefined : asked.need,
    tier: asked.tier === '' ? undefined : asked.tier,
    age,
    area: area === '' ? undefined : area,
  });
}

function OfferGap({
  slug,
  asked,
  isFar,
}: {
  readonly slug: string;
  readonly asked: HelpAsked;
  readonly isFar: boolean;
}) {
  return (
    <InsetText>
      <p class="govuk-body">
        {isFar
          ? 'The nearest of them is more than five miles away, or helps by phone or online only.'
          : 'Choose fewer filters to see more. Or tell us, so that the partnership knows what is missing here.'}
      </p>
      <Button href={gapHref(slug, asked)} classes="govuk-button--secondary govuk-!-margin-bottom-0">
        Put this gap on record
      </Button>
    </InsetText>
  );
}

const milesOf = (metres: number): string => {
  const miles = metres / 1_609.344;
  return miles < 0.1 ? 'here' : `${miles < 10 ? miles.toFixed(1) : Math.round(miles)} miles`;
};

export function agesWords(minimum: number | null, maximum: number | null): string {
  if (minimum === null && maximum === null) return 'All ages';
  if (maximum === null) return `${minimum ?? 0} and over`;
  if (minimum === null || minimum === 0) return `Up to ${maximum}`;
  return `${minimum} to ${maximum}`;
}

function StaleTag({ verifyBy, today }: { readonly verifyBy: IsoDate | null; readonly today: IsoDate }) {
  return isStale(verifyBy, today) ? <Tag classes="govuk-tag--yellow">Not checked lately</Tag> : null;
}

function ServiceItem({
  slug,
  service,
  number,
  today,
}: {
  readonly slug: string;
  readonly service: HelpFound;
  readonly number: number;
  readonly today: IsoDate;
}) {
  const { place, prevention } = service;
  return (
    <li class="govuk-!-margin-bottom-6">
      <h2 class="govuk-heading-s govuk-!-margin-bottom-1">
        {number}.{' '}
        <a class="govuk-link" href={`${helpHref(slug)}/${service.id}`}>
          {service.name}
        </a>{' '}
        <StaleTag verifyBy={service.verifyBy} today={today} />
        {service.status === 'temporarily closed' && <Tag classes="govuk-tag--red">Closed for now</Tag>}
      </h2>
      <p class="govuk-body-s govuk-!-margin-bottom-1">
        {[
          service.provider,
          agesWords(service.minimumAge, service.maximumAge),
          ...prevention.tier.map(tierLabel),
          place === null ? 'By phone, online, or ask where' : place.metres === null ? null : milesOf(place.metres),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </p>
      {service.about !== null && <p class="govuk-body govuk-!-margin-bottom-1">{shortened(service.about)}</p>}
    </li>
  );
}

const shortened = (text: string): string =>
  text.length <= 220 ? text : `${text.slice(0, 220).replace(/\s+\S*$/, '')}…`;

// ── One service ──

export interface ContactOf {
  readonly phones: readonly string[];
  readonly email: string | undefined;
  readonly url: string | undefined;
  readonly addresses: readonly string[];
}

/** How to reach a service: what the page, the card and the text to copy show. */
export function contactOf(document: StandardObject): ContactOf {
  const contacts = [
    ...listIn(document, 'contacts'),
    ...listIn(document, 'service_at_locations').flatMap((place) => listIn(place, 'contacts')),
  ];
  const phones = [...listIn(document, 'phones'), ...contacts.flatMap((contact) => listIn(contact, 'phones'))];
  return {
    phones: [...new Set(phones.flatMap((phone) => textIn(phone, 'number') ?? []))].slice(0, 10),
    email: textIn(document, 'email'),
    url: textIn(document, 'url'),
    addresses: listIn(document, 'service_at_locations')
      .flatMap((place) => {
        const location = objectIn(place, 'location');
        const address = location && listIn(location, 'addresses')[0];
        if (location === undefined) return [];
        const parts = [
          textIn(location, 'name'),
          ...['address_1', 'city', 'postal_code'].map((field) => address && textIn(address, field)),
        ];
        const words = parts.filter((part) => part !== undefined).join(', ');
        return words === '' ? [] : [words];
      })
      .slice(0, 20),
  };
}

export const referWords = (prevention: Prevention): readonly string[] => [
  ...(prevention.howToRefer === null ? [] : [prevention.howToRefer]),
  ...prevention.route.map((slug) => `${termName('route', slug)}.`),
];

const Lines = ({ lines }: { readonly lines: readonly string[] }) => (
  <>
    {lines.map((line) => (
      <p class="govuk-body govuk-!-margin-bottom-1">{line}</p>
    ))}
  </>
);

export function helpServicePage({
  slug,
  service: { id, document, prevention, verifyBy },
  today,
}: {
  readonly slug: string;
  readonly service: HelpService;
  readonly today: IsoDate;
}): Page {
  const name = textIn(document, 'name') ?? '';
  const organization = objectIn(document, 'organization');
  const { phones, email, url, addresses } = contactOf(document);
  const hours = hoursOn(document, today);
  const monday = addDays(today, 1 - isoWeekday(today));
  const week = weekOf(
    document,
    Array.from({ length: 7 }, (_, day) => addDays(monday, day)),
  );
  const accessibility = [
    ...new Set(
      listIn(document, 'service_at_locations').flatMap((place) => {
        const location = objectIn(place, 'location');
        return location === undefined
          ? []
          : listIn(location, 'accessibility').flatMap(
              (each) => textIn(each, 'description') ?? textIn(each, 'accessibility') ?? [],
            );
      }),
    ),
  ];
  const languages = listIn(document, 'languages').flatMap((each) => textIn(each, 'name') ?? textIn(each, 'code') ?? []);
  const costs = [
    textIn(document, 'fees') ?? textIn(document, 'fees_description'),
    ...listIn(document, 'cost_options').map((each) => textIn(each, 'option')),
  ].filter((cost) => cost !== undefined);
  const assured = textIn(document, 'assured_date');
  const alert = textIn(document, 'alert');
  const { capacity, evidence } = prevention;
  const row = (key: string, lines: readonly (string | undefined)[]) => {
    const said = lines.filter((line) => line !== undefined && line !== '');
    return said.length > 0 && { key, value: <Lines lines={said as string[]} /> };
  };
  return {
    title: name,
    ...helpPage,
    breadcrumbs: [{ text: 'Find help', href: helpHref(slug) }],
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">{name}</h1>
          {isStale(verifyBy, today) && (
            <WarningText iconFallbackText="Warning">
              Nobody has checked this entry lately
              {assured === undefined ? '' : `: the last time was ${dayWords(assured)}`}. Call before you go.
            </WarningText>
          )}
          {(alert !== undefined || document['status'] === 'temporarily closed') && (
            <WarningText iconFallbackText="Warning">{alert ?? 'This service is closed for now.'}</WarningText>
          )}
          {(textIn(document, 'description') ?? '')
            .split('\n')
            .filter((line) => line.trim() !== '')
            .slice(0, 60)
            .map((line) => (
              <p class="govuk-body">{line}</p>
            ))}
          <SummaryList
            rows={[
              row('Who runs it', [organization && textIn(organization, 'name')]),
              row('Open today', [
                hours === undefined
                  ? undefined
                  : hours.length === 0
                    ? 'Closed today'
                    : hours.map(hoursWords).join(', '),
              ]),
              week.length > 0 && {
                key: 'This week',
                value: <Lines lines={week.map((day) => `${day.day}: ${day.hours}`)} />,
              },
              phones.length > 0 && {
                key: 'Phone',
                value: (
                  <>
                    {phones.map((phone) => (
                      <p class="govuk-body govuk-!-margin-bottom-1">
                        <a class="govuk-link" href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>
                          {phone}
                        </a>
                      </p>
                    ))}
                  </>
                ),
              },
              email !== undefined && {
                key: 'Email',
                value: (
                  <a class="govuk-link" href={`mailto:${email}`}>
                    {email}
                  </a>
                ),
              },
              url !== undefined && {
                key: 'Website',
                value: (
                  <a class="govuk-link" href={url} rel="noreferrer">
                    {url.replace(/^https?:\/\//, '').slice(0, 80)}
                  </a>
                ),
              },
              row('Where', addresses),
              row('How to get this help', referWords(prevention)),
              row('Who it is for', [
                agesWords(numberIn(document, 'minimum_age') ?? null, numberIn(document, 'maximum_age') ?? null),
                ...prevention.audience.map((each) => termName('audience', each)),
                textIn(document, 'eligibility_description'),
              ]),
              row(
                'Helps with',
                prevention.need.map((each) => termName('need', each)),
              ),
              row('Kind of help', prevention.tier.map(tierLabel)),
              row('Cost', [...new Set(costs)]),
              row('Languages', [languages.join(', ')]),
              row('Getting in', accessibility),
              capacity !== null &&
                row('Waiting', [
                  capacity.waitingDays === null ? undefined : `About ${capacity.waitingDays} days`,
                  capacity.free === null ? undefined : `${capacity.free} places are free`,
                  `Checked on ${formatDate(capacity.checkedOn)}`,
                ]),
              prevention.approach.length > 0 &&
                row('What it does', [
                  prevention.approach.map((each) => termName('approach', each)).join(', '),
                  evidence === null
                    ? undefined
                    : `${evidence.scheme} rates this approach: ${evidence.rating} (looked up on ${formatDate(evidence.ratedOn)}). It rates the approach, not this service.`,
                ]),
              row('Last checked', [assured === undefined ? 'Not known' : dayWords(assured)]),
            ]}
          />
          <div class="govuk-button-group">
            <Button href={`${helpHref(slug)}/${id}/card`}>Make a card to hand over</Button>
            <a class="govuk-link" href={helpHref(slug)}>
              Look for other help
            </a>
          </div>
          <InDanger />
        </div>
      </div>
    ),
  };
}

const dayWords = (day: string): string => (/^\d{4}-\d{2}-\d{2}/.test(day) ? formatDate(day.slice(0, 10)) : day);
