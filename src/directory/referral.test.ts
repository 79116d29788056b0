import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorityKindNames, authorityKinds } from '../duty/index.ts';
import { gateways, type Gateway } from '../exchange/index.ts';
import { referralForm } from './referral-form.ts';
import {
  answersOpen,
  daysOf,
  gatewayRefusal,
  hasEnded,
  healthIn,
  referralAnswers,
  referralStates,
  step,
  type ReferralState,
} from './referral.ts';

const sides = ['from', 'to'] as const;
const said = fc.record({ answer: fc.constantFrom(...referralAnswers), side: fc.constantFrom(...sides) });

describe('the answers of a referral', () => {
  it('are defined for every state, answer and side, and offered exactly where they are taken', () => {
    for (const state of referralStates)
      for (const answer of referralAnswers)
        for (const side of sides) {
          const stepped = step(state, answer, side);
          expect('state' in stepped).toBe(answersOpen(state, side).includes(answer));
          if ('state' in stepped) expect(stepped.state).toBe(answer);
          else expect(stepped.sentence).toMatch(/\.$/);
        }
  });

  it('never go back to “sent”, end for good, and only the sender takes one back', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 12 }), (answers) => {
        let state: ReferralState = 'sent';
        for (const { answer, side } of answers) {
          const stepped = step(state, answer, side);
          if ('sentence' in stepped) continue;
          expect(hasEnded(state)).toBe(false);
          expect(stepped.state).not.toBe('sent');
          expect(stepped.state === 'withdrawn').toBe(side === 'from');
          // Whoever was reached was accepted before.
          if (stepped.state === 'reached') expect(state).toBe('accepted');
          if (stepped.state === 'completed') expect(state).toBe('reached');
          state = stepped.state;
        }
      }),
    );
  });

  it('leave every referral a day on which it goes, and a day for the next answer until it has ended', () => {
    for (const state of referralStates) {
      const { answerBy, deleteOn } = daysOf(state, '2026-06-01', { keepDays: 30, answerDays: 5 });
      expect(deleteOn).toBe('2026-07-01');
      expect(answerBy).toBe(hasEnded(state) ? null : '2026-06-06');
    }
  });
});

describe('the gateway of the law', () => {
  const kinds = fc.subarray([...authorityKindNames], { maxLength: 3 });
  const gateway = fc.constantFrom(...(Object.keys(gateways) as Gateway[]));

  it('lets no patient information through sections 10 and 16, whoever holds it', () => {
    fc.assert(
      fc.property(fc.constantFrom<Gateway>('pcsc-10', 'pcsc-16', 'pcsc-17'), kinds, kinds, (through, from, to) => {
        expect(gatewayRefusal({ gateway: through, from, to, hasPatientInformation: true })).not.toBeNull();
      }),
    );
  });

  it('lets no named person out of a health or social care authority through section 16', () => {
    for (const kind of authorityKindNames.filter((each) => authorityKinds[each].healthOrSocialCare))
      expect(
        gatewayRefusal({
          gateway: 'pcsc-16',
          from: [kind, 'district-council'],
          to: ['prison'],
          hasPatientInformation: false,
        }),
      ).toContain('health or social care authority');
  });

  it('lets nobody through where data have to be without names', () => {
    fc.assert(
      fc.property(fc.constantFrom<Gateway>('istv', 'cda-17a'), kinds, kinds, fc.boolean(), (through, from, to, has) => {
        expect(gatewayRefusal({ gateway: through, from, to, hasPatientInformation: has })).not.toBeNull();
      }),
    );
  });

  it('asks who receives: a charity is no authority of section 16 or 115, and may receive under the Children Act', () => {
    const to = ['voluntary-organisation'] as const;
    const passing = { from: ['district-council'] as const, to, hasPatientInformation: false };
    expect(gatewayRefusal({ ...passing, gateway: 'pcsc-16' })).not.toBeNull();
    expect(gatewayRefusal({ ...passing, gateway: 'cda-115' })).not.toBeNull();
    expect(gatewayRefusal({ ...passing, gateway: 'children-act-10' })).toBeNull();
    expect(gatewayRefusal({ ...passing, to: ['youth-offending-team'], gateway: 'pcsc-16' })).toBeNull();
  });

  it('has an answer for everything', () => {
    fc.assert(
      fc.property(gateway, kinds, kinds, fc.boolean(), (through, from, to, has) => {
        const answer = gatewayRefusal({ gateway: through, from, to, hasPatientInformation: has });
        expect(answer === null || answer.length > 20).toBe(true);
      }),
    );
  });
});

describe('words of health', () => {
  it('are found whatever their case, and not in other words', () => {
    expect(healthIn('Was Diagnosed with ADHD', 'on medication')).toEqual(['diagnosed', 'adhd', 'medication']);
    expect(healthIn('Likes to walk forward and towards the warden', 'gpx file')).toEqual([]);
  });
});

describe('consent', () => {
  const base = {
    from: '00000000-0000-4000-8000-000000000001',
    sentTo: '00000000-0000-4000-8000-000000000002',
    name: 'Somebody',
    why: 'Wants to box',
    health: 'no',
  };
  const errorsOf = (rest: object) =>
    referralForm.safeParse({ ...base, ...rest }).error?.issues.map(({ path }) => path[0]) ?? [];
  it('is there, or the safeguarding reason is', () => {
    expect(errorsOf({ canConsent: 'yes', consented: 'yes' })).toEqual([]);
    expect(errorsOf({ canConsent: 'yes', consented: 'no' })).toEqual(['overrideReason']);
    expect(errorsOf({ canConsent: 'no', consented: 'no', overrideReason: 'At risk of harm tonight' })).toEqual([]);
    expect(errorsOf({ canConsent: 'no', consented: 'yes' })).toEqual(['consented']);
    expect(errorsOf({})).toEqual(['canConsent', 'consented']);
  });
});
