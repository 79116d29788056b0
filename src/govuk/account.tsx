import type { JSX } from 'preact';

export interface AccountProps {
  /** Who is signed in. */
  readonly text: string;
  /** Their own page. */
  readonly href: string;
  /** Where signing out is posted to. */
  readonly signOutAction: string;
}

/** Who is signed in, and the way out. Signing out changes something, so it is a form and not a link. */
export function Account(props: AccountProps): JSX.Element {
  return (
    <div class="concord-account">
      <a class="govuk-service-navigation__link concord-account__name" href={props.href}>
        <span class="govuk-visually-hidden">Your account: </span>
        {props.text}
      </a>
      <form class="concord-account__sign-out" method="post" action={props.signOutAction}>
        <button type="submit" class="concord-link-button">
          Sign out
        </button>
      </form>
    </div>
  );
}
