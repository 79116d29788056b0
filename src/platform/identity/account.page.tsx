import { roleNames, type Role } from '../../duty/index.ts';
import { Button, ErrorSummary, Input, PasswordInput, SummaryList, Table } from '../../govuk/index.ts';
import type { Mistakes, Page } from '../http/route.ts';
import { momentText } from '../moment.ts';
import type { OpenSession, PlaceOfPerson } from './session.store.ts';

type Errors = Mistakes['errors'];

export const passwordHint = 'At least 12 characters. Three random words are easy to remember and hard to guess.';

/** What is wrong with a form, with a link to each field. @param first the field that what concerns the whole form leads to */
export function Wrong({ errors, first }: { readonly errors: Errors; readonly first: string }) {
  const mistakes = Object.entries(errors);
  if (mistakes.length === 0) return null;
  return (
    <ErrorSummary errorList={mistakes.map(([field, text]) => ({ text, href: `#${field === '' ? first : field}` }))} />
  );
}

export function forgottenPage(sendsMail: boolean, typed = '', errors: Errors = {}): Page {
  return {
    title: 'Choose a new password',
    hasErrors: Object.keys(errors).length > 0,
    backHref: '/sign-in',
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Wrong errors={errors} first="email" />
          <h1 class="govuk-heading-l">Choose a new password</h1>
          {sendsMail ? (
            <>
              <p class="govuk-body">
                Enter the email address that you sign in with. We send you a link with which you choose a new password.
              </p>
              <form method="post" action="/sign-in/forgotten" novalidate>
                <Input
                  name="email"
                  label="Email address"
                  type="email"
                  autocomplete="username"
                  spellcheck={false}
                  value={typed}
                  errorMessage={errors['email']}
                />
                <Button preventDoubleClick>Send me a link</Button>
              </form>
            </>
          ) : (
            <p class="govuk-body">
              This installation cannot send mail, so it cannot send you a link. Ask whoever runs it to connect a mail
              server, then come back here.
            </p>
          )}
        </div>
      </div>
    ),
  };
}

/** The same for every address. */
export function forgottenSentPage(): Page {
  return {
    title: 'Check your email',
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Check your email</h1>
          <p class="govuk-body">
            If somebody signs in here with that address, a link is on its way to it. It works once, for one hour.
          </p>
          <p class="govuk-body">
            If nothing comes within a few minutes, look in the folder for junk mail and check that you typed the address
            that you sign in with. You can ask three times an hour.
          </p>
          <p class="govuk-body">
            <a class="govuk-link" href="/sign-in">
              Go to the sign-in page
            </a>
          </p>
        </div>
      </div>
    ),
  };
}

export function newPasswordPage(token: string, errors: Errors = {}): Page {
  return {
    title: 'Choose a new password',
    hasErrors: Object.keys(errors).length > 0,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Wrong errors={errors} first="password" />
          <h1 class="govuk-heading-l">Choose a new password</h1>
          <p class="govuk-body">You are signed in with it at once, and signed out everywhere else.</p>
          <form method="post" action={`/sign-in/new-password/${token}`} novalidate>
            <PasswordInput
              name="password"
              label="New password"
              hint={passwordHint}
              autocomplete="new-password"
              errorMessage={errors['password']}
            />
            <Button preventDoubleClick>Save and sign in</Button>
          </form>
        </div>
      </div>
    ),
  };
}

interface Account {
  readonly name: string;
  readonly email: string;
  readonly places: readonly PlaceOfPerson[];
  readonly sessions: readonly OpenSession[];
}

export function accountPage({ name, email, places, sessions }: Account): Page {
  return {
    title: 'Your account',
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Your account</h1>
          <SummaryList
            rows={[
              { key: 'Name', value: name },
              { key: 'Email address', value: email },
              {
                key: 'Password',
                value: 'Not shown',
                actions: { items: [{ text: 'Change', href: '/account/password', visuallyHiddenText: 'password' }] },
              },
            ]}
          />
          <h2 class="govuk-heading-m">Where you work</h2>
          {places.length === 0 ? (
            <p class="govuk-body">You have no role in a partnership. Ask an administrator of yours to invite you.</p>
          ) : (
            <SummaryList
              rows={places.map((place) => ({
                key: (
                  <a class="govuk-link" href={`/${place.slug}/home`}>
                    {place.name}
                  </a>
                ),
                value: place.roles.map((role) => roleNames[role as Role].label).join(', '),
              }))}
            />
          )}
          <p class="govuk-body">To get or give up a role, ask an administrator of that partnership.</p>
          <h2 class="govuk-heading-m">Where you are signed in</h2>
          <Table
            caption="Open sessions"
            captionClasses="govuk-visually-hidden"
            head={['Signed in', 'Ends by itself']}
            rows={sessions.map((session) => [
              `${momentText(session.since)}${session.isThis ? ' (this browser)' : ''}`,
              momentText(session.until),
            ])}
          />
          <form method="post" action="/account/sign-out-everywhere">
            <Button classes="govuk-button--secondary" preventDoubleClick>
              Sign out everywhere
            </Button>
          </form>
        </div>
      </div>
    ),
  };
}

export function changePasswordPage(errors: Errors = {}): Page {
  return {
    title: 'Change your password',
    hasErrors: Object.keys(errors).length > 0,
    backHref: '/account',
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Wrong errors={errors} first="current" />
          <h1 class="govuk-heading-l">Change your password</h1>
          <p class="govuk-body">You stay signed in here and are signed out everywhere else.</p>
          <form method="post" action="/account/password" novalidate>
            <PasswordInput name="current" label="Your password now" errorMessage={errors['current']} />
            <PasswordInput
              name="password"
              label="New password"
              hint={passwordHint}
              autocomplete="new-password"
              errorMessage={errors['password']}
            />
            <Button preventDoubleClick>Save the new password</Button>
          </form>
        </div>
      </div>
    ),
  };
}
