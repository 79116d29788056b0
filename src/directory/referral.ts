import { addDays, authorityKinds, standingOf, type AuthorityKind, type IsoDate } from '../duty/index.ts';
import { gateways, type Gateway } from '../exchange/index.ts';

/** Who reads and sends referrals: whoever works with people. Row security shows each the referrals of their own organisations. */
export const referrers = ['coordinator', 'prevention-lead', 'officer', 'partner'] as const;

/** Who switches it on, with agreement and assessment. */
export const switchers = ['administrator', 'coordinator', 'information-governance'] as const;

export const referralStates = ['sent', 'waiting', 'accepted', 'reached', 'completed', 'declined', 'withdrawn'] as const;
export type ReferralState = (typeof referralStates)[number];

export const referralStateLabels: Readonly<Record<ReferralState, string>> = {
  sent: 'Sent, no answer yet',
  waiting: 'On a waiting list',
  accepted: 'Accepted',
  reached: 'The person was reached',
  completed: 'Completed',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
};

export const referralAnswers = ['accepted', 'waiting', 'declined', 'reached', 'completed', 'withdrawn'] as const;
export type ReferralAnswer = (typeof referralAnswers)[number];

export const referralAnswerLabels: Readonly<Record<ReferralAnswer, string>> = {
  accepted: 'We accept it',
  waiting: 'We put the person on our waiting list',
  declined: 'We cannot help',
  reached: 'We have reached the person',
  completed: 'The help is completed',
  withdrawn: 'We take the referral back',
};

export type Side = 'from' | 'to';

/** What may follow on what, and who may say it. Whatever does not stand here cannot be. */
const steps: Readonly<Record<ReferralState, Partial<Readonly<Record<ReferralAnswer, Side>>>>> = {
  sent: { accepted: 'to', waiting: 'to', declined: 'to', withdrawn: 'from' },
  waiting: { accepted: 'to', declined: 'to', withdrawn: 'from' },
  accepted: { reached: 'to', declined: 'to', withdrawn: 'from' },
  reached: { completed: 'to' },
  completed: {},
  declined: {},
  withdrawn: {},
};

/** What one side may answer now, in the order of the form. */
export const answersOpen = (state: ReferralState, side: Side): readonly ReferralAnswer[] =>
  referralAnswers.filter((answer) => steps[state][answer] === side);

export const hasEnded = (state: ReferralState): boolean => Object.keys(steps[state]).length === 0;

export type Stepped = { readonly state: ReferralState } | { readonly sentence: string };

/** The state after an answer, or why the answer cannot be given. Defined for every state, answer and side. */
export function step(state: ReferralState, answer: ReferralAnswer, side: Side): Stepped {
  const whose = steps[state][answer];
  if (whose === side) return { state: answer };
  if (hasEnded(state))
    return {
      sentence: `This referral has ended: ${referralStateLabels[state].toLowerCase()}. Send a new one instead.`,
    };
  return {
    sentence:
      whose === undefined
        ? `This answer cannot follow on “${referralStateLabels[state].toLowerCase()}”. Choose one that the page offers.`
        : whose === 'to'
          ? 'Only the organisation that the referral was sent to can say this.'
          : 'Only the organisation that sent the referral can take it back.',
  };
}

/** Every referral has a day on which it is deleted, from the start; and a day by which an answer has to come, until it has ended. */
export function daysOf(
  state: ReferralState,
  today: IsoDate,
  { keepDays, answerDays }: { readonly keepDays: number; readonly answerDays: number },
): { readonly answerBy: IsoDate | null; readonly deleteOn: IsoDate } {
  return { answerBy: hasEnded(state) ? null : addDays(today, answerDays), deleteOn: addDays(today, keepDays) };
}

/** What decides whether the law's gateway lets a named person through. */
export interface Passing {
  readonly gateway: Gateway;
  /** In which capacities the two organisations belong to the partnership. */
  readonly from: readonly AuthorityKind[];
  readonly to: readonly AuthorityKind[];
  /** The sender says that something of health is in it, or words of it say so. */
  readonly hasPatientInformation: boolean;
}

const within = (kinds: readonly AuthorityKind[]): boolean => kinds.some((kind) => standingOf(kind) !== 'invited');
const isHealth = (kind: AuthorityKind): boolean => authorityKinds[kind].healthOrSocialCare;

/**
 * Why a referral may not go under the gateway of the agreement; null where it may. Consent does not widen a gateway.
 *
 * Sources: Police, Crime, Sentencing and Courts Act 2022 section 16(1) (who shares with whom), 16(4)(a) (no patient
 * information, whoever holds it), 16(4)(b) (nothing that identifies a person from a health or social care authority),
 * section 17 with 14 (to the local policing body, for its own functions only), section 10(6) to (10); Crime and Disorder Act
 * 1998 sections 17A (depersonalised data) and 115 (to a relevant authority).
 */
export function gatewayRefusal({ gateway, from, to, hasPatientInformation }: Passing): string | null {
  const { label } = gateways[gateway];
  const other =
    'Give them the card of the service instead, or ask information governance for an agreement that covers it.';
  switch (gateway) {
    case 'istv':
    case 'cda-17a':
      return `The agreement stands on ${label}. It lets through no named person. ${other}`;
    case 'pcsc-17':
      return `The agreement stands on ${label}. What goes that way serves to watch over the Duty, not to refer a person. ${other}`;
    case 'pcsc-10':
    case 'pcsc-16':
      if (hasPatientInformation)
        return `The agreement stands on ${label}. It lets through no patient information: nothing on health, diagnosis, care or treatment, whoever holds it. Take it out, or share it in a way of its own.`;
      if (from.some(isHealth))
        return `The agreement stands on ${label}. It lets through no named person from a health or social care authority. ${other}`;
      if (!within(from) || !within(to))
        return `The agreement stands on ${label}. Both organisations have to be among those that the Act names, and one is not. ${other}`;
      return null;
    case 'cda-115':
      return within(to)
        ? null
        : `The agreement stands on ${label}. It lets names through to authorities that the Act names only. ${other}`;
    case 'children-act-10':
    case 'common-law':
      return null;
  }
}

/** Words of health. A net and no proof: the sender is asked as well, and what is found counts against a "no". */
const healthWords =
  /\b(diagnos\w*|medicat\w*|prescri\w*|treatment|therap(y|ist)|psychiatr\w*|psycholog\w*|camhs|mental health|self[- ]harm\w*|suicid\w*|depress(ed|ion)|anxiety|autis\w*|adhd|ptsd|epilep\w*|asthma|diabet\w*|pregnan\w*|hospital|ward|a&e|emergency department|patient|nhs number|gp|surgery|injur\w*|wound\w*|disab\w*|illness|overdos\w*)\b/gi;

/** What of a text speaks of health, each word once, in small letters. */
export const healthIn = (...texts: readonly string[]): readonly string[] => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(healthWords)].map(([word]) => word.toLowerCase()))),
];
