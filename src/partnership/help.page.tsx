import type { JSX } from 'preact';
import { WarningText } from '../govuk/index.ts';

/** Where somebody finds help who is in danger, or was harmed: on every public home. */
export function GetHelp({ servicesHref }: { readonly servicesHref?: string | undefined } = {}): JSX.Element {
  return (
    <section id="get-help" aria-labelledby="get-help-heading">
      <h2 class="govuk-heading-m" id="get-help-heading">
        Get help
      </h2>
      <WarningText iconFallbackText="Important">
        If you or somebody else is in danger now, call 999. If you cannot speak, call from a mobile and press 55 when
        asked.
      </WarningText>
      {servicesHref !== undefined && (
        <p class="govuk-body">
          <a class="govuk-link" href={servicesHref}>
            Find services near you that can help
          </a>
        </p>
      )}
      <ul class="govuk-list govuk-list--spaced">
        <li>
          To tell the police about something that is not an emergency, call <strong>101</strong> or use{' '}
          <a class="govuk-link" href="https://www.police.uk/pu/contact-us/">
            police.uk
          </a>
          .
        </li>
        <li>
          If you were harmed by a crime, whether the police know of it or not, call Victim Support free on{' '}
          <strong>0808 16 89 111</strong>, day or night.
        </li>
        <li>
          If somebody at home frightens or hurts you, call the National Domestic Abuse Helpline free on{' '}
          <strong>0808 2000 247</strong>, day or night.
        </li>
        <li>
          If you are under 19, call Childline free on <strong>0800 1111</strong>, day or night. It does not show on the
          phone bill.
        </li>
        <li>
          To say what you know about a crime without giving your name, call Crimestoppers on{' '}
          <strong>0800 555 111</strong>.
        </li>
      </ul>
      <p class="govuk-body concord-screen-only">
        “Exit this page” at the top takes you to the weather at once. It does not clear the list of pages that your
        browser remembers.
      </p>
    </section>
  );
}
