import type { ComponentChildren, JSX } from 'preact';
import { SummaryList, Table } from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import { ContactLines } from './contact.page.tsx';
import type { Answerable } from './statement.store.ts';

/** Whose pages a statement is about: one partnership, or the installation with all that live in it. */
export interface Whose {
  /** Undefined: the whole installation. */
  readonly partnership: Answerable | undefined;
  readonly all: readonly Answerable[];
}

const inTwoThirds = (...children: readonly ComponentChildren[]): JSX.Element => (
  <div class="govuk-grid-row">
    <div class="govuk-grid-column-two-thirds">{children}</div>
  </div>
);

function Contacts({ whose: { partnership, all } }: { readonly whose: Whose }): JSX.Element {
  if (partnership !== undefined) return <ContactLines of={partnership} />;
  if (all.length === 0) return <p class="govuk-body">No partnership has been set up here yet.</p>;
  return (
    <>
      {all.map((each) => (
        <>
          <h3 class="govuk-heading-s">{each.name}</h3>
          <ContactLines of={each} />
        </>
      ))}
    </>
  );
}

export interface CookieFacts {
  readonly name: string;
  /** After this long the session ends, whatever the browser does. */
  readonly hours: number;
}

export function cookiesPage({ name, hours }: CookieFacts): Page {
  return {
    title: 'Cookies',
    main: inTwoThirds(
      <h1 class="govuk-heading-l">Cookies</h1>,
      <p class="govuk-body">
        A cookie is a small file that a website saves on your phone, tablet or computer. Concord sets none while you
        read public pages. It sets one when you sign in, because without it you would have to sign in again on every
        page.
      </p>,
      <Table
        caption="The one cookie, which is strictly necessary"
        captionClasses="govuk-table__caption--m"
        head={['Name', 'What it is for', 'It ends']}
        rows={[
          [
            <code>{name}</code>,
            'Knows that you are signed in. It holds a random number and nothing about you.',
            `After ${hours} hours, or when you sign out`,
          ],
        ]}
      />,
      <p class="govuk-body">
        Nothing here counts or follows visitors, and no page asks another website for anything. That is why there is no
        choice of cookies to make: the law asks for one only where cookies are not strictly necessary (Privacy and
        Electronic Communications Regulations 2003, regulation 6).
      </p>,
    ),
  };
}

export interface PrivacyFacts {
  readonly sessionHours: number;
  readonly failureMinutes: number;
}

export function privacyPage(whose: Whose, { sessionHours, failureMinutes }: PrivacyFacts): Page {
  const who = whose.partnership?.name ?? 'Each partnership here';
  return {
    title: 'Privacy',
    main: inTwoThirds(
      <h1 class="govuk-heading-l">Privacy</h1>,
      <p class="govuk-body">
        {who} uses Concord to do what the law asks of it: to prevent and reduce serious violence (Police, Crime,
        Sentencing and Courts Act 2022, Part 2). This page says what Concord keeps about people, why, and for how long.
      </p>,
      <h2 class="govuk-heading-m">If you read public pages</h2>,
      <p class="govuk-body">
        Concord keeps nothing about you. It sets no cookie, and does not write down who read what.
      </p>,
      <h2 class="govuk-heading-m">If you sign in</h2>,
      <SummaryList
        rows={[
          {
            key: 'Your account',
            value:
              'Your name, your email address, your roles, and a scrambled form of your password from which it cannot be read. Kept for as long as you have an account; a disabled account stays, so that the record of what was done still has a name.',
          },
          {
            key: 'Being signed in',
            value: `A session for ${sessionHours} hours at most. It is deleted when you sign out, or after its time when somebody next signs in. When you last signed in is kept with your account.`,
          },
          {
            key: 'Invitations and roles',
            value:
              'That you were invited, to what and by whom; which roles you hold and held, who gave and took them and when; and what each review of access decided about you, with the reason. Kept for as long as the partnership’s records.',
          },
          {
            key: 'Failed tries',
            value: `That a try failed, with the account and the network address as codes that cannot be turned back. They count for ${failureMinutes} minutes and are deleted when somebody next signs in.`,
          },
          {
            key: 'What you did',
            value:
              'Who opened a restricted record or changed something, which record, and when; never what the record said. This audit cannot be changed or shortened, and is kept for as long as the partnership’s records.',
          },
          {
            key: 'Changes',
            value:
              'What a record of the register said before and after a change, and who made it. Kept for as long as the record.',
          },
          {
            key: 'Mail to you',
            value:
              'Address and subject of messages that Concord sent you, and their text until they were sent. Concord does not delete them by itself.',
          },
        ]}
      />,
      <h2 class="govuk-heading-m">If you act for an organisation in a partnership</h2>,
      <p class="govuk-body">
        The partnership may keep your name, your work email address and telephone number, the posts that you hold and
        held, and the seats that you have on its boards and groups, with their dates. It comes from you or from your
        organisation. People of the partnership see it; public pages show posts and organisations, and no person’s name.
      </p>,
      <p class="govuk-body">
        Of somebody who takes part because of what they have lived through, lists show a label. The name is kept apart
        from everything else, and who looks at it is written down.
      </p>,
      <p class="govuk-body">
        It is kept for as long as the partnership keeps its register. When you leave, the date is noted and the record
        stays, so that a decision of that time still says who took it. What was entered by mistake can be deleted.
      </p>,
      <h2 class="govuk-heading-m">Why the law allows it</h2>,
      <p class="govuk-body">
        The authorities of a partnership must work together to prevent and reduce serious violence, and this is needed
        for that task (UK General Data Protection Regulation, Article 6(1)(e)). Nothing is sold, nothing is used for
        advertising, and no decision about you is made by a machine.
      </p>,
      <h2 class="govuk-heading-m">Who answers</h2>,
      <Contacts whose={whose} />,
      <h2 class="govuk-heading-m">Your rights</h2>,
      <p class="govuk-body">
        You can ask what is kept about you, have mistakes put right, object, and ask for it to be deleted or no longer
        used. You get an answer within a month.
      </p>,
      <p class="govuk-body">
        If you are not content with the answer, complain to the{' '}
        <a class="govuk-link" href="https://ico.org.uk/make-a-complaint/">
          Information Commissioner
        </a>{' '}
        or call 0303 123 1113.
      </p>,
    ),
  };
}

export function accessibilityPage(whose: Whose): Page {
  const name = whose.partnership?.name ?? 'this installation of Concord';
  return {
    title: 'Accessibility statement',
    main: inTwoThirds(
      <h1 class="govuk-heading-l">Accessibility statement</h1>,
      <p class="govuk-body">
        This statement is about the pages of {name}. We want as many people as possible to be able to use them. You
        should be able to:
      </p>,
      <ul class="govuk-list govuk-list--bullet">
        <li>change colours, contrast levels and fonts with the settings of your browser or device</li>
        <li>zoom in up to 400 % without text going off the screen</li>
        <li>use every page with a keyboard alone</li>
        <li>use every page with scripts switched off</li>
        <li>use every page with a screen reader</li>
        <li>print every page</li>
      </ul>,
      <p class="govuk-body">
        <a class="govuk-link" href="https://mcmw.abilitynet.org.uk/">
          AbilityNet
        </a>{' '}
        has advice on making your device easier to use if you have a disability.
      </p>,
      <h2 class="govuk-heading-m">How accessible it is</h2>,
      <p class="govuk-body">
        We know of no page that fails the{' '}
        <a class="govuk-link" href="https://www.w3.org/TR/WCAG22/">
          Web Content Accessibility Guidelines 2.2
        </a>
        , level AA. But nobody from outside has checked that yet, so we say only: these pages are partially compliant,
        because of what stands under “What we do not know yet”.
      </p>,
      <h2 class="govuk-heading-m">What we do not know yet</h2>,
      <ul class="govuk-list govuk-list--bullet">
        <li>No independent audit has been made.</li>
        <li>No test with people who use screen readers, voice control or screen magnifiers has been made.</li>
        <li>
          Wide tables move sideways in a box of their own on a small screen (allowed by criterion 1.4.10 for tables, but
          not comfortable).
        </li>
        <li>Papers that a partnership links to on other websites may not be accessible. Ask their owners.</li>
      </ul>,
      <h2 class="govuk-heading-m">If you cannot use something, or need it in another form</h2>,
      <p class="govuk-body">
        Say which page, and what you need: large print, easy read, a recording or braille, for example.
      </p>,
      <Contacts whose={whose} />,
      <h2 class="govuk-heading-m">If you are not content with the answer</h2>,
      <p class="govuk-body">
        The Equality and Human Rights Commission enforces the Public Sector Bodies (Websites and Mobile Applications)
        (No. 2) Accessibility Regulations 2018. Contact the{' '}
        <a class="govuk-link" href="https://www.equalityadvisoryservice.com/">
          Equality Advisory and Support Service
        </a>
        .
      </p>,
      <h2 class="govuk-heading-m">How it was tested</h2>,
      <p class="govuk-body">
        With every change of Concord, each page is opened in a browser (Chromium) at 320 and at 1,440 pixels, and
        checked with axe-core with no rule switched off. Further tests use the pages with a keyboard alone, without
        scripts, at 400 % zoom, with the colours of the system, and on paper. The pages use the components of the GOV.UK
        Design System, and each is compared with the examples that it publishes.
      </p>,
    ),
  };
}
