import { roles } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import { type Errors, again } from '../platform/http/form.page.tsx';
import type { Page, Refused, Visitor } from '../platform/http/route.ts';
import type { Mistake } from './post.ts';
import { mayWriteRegister } from './register.page.tsx';
import { versionOf } from './register.store.ts';

export const forEverybody = { anyOf: roles } as const;
export const forWriters = { anyOf: mayWriteRegister } as const;
export const workContacts = { none: 'work contacts, as in a staff list' } as const;
export const mayWrite = (visitor: Visitor): boolean => mayWriteRegister.some((role) => visitor.roles.includes(role));

export const wasRemoved: Refused = {
  refused: 'conflict',
  sentence: 'The details of this person were removed for good. Nothing can be added to them.',
};
export const isUnderLock: Refused = {
  refused: 'conflict',
  sentence: 'The name of this person is under lock, and a label stands in its place. Change the label instead.',
};

/** The form again, because the records say no. */
export const refusedAgain = (page: Page) => again(page, 409);
export const errorsOf = ({ field, sentence }: Mistake): Errors => ({ [field]: sentence });

/** Whether the record changed after the form was made from it. A form that does not say when it was made is taken. */
export const isStale = async (work: ReadWork<'partnership'>, id: string, version: string): Promise<boolean> =>
  version !== '' && version !== (await versionOf(work, id));
