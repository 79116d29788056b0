import { exactDate, formatPartialDate, type IsoDate } from '../../duty/index.ts';
import { document, Layout } from '../../govuk/index.ts';
import type { Page, Route, Visitor } from './route.ts';

export interface FrameOptions {
  readonly routes: readonly Route[];
  /** The installation's own name: that of its hub, or of its one partnership. */
  readonly installation: string;
  readonly mode: 'example' | 'live';
  /** The day on which the clocks of an example stand. */
  readonly standsOn: IsoDate | null;
  /** Address of a file of ours by its name. */
  readonly assetHref: (name: string) => string;
}

/** A page that gives nothing away to whoever looks over a shoulder: the one that the Design System leads to. */
const quickExitHref = 'https://www.bbc.co.uk/weather';

/** The frame round every page: whose it is, where one may go, how it is marked. Rendered to a string. */
export function framing({
  routes,
  installation,
  mode,
  standsOn,
  assetHref,
}: FrameOptions): (page: Page, visitor: Visitor, path: string) => string {
  const entries = routes
    .flatMap((route) =>
      route.navigation === undefined ? [] : [{ ...route.navigation, path: route.path, access: route.access }],
    )
    .sort((a, b) => a.order - b.order);
  const assets = {
    cssHref: assetHref('concord.css'),
    scriptHref: assetHref('concord.js'),
    iconHref: assetHref('concord.svg'),
  };
  const madeUp = 'Everything here is made up: no real place, person or figure.';
  const day = standsOn === null ? '' : ` In the example it is ${formatPartialDate(exactDate(standsOn))}.`;
  const banner = { tag: 'Example', text: madeUp + day };

  return (page, visitor, path) => {
    const { partnership, person, roles } = visitor;
    const home = partnership === undefined ? '' : `/${partnership.slug}`;
    const { accent, logo } = partnership?.look ?? { accent: null, logo: null };
    const navigation = entries
      .filter(
        ({ access }) => access !== 'public' && access !== 'person' && access.anyOf.some((role) => roles.includes(role)),
      )
      .map((entry) => {
        const href = entry.path.replace(':partnership', partnership?.slug ?? '');
        return { text: entry.text, href, current: path === href || path.startsWith(`${href}/`) };
      });
    return document(
      <Layout
        title={page.title}
        hasErrors={page.hasErrors}
        serviceName={partnership?.name ?? installation}
        serviceHref={home === '' ? '/' : home}
        {...assets}
        accentHref={accent === null ? undefined : `${home}/look.css?of=${accent.slice(1)}`}
        logo={logo === null ? undefined : { src: `${home}/logo.png?of=${logo.hash}`, alt: logo.alt }}
        navigation={
          person === undefined ? [{ text: 'Sign in', href: '/sign-in', current: path === '/sign-in' }] : navigation
        }
        account={person && { text: person.name, href: '/home', signOutAction: '/sign-out' }}
        banner={mode === 'example' ? banner : undefined}
        marking={page.marking}
        breadcrumbs={page.breadcrumbs?.map(({ text, href }) => ({ text, href }))}
        backLink={page.backHref === undefined ? undefined : { href: page.backHref }}
        wide={page.wide}
        quickExitHref={page.quickExit ? quickExitHref : undefined}
        footerLinks={[
          { text: 'Get help', href: home === '' ? '/#get-help' : `${home}#get-help` },
          { text: 'Privacy', href: `${home}/privacy` },
          { text: 'Cookies', href: '/cookies' },
          { text: 'Accessibility', href: `${home}/accessibility` },
        ]}
      >
        {page.main}
      </Layout>,
    );
  };
}
