import type { JSX } from 'preact';
import { Account, type AccountProps } from './account.tsx';
import { BackLink } from './back-link.tsx';
import { Breadcrumbs, type BreadcrumbsItem } from './breadcrumbs.tsx';
import { classNames } from './class-names.ts';
import type { Content, Listed } from './content.ts';
import { ExitThisPage } from './exit-this-page.tsx';
import { Footer, type FooterLink } from './footer.tsx';
import { GenericHeader } from './generic-header.tsx';
import { MarkingLine, type Marking } from './marking.tsx';
import { PhaseBanner } from './phase-banner.tsx';
import { ServiceNavigation } from './service-navigation.tsx';
import { SkipLink } from './skip-link.tsx';

export interface LayoutNavigationItem {
  readonly text: string;
  readonly href: string;
  /** This page or one below it. */
  readonly current?: boolean | undefined;
}

export interface LayoutProps {
  /** What the page is; the names of the service follow it in the browser's title. */
  readonly title: string;
  /** A page that came back with errors says so first in its title. */
  readonly hasErrors?: boolean | undefined;
  readonly lang?: string | undefined;
  /** The partnership's own name. */
  readonly serviceName: string;
  readonly serviceHref: string;
  /** The product's name, small beside it. */
  readonly productName?: string | undefined;
  readonly marking?: Marking | undefined;
  readonly navigation?: Listed<LayoutNavigationItem> | undefined;
  readonly account?: AccountProps | undefined;
  /** What everybody must know about this installation: "Example data, nothing here is real". */
  readonly banner?: { readonly text: Content; readonly tag?: string | undefined } | undefined;
  readonly breadcrumbs?: readonly BreadcrumbsItem[] | undefined;
  readonly backLink?: { readonly href: string; readonly text?: string | undefined } | undefined;
  /** Where "Exit this page" goes, on pages where someone may be watched. */
  readonly quickExitHref?: string | undefined;
  readonly footerLinks?: readonly FooterLink[] | undefined;
  readonly footerText?: Content;
  readonly contentLicence?: Content;
  /** A picture of the partnership's own, before its name. */
  readonly logo?: { readonly src: string; readonly alt: string } | undefined;
  readonly cssHref: string;
  /** A second stylesheet, read after the first: a partnership's own colour. */
  readonly accentHref?: string | undefined;
  readonly scriptHref: string;
  readonly iconHref?: string | undefined;
  /** Above the heading and outside of `<main>`, below the breadcrumbs. */
  readonly beforeContent?: Content;
  /** For tables, maps and workbenches: the whole page takes more of a wide screen. */
  readonly wide?: boolean | undefined;
  readonly children?: Content;
}

const mainId = 'main-content';

function Header(props: LayoutProps): JSX.Element {
  const navigation = (props.navigation ?? []).map(
    (item) => item && { text: item.text, href: item.href, active: item.current },
  );
  return (
    <header class="govuk-template__header">
      {props.quickExitHref !== undefined && (
        <a
          class="govuk-skip-link govuk-js-exit-this-page-skiplink"
          href={props.quickExitHref}
          rel="nofollow noreferrer"
        >
          Exit this page
        </a>
      )}
      {props.marking && <MarkingLine marking={props.marking} edge="top" />}
      <GenericHeader
        url={props.serviceHref}
        logoText={
          <>
            {props.logo && <img class="concord-header__logo" src={props.logo.src} alt={props.logo.alt} height="40" />}
            <span class="concord-header__name">{props.serviceName}</span>{' '}
            <span class="concord-header__product">{props.productName ?? 'Concord'}</span>
          </>
        }
      />
      {(navigation.some(Boolean) || props.account) && (
        <ServiceNavigation
          navigation={navigation}
          ariaLabel="Pages and account"
          slots={props.account && { end: <Account {...props.account} />, endAlign: 'inline' }}
        />
      )}
      {props.banner && <PhaseBanner tag={props.banner.tag ?? 'Example'}>{props.banner.text}</PhaseBanner>}
    </header>
  );
}

/** A whole page. It holds no script and no style of its own, so that the content security policy may refuse both. */
export function Layout(props: LayoutProps): JSX.Element {
  const product = props.productName ?? 'Concord';
  const title = [props.title, props.serviceName, product].filter((part, i, all) => all.indexOf(part) === i);
  return (
    <html lang={props.lang ?? 'en-GB'} class={classNames('govuk-template', props.wide && 'concord-template--wide')}>
      <head>
        <meta charset="utf-8" />
        <title>{`${props.hasErrors ? 'Error: ' : ''}${title.join(' – ')}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#0b4f55" />
        {props.iconHref !== undefined && <link rel="icon" href={props.iconHref} type="image/svg+xml" />}
        <link rel="stylesheet" href={props.cssHref} />
        {props.accentHref !== undefined && <link rel="stylesheet" href={props.accentHref} />}
      </head>
      <body class="govuk-template__body">
        {/* First in the body, and not deferred: it tells the stylesheet that scripts run before anything is drawn. */}
        <script src={props.scriptHref} />
        <SkipLink href={`#${mainId}`}>Skip to main content</SkipLink>
        <Header {...props} />
        <div class="govuk-width-container">
          {props.quickExitHref !== undefined && <ExitThisPage redirectUrl={props.quickExitHref} />}
          {props.breadcrumbs && <Breadcrumbs items={props.breadcrumbs} collapseOnMobile />}
          {props.backLink && (
            // Everything outside <main> stands in a landmark, so that who moves by landmarks meets it.
            <nav aria-label="Back">
              <BackLink href={props.backLink.href}>{props.backLink.text ?? 'Back'}</BackLink>
            </nav>
          )}
          {props.beforeContent}
          <main class="govuk-main-wrapper" id={mainId}>
            {props.children}
          </main>
        </div>
        <footer class="govuk-template__footer">
          <Footer
            meta={{ items: props.footerLinks ?? [], text: props.footerText }}
            contentLicence={props.contentLicence}
          />
          {props.marking && <MarkingLine marking={props.marking} edge="bottom" />}
        </footer>
      </body>
    </html>
  );
}
