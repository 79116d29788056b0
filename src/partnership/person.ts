import { z } from 'zod';
import type { IsoDate, PartialDate } from '../duty/index.ts';
import { chosenField, dateField, nameField, textField, tickField } from './form.ts';
import { postForm, type Mistake } from './post.ts';
import { isAhead, runsOn, type Span } from './span.ts';

/** What stands in place of the name of somebody whose personal details were removed. */
export const removedName = 'A person who was removed';

/** Somebody who acts for an organisation or with lived experience, as everybody in the partnership may see them. */
export interface Person {
  readonly id: string;
  /** Of somebody with lived experience: the label, never the name. */
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly hasLivedExperience: boolean;
  readonly accountId: string | null;
  readonly leftOn: PartialDate | null;
  readonly isRemoved: boolean;
}

export const personStates = ['in-post', 'no-post', 'ahead', 'left'] as const;
export type PersonState = (typeof personStates)[number];

/** How somebody stands on a day. On the last day they are still there. */
export function stateOfPerson(
  { posts, leftOn }: { readonly posts: readonly Span[]; readonly leftOn: PartialDate | null },
  day: IsoDate,
): PersonState {
  if (leftOn?.latest != null && leftOn.latest < day) return 'left';
  if (posts.some((post) => runsOn(post, day))) return 'in-post';
  return posts.some((post) => isAhead(post, day)) ? 'ahead' : 'no-post';
}

/** An email address, or nothing. Whether mail arrives there only mail can tell, so the form of it is not judged further. */
export const emailField = () =>
  textField(254).refine(
    (email) => email === null || /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(email),
    'Enter an email address in the form name@example.org',
  );

/** A telephone number as people write it, or nothing. */
export const phoneField = () =>
  textField(40).refine(
    (phone) => phone === null || /^[+(]?\d[\d\s().-]*( ?(ext|x)\.? ?\d+)?$/i.test(phone),
    'Enter a telephone number, such as 01632 960 001',
  );

const contactFields = { email: emailField(), phone: phoneField() };

export const newPersonForm = z.object({
  name: nameField('the name of the person'),
  ...contactFields,
  organisation: postForm.shape.organisation,
  title: postForm.shape.title,
  since: dateField(),
  /** That this is somebody else of the same name. */
  another: tickField(),
});

export const changePersonForm = z.object({
  name: nameField('the name of the person'),
  ...contactFields,
  account: chosenField(),
  another: tickField(),
  version: z.string().max(60).default(''),
});

export const leavingForm = z.object({ on: dateField(), version: z.string().max(60).default('') });
export const returnForm = postForm.omit({ until: true });
export const removalForm = z.object({
  sure: tickField().refine((sure) => sure, 'Tick the box if the details are to be removed for good'),
});

/** Whoever takes part with lived experience: a label for everybody, and what stands under lock. */
export const protectedPersonForm = z.object({
  label: nameField('the label'),
  name: nameField('the name'),
  ...contactFields,
});
export const protectForm = z.object({ label: nameField('the label') });
export const protectedNameForm = z.object({ name: nameField('the name'), ...contactFields });
export const labelForm = z.object({ label: nameField('the label'), version: z.string().max(60).default('') });

const labelWords = 'Member with lived experience';

/** The first number that no label of the partnership has yet. */
export function suggestedLabel(labels: readonly string[]): string {
  const taken = new Set(labels.map((label) => label.trim().toLowerCase()));
  let number = 1;
  while (taken.has(`${labelWords} ${number}`.toLowerCase())) number += 1;
  return `${labelWords} ${number}`;
}

/** A label must not give away whom it stands for. Undefined where it does not. */
export function whyNoLabel(label: string, protectedWords: readonly (string | null)[]): Mistake | undefined {
  const said = new Set(wordsIn(label));
  const parts = protectedWords.flatMap((words) => wordsIn(words ?? ''));
  const shown = parts.find((part) => part.length > 1 && said.has(part) && !wordsIn(labelWords).includes(part));
  return shown === undefined
    ? undefined
    : {
        field: 'label',
        sentence: `The label is shown to everybody, and “${shown}” is part of the name or the address. Enter a label that does not say who it is, such as ${labelWords} 2`,
      };
}
const wordsIn = (text: string): readonly string[] =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !/^\d+$/.test(word));

export const whyLabelTaken = (label: string, labels: readonly string[]): Mistake | undefined =>
  labels.some((other) => foldedName(other) === foldedName(label))
    ? { field: 'label', sentence: `“${label}” stands for somebody else already. Enter another label` }
    : undefined;

/** Others in the register who may be the same person, as they stand there. */
export interface Namesake {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** Where they are today, if anywhere. */
  readonly organisations: readonly string[];
}

/** Two people have no address together: it is how a file or a letter tells them apart. */
export function whyNoEmail(email: string | null, others: readonly Namesake[]): Mistake | undefined {
  const holder = others.find((other) => email !== null && other.email?.toLowerCase() === email.toLowerCase());
  return holder === undefined
    ? undefined
    : {
        field: 'email',
        sentence: `${holder.name} has this email address already. Enter another one, or leave it empty`,
      };
}

/** Two people may have the same name, but most often it is the same person again: somebody has to look. */
export function whyPerhapsTheSame(name: string, others: readonly Namesake[]): Mistake | undefined {
  const same = others.find((other) => foldedName(other.name) === foldedName(name));
  if (same === undefined) return undefined;
  const where = same.organisations.length === 0 ? '' : ` at ${same.organisations.join(' and ')}`;
  return {
    field: 'another',
    sentence: `There is a ${same.name}${where} already: is it the same person? If it is somebody else, tick the box`,
  };
}
export const foldedName = (name: string): string => name.trim().replaceAll(/\s+/g, ' ').toLowerCase();
