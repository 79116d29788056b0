import { Button, Checkboxes, ErrorSummary, FileUpload, Input, NotificationBanner, UploadForm } from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import type { Look, LookField } from './look.ts';
import { mostLogoBytes } from './logo.ts';

export interface LookPage {
  readonly slug: string;
  readonly look: Look;
  /** What was typed, where the form comes back. */
  readonly typed?: Readonly<Record<string, unknown>>;
  readonly errors?: Readonly<Record<string, string>>;
  readonly isSaved?: boolean;
}

/** Where an error leads that belongs to no field of its own. */
const anchorOf = (field: string): string => `#${field === '' ? 'name' : field}`;

export function lookPage({ slug, look, typed, errors = {}, isSaved = false }: LookPage): Page {
  const mistakes = Object.entries(errors);
  const value = (field: LookField): string => {
    const given = typed === undefined ? look[field] : typed[field];
    return typeof given === 'string' ? given : '';
  };
  /** Where somebody else was quicker, each field that differs says what it is now. */
  const now = (field: LookField, otherwise?: string): string | undefined =>
    errors[''] !== undefined && value(field) !== (look[field] ?? '')
      ? `It is now: ${look[field] ?? 'empty'}`
      : otherwise;
  return {
    title: 'Settings',
    hasErrors: mistakes.length > 0,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {mistakes.length > 0 && (
            <ErrorSummary errorList={mistakes.map(([field, text]) => ({ text, href: anchorOf(field) }))} />
          )}
          {isSaved && mistakes.length === 0 && (
            <NotificationBanner type="success">
              <p class="govuk-notification-banner__heading">Saved. The public pages show it from now on.</p>
            </NotificationBanner>
          )}
          <h1 class="govuk-heading-l">Settings</h1>
          <p class="govuk-body">How the partnership looks to everybody, and who answers for its pages.</p>
          <UploadForm action={`/${slug}/settings`}>
            <input type="hidden" name="version" value={String(look.version)} />
            <Input
              name="name"
              label="Name of the partnership"
              hint={now('name', 'As people know it. A former name stays among the partnership’s other names.')}
              value={value('name')}
              errorMessage={errors['name']}
            />
            <h2 class="govuk-heading-m">Contact</h2>
            <p class="govuk-body">
              The privacy notice and the accessibility statement name this contact. Give a team rather than a person:
              people leave.
            </p>
            <Input
              name="contactName"
              label="Who answers"
              hint={now('contactName', 'Such as “Information governance, Haverness Council”')}
              value={value('contactName')}
              errorMessage={errors['contactName']}
            />
            <Input
              name="contactEmail"
              type="email"
              label="Email address"
              hint={now('contactEmail')}
              spellcheck={false}
              value={value('contactEmail')}
              errorMessage={errors['contactEmail']}
            />
            <Input
              name="contactPhone"
              type="tel"
              label="Telephone number"
              hint={now('contactPhone')}
              classes="govuk-input--width-20"
              value={value('contactPhone')}
              errorMessage={errors['contactPhone']}
            />
            <h2 class="govuk-heading-m">Look</h2>
            <Input
              name="accent"
              label="Colour"
              hint={now(
                'accent',
                'Of the header and the buttons, as # and six digits or letters, such as #0b4f55. White text must be readable on it. Leave it empty for Concord’s own.',
              )}
              classes="govuk-input--width-10"
              spellcheck={false}
              value={value('accent')}
              errorMessage={errors['accent']}
            />
            {look.logo !== null && (
              <>
                <p class="govuk-body">The logo now:</p>
                <p class="govuk-body">
                  <img class="concord-logo" src={logoHref(slug, look.logo)} alt={look.logoAlt ?? ''} />
                </p>
                <Checkboxes
                  name="withoutLogo"
                  classes="govuk-checkboxes--small"
                  items={[{ value: 'yes', text: 'Take this logo away' }]}
                  values={typed?.['withoutLogo'] === 'yes' ? ['yes'] : []}
                />
              </>
            )}
            <FileUpload
              name="logo"
              label={look.logo === null ? 'Logo' : 'Another logo'}
              hint={`A PNG picture smaller than ${mostLogoBytes / 1_000} kB. It stands in the header, 40 pixels high.`}
              attributes={{ accept: 'image/png' }}
              errorMessage={errors['logo']}
            />
            <Input
              name="logoAlt"
              label="What the logo shows"
              hint={now('logoAlt', 'For people who cannot see it, such as “Three gulls over a harbour”')}
              value={value('logoAlt')}
              errorMessage={errors['logoAlt']}
            />
            <Button preventDoubleClick>Save settings</Button>
          </UploadForm>
        </div>
      </div>
    ),
  };
}

export const logoHref = (slug: string, hash: string): string => `/${slug}/logo.png?of=${hash}`;
