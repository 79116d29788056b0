// What the compiler must refuse. Each `@ts-expect-error` is itself an error for tsc when the line under it compiles, so a
// law that stops biting fails `npm run check:types`. Nothing here runs.
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../src/platform/database/schema.ts';
import { reading, type Owned, type ReadWork, type Work } from '../../src/platform/database/work.ts';
import { noParams, rowsOf } from '../../src/platform/http/rows.ts';
import type { Access } from '../../src/platform/http/route.ts';

const { get, post } = rowsOf<'platform'>();

// ── A row that compiles, and the same row without one of its parts ───────────────────────────────────────────────────

const read = {
  path: '/records',
  about: 'The records',
  access: { anyOf: ['analyst'] },
  audit: 'RECORDS_SEEN',
  params: noParams,
  example: () => ({ params: {} }),
  handle: () => ({ json: 1 }),
} as const;
get(read);

const { access: _access, ...withoutAccess } = read;
const { audit: _audit, ...withoutAudit } = read;
const { params: _params, ...withoutParams } = read;
const { example: _example, ...withoutExample } = read;
const { path: _path, ...withoutPath } = read;
// @ts-expect-error a route says who may ask
get(withoutAccess);
// @ts-expect-error a route says what the audit will say
get(withoutAudit);
// @ts-expect-error a route says what its address may hold
get(withoutParams);
// @ts-expect-error a route says where the example has one
get(withoutExample);
// @ts-expect-error a route has an address
get(withoutPath);
// @ts-expect-error nobody at all is not an access
get({ ...read, access: { anyOf: [] } });
// @ts-expect-error a role is one of the house
get({ ...read, access: { anyOf: ['superuser'] } });
// @ts-expect-error the name of an audit entry is in upper case
get({ ...read, audit: 'records_seen' });
// @ts-expect-error an address begins with a slash
get({ ...read, path: 'records' });
get({ ...read, audit: { none: 'nothing restricted is shown' } });

const write = {
  path: '/records',
  about: 'Add a record',
  access: { anyOf: ['analyst'] },
  audit: 'RECORD_ADDED',
  params: noParams,
  body: z.object({ title: z.string() }),
  example: () => ({ params: {}, body: { title: 'A record' } }),
  handle: () => ({ seeOther: '/records' }),
  invalid: () => ({ page: { title: 'Error', main: null } }),
} as const;
post(write);

const { invalid: _invalid, ...withoutInvalid } = write;
const { body: _body, ...withoutBody } = write;
// @ts-expect-error a write shows the page again when the form is wrong
post(withoutInvalid);
// @ts-expect-error a write says what it takes
post(withoutBody);
// @ts-expect-error a write is always audited
post({ ...write, audit: { none: 'too small to matter' } });
// @ts-expect-error a write answers with an address or a refusal, never with a page that says it went well
post({ ...write, handle: () => ({ page: { title: 'Done', main: null } }) });

const noOne: Access[] = [
  // @ts-expect-error a forgotten role is not everybody
  undefined,
];

// ── The handler of a GET cannot write; the form again cannot either ──────────────────────────────────────────────────

const role = { partnership_id: 'p', person_id: 'q', role: 'analyst' };
get({
  ...read,
  handle: async ({ work }) => {
    // @ts-expect-error a GET inserts nothing
    await work.insertInto('platform.role_held').values(role).execute();
    // @ts-expect-error a GET updates nothing
    await work.updateTable('platform.role_held').set({ role: 'hub' }).execute();
    // @ts-expect-error a GET deletes nothing
    await work.deleteFrom('platform.role_held').execute();
    return { json: await work.selectFrom('platform.role_held').select('role').execute() };
  },
});
post({
  ...write,
  handle: async ({ work, body }) => {
    await work.insertInto('platform.role_held').values(role).execute();
    return { seeOther: `/records/${body.title}` };
  },
  invalid: async ({ work }) => {
    // @ts-expect-error a form that was wrong saves nothing
    await work.insertInto('platform.role_held').values(role).execute();
    return { page: { title: 'Error', main: null } };
  },
});

// ── A store names its own tables only, in a transaction only ─────────────────────────────────────────────────────────

export const ownTables = async (work: Work<'identity'>): Promise<unknown> => {
  // @ts-expect-error the identity store does not name a table of the platform
  await work.selectFrom('platform.role_held').select('role').execute();
  return work.selectFrom('identity.person').select('id').execute();
};

declare const onIdentity: Work<'identity'>;
declare const onBoth: Work<'identity' | 'platform'>;
declare const readsIdentity: ReadWork<'identity'>;
declare const rootHandle: Kysely<Database>;
declare const rootOfIdentity: Kysely<Owned<'identity'>>;
declare function onIdentityStore(work: Work<'identity'>): void;
declare function onBothStore(work: Work<'identity' | 'platform'>): void;
declare function readBothStore(work: ReadWork<'identity' | 'platform'>): void;

onIdentityStore(onIdentity);
onIdentityStore(onBoth);
readBothStore(reading(onBoth));
// @ts-expect-error work on one schema is not work on two
onBothStore(onIdentity);
// @ts-expect-error reading one schema is not reading two
readBothStore(readsIdentity);
// @ts-expect-error what can only read is not handed to what writes
onIdentityStore(readsIdentity);
// @ts-expect-error outside a transaction nobody is bound
onIdentityStore(rootHandle);
// @ts-expect-error outside a transaction nobody is bound, even with the right tables
onIdentityStore(rootOfIdentity);
// @ts-expect-error work that can write is made to read by reading(), which says so
readBothStore(onBoth);

export const kept = noOne;
