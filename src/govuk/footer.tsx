import type { JSX } from 'preact';
import type { Attributes } from './attributes.ts';
import { classNames } from './class-names.ts';
import { isPresent, type Content } from './content.ts';

export interface FooterLink {
  readonly text: string;
  readonly href: string;
  readonly attributes?: Attributes | undefined;
}

export interface FooterNavigation {
  readonly title: string;
  readonly columns?: number | undefined;
  readonly width?: 'full' | 'one-quarter' | 'one-third' | 'one-half' | 'two-thirds' | 'three-quarters' | undefined;
  readonly items?: readonly FooterLink[] | undefined;
}

export interface FooterMeta {
  readonly visuallyHiddenTitle?: string | undefined;
  readonly items?: readonly FooterLink[] | undefined;
  readonly text?: Content;
}

export interface FooterProps {
  readonly meta?: FooterMeta | undefined;
  readonly navigation?: readonly FooterNavigation[] | undefined;
  /** Under which licence the page may be used; nothing is said where none is given. */
  readonly contentLicence?: Content;
  readonly containerClasses?: string | undefined;
  readonly classes?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

const licenceLogo =
  'M421.5 142.8V.1l-50.7 32.3v161.1h112.4v-50.7zm-122.3-9.6A47.12 47.12 0 0 1 221 97.8c0-26 21.1-47.1 47.1-47.1 16.7 0 31.4 8.7 39.7 21.8l42.7-27.2A97.63 97.63 0 0 0 268.1 0c-36.5 0-68.3 20.1-85.1 49.7A98 98 0 0 0 97.8 0C43.9 0 0 43.9 0 97.8s43.9 97.8 97.8 97.8c36.5 0 68.3-20.1 85.1-49.7a97.76 97.76 0 0 0 149.6 25.4l19.4 22.2h3v-87.8h-80l24.3 27.5zM97.8 145c-26 0-47.1-21.1-47.1-47.1s21.1-47.1 47.1-47.1 47.2 21 47.2 47S123.8 145 97.8 145';

function FooterItem({ link, classes }: { readonly link: FooterLink; readonly classes: string }): JSX.Element {
  return (
    <li class={classes}>
      <a class="govuk-footer__link" href={link.href} {...link.attributes}>
        {link.text}
      </a>
    </li>
  );
}

function Navigation({ sections }: { readonly sections: readonly FooterNavigation[] }): JSX.Element {
  return (
    <>
      <div class="govuk-footer__navigation">
        {sections.map((section) => (
          <div class={`govuk-footer__section govuk-grid-column-${section.width ?? 'full'}`}>
            <h2 class="govuk-footer__heading govuk-heading-m">{section.title}</h2>
            {section.items && section.items.length > 0 && (
              <ul
                class={classNames(
                  'govuk-footer__list',
                  section.columns !== undefined && `govuk-footer__list--columns-${section.columns}`,
                )}
              >
                {section.items.map((link) => (
                  <FooterItem link={link} classes="govuk-footer__list-item" />
                ))}
              </ul>
            )}
          </div>
        ))}
      </div>
      <hr class="govuk-footer__section-break" />
    </>
  );
}

function Meta({ meta }: { readonly meta: FooterMeta }): JSX.Element {
  return (
    <>
      <h2 class="govuk-visually-hidden">{meta.visuallyHiddenTitle ?? 'Support links'}</h2>
      {meta.items && meta.items.length > 0 && (
        <ul class="govuk-footer__inline-list">
          {meta.items.map((link) => (
            <FooterItem link={link} classes="govuk-footer__inline-list-item" />
          ))}
        </ul>
      )}
      {isPresent(meta.text) && <div class="govuk-footer__meta-custom">{meta.text}</div>}
    </>
  );
}

/** Without crown, crest and Crown copyright: those belong to GOV.UK, and this is not GOV.UK. */
export function Footer(props: FooterProps): JSX.Element {
  return (
    <div class={classNames('govuk-footer', props.classes)} {...props.attributes}>
      <div class={classNames('govuk-width-container', props.containerClasses)}>
        {props.navigation && props.navigation.length > 0 && <Navigation sections={props.navigation} />}
        <div class="govuk-footer__meta">
          <div class="govuk-footer__meta-item govuk-footer__meta-item--grow">
            {props.meta && <Meta meta={props.meta} />}
            {isPresent(props.contentLicence) && (
              <>
                <svg
                  aria-hidden="true"
                  focusable="false"
                  class="govuk-footer__licence-logo"
                  xmlns="http://www.w3.org/2000/svg"
                  viewBox="0 0 483.2 195.7"
                  height="17"
                  width="41"
                >
                  <path fill="currentColor" d={licenceLogo} />
                </svg>
                <span class="govuk-footer__licence-description">{props.contentLicence}</span>
              </>
            )}
          </div>
        </div>
      </div>
    </div>
  );
}
