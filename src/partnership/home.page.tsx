import { roleNames } from '../duty/index.ts';
import { SummaryList } from '../govuk/index.ts';
import type { Page, Visitor } from '../platform/http/route.ts';
import type { PublicPartnership } from './home.store.ts';

const danger = (
  <p class="govuk-body">
    If you or somebody else is in danger now, call <strong>999</strong>. If you cannot speak, call from a mobile and
    press 55 when asked.
  </p>
);

export function installationHome(partnerships: readonly PublicPartnership[], mode: 'example' | 'live'): Page {
  return {
    title: 'Preventing serious violence together',
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">Preventing serious violence together</h1>
          <p class="govuk-body-l">
            Councils, police, fire, health, probation and youth justice share what they know about violence, agree what
            to do, and show whether it worked.
          </p>
          {danger}
          {partnerships.length === 0 ? (
            <p class="govuk-body">No partnership has been set up here yet.</p>
          ) : (
            <>
              <h2 class="govuk-heading-m">Partnerships</h2>
              <ul class="govuk-list">
                {partnerships.map(({ slug, name }) => (
                  <li>
                    <a class="govuk-link" href={`/${slug}`}>
                      {name}
                    </a>
                  </li>
                ))}
              </ul>
            </>
          )}
          {mode === 'example' && (
            <p class="govuk-body">
              To look around as a member of a partnership,{' '}
              <a class="govuk-link" href="/sign-in">
                sign in with an example account
              </a>
              .
            </p>
          )}
        </div>
      </div>
    ),
  };
}

export function partnershipHome(name: string): Page {
  return {
    title: name,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">{name}</h1>
          <p class="govuk-body-l">
            The partnership that prevents and reduces serious violence here, under the Serious Violence Duty (Police,
            Crime, Sentencing and Courts Act 2022).
          </p>
          {danger}
        </div>
      </div>
    ),
  };
}

export function memberHome(slug: string, { person, partnership, roles }: Visitor): Page {
  return {
    title: 'Home',
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">{person?.name}</h1>
          <p class="govuk-body">You work in {partnership?.name} as:</p>
          <SummaryList rows={roles.map((role) => ({ key: roleNames[role].label, value: roleNames[role].who }))} />
          <p class="govuk-body">The pages for your work stand at the top of each page.</p>
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
