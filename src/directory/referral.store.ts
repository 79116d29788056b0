import { sql } from 'kysely';
import { authorityKindNames, type AuthorityKind, type IsoDate } from '../duty/index.ts';
import { findAgreement } from '../exchange/index.store.ts';
import { isLive, type Agreement } from '../exchange/index.ts';
import { reading, type ReadWork, type Work } from '../platform/database/work.ts';
import { daysOf, step, type ReferralAnswer, type ReferralState, type Side } from './referral.ts';

type Reads = ReadWork<'directory' | 'partnership' | 'exchange' | 'platform'>;
type Writes = Work<'directory' | 'partnership' | 'exchange' | 'platform'>;

/** How the partnership has set referral of named people; undefined where it never did. */
export interface ReferralSwitch {
  readonly isOn: boolean;
  readonly agreementId: string;
  readonly dpia: string;
  readonly dpiaOn: IsoDate;
  readonly keepDays: number;
  readonly answerDays: number;
}

export async function findReferralSwitch(work: ReadWork<'directory'>): Promise<ReferralSwitch | undefined> {
  return work
    .selectFrom('directory.referral_switch')
    .select([
      'is_on as isOn',
      'agreement_id as agreementId',
      'dpia',
      'dpia_on as dpiaOn',
      'keep_days as keepDays',
      'answer_days as answerDays',
    ])
    .executeTakeFirst();
}

export async function setReferralSwitch(
  work: Work<'directory'>,
  wanted: ReferralSwitch,
  today: IsoDate,
): Promise<void> {
  const row = {
    is_on: wanted.isOn,
    agreement_id: wanted.agreementId,
    dpia: wanted.dpia,
    dpia_on: wanted.dpiaOn,
    keep_days: wanted.keepDays,
    answer_days: wanted.answerDays,
  };
  await work
    .insertInto('directory.referral_switch')
    .values(row)
    .onConflict((on) =>
      on.column('partnership_id').doUpdateSet({
        ...row,
        changed_by: sql`coalesce(nullif(current_setting('concord.person', true), ''), 'system')`,
        changed_at: sql`now()`,
      }),
    )
    .execute();
  const { deleteOn } = daysOf('sent', today, wanted);
  await sql`select directory.shorten_referrals(${deleteOn}::date)`.execute(work);
}

/** Signed agreements that hold on a day, to choose from. */
export const agreementChoices = (
  work: ReadWork<'exchange'>,
  day: IsoDate,
): Promise<readonly { readonly id: string; readonly title: string }[]> =>
  work
    .selectFrom('exchange.shared_agreement')
    .select(['id', 'title'])
    .where('live_from', '<=', day)
    .where('live_to', '>=', day)
    .orderBy(sql`lower(title)`)
    .execute();

/** The switch and its agreement, where both hold today; undefined where nothing may be sent. */
export async function openReferrals(
  work: Reads,
  today: IsoDate,
): Promise<{ readonly set: ReferralSwitch; readonly agreement: Agreement } | undefined> {
  const set = await findReferralSwitch(work);
  if (set === undefined || !set.isOn) return undefined;
  const agreement = await findAgreement(work, set.agreementId);
  return agreement !== undefined && isLive(agreement, today) ? { set, agreement } : undefined;
}

export interface Organisation {
  readonly id: string;
  readonly name: string;
}

/** Organisations in which whoever is at work holds a post today. */
export async function organisationsOfVisitor(work: Reads): Promise<readonly Organisation[]> {
  return work
    .selectFrom('partnership.shared_organisation')
    .select(['id', 'name'])
    .where(sql<boolean>`id = any ((select directory.organisations_of_visitor())::uuid[])`)
    .orderBy(sql`lower(name)`)
    .execute();
}

export async function capacitiesOf(work: Reads, organisation: string): Promise<readonly AuthorityKind[]> {
  const { kinds } = await work
    .selectNoFrom(sql<string[]>`directory.capacities_of(${organisation}::uuid)`.as('kinds'))
    .executeTakeFirstOrThrow();
  return authorityKindNames.filter((kind) => kinds.includes(kind));
}

/** Accounts that may answer for an organisation. */
export async function accountsOf(work: Reads, organisation: string): Promise<readonly Organisation[]> {
  return work
    .selectFrom(sql<{ account: string; name: string }>`directory.accounts_of(${organisation}::uuid)`.as('a'))
    .select(['a.account as id', 'a.name'])
    .orderBy('a.name')
    .execute();
}

export interface ReferralWanted {
  readonly serviceId: string;
  readonly sentTo: string;
  readonly fromOrganisation: string;
  readonly toOrganisation: string;
  readonly name: string;
  readonly age: string;
  readonly contact: string;
  readonly why: string;
  readonly canConsent: boolean;
  readonly consented: boolean;
  readonly overrideReason: string;
}

/** @returns its id. PostgreSQL refuses it while the switch is off, and from an organisation that is not the sender's. */
export async function sendReferral(
  work: Writes,
  wanted: ReferralWanted,
  set: ReferralSwitch,
  today: IsoDate,
): Promise<string> {
  const { answerBy, deleteOn } = daysOf('sent', today, set);
  const orNull = (text: string) => (text === '' ? null : text);
  const { id } = await work
    .insertInto('directory.referral')
    .values({
      service_id: wanted.serviceId,
      sent_to: wanted.sentTo,
      from_organisation_id: wanted.fromOrganisation,
      to_organisation_id: wanted.toOrganisation,
      agreement_id: set.agreementId,
      person_name: wanted.name,
      person_age: orNull(wanted.age),
      person_contact: orNull(wanted.contact),
      why: wanted.why,
      can_consent: wanted.canConsent,
      consented: wanted.consented,
      // Whoever consented needs no reason to be referred without consent.
      override_reason: wanted.consented ? null : orNull(wanted.overrideReason),
      sent_on: today,
      answer_by: answerBy,
      delete_on: deleteOn,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What a list shows: nothing of the person. */
export interface ReferralListed {
  readonly id: string;
  readonly service: string;
  readonly from: string;
  readonly to: string;
  readonly state: ReferralState;
  readonly sentOn: IsoDate;
  readonly answerBy: IsoDate | null;
  readonly deleteOn: IsoDate;
  readonly side: Side;
}

const referrals = (work: Reads) =>
  work
    .selectFrom('directory.referral as r')
    .innerJoin('directory.service as s', 's.id', 'r.service_id')
    .innerJoin('partnership.shared_organisation as f', 'f.id', 'r.from_organisation_id')
    .innerJoin('partnership.shared_organisation as t', 't.id', 'r.to_organisation_id')
    .select([
      'r.id',
      's.name as service',
      'f.name as from',
      't.name as to',
      'r.sent_on as sentOn',
      'r.answer_by as answerBy',
      'r.delete_on as deleteOn',
    ])
    .select(sql<ReferralState>`r.state`.as('state'))
    .select(
      sql<Side>`case when r.from_organisation_id = any ((select directory.organisations_of_visitor())::uuid[])
        then 'from' else 'to' end`.as('side'),
    );

/** Those of the visitor's organisations, the newest first. Row security leaves out all others. */
export const listReferrals = (work: Reads): Promise<readonly ReferralListed[]> =>
  referrals(work).orderBy('r.sent_on', 'desc').orderBy('r.id').limit(200).execute();

export interface ReferralSeen extends ReferralListed {
  readonly name: string;
  readonly age: string | null;
  readonly contact: string | null;
  readonly why: string;
  readonly canConsent: boolean;
  readonly consented: boolean;
  readonly overrideReason: string | null;
  readonly fromOrganisation: string;
  readonly toOrganisation: string;
  readonly sentBy: string;
  readonly sentTo: string;
  readonly answers: readonly {
    readonly answer: ReferralAnswer;
    readonly note: string | null;
    readonly by: string;
    readonly at: string;
  }[];
}

/** @throws where there is none that the visitor's organisations may see */
export async function getReferral(work: Reads, id: string): Promise<ReferralSeen> {
  const row = await referrals(work)
    .select([
      'r.person_name as name',
      'r.person_age as age',
      'r.person_contact as contact',
      'r.why',
      'r.can_consent as canConsent',
      'r.consented',
      'r.from_organisation_id as fromOrganisation',
      'r.to_organisation_id as toOrganisation',
      'r.override_reason as overrideReason',
      'r.sent_by as sentBy',
      'r.sent_to as sentTo',
    ])
    .where('r.id', '=', id)
    .executeTakeFirstOrThrow();
  const answers = await work
    .selectFrom('directory.referral_answer')
    .select(['note', 'by', 'at'])
    .select(sql<ReferralAnswer>`answer`.as('answer'))
    .where('referral_id', '=', id)
    .orderBy('place')
    .execute();
  return { ...row, answers };
}

/** Keeps an answer. @returns a sentence where it cannot follow on what stands there */
export async function answerReferral(
  work: Writes,
  id: string,
  { answer, note, side }: { readonly answer: ReferralAnswer; readonly note: string; readonly side: Side },
  today: IsoDate,
): Promise<string | undefined> {
  // One after the other: two answers at the same moment must not both follow on the same state.
  const held = await work
    .updateTable('directory.referral')
    .set({ state: sql`state` })
    .where('id', '=', id)
    .returning('state')
    .executeTakeFirstOrThrow();
  const stepped = step(held.state as ReferralState, answer, side);
  if ('sentence' in stepped) return stepped.sentence;
  const set = await findReferralSwitch(reading(work));
  if (set === undefined) throw new Error('A referral is there, so the switch was set.');
  const { answerBy, deleteOn } = daysOf(stepped.state, today, set);
  await work
    .updateTable('directory.referral')
    .set({ state: stepped.state, answer_by: answerBy, delete_on: deleteOn, alerted_on: null })
    .where('id', '=', id)
    .execute();
  await work
    .insertInto('directory.referral_answer')
    .values({
      referral_id: id,
      place: sql<number>`(select count(*)::int + 1 from directory.referral_answer where referral_id = ${id}::uuid)`,
      answer,
      note: note === '' ? null : note,
    })
    .execute();
  return undefined;
}

/** Deletes referrals whose day has come, with their answers. @returns how many */
export async function forgetReferrals(work: Work<'directory'>, today: IsoDate): Promise<number> {
  const { gone } = await work
    .selectNoFrom(sql<number>`directory.forget_referrals(${today}::date)`.as('gone'))
    .executeTakeFirstOrThrow();
  return gone;
}

export interface SilentReferral {
  readonly id: string;
  readonly sentOn: IsoDate;
  /** The address of whoever sent it; null where they have no account here any more. */
  readonly email: string | null;
}

/** Takes each referral that had no answer by its day, once: whoever takes it has to tell the sender. */
export async function takeSilentReferrals(
  work: Work<'directory' | 'platform'>,
  today: IsoDate,
): Promise<readonly SilentReferral[]> {
  return work
    .selectFrom(
      sql<{ id: string; sent_by: string; sent_on: IsoDate }>`directory.take_silent_referrals(${today}::date)`.as('t'),
    )
    .leftJoin('platform.person_here as p', (join) => join.on(sql<boolean>`p.id::text = t.sent_by`))
    .select(['t.id', 't.sent_on as sentOn', 'p.email'])
    .orderBy('t.id')
    .execute();
}

/** How many referrals have to be deleted, or their sender be told of silence. */
export async function referralsDue(work: ReadWork<'directory'>, today: IsoDate): Promise<number> {
  const { due } = await work
    .selectNoFrom(sql<number>`directory.referrals_due(${today}::date)`.as('due'))
    .executeTakeFirstOrThrow();
  return due;
}
