import { z } from 'zod';
import type { PartialDate } from '../duty/index.ts';
import { dateField, nameField, textField, untilField } from './form.ts';
import { emailField, foldedName, phoneField, whyNoEmail } from './person.ts';
import { isSamePost, whyNoPost, type Post, type PostWanted } from './post.ts';

/** The columns of a file of people, in order, each with how its cell is read. A row is one post of one person. */
export const personColumns = {
  name: nameField('the name of the person'),
  email: emailField(),
  phone: phoneField(),
  /** By its name, or by another name that the register knows. */
  organisation: textField(200),
  post: textField(200),
  from: dateField(),
  until: untilField(),
} as const;

export const personRowSchema = z.object(personColumns);
export type PersonRow = z.infer<typeof personRowSchema>;
export type PersonColumn = keyof typeof personColumns;

/** What the register has to do with a row. */
export interface KnownForRow {
  /** Everybody with the name or the email address of the row, and everybody who is shown by a label that is the name. */
  readonly people: readonly KnownPerson[];
  /** What the words of the column `organisation` are in the register. */
  readonly organisation: { readonly id: string; readonly name: string } | undefined;
}

export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly hasLivedExperience: boolean;
  readonly posts: readonly Post[];
}

export type PersonDecided =
  | { readonly outcome: 'added'; readonly person: PersonDetails; readonly post: PostWanted | undefined }
  | {
      readonly outcome: 'changed';
      readonly id: string;
      /** Details that change: nothing in the file takes nothing away. */
      readonly person: Partial<PersonDetails>;
      readonly addPost: PostWanted | undefined;
      readonly changePost: (PostWanted & { readonly id: string }) | undefined;
    }
  | { readonly outcome: 'unchanged'; readonly id: string }
  | { readonly outcome: 'refused'; readonly reason: string };

export interface PersonDetails {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

const refused = (reason: string): PersonDecided => ({ outcome: 'refused', reason });

const underLock =
  'People who take part with lived experience are entered one at a time on the page for them, so that no name passes through a file. Leave this row out';

/**
 * What a row would do. A person is known by the email address, or else by the name where one person only has it and the
 * row does not say that it is another.
 */
export function decidePerson(row: PersonRow, known: KnownForRow): PersonDecided {
  if (/lived[\s-]+experience/i.test(`${row.name} ${row.post ?? ''}`)) return refused(underLock);
  if (known.people.some((person) => person.hasLivedExperience && foldedName(person.name) === foldedName(row.name)))
    return refused(underLock);
  const wanted = postOf(row, known);
  if (typeof wanted === 'string') return refused(wanted);
  const found = whichPerson(row, known.people);
  if (typeof found === 'string') return refused(found);
  if (found === undefined) {
    const mistake = wanted && whyNoPost(row.name, wanted, []);
    if (mistake !== undefined) return refused(mistake.sentence);
    return { outcome: 'added', person: { name: row.name, email: row.email, phone: row.phone }, post: wanted };
  }
  const others = known.people.filter(({ id }) => id !== found.id).map((other) => ({ ...other, organisations: [] }));
  const taken = whyNoEmail(row.email, others);
  if (taken !== undefined) return refused(taken.sentence);
  return change(row, found, wanted);
}

function postOf(row: PersonRow, { organisation }: KnownForRow): PostWanted | undefined | string {
  if (row.organisation === null && row.post === null)
    return row.from === null && row.until === null
      ? undefined
      : 'There are dates and no post. Enter the organisation and the title of the post';
  if (row.organisation === null) return `Enter the organisation of the post “${row.post ?? ''}”`;
  if (row.post === null) return `Enter the title of the post at ${row.organisation}`;
  if (organisation === undefined)
    return `No organisation is called “${row.organisation}”. Add it first, or write its name as the register has it`;
  return { organisationId: organisation.id, title: row.post, since: row.from, until: row.until };
}

function whichPerson(row: PersonRow, people: readonly KnownPerson[]): KnownPerson | undefined | string {
  const open = people.filter(({ hasLivedExperience }) => !hasLivedExperience);
  const byEmail = open.find(({ email }) => row.email !== null && email?.toLowerCase() === row.email.toLowerCase());
  if (byEmail !== undefined) return byEmail;
  const byName = open.filter(
    ({ name, email }) => foldedName(name) === foldedName(row.name) && (row.email === null || email === null),
  );
  if (byName.length > 1)
    return `There are ${byName.length} people called ${row.name}. Enter the email address that tells them apart`;
  return byName[0];
}

function change(row: PersonRow, found: KnownPerson, wanted: PostWanted | undefined): PersonDecided {
  const person: Partial<PersonDetails> = {
    ...(row.name !== found.name && { name: row.name }),
    ...(row.email !== null && row.email !== found.email && { email: row.email }),
    ...(row.phone !== null && row.phone !== found.phone && { phone: row.phone }),
  };
  const same = wanted && samePostOf(wanted, found.posts);
  const mistake =
    wanted &&
    whyNoPost(
      row.name,
      wanted,
      found.posts.filter((post) => post !== same),
    );
  if (mistake !== undefined) return refused(mistake.sentence);
  const addPost = same === undefined ? wanted : undefined;
  const changePost = same && wanted && differs(same, wanted) ? { ...merged(same, wanted), id: same.id } : undefined;
  if (Object.keys(person).length === 0 && addPost === undefined && changePost === undefined)
    return { outcome: 'unchanged', id: found.id };
  return { outcome: 'changed', id: found.id, person, addPost, changePost };
}

/** The post that the row is about: one that began on the same day, or else one that goes on. */
function samePostOf(wanted: PostWanted, posts: readonly Post[]): Post | undefined {
  const same = posts.filter((post) => isSamePost(post, wanted));
  return (
    same.find(({ since }) => wanted.since !== null && since?.text === wanted.since.text) ??
    same.find(({ since }) => wanted.since === null || since === null)
  );
}

const merged = (kept: Post, wanted: PostWanted): PostWanted => ({
  organisationId: wanted.organisationId,
  title: wanted.title,
  since: wanted.since ?? kept.since,
  until: wanted.until ?? kept.until,
});

const differs = (kept: Post, wanted: PostWanted): boolean => {
  const then = merged(kept, wanted);
  return (
    kept.title !== then.title || textOf(kept.since) !== textOf(then.since) || textOf(kept.until) !== textOf(then.until)
  );
};
const textOf = (date: PartialDate | null): string => date?.text ?? '';
