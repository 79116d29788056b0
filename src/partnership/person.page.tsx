import { formatDate, formatPartialDate, roleNames, type IsoDate } from '../duty/index.ts';
import {
  Button,
  Details,
  InsetText,
  PartialDateInput,
  ScrollBox,
  SummaryList,
  Table,
  Tag,
  WarningText,
} from '../govuk/index.ts';
import { History, type HistoryItem, Part } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { Mail, PersonTag } from './people.page.tsx';
import { stateOfPerson, type Person } from './person.ts';
import type { AccountSeen, PersonSeen, ProtectedName } from './person.store.ts';
import { organisationNameOf, titleOn } from './post.ts';
import { whoWeAre } from './register.page.tsx';
import { describeSpan, isOver, runsOn } from './span.ts';

export const peopleCrumbs = (slug: string) => [whoWeAre(slug), { text: 'People', href: `/${slug}/people` }];
export const personCrumbs = (slug: string, { id, name }: Pick<Person, 'id' | 'name'>) => [
  ...peopleCrumbs(slug),
  { text: name, href: `/${slug}/people/${id}` },
];

const seatWords: Readonly<Record<string, string>> = {
  chair: 'Chair',
  'deputy-chair': 'Deputy chair',
  member: 'Member',
  'in-attendance': 'In attendance',
  secretary: 'Secretary',
};
export const seatText = (role: string, body: string): string => `${seatWords[role] ?? role}, ${body}`;

interface PersonShown {
  readonly slug: string;
  readonly person: PersonSeen;
  readonly account: AccountSeen | undefined;
  readonly changes: readonly HistoryItem[];
  readonly day: IsoDate;
  readonly today: IsoDate;
  readonly typedDay: string;
  readonly mistake?: string | undefined;
  readonly mayWrite: boolean;
}

export function personPage(shown: PersonShown): Page {
  const { slug, person, account, day, today, mayWrite } = shown;
  const here = `/${slug}/people/${person.id}`;
  return {
    title: person.name,
    breadcrumbs: peopleCrumbs(slug),
    hasErrors: shown.mistake !== undefined,
    wide: true,
    main: (
      <>
        <h1 class="govuk-heading-l">
          {person.name} {!person.isRemoved && <PersonTag state={stateOfPerson(person, day)} />}
        </h1>
        {day !== today && (
          <InsetText>
            As at {formatDate(day)}: {whatOn(person, day)}.{' '}
            <a class="govuk-link" href={here}>
              See today
            </a>
          </InsetText>
        )}
        {mayWrite &&
          person.leftOn !== null &&
          isOver({ since: null, until: person.leftOn }, today) &&
          account !== undefined && (
            <WarningText>
              {person.name} has left and can still sign in.{' '}
              <a class="govuk-link" href={`/${slug}/access`}>
                End their access
              </a>
            </WarningText>
          )}
        <Summary {...shown} />
        {mayWrite && !person.isRemoved && <Steps slug={slug} person={person} today={today} />}
        <Part
          id="posts"
          title="Posts"
          isEmpty={person.posts.length === 0}
          none={
            person.hasLivedExperience
              ? 'Nobody here speaks for an organisation by being themselves.'
              : 'No post has been entered.'
          }
        >
          <ScrollBox label="Table of posts">
            <Table
              head={['Title', 'Organisation', 'When', ...(mayWrite && !person.isRemoved ? ['Change'] : [])]}
              firstCellIsHeader
              rows={person.posts.map((post) => [
                <>
                  {post.title}
                  {day !== today && runsOn(post, day) && (
                    <>
                      {' '}
                      <Tag classes="govuk-tag--blue">On this day</Tag>
                    </>
                  )}
                </>,
                <a class="govuk-link" href={`/${slug}/organisations/${post.organisationId}`}>
                  {organisationNameOf(post, day)}
                </a>,
                describeSpan(post) || 'date not known',
                ...(mayWrite && !person.isRemoved
                  ? [
                      <a class="govuk-link" href={`${here}/posts/${post.id}`}>
                        Change<span class="govuk-visually-hidden"> the post {post.title}</span>
                      </a>,
                    ]
                  : []),
              ])}
            />
          </ScrollBox>
        </Part>
        <Part
          id="seats"
          title="Seats"
          isEmpty={person.seats.length === 0}
          none="No seat on a board, group or committee."
        >
          <ScrollBox label="Table of seats">
            <Table
              head={['Body', 'Seat', 'When']}
              firstCellIsHeader
              rows={person.seats.map((seat) => [
                <a class="govuk-link" href={`/${slug}/bodies/${seat.bodyId}`}>
                  {seat.body}
                </a>,
                seatWords[seat.role] ?? seat.role,
                describeSpan(seat) || 'date not known',
              ])}
            />
          </ScrollBox>
        </Part>
        <Details summaryText="See what they were on another day" open={shown.mistake !== undefined}>
          <form method="get" action={here}>
            <PartialDateInput
              name="on"
              label="Which day?"
              hint="For example, 15 July 2023"
              value={shown.typedDay}
              errorMessage={shown.mistake}
            />
            <Button classes="govuk-button--secondary">Show that day</Button>
          </form>
        </Details>
        <History changes={shown.changes} />
      </>
    ),
  };
}

/** "Acting Head of Public Protection", or that there was no post. */
function whatOn({ posts }: PersonSeen, day: IsoDate): string {
  return titleOn(posts, day) ?? 'no post is known of that day';
}

function Summary({ slug, person, account, day, mayWrite }: PersonShown) {
  const here = `/${slug}/people/${person.id}`;
  const change = mayWrite
    ? { actions: { items: [{ text: 'Change', href: `${here}/change`, visuallyHiddenText: 'name and contact' }] } }
    : {};
  if (person.isRemoved)
    return (
      <p class="govuk-body">
        The name and the contact details were removed for good. Posts and seats stay, so that the papers of that time
        can be understood.
      </p>
    );
  return (
    <SummaryList
      rows={[
        { key: person.hasLivedExperience ? 'Shown as' : 'Name', value: person.name, ...change },
        { key: 'Post', value: titleOn(person.posts, day) ?? '–' },
        !person.hasLivedExperience && { key: 'Email', value: <Mail to={person.email} /> },
        !person.hasLivedExperience && { key: 'Telephone', value: person.phone ?? '–' },
        !person.hasLivedExperience && {
          key: 'Signs in as',
          value:
            account === undefined
              ? 'Does not sign in'
              : `${account.name}: ${account.roles.map((role) => roleNames[role].label).join(', ')}`,
        },
        person.hasLivedExperience && {
          key: 'Name and contact',
          value: 'Under lock: whoever takes part with lived experience is shown by a label everywhere',
          ...(mayWrite && {
            actions: {
              items: [{ text: 'See the name', href: `${here}/name`, visuallyHiddenText: `of ${person.name}` }],
            },
          }),
        },
        person.leftOn !== null && { key: 'Last day', value: formatPartialDate(person.leftOn) },
      ]}
    />
  );
}

/** The step that comes next is the button; the others are links beside it. */
function Steps({
  slug,
  person,
  today,
}: {
  readonly slug: string;
  readonly person: PersonSeen;
  readonly today: IsoDate;
}) {
  const here = `/${slug}/people/${person.id}`;
  const links = [
    person.leftOn === null && { text: 'Add another post', href: `${here}/posts/new` },
    person.leftOn === null && { text: 'They leave', href: `${here}/leave` },
    !person.hasLivedExperience && { text: 'They take part with lived experience', href: `${here}/protect` },
    { text: 'Remove this person', href: `${here}/remove` },
  ].filter((link) => link !== false);
  const holdsPost = person.posts.some((post) => !isOver(post, today));
  return (
    <div class="govuk-button-group">
      {person.leftOn !== null ? (
        <Button href={`${here}/return`}>They come back</Button>
      ) : holdsPost ? (
        <Button href={`${here}/move`}>They move to another post</Button>
      ) : (
        <Button href={`${here}/posts/new`}>Add a post</Button>
      )}
      {links
        .filter(({ href }) => holdsPost || !href.endsWith('/posts/new'))
        .map(({ text, href }) => (
          <a class="govuk-link" href={href}>
            {text}
          </a>
        ))}
    </div>
  );
}

/** The only page that shows a protected name. The audit has the view before the page goes out. */
export function protectedNamePage(
  slug: string,
  person: Pick<Person, 'id' | 'name'>,
  kept: ProtectedName,
  form: Page['main'],
): Page {
  return {
    title: `The name of “${person.name}”`,
    breadcrumbs: personCrumbs(slug, person),
    marking: { text: 'OFFICIAL–SENSITIVE', handling: 'Names of people with lived experience' },
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">The name of “{person.name}”</h1>
          <p class="govuk-body">
            This person was promised that their name stays here. Being known to have lived through violence can bring
            danger, blame or shame. Do not copy the name into minutes, mail or files: write “{person.name}”. That you
            opened this page has been noted in the audit.
          </p>
          <SummaryList
            rows={[
              { key: 'Name', value: kept.name },
              { key: 'Email', value: <Mail to={kept.email} /> },
              { key: 'Telephone', value: kept.phone ?? '–' },
            ]}
          />
          {form}
        </div>
      </div>
    ),
  };
}
