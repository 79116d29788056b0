import type { IsoDate } from '../duty/index.ts';
import { reading, type ReadWork } from '../platform/database/work.ts';
import { again, typedAgain, type Errors, type Typed } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import { notFound, type Page, type Refused, type Route, type Visitor } from '../platform/http/route.ts';
import { answerForm, referralForm, switchForm } from './referral-form.ts';
import { referPage, referralPage, referralsHref, referralsPage, switchPage } from './referral.page.tsx';
import {
  answerReferral,
  accountsOf,
  agreementChoices,
  capacitiesOf,
  findReferralSwitch,
  getReferral,
  listReferrals,
  openReferrals,
  organisationsOfVisitor,
  sendReferral,
  setReferralSwitch,
  type Organisation,
  type ReferralSeen,
  type ReferralSwitch,
} from './referral.store.ts';
import { gatewayRefusal, healthIn, referrers, switchers, type ReferralAnswer } from './referral.ts';
import { getService, namesOf, type Kept } from './service.store.ts';

const { get, post } = rowsOf<'directory' | 'partnership' | 'exchange' | 'platform'>();
type Reads = ReadWork<'directory' | 'partnership' | 'exchange' | 'platform'>;

const seen = { anyOf: referrers } as const;
const set = { anyOf: switchers } as const;
const noReferral = {
  none: 'the example keeps referral of named people switched off, as every partnership begins',
} as const;

const isOff: Refused = {
  refused: 'conflict',
  sentence:
    'Referral of named people is off here, or its agreement does not hold today. Nothing was kept. Hand over the card of the service instead.',
};
const noWay: Refused = {
  refused: 'conflict',
  sentence:
    'Nobody can be referred to this service here: its provider has no account, is your own organisation, or is no party to the agreement. Nothing was kept. Hand over its card instead.',
};

const typedOfSwitch = (found: ReferralSwitch | undefined): Typed =>
  found === undefined
    ? {}
    : {
        isOn: found.isOn ? 'yes' : 'no',
        agreement: found.agreementId,
        dpia: found.dpia,
        dpiaOn: found.dpiaOn,
        keepDays: String(found.keepDays),
        answerDays: String(found.answerDays),
      };

interface Way {
  readonly kept: Kept;
  readonly set: ReferralSwitch;
  readonly gateway: Parameters<typeof gatewayRefusal>[0]['gateway'];
  readonly provider: Organisation;
  readonly from: readonly Organisation[];
  readonly accounts: readonly Organisation[];
}

/** From whom to whom a referral to a service may go: both organisations are parties of the agreement, and somebody there can answer. */
async function wayTo(work: Reads, serviceId: string, visitor: Visitor, today: IsoDate): Promise<Way | Refused> {
  const kept = await getService(work, serviceId);
  if (kept.state !== 'live' || (kept.visibility === 'confidential' && !visitor.roles.includes('coordinator')))
    return notFound;
  const open = await openReferrals(work, today);
  if (open === undefined) return isOff;
  const { parties, gateway } = open.agreement;
  const party = parties.find(({ organisationId, role }) => organisationId === kept.organisationId && role !== 'sends');
  const senders = new Set(
    parties.filter(({ role }) => role !== 'receives').map(({ organisationId }) => organisationId),
  );
  const own = await organisationsOfVisitor(work);
  const from = own.filter(({ id }) => senders.has(id) && id !== kept.organisationId);
  const accounts = party === undefined ? [] : await accountsOf(work, party.organisationId);
  if (party === undefined || from.length === 0 || accounts.length === 0) return noWay;
  return { kept, set: open.set, gateway, provider: { id: party.organisationId, name: party.name }, from, accounts };
}

const formOf = (slug: string, way: Way, typed?: Typed, errors?: Errors): Page =>
  referPage({
    slug,
    service: way.kept,
    provider: way.provider.name,
    from: way.from,
    accounts: way.accounts,
    ...(typed !== undefined && { typed }),
    ...(errors !== undefined && { errors }),
  });

async function pageOf(
  work: Reads,
  slug: string,
  id: string,
  today: IsoDate,
  given: { readonly error?: string; readonly note?: string } = {},
): Promise<Page> {
  const referral = await getReferral(work, id);
  const people = [referral.sentBy, referral.sentTo, ...referral.answers.map(({ by }) => by)];
  return referralPage({ slug, referral, names: await namesOf(work, people), today, ...given });
}

/**
 * Why an answer cannot be given as it is; undefined where it can. A note about somebody goes through the same gateway of the
 * law as the referral did, the other way round; and where the agreement holds no more, nothing about them goes at all.
 */
async function whyNoAnswer(
  work: Reads,
  { side, fromOrganisation, toOrganisation }: ReferralSeen,
  { answer, note }: { readonly answer: ReferralAnswer; readonly note: string },
  today: IsoDate,
): Promise<string | undefined> {
  const open = await openReferrals(work, today);
  if (open === undefined)
    return ['declined', 'withdrawn'].includes(answer) && note === ''
      ? undefined
      : 'Referral of named people is off here, or its agreement does not hold today. You can only decline the referral or take it back, without a note.';
  if (note === '') return undefined;
  const [by, to] = side === 'to' ? [toOrganisation, fromOrganisation] : [fromOrganisation, toOrganisation];
  const words = healthIn(note);
  const refusal = gatewayRefusal({
    gateway: open.agreement.gateway,
    from: await capacitiesOf(work, by),
    to: await capacitiesOf(work, to),
    hasPatientInformation: words.length > 0,
  });
  if (refusal === null) return undefined;
  const found = words.length > 0 ? ` These words may be of health: ${words.join(', ')}.` : '';
  return `${refusal}${found} Or answer without a note.`;
}

export const referralRoutes: readonly Route[] = [
  get({
    path: '/:partnership/referrals',
    about: 'Referrals of named people that the own organisation sent or was sent, without names',
    access: { anyOf: [...referrers, 'administrator', 'information-governance'] },
    audit: 'REFERRALS_SEEN',
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor, today }) => ({
      page: referralsPage({
        slug: params.partnership,
        referrals: await listReferrals(work),
        isOn: (await openReferrals(work, today)) !== undefined,
        maySet: switchers.some((role) => visitor.roles.includes(role)),
        today,
      }),
      subject: `partnership/${visitor.partnership?.id ?? ''}`,
    }),
  }),
  get({
    path: '/:partnership/referrals/switch',
    about: 'Whether named people may be referred, under which agreement and assessment',
    access: set,
    audit: { none: 'shows no personal data' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, today }) => ({
      page: switchPage({
        slug: params.partnership,
        agreements: await agreementChoices(work, today),
        typed: typedOfSwitch(await findReferralSwitch(work)),
      }),
    }),
  }),
  post({
    path: '/:partnership/referrals/switch',
    about: 'Switch referral of named people on or off',
    access: set,
    audit: 'REFERRALS_SWITCHED',
    params: partnershipParams,
    body: switchForm,
    example: () => ({
      none: 'an example that switches it on would keep names: test/web/referral.web.test.ts asks for it',
    }),
    async handle({ work, params, body, visitor, today }) {
      const agreements = await agreementChoices(reading(work), today);
      const errors: Record<string, string> = {};
      if (body.isOn && !agreements.some(({ id }) => id === body.agreement))
        errors['agreement'] = 'Choose an agreement that is signed and holds today';
      if (body.dpiaOn > today) errors['dpiaOn'] = 'Enter a day that has come: the assessment has to be approved first';
      if (Object.keys(errors).length > 0)
        return again(
          switchPage({
            slug: params.partnership,
            agreements,
            typed: {
              ...typedAgain(body),
              isOn: body.isOn ? 'yes' : 'no',
              keepDays: String(body.keepDays),
              answerDays: String(body.answerDays),
            },
            errors,
          }),
        );
      await setReferralSwitch(work, { ...body, agreementId: body.agreement }, today);
      return {
        seeOther: referralsHref(params.partnership),
        subject: `partnership/${visitor.partnership?.id ?? ''}`,
        fields: Object.keys(body),
      };
    },
    invalid: async ({ work, params, errors, typed, today }) => ({
      page: switchPage({
        slug: params.partnership,
        agreements: await agreementChoices(work, today),
        typed: typedAgain(typed),
        errors,
      }),
    }),
  }),
  get({
    path: '/:partnership/directory/:id/refer',
    about: 'Refer a named person to a service',
    access: seen,
    audit: 'REFERRAL_BEGUN',
    params: recordParams,
    example: () => noReferral,
    async handle({ work, params, visitor, today }) {
      const way = await wayTo(work, params.id, visitor, today);
      return 'refused' in way ? way : { page: formOf(params.partnership, way), subject: `service/${params.id}` };
    },
  }),
  post({
    path: '/:partnership/directory/:id/refer',
    about: 'Refer a named person to a service',
    access: seen,
    audit: 'REFERRAL_SENT',
    params: recordParams,
    body: referralForm,
    example: () => noReferral,
    async handle({ work, params, body, visitor, today }) {
      const reads = reading(work);
      const way = await wayTo(reads, params.id, visitor, today);
      if ('refused' in way) return way;
      const { from, accounts, provider, gateway } = way;
      const words = healthIn(body.why, body.overrideReason, body.contact, body.age);
      const typed: Typed = {
        ...typedAgain(body),
        health: body.health ? 'yes' : 'no',
        canConsent: body.canConsent ? 'yes' : 'no',
        consented: body.consented ? 'yes' : 'no',
      };
      const errors: Record<string, string> = {};
      if (!from.some(({ id }) => id === body.from)) errors['from'] = 'Choose an organisation of yours from the list';
      if (!accounts.some(({ id }) => id === body.sentTo)) errors['sentTo'] = 'Choose somebody from the list';
      if (Object.keys(errors).length > 0) return again(formOf(params.partnership, way, typed, errors));
      const refusal = gatewayRefusal({
        gateway,
        from: await capacitiesOf(reads, body.from),
        to: await capacitiesOf(reads, provider.id),
        hasPatientInformation: body.health || words.length > 0,
      });
      if (refusal !== null) {
        const found = words.length > 0 && !body.health ? ` These words may be of health: ${words.join(', ')}.` : '';
        return {
          ...again(
            formOf(params.partnership, way, typed, {
              [words.length > 0 ? 'why' : body.health ? 'health' : 'from']: `${refusal}${found}`,
            }),
          ),
          keepRefusal: true,
          subject: `service/${params.id}`,
        };
      }
      const id = await sendReferral(
        work,
        { ...body, serviceId: params.id, fromOrganisation: body.from, toOrganisation: provider.id },
        way.set,
        today,
      );
      return { seeOther: `${referralsHref(params.partnership)}/${id}`, subject: `referral/${id}` };
    },
    async invalid({ work, params, visitor, errors, typed, today }) {
      const way = await wayTo(work, params.id, visitor, today);
      return 'refused' in way ? way : { page: formOf(params.partnership, way, typedAgain(typed), errors) };
    },
  }),
  get({
    path: '/:partnership/referrals/:id',
    about: 'One referral, with the name, for the two organisations',
    access: seen,
    audit: 'REFERRAL_SEEN',
    params: recordParams,
    example: () => noReferral,
    handle: async ({ work, params, today }) => ({
      page: await pageOf(work, params.partnership, params.id, today),
      subject: `referral/${params.id}`,
    }),
  }),
  post({
    path: '/:partnership/referrals/:id',
    about: 'Answer a referral, or take it back',
    access: seen,
    audit: 'REFERRAL_ANSWERED',
    params: recordParams,
    body: answerForm,
    example: () => noReferral,
    async handle({ work, params, body, today }) {
      const referral = await getReferral(reading(work), params.id);
      const barred = await whyNoAnswer(reading(work), referral, body, today);
      if (barred !== undefined)
        return {
          ...again(
            await pageOf(reading(work), params.partnership, params.id, today, { error: barred, note: body.note }),
          ),
          keepRefusal: true,
          subject: `referral/${params.id}`,
        };
      const sentence = await answerReferral(work, params.id, { ...body, side: referral.side }, today);
      if (sentence !== undefined)
        return again(
          await pageOf(reading(work), params.partnership, params.id, today, { error: sentence, note: body.note }),
          409,
        );
      return {
        seeOther: `${referralsHref(params.partnership)}/${params.id}`,
        subject: `referral/${params.id}`,
        fields: ['state'],
      };
    },
    invalid: async ({ work, params, errors, typed, today }) => ({
      page: await pageOf(work, params.partnership, params.id, today, {
        error: errors['answer'] ?? errors['note'] ?? 'Choose an answer',
        note: typeof typed['note'] === 'string' ? typed['note'] : '',
      }),
    }),
  }),
];
