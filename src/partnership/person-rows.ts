import type { PartialDate } from '../duty/index.ts';
import { dateCell, rowRefused, textCell, type Cells, type Column, type Verdict } from './intake.ts';
import { emailField, foldedName, phoneField, whyNoEmail } from './person.ts';
import { isSamePost, whyNoPost, type Post, type PostWanted } from './post.ts';

/** A row is one post of one person. Out and in, the columns are the same. */
export const personColumns: readonly Column[] = [
  { name: 'Name', also: ['Person', 'Full name'], isNeeded: true, about: 'The name of the person' },
  { name: 'Email', also: ['Email address', 'E-mail'], about: 'The address that tells two people of one name apart' },
  { name: 'Telephone', also: ['Phone', 'Tel', 'Mobile'], about: 'A telephone number' },
  { name: 'Organisation', also: ['Agency', 'Employer'], about: 'Its name, or another name that the register knows' },
  {
    name: 'Post',
    also: ['Title', 'Job title', 'Role'],
    about: 'The title of the post, such as Acting Head of Housing',
  },
  { name: 'From', also: ['Since', 'Start'], about: 'A date, such as 1 April 2023 or early 2023' },
  { name: 'Until', also: ['To', 'End'], about: 'The last day; empty while it goes on' },
];

/** The register as the rows so far leave it. */
export interface PeopleState {
  /** By the names of today and all others, in lower case. */
  readonly organisations: ReadonlyMap<string, { readonly id: string; readonly name: string }>;
  /** Everybody whose name is not under lock: by the address in lower case, and by the folded name. */
  readonly byEmail: Map<string, PersonKnown>;
  readonly byName: Map<string, PersonKnown[]>;
  /** Labels of those whose names are under lock, folded. */
  readonly labels: ReadonlySet<string>;
}

export interface PersonKnown {
  readonly id: string;
  name: string;
  email: string | null;
  phone: string | null;
  posts: readonly Post[];
}

export interface PersonDetails {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

export type PersonAction =
  | { readonly add: 'person'; readonly id: string; readonly person: PersonDetails }
  | { readonly change: 'person'; readonly id: string; readonly person: PersonDetails }
  | { readonly add: 'post'; readonly id: string; readonly person: string; readonly wanted: PostWanted }
  | { readonly change: 'post'; readonly id: string; readonly wanted: PostWanted };

const underLock =
  'People who take part with lived experience are entered one at a time on the page for them, so that no name passes through a file. Leave this row out';

/**
 * What a row of people does: who is known by the email address, or else by the name, is brought up to date, and nothing
 * that the file leaves empty is taken away. The state is brought up to date with it.
 */
export function decidePerson(cells: Cells, state: PeopleState, newId: () => string): Verdict<PersonAction> {
  if (
    /lived[\s-]+experience/i.test(Object.values(cells).join('\n')) ||
    state.labels.has(foldedName(cells['Name'] ?? ''))
  )
    return { ...rowRefused(underLock), isUnderLock: true };
  const read = readRow(cells, state);
  if (typeof read === 'string') return rowRefused(read);
  const found = whichPerson(read.person, state);
  if (typeof found === 'string') return rowRefused(found);
  const known: PersonKnown = found ?? { id: newId(), ...read.person, posts: [] };
  const person = {
    name: read.person.name,
    email: read.person.email ?? known.email,
    phone: read.person.phone ?? known.phone,
  };
  const holder = state.byEmail.get(person.email?.toLowerCase() ?? '');
  const why = whyNoEmail(
    person.email,
    holder === undefined || holder === known ? [] : [{ ...holder, organisations: [] }],
  );
  if (why !== undefined) return rowRefused(why.sentence);
  const posts = read.wanted === undefined ? undefined : decidePost(read.wanted, known, newId);
  if (typeof posts === 'string') return rowRefused(posts);
  const isNewer = person.name !== known.name || person.email !== known.email || person.phone !== known.phone;
  forgetOf(state, known);
  Object.assign(known, person, posts && { posts: posts.after });
  rememberOf(state, known);
  const ofPost = posts?.action === undefined ? [] : [posts.action];
  if (found === undefined) return { does: 'added', actions: [{ add: 'person', id: known.id, person }, ...ofPost] };
  const actions = [...(isNewer ? [{ change: 'person', id: known.id, person } as const] : []), ...ofPost];
  return actions.length === 0 ? { does: 'unchanged' } : { does: 'changed', actions };
}

/** Puts somebody where the rows after this one look for them. */
export function rememberOf({ byEmail, byName }: Pick<PeopleState, 'byEmail' | 'byName'>, known: PersonKnown): void {
  if (known.email !== null) byEmail.set(known.email.toLowerCase(), known);
  const name = foldedName(known.name);
  byName.set(name, [...(byName.get(name) ?? []), known]);
}

function forgetOf({ byEmail, byName }: PeopleState, known: PersonKnown): void {
  if (known.email !== null) byEmail.delete(known.email.toLowerCase());
  const name = foldedName(known.name);
  byName.set(
    name,
    (byName.get(name) ?? []).filter((other) => other !== known),
  );
}

interface ReadRow {
  readonly person: PersonDetails;
  readonly wanted: (PostWanted & { readonly organisation: string }) | undefined;
}

function readRow(cells: Cells, { organisations }: PeopleState): ReadRow | string {
  const cell = (name: string): string => cells[name] ?? '';
  const name = textCell('Name', cell('Name'), 200);
  if (!name.done) return name.sentence;
  if (name.value === null) return 'Name: enter the name of the person';
  if (/[\r\n\t]/.test(name.value)) return 'Name: the name has a line break. Write it on one line';
  const email = emailField().safeParse(cell('Email'));
  if (!email.success) return `Email: ${email.error.issues[0]?.message ?? ''}`;
  const phone = phoneField().safeParse(cell('Telephone'));
  if (!phone.success) return `Telephone: ${phone.error.issues[0]?.message ?? ''}`;
  const title = textCell('Post', cell('Post'), 200);
  if (!title.done) return title.sentence;
  const since = dateCell('From', cell('From'));
  if (!since.done) return since.sentence;
  const until = dateCell('Until', cell('Until'));
  if (!until.done) return until.sentence;
  const person = { name: name.value, email: email.data, phone: phone.data };
  const at = cell('Organisation');
  if (at === '' && title.value === null)
    return since.value === null && until.value === null
      ? { person, wanted: undefined }
      : 'From: there are dates and no post. Enter the organisation and the title of the post';
  if (at === '') return `Organisation: enter where the post “${title.value ?? ''}” is`;
  if (title.value === null) return `Post: enter the title at ${at}`;
  const organisation = organisations.get(at.toLowerCase());
  if (organisation === undefined)
    return `Organisation: none is called “${at.slice(0, 60)}”. Add it first, or write its name as the register has it`;
  const { id: organisationId, name: called } = organisation;
  return {
    person,
    wanted: { organisationId, organisation: called, title: title.value, since: since.value, until: until.value },
  };
}

function whichPerson(
  { name, email }: PersonDetails,
  { byEmail, byName }: PeopleState,
): PersonKnown | undefined | string {
  const sameEmail = byEmail.get(email?.toLowerCase() ?? '');
  if (sameEmail !== undefined) return sameEmail;
  const sameName = (byName.get(foldedName(name)) ?? []).filter((known) => email === null || known.email === null);
  if (sameName.length > 1)
    return `Email: there are ${sameName.length} people called ${name}. Enter the address that tells them apart`;
  return sameName[0];
}

function decidePost(
  wanted: PostWanted & { readonly organisation: string },
  { id: person, name, posts }: PersonKnown,
  newId: () => string,
): string | { readonly action: PersonAction | undefined; readonly after: readonly Post[] } {
  const same = samePostOf(wanted, posts);
  const rest = posts.filter((post) => post !== same);
  const { organisation, ...asked } = wanted;
  const then = { ...asked, since: asked.since ?? same?.since ?? null, until: asked.until ?? same?.until ?? null };
  const why = whyNoPost(name, then, rest);
  if (why !== undefined) return why.sentence;
  if (same === undefined) {
    const id = newId();
    return {
      action: { add: 'post', id, person, wanted: then },
      after: [...rest, { id, organisation, otherNames: [], ...then }],
    };
  }
  const isSame = same.title === then.title && sameDate(same.since, then.since) && sameDate(same.until, then.until);
  return {
    action: isSame ? undefined : { change: 'post', id: same.id, wanted: then },
    after: [...rest, { ...same, ...then }],
  };
}

/** The post that a row is about: the one that began at the same time, or one of which either does not say when. */
function samePostOf(wanted: PostWanted, posts: readonly Post[]): Post | undefined {
  const same = posts.filter((post) => isSamePost(post, wanted));
  return (
    same.find(({ since }) => wanted.since !== null && sameDate(since, wanted.since)) ??
    same.find(({ since }) => wanted.since === null || since === null)
  );
}

const sameDate = (a: PartialDate | null, b: PartialDate | null): boolean =>
  a?.earliest === b?.earliest && a?.latest === b?.latest && (a === null) === (b === null);
