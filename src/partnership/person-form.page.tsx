import { formatDate, type IsoDate } from '../duty/index.ts';
import {
  Autocomplete,
  Button,
  Checkboxes,
  Details,
  Input,
  InsetText,
  PartialDateInput,
  Select,
  SummaryList,
} from '../govuk/index.ts';
import { type Errors, type Typed, formPage, valueOf } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { removedName, type Person } from './person.ts';
import type { AccountSeen, PersonSeen, ProtectedName } from './person.store.ts';
import { suggestedTitle, type Post } from './post.ts';
import { peopleCrumbs, personCrumbs, seatText } from './person.page.tsx';
import { describeSpan, isOver } from './span.ts';

type Choices = readonly { readonly id: string; readonly name: string }[];

interface Form {
  readonly slug: string;
  readonly typed?: Typed | undefined;
  readonly errors?: Errors | undefined;
}
interface OfPerson extends Form {
  readonly person: PersonSeen;
}
interface Filled {
  readonly typed: Typed;
  readonly errors: Errors;
}

const isTicked = (typed: Typed, name: string): readonly string[] => (valueOf(typed, name) === 'yes' ? ['yes'] : []);

const NameInput = ({ typed, errors, label, value }: Filled & { label: string; value?: string | undefined }) => (
  <Input
    name="name"
    label={label}
    value={valueOf(typed, 'name', value)}
    errorMessage={errors['name']}
    autocomplete="off"
    spellcheck={false}
  />
);

const ContactInputs = ({
  typed,
  errors,
  email,
  phone,
}: Filled & { readonly email?: string | null | undefined; readonly phone?: string | null | undefined }) => (
  <>
    <Input
      name="email"
      label="Email address (optional)"
      type="email"
      value={valueOf(typed, 'email', email ?? '')}
      errorMessage={errors['email']}
      autocomplete="off"
      spellcheck={false}
    />
    <Input
      name="phone"
      label="Telephone number (optional)"
      type="tel"
      value={valueOf(typed, 'phone', phone ?? '')}
      errorMessage={errors['phone']}
      autocomplete="off"
    />
  </>
);

const PostInputs = ({
  typed,
  errors,
  organisations,
  post,
  sinceLabel,
}: Filled & {
  readonly organisations: Choices;
  readonly post?:
    { readonly organisationId: string; readonly title: string; readonly since?: string | undefined } | undefined;
  readonly sinceLabel: string;
}) => (
  <>
    <Autocomplete
      name="organisation"
      label="Organisation"
      value={valueOf(typed, 'organisation', post?.organisationId)}
      errorMessage={errors['organisation']}
      items={[{ value: '', text: 'Choose one' }, ...organisations.map(({ id, name }) => ({ value: id, text: name }))]}
    />
    <Input
      name="title"
      label="Title of the post"
      hint="As it is written now, with “Acting” where somebody acts: papers of this time keep it."
      value={valueOf(typed, 'title', post?.title)}
      errorMessage={errors['title']}
      autocomplete="off"
    />
    <PartialDateInput
      name="since"
      label={sinceLabel}
      value={valueOf(typed, 'since', post?.since)}
      errorMessage={errors['since']}
    />
  </>
);

/** Asked only once somebody of the same name was found. */
const AnotherTick = ({ typed, errors }: Filled) =>
  errors['another'] === undefined && valueOf(typed, 'another') === '' ? null : (
    <Checkboxes
      name="another"
      idPrefix="another"
      fieldset={{ legend: 'The same name' }}
      errorMessage={errors['another']}
      values={isTicked(typed, 'another')}
      items={[{ value: 'yes', text: 'It is somebody else of the same name' }]}
    />
  );

export const newPersonPage = ({
  slug,
  typed = {},
  errors = {},
  organisations,
}: Form & { organisations: Choices }): Page =>
  formPage({
    title: 'Add a person',
    breadcrumbs: peopleCrumbs(slug),
    action: `/${slug}/people/new`,
    button: 'Add the person',
    cancelHref: `/${slug}/people`,
    errors,
    intro: (
      <p class="govuk-body">
        Does this person take part because of what they lived through?{' '}
        <a class="govuk-link" href={`/${slug}/people/lived-experience`}>
          Add a member with lived experience
        </a>{' '}
        instead: then the name is kept under lock.
      </p>
    ),
    children: (
      <>
        <NameInput typed={typed} errors={errors} label="Name" />
        <AnotherTick typed={typed} errors={errors} />
        <ContactInputs typed={typed} errors={errors} />
        <PostInputs
          typed={typed}
          errors={errors}
          organisations={organisations}
          sinceLabel="In this post since (optional)"
        />
      </>
    ),
  });

const LabelInput = ({ typed, errors, value }: Filled & { readonly value: string }) => (
  <Input
    name="label"
    label="Label that everybody sees"
    hint="It must not say who it is."
    value={valueOf(typed, 'label', value)}
    errorMessage={errors['label']}
    autocomplete="off"
    spellcheck={false}
  />
);

const careWords = (
  <p class="govuk-body">
    Lists, minutes, seats, exports and the history show the label only. Administrators and coordinators can open the
    name on a page of its own, and the audit notes each time who did.
  </p>
);

export const newProtectedPage = ({ slug, typed = {}, errors = {}, label }: Form & { readonly label: string }): Page =>
  formPage({
    title: 'Add a member with lived experience',
    breadcrumbs: peopleCrumbs(slug),
    action: `/${slug}/people/lived-experience`,
    button: 'Add the member',
    cancelHref: `/${slug}/people`,
    errors,
    intro: careWords,
    children: (
      <>
        <LabelInput typed={typed} errors={errors} value={label} />
        <h2 class="govuk-heading-m">Under lock</h2>
        <NameInput typed={typed} errors={errors} label="Name" />
        <ContactInputs typed={typed} errors={errors} />
      </>
    ),
  });

/** What stands there now, where somebody else changed it after the form was opened. */
const Meanwhile = ({ rows }: { readonly rows: readonly { readonly key: string; readonly value: string }[] }) => (
  <>
    <InsetText>
      Somebody changed this record while you had it open. This is how it stands now; what you typed is still below. Save
      again if yours is right.
    </InsetText>
    <SummaryList rows={rows} />
  </>
);

export const changePersonPage = ({
  slug,
  person,
  account,
  accounts,
  version,
  isStale = false,
  typed = {},
  errors = {},
}: OfPerson & {
  readonly account: AccountSeen | undefined;
  readonly accounts: Choices;
  readonly version: string;
  readonly isStale?: boolean;
}): Page => {
  const page = {
    title: `Change ${person.name}`,
    breadcrumbs: personCrumbs(slug, person),
    action: `/${slug}/people/${person.id}/change`,
    button: 'Save',
    cancelHref: `/${slug}/people/${person.id}`,
    errors,
  };
  const hidden = <input type="hidden" name="version" value={version} />;
  if (person.hasLivedExperience)
    return formPage({
      ...page,
      action: `/${slug}/people/${person.id}/label`,
      intro: isStale && <Meanwhile rows={[{ key: 'Label', value: person.name }]} />,
      children: (
        <>
          {hidden}
          <LabelInput typed={typed} errors={errors} value={person.name} />
        </>
      ),
    });
  return formPage({
    ...page,
    intro: isStale && (
      <Meanwhile
        rows={[
          { key: 'Name', value: person.name },
          { key: 'Email', value: person.email ?? '–' },
          { key: 'Telephone', value: person.phone ?? '–' },
          { key: 'Signs in as', value: account?.name ?? 'Does not sign in' },
        ]}
      />
    ),
    children: (
      <>
        {hidden}
        <NameInput typed={typed} errors={errors} label="Name" value={person.name} />
        <AnotherTick typed={typed} errors={errors} />
        <ContactInputs typed={typed} errors={errors} email={person.email} phone={person.phone} />
        <Select
          name="account"
          label="Signs in as"
          hint="The account of the same human being, if there is one."
          value={valueOf(typed, 'account', person.accountId ?? '')}
          errorMessage={errors['account']}
          items={[
            { value: '', text: 'Does not sign in' },
            ...accounts.map(({ id, name }) => ({ value: id, text: name })),
          ]}
        />
      </>
    ),
  });
};

export const postPage = ({
  slug,
  person,
  post,
  organisations,
  typed = {},
  errors = {},
}: OfPerson & { readonly post?: Post | undefined; readonly organisations: Choices }): Page => {
  const here = `/${slug}/people/${person.id}`;
  const page = formPage({
    title: post === undefined ? `Add a post of ${person.name}` : `Change a post of ${person.name}`,
    breadcrumbs: personCrumbs(slug, person),
    action: `${here}/posts/${post?.id ?? 'new'}`,
    button: 'Save',
    cancelHref: here,
    errors,
    intro:
      post === undefined ? undefined : (
        <p class="govuk-body">
          Change what was entered wrong.
          {person.leftOn === null && (
            <>
              {' '}
              For a new title or another organisation,{' '}
              <a class="govuk-link" href={`${here}/move`}>
                move the person to another post
              </a>
              : then both stay in the record.
            </>
          )}
        </p>
      ),
    children: (
      <>
        <PostInputs
          typed={typed}
          errors={errors}
          organisations={organisations}
          sinceLabel="In this post since (optional)"
          post={post && { ...post, since: post.since?.text }}
        />
        <PartialDateInput
          name="until"
          label="In this post until (optional)"
          hint="The last day. Leave it empty while it goes on."
          value={valueOf(typed, 'until', post?.until?.text)}
          errorMessage={errors['until']}
        />
      </>
    ),
  });
  if (post === undefined) return page;
  return {
    ...page,
    main: (
      <>
        {page.main}
        <h2 class="govuk-heading-m">Was it entered by mistake?</h2>
        <p class="govuk-body">
          A post that is over gets an end date above. One that never was can be removed; the history keeps that it was
          entered.
        </p>
        <form method="post" action={`${here}/posts/${post.id}/remove`}>
          <Button classes="govuk-button--warning" preventDoubleClick>
            Remove this post
          </Button>
        </form>
      </>
    ),
  };
};

export const movePage = ({
  slug,
  person,
  organisations,
  version,
  today,
  isStale = false,
  typed = {},
  errors = {},
}: OfPerson & {
  readonly organisations: Choices;
  readonly version: string;
  readonly today: IsoDate;
  readonly isStale?: boolean;
}): Page => {
  const held = person.posts.filter((post) => !isOver(post, today));
  const first = held[0];
  const kept = typed['keep'] ?? [];
  return formPage({
    title: `${person.name} moves to another post`,
    breadcrumbs: personCrumbs(slug, person),
    action: `/${slug}/people/${person.id}/move`,
    button: 'Save the move',
    cancelHref: `/${slug}/people/${person.id}`,
    errors,
    intro: (
      <>
        {isStale && <Meanwhile rows={held.map((post) => ({ key: post.title, value: describeSpan(post) || '–' }))} />}
        <p class="govuk-body">
          {held.length === 0
            ? 'There is no post to end.'
            : 'What is held now ends on the day before the new post begins, and stays in the record as it was.'}
        </p>
      </>
    ),
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <PostInputs
          typed={typed}
          errors={errors}
          organisations={organisations}
          sinceLabel="When does the new post begin?"
          post={first && { organisationId: first.organisationId, title: suggestedTitle(first.title) }}
        />
        {held.length > 0 && (
          <Checkboxes
            name="keep"
            idPrefix="keep"
            fieldset={{ legend: 'Does one of these go on beside the new post?' }}
            hint="Leave it empty for a plain move."
            values={typeof kept === 'string' ? [kept] : [...kept]}
            items={held.map(({ id, title, organisation }) => ({ value: id, text: `${title}, ${organisation}` }))}
          />
        )}
      </>
    ),
  });
};

export const leavingPage = ({
  slug,
  person,
  account,
  version,
  today,
  isStale = false,
  typed = {},
  errors = {},
}: OfPerson & {
  readonly account: AccountSeen | undefined;
  readonly version: string;
  readonly today: IsoDate;
  readonly isStale?: boolean;
}): Page => {
  const ends = whatEnds(person, today);
  return formPage({
    title: `${person.name} leaves`,
    breadcrumbs: personCrumbs(slug, person),
    action: `/${slug}/people/${person.id}/leave`,
    button: 'Save the last day',
    cancelHref: `/${slug}/people/${person.id}`,
    errors,
    intro: (
      <>
        {isStale && <Meanwhile rows={ends.map((text) => ({ key: 'Held now', value: text }))} />}
        {ends.length > 0 && (
          <>
            <p class="govuk-body">On the last day these end too:</p>
            <ul class="govuk-list govuk-list--bullet">
              {ends.map((text) => (
                <li>{text}</li>
              ))}
            </ul>
          </>
        )}
        {account !== undefined && (
          <InsetText>
            {person.name} can sign in as {account.name}. This does not end by itself:{' '}
            <a class="govuk-link" href={`/${slug}/access`}>
              end their access
            </a>{' '}
            on that day too.
          </InsetText>
        )}
      </>
    ),
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <PartialDateInput
          name="on"
          label="Last day"
          hint={`For example, ${formatDate(today)}`}
          value={valueOf(typed, 'on')}
          errorMessage={errors['on']}
        />
      </>
    ),
  });
};

/** What somebody holds that is not over, in words. */
function whatEnds({ posts, seats }: PersonSeen, today: IsoDate): readonly string[] {
  return [
    ...posts.filter((post) => !isOver(post, today)).map(({ title, organisation }) => `${title}, ${organisation}`),
    ...seats.filter((seat) => !isOver(seat, today)).map(({ role, body }) => `${seatText(role, body)} (seat)`),
  ];
}

export const returnPage = ({
  slug,
  person,
  organisations,
  typed = {},
  errors = {},
}: OfPerson & { readonly organisations: Choices }): Page =>
  formPage({
    title: `${person.name} comes back`,
    breadcrumbs: personCrumbs(slug, person),
    action: `/${slug}/people/${person.id}/return`,
    button: 'Save the return',
    cancelHref: `/${slug}/people/${person.id}`,
    errors,
    intro: (
      <p class="govuk-body">
        What ended when they left stays ended. Seats on boards and groups are given anew where the board says so.
      </p>
    ),
    children: (
      <PostInputs
        typed={typed}
        errors={errors}
        organisations={organisations}
        sinceLabel="In the new post since (optional)"
        post={person.posts[0] && { organisationId: person.posts[0].organisationId, title: person.posts[0].title }}
      />
    ),
  });

export const protectPage = ({
  slug,
  person,
  account,
  label,
  typed = {},
  errors = {},
}: OfPerson & { readonly account: AccountSeen | undefined; readonly label: string }): Page =>
  formPage({
    title: 'Put this name under lock',
    breadcrumbs: personCrumbs(slug, person),
    action: `/${slug}/people/${person.id}/protect`,
    button: 'Put the name under lock',
    cancelHref: `/${slug}/people/${person.id}`,
    errors,
    isWarning: true,
    intro: (
      <>
        <p class="govuk-body">
          For somebody who takes part because of what they lived through. From now on a label stands in place of the
          name. The name, the email address and the telephone number go under lock and are taken out of the history.
          Only removing the person undoes this.
        </p>
        {careWords}
        <p class="govuk-body">
          Papers, mail and files outside Concord, and copies of its records that were made before, keep what they have.
        </p>
        {account !== undefined && (
          <InsetText>
            {person.name} signs in as {account.name}, and colleagues see the name of an account.{' '}
            <a class="govuk-link" href={`/${slug}/access`}>
              End their access
            </a>{' '}
            first.
          </InsetText>
        )}
      </>
    ),
    children: <LabelInput typed={typed} errors={errors} value={label} />,
  });

/** Stands below the name on its page: what was entered wrong can be put right there and nowhere else. */
export const ProtectedNameForm = ({
  slug,
  person,
  kept,
  typed = {},
  errors = {},
}: Form & { readonly person: Pick<Person, 'id'>; readonly kept?: ProtectedName | undefined }) => (
  <Details summaryText="Correct the name or the contact" open={Object.keys(errors).length > 0}>
    <form method="post" action={`/${slug}/people/${person.id}/name`} novalidate>
      <NameInput typed={typed} errors={errors} label="Name" value={kept?.name} />
      <ContactInputs typed={typed} errors={errors} email={kept?.email} phone={kept?.phone} />
      <Button preventDoubleClick>Save</Button>
    </form>
  </Details>
);

/** The form again, with what is wrong: what stands in the records is not shown with it. */
export const correctNamePage = ({ slug, person, typed = {}, errors = {} }: OfPerson): Page =>
  formPage({
    title: `Correct the name of “${person.name}”`,
    breadcrumbs: personCrumbs(slug, person),
    action: `/${slug}/people/${person.id}/name`,
    button: 'Save',
    cancelHref: `/${slug}/people/${person.id}`,
    errors,
    children: (
      <>
        <NameInput typed={typed} errors={errors} label="Name" />
        <ContactInputs typed={typed} errors={errors} />
      </>
    ),
  });

export const removePage = ({
  slug,
  person,
  account,
  today,
  typed = {},
  errors = {},
}: OfPerson & { readonly account: AccountSeen | undefined; readonly today: IsoDate }): Page => {
  const ends = whatEnds(person, today);
  return formPage({
    title: `Remove ${person.name}`,
    breadcrumbs: personCrumbs(slug, person),
    action: `/${slug}/people/${person.id}/remove`,
    button: 'Remove this person',
    cancelHref: `/${slug}/people/${person.id}`,
    errors,
    isWarning: true,
    intro: (
      <>
        <p class="govuk-body">
          Somebody may ask that what is known of them is erased (UK GDPR, Article 17).
          {person.leftOn === null && (
            <>
              {' '}
              If they only leave,{' '}
              <a class="govuk-link" href={`/${slug}/people/${person.id}/leave`}>
                enter their last day
              </a>{' '}
              instead.
            </>
          )}
        </p>
        <h2 class="govuk-heading-m">What goes, for good</h2>
        <ul class="govuk-list govuk-list--bullet">
          <li>the name, the email address and the telephone number</li>
          {person.hasLivedExperience && <li>the name under lock, and that they took part with lived experience</li>}
          <li>all of these in the history, and in files that were read in</li>
        </ul>
        <h2 class="govuk-heading-m">What stays</h2>
        <ul class="govuk-list govuk-list--bullet">
          <li>
            {person.posts.length + person.seats.length === 0
              ? `an entry without a name: “${removedName}”`
              : `posts and seats, as those of “${removedName}”`}
          </li>
          {ends.map((text) => (
            <li>{text}: ends today</li>
          ))}
          <li>the audit, which has numbers and no names</li>
        </ul>
        {account !== undefined && (
          <InsetText>
            The account {account.name} is another record, and keeps its name.{' '}
            <a class="govuk-link" href={`/${slug}/access`}>
              End the access
            </a>{' '}
            too.
          </InsetText>
        )}
      </>
    ),
    children: (
      <Checkboxes
        name="sure"
        idPrefix="sure"
        fieldset={{ legend: 'This cannot be undone' }}
        errorMessage={errors['sure']}
        values={isTicked(typed, 'sure')}
        items={[{ value: 'yes', text: 'Remove the details for good' }]}
      />
    ),
  });
};
