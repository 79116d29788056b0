import type { JSX } from 'preact';
import type { Answerable } from './statement.store.ts';

type Contact = Pick<Answerable, 'contactName' | 'contactEmail' | 'contactPhone'>;

/** Who answers, and how to reach them; or that nobody is named yet. */
export function ContactLines({ of }: { readonly of: Contact }): JSX.Element {
  if (of.contactName === null)
    return (
      <p class="govuk-body">
        This partnership has not named a contact yet. Write to the council that you live in, and ask for the community
        safety team.
      </p>
    );
  return (
    <ul class="govuk-list">
      <li>{of.contactName}</li>
      {of.contactEmail !== null && (
        <li>
          Email:{' '}
          <a class="govuk-link" href={`mailto:${of.contactEmail}`}>
            {of.contactEmail}
          </a>
        </li>
      )}
      {of.contactPhone !== null && <li>Telephone: {of.contactPhone}</li>}
    </ul>
  );
}
