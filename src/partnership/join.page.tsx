import { roleNames, type Role } from '../duty/index.ts';
import { Button, ErrorSummary, Input, PasswordInput, SummaryList } from '../govuk/index.ts';
import type { Mistakes, Page } from '../platform/http/route.ts';

export interface InvitationToShow {
  readonly token: string;
  readonly partnership: string;
  readonly inviter: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
}

type Visiting =
  /** Nobody is signed in: the page is the same whether the address has an account or not. */
  { readonly as: 'nobody' } | { readonly as: 'invited' } | { readonly as: 'somebody else'; readonly name: string };

interface Form {
  readonly invitation: InvitationToShow;
  readonly visiting: Visiting;
  readonly typedName?: string | undefined;
  readonly errors?: Mistakes['errors'];
}

export function joinPage({ invitation, visiting, typedName, errors = {} }: Form): Page {
  const { token, partnership, inviter, email, roles } = invitation;
  const mistakes = Object.entries(errors);
  return {
    title: `Join ${partnership}`,
    hasErrors: mistakes.length > 0,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {mistakes.length > 0 && (
            <ErrorSummary
              errorList={mistakes.map(([field, text]) => ({ text, href: `#${field === '' ? 'sign-in' : field}` }))}
            />
          )}
          <h1 class="govuk-heading-l govuk-!-text-break-word">Join {partnership}</h1>
          <p class="govuk-body govuk-!-text-break-word">
            {inviter} invites <strong>{email}</strong> to work here as:
          </p>
          <SummaryList rows={roles.map((role) => ({ key: roleNames[role].label, value: roleNames[role].who }))} />
          {visiting.as === 'invited' && (
            <form method="post" action={`/l/${token}/accept`}>
              <Button preventDoubleClick>Accept the invitation</Button>
            </form>
          )}
          {visiting.as === 'somebody else' && (
            <>
              <p class="govuk-body govuk-!-text-break-word">
                You are signed in as {visiting.name}, with another email address. To accept, sign out, then open the
                link in the letter again.
              </p>
              <form method="post" action="/sign-out">
                <Button preventDoubleClick>Sign out now</Button>
              </form>
            </>
          )}
          {visiting.as === 'nobody' && <NewAccount invitation={invitation} typedName={typedName} errors={errors} />}
        </div>
      </div>
    ),
  };
}

function NewAccount({
  invitation: { token, email, name },
  typedName,
  errors,
}: {
  readonly invitation: InvitationToShow;
  readonly typedName: string | undefined;
  readonly errors: Mistakes['errors'];
}) {
  return (
    <>
      <h2 class="govuk-heading-m">If you are new here</h2>
      <form method="post" action={`/l/${token}`} novalidate>
        <input type="hidden" name="username" value={email} autocomplete="username" />
        <Input
          name="name"
          label="Your name"
          hint="As colleagues will see it"
          autocomplete="name"
          value={typedName ?? name}
          errorMessage={errors['name']}
        />
        <PasswordInput
          name="password"
          label="Choose a password"
          hint="At least 12 characters. Three random words are easy to remember and hard to guess."
          autocomplete="new-password"
          errorMessage={errors['password']}
        />
        <Button preventDoubleClick>Accept and sign in</Button>
      </form>
      <h2 class="govuk-heading-m">If you have an account here already</h2>
      <p class="govuk-body">
        <a class="govuk-link" id="sign-in" href={`/sign-in?next=${encodeURIComponent(`/l/${token}`)}`}>
          Sign in to accept
        </a>
      </p>
    </>
  );
}

const closed = {
  'not-ours': {
    title: 'This link opens nothing',
    sentence:
      'It is not a link that we gave out, or a part of it is missing. Copy the whole link from the letter, or ask whoever invited you for a new one.',
  },
  expired: {
    title: 'This invitation has expired',
    sentence: 'An invitation is good for 14 days. Ask whoever invited you to send it again.',
  },
  'called-back': {
    title: 'This invitation was called back',
    sentence:
      'It was called back, or a newer letter has taken its place. Open the link in the newest letter, or ask whoever invited you.',
  },
  used: {
    title: 'This invitation was accepted already',
    sentence: 'If that was you, sign in. If it was not, tell whoever invited you at once.',
  },
} as const;

export type WhyClosed = keyof typeof closed;

export function closedInvitationPage(why: WhyClosed): Page {
  const { title, sentence } = closed[why];
  return {
    title,
    status: 404,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">{title}</h1>
          <p class="govuk-body">{sentence}</p>
          {why === 'used' && (
            <p class="govuk-body">
              <a class="govuk-link" href="/sign-in">
                Sign in
              </a>
            </p>
          )}
        </div>
      </div>
    ),
  };
}
