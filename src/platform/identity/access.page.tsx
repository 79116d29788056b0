import type { VNode } from 'preact';
import { formatDate, roleNames, roles, type IsoDate } from '../../duty/index.ts';
import {
  Button,
  Checkboxes,
  EmptyList,
  FilteredList,
  Filters,
  Input,
  InsetText,
  Pagination,
  Select,
  SortableTable,
  SummaryList,
  Tag,
  Timeline,
  withQuery,
  type SortOrder,
} from '../../govuk/index.ts';
import type { Mistakes, Page } from '../http/route.ts';
import { momentText } from '../moment.ts';
import { Wrong } from './account.page.tsx';
import { rolesText } from './role-words.ts';
import type { AccessFilter, AccessLine, AccessState, PersonHere } from './access.store.ts';
import type { Invitation } from './invitation.store.ts';
import type { AccessChange } from './role-history.ts';

export const linesPerPage = 50;

type Errors = Mistakes['errors'];

const stateWords: Readonly<Record<AccessState, { readonly text: string; readonly classes: string }>> = {
  active: { text: 'Active', classes: 'govuk-tag--green' },
  invited: { text: 'Invited', classes: 'govuk-tag--blue' },
  expired: { text: 'Invitation expired', classes: 'govuk-tag--yellow' },
  disabled: { text: 'Account disabled', classes: 'govuk-tag--red' },
  ended: { text: 'Ended', classes: 'govuk-tag--grey' },
};

export const stateText = (state: AccessState): string => stateWords[state].text;

function StateTag({ state }: { readonly state: AccessState }) {
  const { text, classes } = stateWords[state];
  return <Tag classes={classes}>{text}</Tag>;
}

const signedInText = (at: string | null): string => (at === null ? 'Never' : momentText(at));
const crumbs = (slug: string) => [{ text: 'People with access', href: `/${slug}/access` }];

// ── The list ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface AccessList {
  readonly slug: string;
  readonly lines: readonly AccessLine[];
  readonly count: number;
  readonly page: number;
  readonly filter: AccessFilter;
  readonly sort: { readonly by: string; readonly order: SortOrder };
  readonly mayChange: boolean;
}

export function accessListPage({ slug, lines, count, page, filter, sort, mayChange }: AccessList): Page {
  const base = `/${slug}/access`;
  const chosen = { words: filter.words, role: filter.role, state: filter.state };
  const href = withQuery(base, { ...chosen, sort: sort.by, order: sort.order });
  const last = Math.max(1, Math.ceil(count / linesPerPage));
  return {
    title: 'People with access',
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">People with access</h1>
        <p class="govuk-body">Everybody who can sign in and work here, and everybody who is invited to.</p>
        <div class="govuk-button-group">
          {mayChange && <Button href={`${base}/invite`}>Invite somebody</Button>}
          <a class="govuk-link" href={`${base}/review`}>
            Review who has access
          </a>
          <a class="govuk-link" href={`${base}/changes`}>
            Who joined, moved and left
          </a>
        </div>
        <FilteredList
          filters={
            <Filters
              action={base}
              clearHref={base}
              buttonText="Show these people"
              kept={{ sort: sort.by, order: sort.order }}
            >
              <Input name="words" label="Name or email address" value={filter.words ?? ''} spellcheck={false} />
              <Select
                name="role"
                label="Role"
                value={filter.role ?? ''}
                items={[
                  { value: '', text: 'All' },
                  ...roles.map((role) => ({ value: role, text: roleNames[role].label })),
                ]}
              />
              <Select
                name="state"
                label="State"
                value={filter.state ?? ''}
                items={[
                  { value: '', text: 'All but ended' },
                  ...Object.entries(stateWords).map(([value, { text }]) => ({ value, text })),
                ]}
              />
            </Filters>
          }
        >
          {lines.length === 0 ? (
            <EmptyList title="Nobody matches">Choose fewer filters to see more.</EmptyList>
          ) : (
            <SortableTable
              caption={`${count.toLocaleString('en-GB')} ${count === 1 ? 'person' : 'people'}`}
              captionClasses="govuk-table__caption--s"
              href={href}
              sort={sort}
              rows={lines}
              columns={[
                {
                  name: 'name',
                  heading: 'Name',
                  cell: ({ kind, id, name }) => (
                    <a
                      class="govuk-link govuk-!-text-break-word"
                      href={`${base}/${kind === 'person' ? 'people' : 'invitations'}/${id}`}
                    >
                      {name}
                    </a>
                  ),
                },
                {
                  name: 'email',
                  heading: 'Email address',
                  cell: ({ email }) => email,
                  classes: 'govuk-!-text-break-word',
                },
                { name: 'roles', heading: 'Roles', isSortable: false, cell: (line) => rolesText(line.roles) },
                { name: 'since', heading: 'Since', cell: ({ since }) => momentText(since), firstOrder: 'descending' },
                {
                  name: 'signedIn',
                  heading: 'Last signed in',
                  cell: ({ kind, lastSignedInAt }) => (kind === 'invitation' ? '–' : signedInText(lastSignedInAt)),
                },
                { name: 'state', heading: 'State', cell: ({ state }) => <StateTag state={state} /> },
              ]}
              exportLink={{ href: withQuery(`${base}/export.csv`, { ...chosen, sort: sort.by, order: sort.order }) }}
            />
          )}
          {last > 1 && (
            <Pagination
              landmarkLabel="Pages of people"
              previous={page > 1 ? { href: withQuery(href, { page: String(page - 1) }) } : undefined}
              next={page < last ? { href: withQuery(href, { page: String(page + 1) }) } : undefined}
            />
          )}
        </FilteredList>
      </>
    ),
  };
}

// ── One person ───────────────────────────────────────────────────────────────────────────────────────────────────────

export interface PersonShown {
  readonly slug: string;
  readonly partnership: string;
  readonly person: PersonHere;
  readonly changes: readonly AccessChange[];
  readonly mayChange: boolean;
}

export const stateOf = ({ isDisabled, roles: held }: PersonHere): AccessState =>
  isDisabled ? 'disabled' : held.length === 0 ? 'ended' : 'active';

export function personAccessPage({ slug, person, changes, mayChange }: PersonShown): Page {
  const base = `/${slug}/access/people/${person.id}`;
  const state = stateOf(person);
  return {
    title: person.name,
    breadcrumbs: crumbs(slug),
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l govuk-!-text-break-word">{person.name}</h1>
          <p class="govuk-body">
            <StateTag state={state} />
          </p>
          <SummaryList
            rows={[
              { key: 'Email address', value: { text: person.email, classes: 'govuk-!-text-break-word' } },
              { key: 'Roles', value: person.roles.length === 0 ? 'None' : rolesText(person.roles) },
              person.since !== null && { key: 'Since', value: momentText(person.since) },
              state === 'ended' &&
                person.endedAt !== null && { key: 'Access ended', value: momentText(person.endedAt) },
              { key: 'Last signed in', value: signedInText(person.lastSignedInAt) },
            ]}
          />
          {mayChange && (
            <div class="govuk-button-group">
              <Button href={`${base}/roles`}>
                {person.roles.length === 0 ? 'Give access again' : 'Change the roles'}
              </Button>
              {person.roles.length > 0 && (
                <a class="govuk-link" href={`${base}/end`}>
                  End access here
                </a>
              )}
            </div>
          )}
          <h2 class="govuk-heading-m">History</h2>
          <Timeline
            items={changes.map((change) => ({
              date: momentText(change.at),
              dateTime: change.at,
              by: change.by,
              title: changeTitles[change.kind],
              text: changeText(change),
            }))}
          />
        </div>
      </div>
    ),
  };
}

const changeTitles: Readonly<Record<AccessChange['kind'], string>> = {
  joined: 'Got access',
  moved: 'Roles changed',
  left: 'Access ended',
};

export const changeTitle = (kind: AccessChange['kind']): string => changeTitles[kind];

/** "Given: Partnership analyst. Taken: Partner representative." */
export function changeText({ given, taken }: Pick<AccessChange, 'given' | 'taken'>): string {
  const parts = [
    given.length > 0 ? `Given: ${rolesText(given)}.` : '',
    taken.length > 0 ? `Taken: ${rolesText(taken)}.` : '',
  ];
  return parts.filter(Boolean).join(' ');
}

interface RolesForm {
  readonly slug: string;
  readonly person: Pick<PersonHere, 'id' | 'name' | 'roles'>;
  readonly ticked?: readonly string[];
  readonly errors?: Errors;
}

export function rolesPage({ slug, person, ticked = person.roles, errors = {} }: RolesForm): Page {
  const base = `/${slug}/access/people/${person.id}`;
  return {
    title: `Roles of ${person.name}`,
    hasErrors: Object.keys(errors).length > 0,
    backHref: base,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Wrong errors={errors} first="roles" />
          <form method="post" action={`${base}/roles`} novalidate>
            <input type="hidden" name="madeFrom" value={person.roles.join(' ')} />
            <RoleBoxes
              legend={
                <h1 class="govuk-fieldset__heading govuk-!-text-break-word">
                  What should {person.name} be able to do here?
                </h1>
              }
              ticked={ticked}
              error={errors['roles']}
            />
            <Button preventDoubleClick>Save the roles</Button>
          </form>
        </div>
      </div>
    ),
  };
}

function RoleBoxes({
  legend,
  ticked,
  error,
}: {
  readonly legend: string | VNode;
  readonly ticked: readonly string[];
  readonly error: string | undefined;
}) {
  return (
    <Checkboxes
      name="roles"
      fieldset={{
        legend: {
          text: legend,
          classes: typeof legend === 'string' ? 'govuk-fieldset__legend--m' : 'govuk-fieldset__legend--l',
        },
      }}
      hint="The role changes what a person sees and may do. Choose all that fit."
      errorMessage={error}
      values={ticked}
      items={roles.map((role) => ({ value: role, text: roleNames[role].label, hint: roleNames[role].who }))}
    />
  );
}

export interface Ending {
  readonly slug: string;
  readonly partnership: string;
  readonly person: Pick<PersonHere, 'id' | 'name' | 'roles'>;
  readonly error?: string;
}

export function endAccessPage({ slug, partnership, person, error }: Ending): Page {
  const base = `/${slug}/access/people/${person.id}`;
  return {
    title: `End access of ${person.name}`,
    hasErrors: error !== undefined,
    backHref: base,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Wrong errors={error === undefined ? {} : { '': error }} first="end" />
          <h1 class="govuk-heading-l govuk-!-text-break-word">End the access of {person.name}?</h1>
          <p class="govuk-body">
            They lose every role here ({rolesText(person.roles)}) and see nothing more of {partnership}, on pages that
            are open too. What they did stays on record under their name, and you can give access again.
          </p>
          <InsetText>
            This ends access to {partnership} only. Their account, and their access to other partnerships of this
            installation, are not yours to end and stay as they are.
          </InsetText>
          <form method="post" action={`${base}/end`}>
            <Button id="end" classes="govuk-button--warning" preventDoubleClick>
              End access
            </Button>
          </form>
          <p class="govuk-body">
            <a class="govuk-link" href={base}>
              Keep it
            </a>
          </p>
        </div>
      </div>
    ),
  };
}

// ── Invitations ──────────────────────────────────────────────────────────────────────────────────────────────────────

interface InviteForm {
  readonly slug: string;
  readonly partnership: string;
  readonly sendsMail: boolean;
  readonly typed?: Mistakes['typed'];
  readonly errors?: Errors;
}

export function invitePage({ slug, partnership, sendsMail, typed = {}, errors = {} }: InviteForm): Page {
  const value = (field: string): string => (typeof typed[field] === 'string' ? typed[field] : '');
  const ticked = typed['roles'];
  return {
    title: 'Invite somebody',
    hasErrors: Object.keys(errors).length > 0,
    backHref: `/${slug}/access`,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Wrong errors={errors} first="email" />
          <h1 class="govuk-heading-l">Invite somebody</h1>
          <p class="govuk-body">
            {sendsMail
              ? `They get a letter with a link, good for 14 days, and choose a password themselves.`
              : `This installation sends no mail. You get a link, good for 14 days, to hand over yourself.`}{' '}
            Until they accept, they see nothing of {partnership}.
          </p>
          <form method="post" action={`/${slug}/access/invite`} novalidate>
            <Input
              name="email"
              label="Email address"
              hint="Their own, at work: it becomes the name of their account"
              type="email"
              autocomplete="off"
              spellcheck={false}
              value={value('email')}
              errorMessage={errors['email']}
            />
            <Input name="name" label="Name" autocomplete="off" value={value('name')} errorMessage={errors['name']} />
            <RoleBoxes
              legend="What should they be able to do here?"
              ticked={ticked === undefined ? [] : [ticked].flat()}
              error={errors['roles']}
            />
            <Button preventDoubleClick>Send the invitation</Button>
          </form>
        </div>
      </div>
    ),
  };
}

interface InvitationShown {
  readonly slug: string;
  readonly invitation: Invitation;
  readonly state: InvitationState;
  readonly mayChange: boolean;
  readonly sendsMail: boolean;
  /** To hand over, where no letter brings it. */
  readonly link: string | undefined;
}

export type InvitationState = 'invited' | 'expired' | 'accepted' | 'called-back';

const invitationStates: Readonly<Record<InvitationState, { readonly text: string; readonly classes: string }>> = {
  invited: stateWords.invited,
  expired: { text: 'Expired', classes: 'govuk-tag--yellow' },
  accepted: { text: 'Accepted', classes: 'govuk-tag--green' },
  'called-back': { text: 'Called back', classes: 'govuk-tag--grey' },
};

export function invitationPage({ slug, invitation, state, mayChange, sendsMail, link }: InvitationShown): Page {
  const base = `/${slug}/access/invitations/${invitation.id}`;
  const { text, classes } = invitationStates[state];
  const isOpen = state === 'invited' || state === 'expired';
  return {
    title: `Invitation of ${invitation.name}`,
    breadcrumbs: crumbs(slug),
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l govuk-!-text-break-word">Invitation of {invitation.name}</h1>
          <p class="govuk-body">
            <Tag classes={classes}>{text}</Tag>
          </p>
          <SummaryList
            rows={[
              { key: 'Email address', value: { text: invitation.email, classes: 'govuk-!-text-break-word' } },
              { key: 'Roles', value: rolesText(invitation.roles) },
              { key: 'Invited by', value: { text: invitation.inviter, classes: 'govuk-!-text-break-word' } },
              { key: sendsMail ? 'Letter sent' : 'Link made', value: momentText(invitation.sentAt) },
              isOpen && {
                key: state === 'expired' ? 'The link opened until' : 'The link opens until',
                value: momentText(invitation.expiresAt),
              },
              invitation.acceptedAt !== null && { key: 'Accepted', value: momentText(invitation.acceptedAt) },
              invitation.calledBackAt !== null && { key: 'Called back', value: momentText(invitation.calledBackAt) },
            ]}
          />
          {link !== undefined && (
            <>
              <h2 class="govuk-heading-m">The link to hand over</h2>
              <p class="govuk-body">
                This installation sends no mail. Give this link to {invitation.name} in a way that only they can read:
                whoever opens it chooses the password. It works once.
              </p>
              <p class="govuk-body govuk-!-text-break-word">
                <code>{link}</code>
              </p>
            </>
          )}
          {mayChange && isOpen && (
            <div class="govuk-button-group">
              <form method="post" action={`${base}/resend`}>
                <Button preventDoubleClick>{sendsMail ? 'Send it again' : 'Make a new link'}</Button>
              </form>
              <form method="post" action={`${base}/call-back`}>
                <Button classes="govuk-button--secondary" preventDoubleClick>
                  Call it back
                </Button>
              </form>
            </div>
          )}
          {mayChange && isOpen && (
            <p class="govuk-body">
              {sendsMail ? 'Sending it again' : 'Making a new link'} makes the link before it worthless.
            </p>
          )}
        </div>
      </div>
    ),
  };
}

// ── Joiners, movers and leavers ──────────────────────────────────────────────────────────────────────────────────────

interface ChangesShown {
  readonly slug: string;
  readonly typed: { readonly from: string; readonly to: string };
  readonly period: { readonly from: IsoDate; readonly to: IsoDate } | undefined;
  readonly changes: readonly AccessChange[];
  readonly errors: Errors;
}

const kindTags: Readonly<Record<AccessChange['kind'], { readonly text: string; readonly classes: string }>> = {
  joined: { text: 'Joined', classes: 'govuk-tag--green' },
  moved: { text: 'Moved', classes: 'govuk-tag--blue' },
  left: { text: 'Left', classes: 'govuk-tag--grey' },
};

export function changesPage({ slug, typed, period, changes, errors }: ChangesShown): Page {
  const base = `/${slug}/access/changes`;
  return {
    title: 'Who joined, moved and left',
    hasErrors: Object.keys(errors).length > 0,
    wide: true,
    breadcrumbs: crumbs(slug),
    main: (
      <>
        <Wrong errors={errors} first="from" />
        <h1 class="govuk-heading-l">Who joined, moved and left</h1>
        <p class="govuk-body">Whose access began, changed or ended in a period, and who did it.</p>
        <FilteredList
          filters={
            <Filters action={base} clearHref={base} title="Period" buttonText="Show this period">
              <Input
                name="from"
                label="From"
                hint="Such as 1 April 2026, or April 2026"
                value={typed.from}
                errorMessage={errors['from']}
              />
              <Input name="to" label="To" value={typed.to} errorMessage={errors['to']} />
            </Filters>
          }
        >
          {period !== undefined && changes.length === 0 && (
            <EmptyList title={`Nothing changed ${periodText(period)}`}>Choose a longer period to see more.</EmptyList>
          )}
          {period !== undefined && changes.length > 0 && (
            <SortableTable
              caption={`${changes.length.toLocaleString('en-GB')} ${changes.length === 1 ? 'change' : 'changes'} ${periodText(period)}, the newest first`}
              captionClasses="govuk-table__caption--s"
              href={base}
              rows={changes}
              columns={[
                { name: 'at', heading: 'When', isSortable: false, cell: ({ at }) => momentText(at) },
                {
                  name: 'name',
                  heading: 'Who',
                  isSortable: false,
                  cell: ({ person, name }) => (
                    <a class="govuk-link govuk-!-text-break-word" href={`/${slug}/access/people/${person}`}>
                      {name}
                    </a>
                  ),
                },
                {
                  name: 'kind',
                  heading: 'What',
                  isSortable: false,
                  cell: ({ kind }) => <Tag classes={kindTags[kind].classes}>{kindTags[kind].text}</Tag>,
                },
                { name: 'roles', heading: 'Roles', isSortable: false, cell: changeText },
                {
                  name: 'by',
                  heading: 'By',
                  isSortable: false,
                  cell: ({ by }) => by,
                  classes: 'govuk-!-text-break-word',
                },
              ]}
              exportLink={{ href: withQuery(`${base}/export.csv`, typed) }}
            />
          )}
        </FilteredList>
      </>
    ),
  };
}

const periodText = ({ from, to }: { readonly from: IsoDate; readonly to: IsoDate }): string =>
  from === to ? `on ${formatDate(from)}` : `from ${formatDate(from)} to ${formatDate(to)}`;
