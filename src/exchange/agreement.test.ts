import { describe, expect, it } from 'vitest';
import { unmarked } from '../duty/index.ts';
import { agreementForm, agreementWanted, whyNoEnd } from './agreement-form.ts';
import {
  canRenew,
  coverFor,
  covers,
  lastDayOf,
  sendersOf,
  sendsUnder,
  stateOn,
  type Agreement,
  type Term,
} from './agreement.ts';

const agreement = (more: Partial<Agreement> = {}): Agreement => ({
  id: '0e000000-0000-4000-8000-000000000001',
  title: 'Crime records',
  purpose: 'To see where violence happens.',
  level: 'records',
  gateway: 'pcsc-16',
  marking: unmarked,
  signedOn: '2024-03-14',
  starts: '2024-04-01',
  ends: '2027-03-31',
  reviewDue: null,
  endedOn: null,
  endedBecause: null,
  notes: null,
  follows: null,
  parties: [],
  sources: ['force-extract'],
  ...more,
});
const draft: Term = { signedOn: null, starts: null, ends: null, endedOn: null };

describe('the state of an agreement on a day', () => {
  it.each([
    ['2024-03-13', 'draft'],
    ['2024-03-14', 'ahead'],
    ['2024-03-31', 'ahead'],
    ['2024-04-01', 'live'],
    ['2027-01-29', 'live'],
    ['2027-01-30', 'ending'],
    ['2027-03-31', 'ending'],
    ['2027-04-01', 'ended'],
  ])('on %s it is %s', (day, state) => {
    expect(stateOn(agreement(), day)).toBe(state);
  });

  it('without a named end it stays live', () => {
    expect(stateOn(agreement({ ends: null }), '2099-12-31')).toBe('live');
  });

  it('ends with the earlier of its two ends', () => {
    expect(lastDayOf({ ends: '2027-03-31', endedOn: '2025-03-03' })).toBe('2025-03-03');
    expect(lastDayOf({ ends: '2025-03-03', endedOn: '2027-03-31' })).toBe('2025-03-03');
    expect(lastDayOf({ ends: null, endedOn: '2025-03-03' })).toBe('2025-03-03');
    expect(stateOn(agreement({ endedOn: '2025-03-03' }), '2025-03-03')).toBe('ending');
    expect(stateOn(agreement({ endedOn: '2025-03-03' }), '2025-03-04')).toBe('ended');
  });

  it('a draft that was given up has ended, and one that nobody gave up is a draft', () => {
    expect(stateOn(draft, '2026-06-01')).toBe('draft');
    expect(stateOn({ ...draft, endedOn: '2026-05-31' }, '2026-06-01')).toBe('ended');
  });
});

describe('whether it can be renewed', () => {
  it('once, if it was signed and has a last day; a draft that was given up is no renewal', () => {
    expect(canRenew(agreement(), [])).toBe(true);
    expect(canRenew(agreement({ ends: null }), [])).toBe(false);
    expect(canRenew(agreement({ signedOn: null }), [])).toBe(false);
    expect(canRenew(agreement(), [draft])).toBe(false);
    expect(canRenew(agreement(), [{ ...draft, endedOn: '2026-05-31' }])).toBe(true);
  });
});

describe('what an agreement covers', () => {
  const asked = { source: 'force-extract', day: '2026-06-01', level: 'records' } as const;
  const why = (more: Partial<Agreement>, other: Partial<typeof asked> | object = {}) => {
    const answer = covers(agreement(more), { ...asked, ...other });
    return answer.done ? 'covered' : answer.sentence;
  };

  it('records, and counts of them', () => {
    expect(why({})).toBe('covered');
    expect(why({}, { level: 'counts' })).toBe('covered');
    expect(why({ level: 'counts' }, { level: 'counts' })).toBe('covered');
  });

  it('and says why not, with what to do', () => {
    expect(why({ level: 'counts' })).toBe(
      'The agreement “Crime records” covers counts only. Load counts, or agree with the partner on records',
    );
    expect(why({}, { source: 'ambulance' })).toContain('does not cover ambulance records');
    expect(why({ endedOn: '2025-03-03' })).toBe(
      'The agreement “Crime records” ended on 3 March 2025. Renew it, then load the data',
    );
    expect(why({ signedOn: null })).toContain('is not signed. Enter the day');
    expect(why({ signedOn: '2026-06-02' })).toContain('is not signed until 2 June 2026');
    expect(why({ starts: '2026-07-01' })).toContain('begins on 1 July 2026');
  });

  it('of several, the one that holds longest; of none, says that there is none', () => {
    const short = agreement({ id: 'short', ends: '2026-06-30' });
    const open = agreement({ id: 'open', ends: null });
    const answer = coverFor([short, open, agreement({ id: 'over', ends: '2025-01-01' })], asked);
    expect(answer.done && answer.value.id).toBe('open');
    expect(coverFor([short], { ...asked, source: 'fire' })).toMatchObject({
      done: false,
      reason: 'not-allowed',
      sentence: 'No agreement covers fire and rescue records. Add the agreement with the partner who sends them',
    });
    expect(coverFor([agreement({ ends: '2024-12-31' }), agreement({ ends: '2025-01-01' })], asked)).toMatchObject({
      sentence: 'The agreement “Crime records” ended on 1 January 2025. Renew it, then load the data',
    });
  });
});

describe('who sends', () => {
  const parties: Agreement['parties'] = [
    { organisationId: 'police', name: 'The police', role: 'sends' },
    { organisationId: 'council', name: 'The council', role: 'receives' },
  ];
  it('has to be a party that sends; where nobody said who, one of them has to', () => {
    const own = agreement({ parties });
    expect(sendsUnder(own, { id: 'police', name: 'The police' }).done).toBe(true);
    expect(sendsUnder(own, null).done).toBe(true);
    expect(sendsUnder(own, { id: 'council', name: 'The council' })).toMatchObject({
      reason: 'not-allowed',
      sentence:
        'The council does not send data under the agreement “Crime records”: The police does. Add it to an agreement for these data, or say which partner sent them',
    });
    expect(sendsUnder(agreement({ parties: [] }), null)).toMatchObject({ reason: 'not-allowed' });
    expect(
      sendersOf(agreement({ parties: [...parties, { organisationId: 'trust', name: 'A trust', role: 'both' }] })),
    ).toHaveLength(2);
  });
});

describe('the form', () => {
  const [one, two] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
  const filled = {
    title: 'Crime records',
    purpose: 'To see.',
    level: 'records',
    gateway: 'pcsc-16',
    sender: one,
    receiver: two,
    sources: ['fire', 'ambulance'],
    marking: 'official',
    handling: 'b only\r\n\r\na only',
    signedOn: '14 March 2024',
    starts: '2024-04-01',
  };
  const read = (more: object) => agreementWanted(agreementForm.parse({ ...filled, ...more }), new Set([one, two]));
  const errorsOf = (more: object) => {
    const answer = read(more);
    return 'errors' in answer ? answer.errors : {};
  };

  it('is read into an agreement', () => {
    expect(read({})).toEqual({
      wanted: {
        title: 'Crime records',
        purpose: 'To see.',
        level: 'records',
        gateway: 'pcsc-16',
        parties: [
          { organisationId: one, role: 'sends' },
          { organisationId: two, role: 'receives' },
        ],
        sources: ['ambulance', 'fire'],
        marking: { level: 'official', handling: ['a only', 'b only'] },
        signedOn: '2024-03-14',
        starts: '2024-04-01',
        ends: null,
        reviewDue: null,
        notes: null,
      },
    });
  });

  it('takes days, and no months', () => {
    const answer = agreementForm.safeParse({ ...filled, ends: 'March 2027' });
    expect(answer.error?.issues[0]?.message).toBe('Enter one day, such as 31 March 2027');
  });

  it('says what is wrong, by field', () => {
    expect(errorsOf({ starts: '' })).toHaveProperty('starts');
    expect(errorsOf({ ends: '31 March 2024' })).toHaveProperty('ends');
    expect(errorsOf({ sources: 'nothing-known' })).toHaveProperty('sources');
    expect(errorsOf({ marking: 'unmarked' })).toHaveProperty('handling');
    expect(errorsOf({ receiver: '' })).toHaveProperty('receiver-1');
    expect(errorsOf({ receiver: one })).toHaveProperty('receiver-1');
    expect(errorsOf({ sender: [one, one] })).toHaveProperty('sender-2');
    expect(errorsOf({ sender: ['', '33333333-3333-4333-8333-333333333333'] })).toHaveProperty('sender-2');
  });

  it('lets two exchange data with each other', () => {
    const answer = read({ sender: [one, two], receiver: [two, one] });
    expect('wanted' in answer && answer.wanted.parties.map(({ role }) => role)).toEqual(['both', 'both']);
  });

  it('of an end asks for a day before the end that is named', () => {
    expect(whyNoEnd(agreement(), '2027-03-31')).toContain('It ends on 31 March 2027 as it is');
    expect(whyNoEnd(agreement(), null)).toBe('Enter the last day on which it holds');
    expect(whyNoEnd(agreement(), '2027-03-30')).toBeUndefined();
    expect(whyNoEnd(agreement({ ends: null }), '2030-01-01')).toBeUndefined();
  });
});
