import { sql } from 'kysely';
import type { Role } from '../../duty/index.ts';
import type { ReadWork, Work } from '../database/work.ts';

export interface Invited {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface Invitation extends Invited {
  readonly id: string;
  /** Whoever sent it last. */
  readonly invitedBy: string;
  readonly inviter: string;
  readonly invitedAt: string;
  readonly sentAt: string;
  readonly expiresAt: string;
  readonly acceptedAt: string | null;
  readonly calledBackAt: string | null;
}

/** Writes an invitation down. Undefined where one for this address is open already: of two at the same moment, one is. */
export async function addInvitation(
  work: Work<'platform'>,
  partnership: string,
  invited: Invited & { readonly by: string; readonly expires: Date; readonly id?: string },
): Promise<string | undefined> {
  const added = await work
    .insertInto('platform.invitation')
    .values({
      ...(invited.id !== undefined && { id: invited.id }),
      partnership_id: partnership,
      email: invited.email,
      name: invited.name,
      roles: [...invited.roles],
      invited_by: invited.by,
      expires_at: invited.expires.toISOString(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return added?.id;
}

/** @throws NoResultError where the partnership has no such invitation */
export async function getInvitation(work: ReadWork<'platform'>, id: string): Promise<Invitation> {
  const { roles, ...found } = await work
    .selectFrom('platform.invitation as invitation')
    .leftJoin('platform.shared_person as inviter', 'inviter.id', 'invitation.invited_by')
    .select([
      'invitation.id',
      'invitation.email',
      'invitation.name',
      'invitation.roles',
      'invitation.invited_by as invitedBy',
      'invitation.invited_at as invitedAt',
      'invitation.sent_at as sentAt',
      'invitation.expires_at as expiresAt',
      'invitation.accepted_at as acceptedAt',
      'invitation.called_back_at as calledBackAt',
    ])
    .select(sql<string>`coalesce(inviter.name, 'Somebody who has left')`.as('inviter'))
    .where('invitation.id', '=', id)
    .executeTakeFirstOrThrow();
  return { ...found, roles: roles as Role[] };
}

const stillOpen = (work: Work<'platform'>, id: string) =>
  work
    .updateTable('platform.invitation')
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('called_back_at', 'is', null);

/** Whether it was open, and so was sent again by this person until this moment. */
export async function renewInvitation(
  work: Work<'platform'>,
  id: string,
  again: { readonly by: string; readonly expires: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await stillOpen(work, id)
    .set({ invited_by: again.by, sent_at: sql`now()`, expires_at: again.expires.toISOString() })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Whether it was open, and so was called back. */
export async function callBackInvitation(work: Work<'platform'>, id: string, by: string): Promise<boolean> {
  const { numUpdatedRows } = await stillOpen(work, id)
    .set({ called_back_at: sql`now()`, called_back_by: by })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Gives the roles of an invitation to whoever accepts it. False where it was called back or accepted a moment ago. */
export async function acceptInvitation(
  work: Work<'platform'>,
  partnership: string,
  { id, roles, invitedBy }: Pick<Invitation, 'id' | 'roles' | 'invitedBy'>,
  person: string,
): Promise<boolean> {
  const { numUpdatedRows } = await stillOpen(work, id)
    .set({ accepted_at: sql`now()`, accepted_by: person })
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await work
    .insertInto('platform.role_held')
    .values(roles.map((role) => ({ partnership_id: partnership, person_id: person, role, given_by: invitedBy })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return true;
}

/** Whether somebody may give roles in the bound partnership now. */
export async function mayInvite(work: ReadWork<'platform'>, person: string): Promise<boolean> {
  const found = await work
    .selectFrom('platform.person_here')
    .select('id')
    .where('id', '=', person)
    .where('is_disabled', '=', false)
    .where(sql<boolean>`'administrator' = any(roles)`)
    .executeTakeFirst();
  return found !== undefined;
}
