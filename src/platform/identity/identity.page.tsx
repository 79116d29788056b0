import { roleNames, type Role } from '../../duty/index.ts';
import { Button, Details, ErrorSummary, Input, PasswordInput, SummaryList } from '../../govuk/index.ts';
import type { Page } from '../http/route.ts';
import type { ExampleAccount } from './example-accounts.ts';
import type { PlaceOfPerson } from './session.store.ts';

interface SignInForm {
  readonly next: string;
  readonly typed?: { readonly email: string };
  readonly errors?: Readonly<Record<string, string>>;
  readonly examples?: { readonly accounts: readonly ExampleAccount[]; readonly password: string } | undefined;
}

export function signInPage({ next, typed, errors = {}, examples }: SignInForm): Page {
  const mistakes = Object.entries(errors);
  return {
    title: 'Sign in',
    hasErrors: mistakes.length > 0,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {mistakes.length > 0 && (
            <ErrorSummary
              errorList={mistakes.map(([field, text]) => ({ text, href: `#${field === '' ? 'email' : field}` }))}
            />
          )}
          <h1 class="govuk-heading-l">Sign in</h1>
          <form method="post" action="/sign-in" novalidate>
            <input type="hidden" name="next" value={next} />
            <Input
              name="email"
              label="Email address"
              type="email"
              autocomplete="username"
              spellcheck={false}
              value={typed?.email}
              errorMessage={errors['email']}
            />
            <PasswordInput name="password" label="Password" errorMessage={errors['password']} />
            <Button preventDoubleClick>Sign in</Button>
          </form>
          <p class="govuk-body">
            <a class="govuk-link" href="/sign-in/forgotten">
              Forgotten your password?
            </a>
          </p>
          {examples !== undefined && (
            <Details summaryText="Example accounts">
              <p class="govuk-body">
                These accounts exist only while Concord shows its example. The password of each is{' '}
                <strong>{examples.password}</strong>.
              </p>
              <SummaryList
                rows={examples.accounts.map(({ email, role }) => ({ key: roleNames[role].label, value: email }))}
              />
            </Details>
          )}
        </div>
      </div>
    ),
  };
}

export function homePage(name: string, places: readonly PlaceOfPerson[]): Page {
  return {
    title: 'Your partnerships',
    main: (
      <>
        <h1 class="govuk-heading-l">Your partnerships</h1>
        {places.length === 0 ? (
          <p class="govuk-body">
            You are signed in as {name}, but you have no role in a partnership yet. Ask your administrator.
          </p>
        ) : (
          <>
            <p class="govuk-body">You are signed in as {name}. Choose where you want to work.</p>
            <ul class="govuk-list">
              {places.map(({ slug, name: place, roles }) => (
                <li>
                  <a class="govuk-link" href={`/${slug}/home`}>
                    {place}
                  </a>{' '}
                  as {roles.map((role) => roleNames[role as Role].label.toLowerCase()).join(', ')}
                </li>
              ))}
            </ul>
          </>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href="/account">
            Your account, password and sessions
          </a>
        </p>
      </>
    ),
  };
}
