import type { Page } from './route.ts';

export type RefusalStatus =
  400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 414 | 415 | 422 | 429 | 431 | 500 | 503 | 507;

interface Words {
  readonly title: string;
  readonly sentence: string;
  readonly next: string;
}

const words: Readonly<Record<RefusalStatus, Words>> = {
  400: {
    title: 'That address or form could not be read',
    sentence: 'Something in what was sent is not what this page takes.',
    next: 'Go back and try again.',
  },
  401: {
    title: 'Sign in first',
    sentence: 'You are not signed in, or your session has ended. Nothing was saved.',
    next: 'Sign in, then send the form again.',
  },
  403: {
    title: 'This page is not for your role',
    sentence: 'You are signed in, but your role in this partnership does not include this page.',
    next: 'If you need it for your work, ask the partnership’s administrator.',
  },
  404: {
    title: 'Page not found',
    sentence: 'There is nothing at this address, or it is not yours to see.',
    next: 'If you typed the address, check it. If you followed a link, go to the home page and look from there.',
  },
  405: {
    title: 'This address does not take that',
    sentence: 'The address exists, but not for this kind of request.',
    next: 'Go to the home page and look from there.',
  },
  408: {
    title: 'That took too long',
    sentence: 'The request did not arrive in time. Nothing was saved.',
    next: 'Check your connection and try again.',
  },
  409: {
    title: 'Somebody was quicker',
    sentence: 'This record changed while you were looking at it. Nothing was saved.',
    next: 'Open the record again, then make your change.',
  },
  413: {
    title: 'That is too large',
    sentence: 'More was sent than this page takes. Nothing was saved.',
    next: 'Make it smaller and send it again.',
  },
  414: {
    title: 'That address is too long',
    sentence: 'The address is longer than this service reads.',
    next: 'Go to the home page and look from there.',
  },
  415: {
    title: 'That is not a form',
    sentence: 'This page takes a form and got something else. Nothing was saved.',
    next: 'Open the page in a browser and fill in the form.',
  },
  422: {
    title: 'There is a problem',
    sentence: 'Some answers need to be changed. Nothing was saved.',
    next: 'Go back and check your answers.',
  },
  429: {
    title: 'Too many tries',
    sentence: 'There were too many tries in a short time.',
    next: 'Wait a few minutes, then try again.',
  },
  431: {
    title: 'That address is too long',
    sentence: 'The address, or what came with it, is longer than this service reads.',
    next: 'Go to the home page and look from there.',
  },
  500: {
    title: 'Sorry, there is a problem with the service',
    sentence: 'Something went wrong on our side. Nothing was saved.',
    next: 'Try again later. If it happens again, tell the administrator the reference below.',
  },
  503: {
    title: 'The records cannot be reached at the moment',
    sentence: 'Concord is running, but its records are not answering. Nothing was saved.',
    next: 'Wait a minute, then try again.',
  },
  507: {
    title: 'There is no room for that',
    sentence: 'The disk that Concord writes to is full. Nothing was saved.',
    next: 'Ask whoever runs Concord to make room, then send it again.',
  },
};

/** What a page says when there is no page: what happened, and what to do next. */
export function refusalPage(status: RefusalStatus, sentence?: string, reference?: string): Page {
  const said = words[status];
  return {
    title: said.title,
    // The page itself is the answer whatever its status: the frame does not need to know it.
    main: (
      <>
        <h1 class="govuk-heading-l">{said.title}</h1>
        <p class="govuk-body">{sentence ?? said.sentence}</p>
        <p class="govuk-body">{said.next}</p>
        {reference !== undefined && (
          <p class="govuk-body">
            Reference: <strong>{reference}</strong>
          </p>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href="/">
            Go to the home page
          </a>
        </p>
      </>
    ),
  };
}

/** The same for a program: problem details (RFC 9457). */
export const problemOf = (status: RefusalStatus, sentence?: string, reference?: string) => ({
  type: 'about:blank',
  title: words[status].title,
  status,
  detail: sentence ?? words[status].sentence,
  ...(reference !== undefined && { reference }),
});
