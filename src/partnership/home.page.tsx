import type { JSX } from 'preact';
import {
  authorityKinds,
  authorityStandings,
  standingLabels,
  standingOf,
  roleNames,
  formatPartialDate,
  exactDate,
  type AuthorityKind,
  type AuthorityStanding,
  type IsoDate,
} from '../duty/index.ts';
import { Button, EmptyList, Input, SummaryList, Tag, TaskList } from '../govuk/index.ts';
import type { Page, Visitor } from '../platform/http/route.ts';
import type { Need } from '../platform/needs.ts';
import type { PublicPage } from '../platform/public-pages.ts';
import { ContactLines } from './contact.page.tsx';
import { GetHelp } from './help.page.tsx';
import type { PublicBody, PublicMember, PublicPartnership, PublicRegister, SetUpState } from './home.store.ts';
import { logoHref } from './look.page.tsx';

/** "Haverness", "Ashlode and Tarn", "one, two and three". */
const listed = (words: readonly string[]): string => new Intl.ListFormat('en-GB').format(words);

// ── The installation's public home ──

export interface InstallationHome {
  readonly partnerships: readonly PublicPartnership[];
  /** What was looked for; '' for all. */
  readonly place: string;
  readonly mode: 'example' | 'live';
}

export function installationHome({ partnerships, place, mode }: InstallationHome): Page {
  return {
    title: 'Preventing serious violence together',
    quickExit: true,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Preventing serious violence together</h1>
          <p class="govuk-body-l">
            Councils, police, fire, health, probation and youth justice share what they know about violence, agree what
            to do, and show whether it worked.
          </p>
          <h2 class="govuk-heading-m" id="find">
            Find your partnership
          </h2>
          {partnerships.length === 0 && place === '' ? (
            <p class="govuk-body">No partnership has been set up here yet.</p>
          ) : (
            <>
              <form method="get" action="/" role="search" class="concord-find">
                <Input
                  name="place"
                  label="Name of your council, town or partnership"
                  value={place}
                  autocomplete="off"
                  classes="govuk-input--width-20"
                />
                <Button classes="govuk-button--secondary">Find</Button>
              </form>
              <Found partnerships={partnerships} place={place} />
            </>
          )}
          <GetHelp />
          {mode === 'example' && (
            <>
              <h2 class="govuk-heading-m">Look around</h2>
              <p class="govuk-body">
                To look around as a member of a partnership,{' '}
                <a class="govuk-link" href="/sign-in">
                  sign in with an example account
                </a>
                .
              </p>
            </>
          )}
        </div>
      </div>
    ),
  };
}

function Found({ partnerships, place }: Pick<InstallationHome, 'partnerships' | 'place'>): JSX.Element {
  if (place !== '')
    return partnerships.length === 0 ? (
      <p class="govuk-body" role="status">
        No partnership here has “{place}” in its name or its areas. Check the spelling, or{' '}
        <a class="govuk-link" href="/">
          see all partnerships
        </a>
        .
      </p>
    ) : (
      <>
        <p class="govuk-body" role="status">
          {partnerships.length === 1 ? '1 partnership' : `${partnerships.length} partnerships`} with “{place}” in the
          name or the areas.{' '}
          <a class="govuk-link" href="/">
            See all partnerships
          </a>
        </p>
        <Partnerships of={partnerships} />
      </>
    );
  const hubs = partnerships.filter(({ kind }) => kind === 'hub');
  const ids = new Set(hubs.map(({ id }) => id));
  const alone = partnerships.filter(({ kind, hub }) => kind === 'area' && (hub === null || !ids.has(hub)));
  return (
    <>
      {hubs.map((hub) => (
        <>
          <h3 class="govuk-heading-s">
            <a class="govuk-link" href={`/${hub.slug}`}>
              {hub.name}
            </a>
          </h3>
          <p class="govuk-body">Brings these partnerships together:</p>
          <Partnerships of={partnerships.filter((each) => each.hub === hub.id)} />
        </>
      ))}
      {alone.length > 0 && hubs.length > 0 && <h3 class="govuk-heading-s">Other partnerships</h3>}
      <Partnerships of={alone} />
    </>
  );
}

function Partnerships({ of }: { readonly of: readonly PublicPartnership[] }): JSX.Element | null {
  if (of.length === 0) return null;
  return (
    <ul class="govuk-list govuk-list--spaced">
      {of.map(({ slug, name, areas, kind }) => (
        <li>
          <a class="govuk-link" href={`/${slug}`}>
            {name}
          </a>
          {areas.length > 0 && <>, for {areas.length > 4 ? `${areas.length} areas` : listed(areas)}</>}
          {kind === 'hub' && <>, which brings partnerships together</>}
        </li>
      ))}
    </ul>
  );
}

// ── A partnership's public home ──

export interface PartnershipHome {
  readonly slug: string;
  readonly name: string;
  readonly logo: { readonly hash: string; readonly alt: string } | null;
  readonly register: PublicRegister;
  /** What it has published. */
  readonly pages: readonly PublicPage[];
}

export function partnershipHome({ slug, name, logo, register, pages }: PartnershipHome): Page {
  const { members, bodies, areas, otherNames, hub, partnerships } = register;
  const own = bodies.filter(({ isOwn }) => isOwn);
  const others = bodies.filter(({ isOwn }) => !isOwn);
  return {
    title: name,
    quickExit: true,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {logo !== null && (
            <p class="govuk-body">
              <img class="concord-logo" src={logoHref(slug, logo.hash)} alt={logo.alt} />
            </p>
          )}
          <h1 class="govuk-heading-l">{name}</h1>
          <p class="govuk-body-l">
            {partnerships.length > 0
              ? 'Brings together the partnerships that prevent and reduce serious violence in its areas, under the Serious Violence Duty.'
              : `The partnership that prevents and reduces serious violence ${areas.length > 0 && areas.length <= 4 ? `in ${listed(areas)}` : 'here'}, under the Serious Violence Duty.`}
          </p>
          <p class="govuk-body">
            The Duty is in the Police, Crime, Sentencing and Courts Act 2022. It asks councils, police, fire, health,
            probation and youth justice to find out together what causes violence here, and to do something about it.
          </p>
          {otherNames.length > 0 && <p class="govuk-body">Also known as {listed(otherNames)}.</p>}
          {hub !== undefined && (
            <p class="govuk-body">
              Part of{' '}
              <a class="govuk-link" href={`/${hub.slug}`}>
                {hub.name}
              </a>
              .
            </p>
          )}
          <GetHelp servicesHref={`/${slug}/help`} />
          {pages.length > 0 && (
            <>
              <h2 class="govuk-heading-m">What we know and what we do</h2>
              <Published slug={slug} pages={pages} />
            </>
          )}
          {partnerships.length > 0 && (
            <>
              <h2 class="govuk-heading-m">Partnerships</h2>
              <ul class="govuk-list">
                {partnerships.map((each) => (
                  <li>
                    <a class="govuk-link" href={`/${each.slug}`}>
                      {each.name}
                    </a>
                  </li>
                ))}
              </ul>
            </>
          )}
          <h2 class="govuk-heading-m">Who we are</h2>
          {members.length === 0 ? (
            <p class="govuk-body">The partnership has not published its members yet.</p>
          ) : (
            <Members of={members} />
          )}
          {areas.length > 4 && (
            <>
              <h3 class="govuk-heading-s">Areas</h3>
              <ul class="govuk-list govuk-list--bullet">
                {areas.map((area) => (
                  <li>{area}</li>
                ))}
              </ul>
            </>
          )}
          <h2 class="govuk-heading-m">Who decides</h2>
          {bodies.length === 0 ? (
            <p class="govuk-body">The partnership has not published its boards and groups yet.</p>
          ) : (
            <>
              <Bodies of={own} />
              {others.length > 0 && (
                <>
                  <h3 class="govuk-heading-s">Who questions us</h3>
                  <p class="govuk-body">Boards and committees of others that look at our work.</p>
                  <Bodies of={others} />
                </>
              )}
            </>
          )}
          <h2 class="govuk-heading-m">Contact</h2>
          <ContactLines of={register} />
        </div>
      </div>
    ),
  };
}

function Published({ slug, pages }: Pick<PartnershipHome, 'slug' | 'pages'>): JSX.Element {
  return (
    <ul class="govuk-list govuk-list--spaced">
      {pages.map(({ words, about, href }) => (
        <li>
          <a class="govuk-link" href={`/${slug}${href}`}>
            {words}
          </a>
          <br />
          {about}
        </li>
      ))}
    </ul>
  );
}

interface MemberShown {
  readonly name: string;
  readonly website: string | null;
  readonly capacities: readonly string[];
}

const isKind = (capacity: string): capacity is AuthorityKind => capacity in authorityKinds;

/** An organisation stands under each of its standings once, with all that it is there. */
function byStanding(members: readonly PublicMember[]): ReadonlyMap<AuthorityStanding, readonly MemberShown[]> {
  const shown = new Map<
    AuthorityStanding,
    Map<string, { name: string; website: string | null; capacities: string[] }>
  >();
  for (const { organisation, name, website, capacity, area } of members) {
    const standing = isKind(capacity) ? standingOf(capacity) : 'invited';
    const label = isKind(capacity) ? authorityKinds[capacity].label : capacity;
    const there =
      shown.get(standing) ?? new Map<string, { name: string; website: string | null; capacities: string[] }>();
    const entry = there.get(organisation) ?? { name, website, capacities: [] };
    entry.capacities.push(area === '' ? label : `${label}, in ${area}`);
    there.set(organisation, entry);
    shown.set(standing, there);
  }
  return new Map(authorityStandings.map((standing) => [standing, [...(shown.get(standing)?.values() ?? [])]]));
}

const standingHeadings: Readonly<Record<AuthorityStanding, { readonly heading: string; readonly says: string }>> = {
  specified: { heading: 'Specified authorities', says: 'They must prepare the strategy together and carry it out.' },
  relevant: { heading: 'Relevant authorities', says: 'They are consulted, and may be given a part in the strategy.' },
  'local-policing-body': {
    heading: standingLabels['local-policing-body'].label,
    says: 'It may help the others, and watches how they do.',
  },
  invited: { heading: 'Invited to take part', says: 'The law does not ask them to. They take part all the same.' },
};

function Members({ of }: { readonly of: readonly PublicMember[] }): JSX.Element {
  return (
    <>
      {[...byStanding(of)].map(
        ([standing, members]) =>
          members.length > 0 && (
            <>
              <h3 class="govuk-heading-s">{standingHeadings[standing].heading}</h3>
              <p class="govuk-body">{standingHeadings[standing].says}</p>
              <SummaryList
                rows={members.map(({ name, website, capacities }) => ({
                  key: name,
                  value: (
                    <>
                      {capacities.map((capacity) => (
                        <p class="govuk-body">{capacity}</p>
                      ))}
                      {website !== null && (
                        <p class="govuk-body">
                          <a class="govuk-link" href={website} rel="noreferrer">
                            Website<span class="govuk-visually-hidden"> of {name}</span>
                          </a>
                        </p>
                      )}
                    </>
                  ),
                }))}
              />
            </>
          ),
      )}
    </>
  );
}

const frequencyWords: Readonly<Record<string, string>> = {
  daily: 'Meets every day',
  weekly: 'Meets every week',
  fortnightly: 'Meets every two weeks',
  monthly: 'Meets every month',
  'every-two-months': 'Meets every two months',
  quarterly: 'Meets every three months',
  'twice-a-year': 'Meets twice a year',
  yearly: 'Meets once a year',
  'as-needed': 'Meets as needed',
};

function Bodies({ of }: { readonly of: readonly PublicBody[] }): JSX.Element {
  return (
    <SummaryList
      rows={of.map(({ name, purpose, frequency, chair }) => ({
        key: name,
        value: (
          <>
            {purpose !== null && <p class="govuk-body concord-lines">{purpose}</p>}
            <p class="govuk-body">
              {frequencyWords[frequency] ?? frequency}.{chair !== null && <> Chair: {chair}.</>}
            </p>
          </>
        ),
      }))}
    />
  );
}

// ── The home of whoever works here ──

export interface MemberHome {
  readonly slug: string;
  readonly visitor: Visitor;
  readonly today: IsoDate;
  /** In the order in which they need somebody. */
  readonly needs: readonly Need[];
  /** What the partnership has published: what everybody works from. */
  readonly pages: readonly PublicPage[];
  /** For whoever keeps the register. */
  readonly setUp: SetUpState | undefined;
}

export function memberHome({ slug, visitor, today, needs, pages, setUp }: MemberHome): Page {
  const { partnership, roles } = visitor;
  const tasks = setUp === undefined ? [] : setUpTasks(slug, setUp, roles.includes('administrator'));
  const isSettingUp = tasks.some(({ isDone }) => !isDone);
  return {
    title: 'What needs you',
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">What needs you</h1>
          <p class="govuk-body">
            {formatPartialDate(exactDate(today))}, {partnership?.name}
          </p>
          {isSettingUp && (
            <>
              <h2 class="govuk-heading-m">Set up your partnership</h2>
              <p class="govuk-body">
                {tasks.filter(({ isDone }) => isDone).length} of {tasks.length} begun. In this order each step has what
                the next one needs; you can go back to any of them.
              </p>
              <TaskList
                idPrefix="set-up"
                items={tasks.map(({ title, hint, href, count, isDone }) => ({
                  title,
                  hint,
                  href,
                  status: isDone ? { text: count } : { tag: { text: 'Not started', classes: 'govuk-tag--blue' } },
                }))}
              />
            </>
          )}
          <Needs slug={slug} needs={needs} today={today} isSettingUp={isSettingUp} />
          {pages.length > 0 && (
            <>
              <h2 class="govuk-heading-m">Published by the partnership</h2>
              <Published slug={slug} pages={pages} />
            </>
          )}
          <h2 class="govuk-heading-m">Your part</h2>
          <SummaryList rows={roles.map((role) => ({ key: roleNames[role].label, value: roleNames[role].who }))} />
          <p class="govuk-body">
            <a class="govuk-link" href={`/${slug}`}>
              See what the public sees of this partnership
            </a>
          </p>
        </div>
      </div>
    ),
  };
}

function Needs({
  slug,
  needs,
  today,
  isSettingUp,
}: {
  readonly slug: string;
  readonly needs: readonly Need[];
  readonly today: IsoDate;
  readonly isSettingUp: boolean;
}): JSX.Element | null {
  if (needs.length === 0)
    return isSettingUp ? null : (
      <EmptyList title="Nothing needs you today">
        Things appear here when a day comes near, when something is missing, or when work fails.
      </EmptyList>
    );
  return (
    <>
      {isSettingUp && <h2 class="govuk-heading-m">Then</h2>}
      <ol class="concord-needs">
        {needs.map(({ words, because, href, due, isUrgent }) => (
          <li class="concord-needs__item">
            <a class="govuk-link" href={`/${slug}${href}`}>
              {words}
            </a>
            {isUrgent === true && (
              <>
                {' '}
                <Tag classes="govuk-tag--red">Now</Tag>
              </>
            )}
            {due !== null && due < today && (
              <>
                {' '}
                <Tag classes="govuk-tag--red">Overdue</Tag>
              </>
            )}
            {because !== undefined && <span class="concord-needs__because">{because}</span>}
          </li>
        ))}
      </ol>
    </>
  );
}

interface SetUpTask {
  readonly title: string;
  readonly hint: string;
  /** Undefined where it is for somebody else to do. */
  readonly href: string | undefined;
  /** How far it is, in words. */
  readonly count: string;
  readonly isDone: boolean;
}

function setUpTasks(slug: string, state: SetUpState, maySet: boolean): readonly SetUpTask[] {
  const added = (count: number): string => `${count.toLocaleString('en-GB')} added`;
  const counted = (title: string, hint: string, page: string, count: number): SetUpTask => ({
    title,
    hint,
    href: `/${slug}/${page}`,
    count: added(count),
    isDone: count > 0,
  });
  return [
    counted('Areas', 'The local government areas in which the partnership acts', 'areas', state.areas),
    counted(
      'Organisations',
      'The authorities that the Duty names here, and whoever else takes part',
      'organisations',
      state.organisations,
    ),
    counted('People', 'Who acts for each organisation, and in which post', 'people', state.people),
    counted('Boards and groups', 'Who decides, who chairs, and how often they meet', 'bodies', state.bodies),
    {
      title: 'Contact',
      hint: 'Who answers for the public pages; an administrator names them in the settings',
      href: maySet ? `/${slug}/settings` : undefined,
      count: 'Named',
      isDone: state.hasContact,
    },
  ];
}
