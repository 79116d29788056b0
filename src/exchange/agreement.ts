import { addDays, done, formatDate, refused, type IsoDate, type Marking, type Outcome } from '../duty/index.ts';
import type { Gateway } from './gateway.ts';
import { sourceLabels, type SourceName } from './source.ts';

/** How closely an agreement lets people look: at rows of single events, or at counts of them only. */
export const levels = ['records', 'counts'] as const;
export type Level = (typeof levels)[number];

export const levelLabels: Readonly<Record<Level, string>> = {
  records: 'Records of single events',
  counts: 'Counts only',
};

export const partyRoles = ['sends', 'receives', 'both'] as const;
export type PartyRole = (typeof partyRoles)[number];

export const partyRoleLabels: Readonly<Record<PartyRole, string>> = {
  sends: 'Sends data',
  receives: 'Receives data',
  both: 'Sends and receives',
};

export interface Party {
  readonly organisationId: string;
  readonly role: PartyRole;
}

/** What decides whether an agreement holds on a day. Both ends are within it. */
export interface Term {
  /** When the last party signed; null: a draft. */
  readonly signedOn: IsoDate | null;
  readonly starts: IsoDate | null;
  /** The last day; null: none is named. */
  readonly ends: IsoDate | null;
  /** The last day of one that ended before its time. */
  readonly endedOn: IsoDate | null;
}

export interface AgreementWanted extends Omit<Term, 'endedOn'> {
  readonly title: string;
  readonly purpose: string;
  readonly level: Level;
  readonly gateway: Gateway;
  readonly marking: Marking;
  readonly reviewDue: IsoDate | null;
  readonly notes: string | null;
  readonly parties: readonly Party[];
  readonly sources: readonly SourceName[];
}

export interface Agreement extends AgreementWanted, Term {
  readonly id: string;
  readonly endedBecause: string | null;
  /** The agreement that this one renews. */
  readonly follows: string | null;
  readonly parties: readonly (Party & { readonly name: string })[];
}

/** How long before its end an agreement is shown as ending, in days: time for two boards to agree on the next. */
export const endingDays = 60;

export const agreementStates = ['draft', 'ahead', 'live', 'ending', 'ended'] as const;
export type AgreementState = (typeof agreementStates)[number];

export const stateLabels: Readonly<Record<AgreementState, string>> = {
  draft: 'Not signed',
  ahead: 'Not begun',
  live: 'Live',
  ending: 'Ends soon',
  ended: 'Ended',
};

/** The last day on which it holds; null where none is named. */
export function lastDayOf({ ends, endedOn }: Pick<Term, 'ends' | 'endedOn'>): IsoDate | null {
  if (ends === null || endedOn === null) return endedOn ?? ends;
  return endedOn < ends ? endedOn : ends;
}

/** A draft that was given up has ended. Before it was signed, an agreement was a draft on every day. */
export function stateOn(term: Term, day: IsoDate): AgreementState {
  const last = lastDayOf(term);
  if (last !== null && last < day) return 'ended';
  if (term.signedOn === null || term.signedOn > day) return 'draft';
  if (term.starts !== null && term.starts > day) return 'ahead';
  return last !== null && last <= addDays(day, endingDays) ? 'ending' : 'live';
}

export const isLive = (term: Term, day: IsoDate): boolean => ['live', 'ending'].includes(stateOn(term, day));

/** Of a draft that nobody will sign any more nothing follows. */
export const isGivenUp = ({ signedOn, endedOn }: Term): boolean => signedOn === null && endedOn !== null;

/** Whether another may follow on: it was signed, it has a last day, and nothing follows on yet. */
export const canRenew = (agreement: Term, followers: readonly Term[]): boolean =>
  agreement.signedOn !== null && lastDayOf(agreement) !== null && followers.every(isGivenUp);

/** What somebody wants to load: which data, on which day, and how closely it shows people. */
export interface CoverAsked {
  readonly source: SourceName;
  readonly day: IsoDate;
  readonly level: Level;
}

type Covering = Pick<Agreement, 'title' | 'level' | 'sources'> & Term;

/** Whether an agreement lets data in; where not, why not and what to do. Whoever may see records may see counts of them. */
export function covers<A extends Covering>(
  agreement: A,
  { source, day, level }: CoverAsked,
): Outcome<A, 'not-allowed'> {
  const named = `The agreement “${agreement.title}”`;
  const no = (sentence: string) => refused('not-allowed', sentence);
  if (!agreement.sources.includes(source))
    return no(`${named} does not cover ${sourceLabels[source]}. Choose another agreement, or add them to this one`);
  const state = stateOn(agreement, day);
  if (state === 'ended')
    return no(`${named} ended on ${formatDate(lastDayOf(agreement) ?? day)}. Renew it, then load the data`);
  if (state === 'draft')
    return no(
      agreement.signedOn === null
        ? `${named} is not signed. Enter the day on which the last party signed, then load the data`
        : `${named} is not signed until ${formatDate(agreement.signedOn)}. Load the data from that day`,
    );
  if (state === 'ahead')
    return no(`${named} begins on ${formatDate(agreement.starts ?? day)}. Load the data from that day`);
  if (level === 'records' && agreement.level === 'counts')
    return no(`${named} covers counts only. Load counts, or agree with the partner on records`);
  return done(agreement);
}

/**
 * The agreement under which data may be loaded: of several, the one that holds longest.
 * @param agreements of the partnership, in any state and order
 */
export function coverFor<A extends Covering>(agreements: readonly A[], asked: CoverAsked): Outcome<A, 'not-allowed'> {
  const about = agreements.filter(({ sources }) => sources.includes(asked.source)).sort(longestFirst);
  const answers = about.map((agreement) => covers(agreement, asked));
  return (
    answers.find((answer) => answer.done) ??
    answers[0] ??
    refused(
      'not-allowed',
      `No agreement covers ${sourceLabels[asked.source]}. Add the agreement with the partner who sends them`,
    )
  );
}

/** Those who send data under an agreement. */
export const sendersOf = <P extends Pick<Party, 'role'>>({
  parties,
}: {
  readonly parties: readonly P[];
}): readonly P[] => parties.filter(({ role }) => role !== 'receives');

/**
 * Whether whoever sent records may send them under an agreement.
 * @param sender who sent them; null where nobody said, and then one of the parties has to send
 */
export function sendsUnder(
  agreement: Pick<Agreement, 'title' | 'parties'>,
  sender: { readonly id: string; readonly name: string } | null,
): Outcome<null, 'not-allowed'> {
  const senders = sendersOf(agreement);
  const named = `the agreement “${agreement.title}”`;
  if (senders.length === 0)
    return refused('not-allowed', `Nobody sends data under ${named}. Add the partner who does, then load the data`);
  if (sender === null || senders.some(({ organisationId }) => organisationId === sender.id)) return done(null);
  return refused(
    'not-allowed',
    `${sender.name} does not send data under ${named}: ${senders.map(({ name }) => name).join(', ')} ${senders.length === 1 ? 'does' : 'do'}. Add it to an agreement for these data, or say which partner sent them`,
  );
}

const farAhead = '9999-12-31';
const longestFirst = (a: Covering, b: Covering): number =>
  (lastDayOf(b) ?? farAhead).localeCompare(lastDayOf(a) ?? farAhead) || a.title.localeCompare(b.title, 'en-GB');
