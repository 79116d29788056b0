import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import type { IsoDate, Role } from '../../duty/index.ts';
import type { Look } from '../database/door.ts';
import type { ReadWork, Schema, Work } from '../database/work.ts';
import type { Equipment } from './equipment.ts';
import type { SentFile, Upload } from './input.ts';
import type { LargeUpload, StoredFile } from './large-upload.ts';

/**
 * A route is a row of data. What it answers, who may ask, what the audit will say, what it takes and what a page says
 * when that is wrong: a row without one of them does not compile. From the table of all rows come the access matrix, the
 * audit catalogue, OpenAPI, the navigation, and the addresses that the tests visit.
 */
export type Route = ReadRoute | WriteRoute;

/** Everybody; anybody signed in, wherever they belong; or whoever holds one of these roles in the partnership of the address. */
export type Access = 'public' | 'person' | { readonly anyOf: readonly [Role, ...Role[]] };

/** The name of the entry that the audit gets, or the reason why it gets none. A read with a name is a restricted one. */
export type Audited = Uppercase<string> | { readonly none: string };

export type Params = z.ZodObject;
export type Query = z.ZodObject;
export type Body = z.ZodObject;

interface Row {
  /** Begins with `/:partnership/` when it belongs to one: then the unit of work is bound to that partnership. */
  readonly path: `/${string}`;
  /** What it is, in a few words, for the access matrix. */
  readonly about: string;
  readonly access: Access;
  readonly params: Params;
  /** Where the example world has one: what tests, screenshots and the accessibility checks ask for. */
  readonly example: (world: World) => Example | { readonly none: string };
  /** Stands in the navigation of those who may see it, in this order. */
  readonly navigation?: { readonly text: string; readonly order: number };
  /** Units of a sign-in page enter by the identity door; all others by the one that their access says. */
  readonly door?: 'identity';
  /** A page that must answer while the records do not: it gets no unit of work. */
  readonly needsRecords?: false;
}

export interface ReadRoute extends Row {
  readonly method: 'GET';
  readonly audit: Audited;
  readonly query: Query;
  /** What a JSON route answers: it then stands in /openapi.json. */
  readonly answers?: z.ZodType;
  /**
   * Open data for programs of any site: every answer below the first fixed part of its address may be read from
   * elsewhere, refusals are problem details (RFC 9457), and what has not changed is not sent again.
   */
  readonly openFeed?: true;
  readonly handle: (visit: Visit<unknown, unknown, unknown>) => Promise<Shown> | Shown;
}

export interface WriteRoute extends Row {
  readonly method: 'POST';
  readonly audit: Uppercase<string>;
  readonly body: Body;
  /** A form that takes a file: it is read only for those who may be let in. */
  readonly upload?: Upload;
  /** A form that takes files of any size: they lie on the disk, and stay there when the answer is `seeOther`. */
  readonly largeUpload?: LargeUpload;
  readonly handle: (
    visit: Visit<unknown, unknown, unknown> & { readonly body: unknown } & Sent,
  ) => Promise<Written> | Written;
  /** The page again, with what was typed and what is wrong with it. */
  readonly invalid: (visit: Visit<unknown, unknown, unknown> & Mistakes) => Promise<Shown> | Shown;
}

export interface Visit<W, P, Q> {
  readonly work: W;
  readonly params: P;
  readonly query: Q;
  readonly visitor: Visitor;
  /** The moment of this request, in UTC. */
  readonly moment: Date;
  /** The day on which the partnership's clocks run: today in England, or the day on which the example stands. */
  readonly today: IsoDate;
  /** Network address that the request came from. */
  readonly address: string;
  readonly equipment: Equipment;
}

/** The files of a form: those of an `upload`, and those of a `largeUpload`. */
export interface Sent {
  readonly files: readonly SentFile[];
  readonly stored: readonly StoredFile[];
}

/** Who asks, and where. */
export interface Visitor {
  readonly person: { readonly id: string; readonly name: string } | undefined;
  readonly partnership:
    { readonly id: string; readonly slug: string; readonly name: string; readonly look: Look } | undefined;
  readonly roles: readonly Role[];
  /** The token of the session, for the page that ends it. */
  readonly session: string | undefined;
}

export interface Mistakes {
  /** By field name; `''` concerns the whole form. Sentences that say what to do. */
  readonly errors: Readonly<Record<string, string>>;
  /** What was typed, as it was typed. */
  readonly typed: Readonly<Record<string, string | readonly string[]>>;
}

/** What a page consists of; the frame around it (navigation, name, marking) is the same for all. */
export interface Page {
  readonly title: string;
  readonly main: ComponentChildren;
  readonly status?: 200 | 400 | 403 | 404 | 409 | 413 | 422 | 429;
  readonly breadcrumbs?: readonly { readonly text: string; readonly href: string }[];
  readonly backHref?: string;
  /** Shown at the top of the page and of every print. */
  readonly marking?: { readonly text: string; readonly handling?: string | undefined };
  /** What is wrong with the form on it: the browser's title says so first. */
  readonly hasErrors?: boolean;
  readonly wide?: boolean;
  /** A page that somebody may be watched with: it can be left at once. */
  readonly quickExit?: boolean;
  /** Kept by no browser and no cache, though everybody may see it: its address may say what somebody looks for. */
  readonly notKept?: boolean;
}

export type Shown =
  | { readonly page: Page; readonly subject?: string }
  | { readonly json: unknown; readonly status?: 200 | 503; readonly subject?: string }
  /** JSON that is text already: a list of open data is put together by the records. */
  | { readonly jsonText: string; readonly status?: 200; readonly subject?: string }
  | { readonly file: DownloadableFile; readonly subject?: string }
  | { readonly download: Download; readonly subject?: string }
  /** Part of a page, the same for everybody: a picture, a stylesheet. Its address changes when it does. */
  | { readonly part: { readonly type: 'image/png' | 'text/css'; readonly body: string | Uint8Array<ArrayBuffer> } }
  /** A drawing under the visitor's rights. `forAnySite`: pages of other sites may show it. */
  | {
      readonly part: { readonly type: 'image/svg+xml'; readonly body: string; readonly forAnySite: boolean };
      readonly subject?: string;
    }
  /** Server-sent events: asked again each time, under the visitor's rights at that time, until `last`. */
  | { readonly follow: Follow }
  | { readonly seeOther: string }
  | Refused;

export interface DownloadableFile {
  readonly name: string;
  readonly type: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** A file that may be longer than memory: read in parts, each in a unit of work of its own. */
export interface Download {
  readonly name: string;
  readonly type: string;
  /** @param after what the part before gave as `next`; undefined at first. No `next` ends the file. */
  readonly part: (
    work: ReadWork<Schema>,
    after: string | undefined,
  ) => Promise<{ readonly text: string; readonly next?: string | undefined }>;
}

export interface Follow {
  readonly everyMilliseconds: number;
  readonly read: (work: ReadWork<Schema>) => Promise<{ readonly event: unknown; readonly last: boolean }>;
}

export type Written =
  | {
      /** An address inside Concord: it begins with one slash. */
      readonly seeOther: string;
      readonly subject?: string;
      /** Names of the fields that changed, for the audit. */
      readonly fields?: readonly string[];
      readonly session?: { readonly token: string; readonly expires: Date } | 'end';
      /** Done once all is saved: what cannot be undone, such as removing a file. */
      readonly afterwards?: () => Promise<void>;
    }
  /** The same form again, because the records say no. Nothing is saved, but for the note of a refusal that has to be kept. */
  | {
      readonly page: Page & { readonly status: 409 | 422 | 429 };
      readonly keepRefusal?: boolean;
      readonly subject?: string;
    }
  | Refused;

/** An expected refusal: the page says the sentence. */
export interface Refused {
  readonly refused: 'not-found' | 'not-allowed' | 'conflict';
  readonly sentence?: string;
}

export const notFound: Refused = { refused: 'not-found' };

/** The example data as tests see it. */
export interface World {
  readonly partnership: string;
  /** An id of an example record of this kind in that partnership. @throws where there is none */
  readonly idOf: (kind: string) => string;
}

export interface Example {
  readonly params: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, string>>;
  /** For a form that takes one. */
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> };
}

type ReadRow<S extends Schema, P extends Params, Q extends Query> = Omit<
  ReadRoute,
  'method' | 'handle' | 'params' | 'query'
> & {
  readonly params: P;
  readonly query?: Q;
  readonly handle: (visit: Visit<ReadWork<S>, z.infer<P>, z.infer<Q>>) => Promise<Shown> | Shown;
};

type WriteRow<S extends Schema, P extends Params, B extends Body> = Omit<
  WriteRoute,
  'method' | 'handle' | 'invalid' | 'params' | 'body'
> & {
  readonly params: P;
  readonly body: B;
  readonly handle: (
    visit: Visit<Work<S>, z.infer<P>, unknown> & { readonly body: z.infer<B> } & Sent,
  ) => Promise<Written> | Written;
  readonly invalid: (visit: Visit<ReadWork<S>, z.infer<P>, unknown> & Mistakes) => Promise<Shown> | Shown;
};

/** How a slice writes its rows: the work that its handlers get names its own tables, and a GET's cannot write. */
export interface Rows<S extends Schema> {
  readonly get: <P extends Params, Q extends Query>(row: ReadRow<S, P, Q>) => ReadRoute;
  readonly post: <P extends Params, B extends Body>(row: WriteRow<S, P, B>) => WriteRoute;
}
