import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePartialDate, type PartialDate } from '../duty/index.ts';
import { nameOn, namesIn, stateOf, suggestedCapacity, whyNoMembership, type Membership } from './organisation.ts';
import { cameFrom, dayBefore, whyNoSuccession, type Succession } from './succession.ts';

function date(words: string): PartialDate {
  const read = parsePartialDate(words);
  if (!read.done) throw new Error(read.sentence);
  return read.value;
}
const membership = (given: Partial<Membership>): Membership => ({
  id: 'm',
  capacity: 'prison',
  areaId: null,
  areaName: null,
  optedInBecause: null,
  since: null,
  until: null,
  ...given,
});
const prison = { name: 'HMP Sallow Moor', ended: null };

describe('a membership', () => {
  it('is refused beside the same one at the same time', () => {
    const why = whyNoMembership(membership({ since: date('2024') }), [membership({ since: date('2020') })], prison);
    expect(why).toEqual({
      field: 'since',
      sentence:
        'HMP Sallow Moor is a member as “Governor or director of a prison” already, since 2020. Change that membership, or enter other dates',
    });
  });

  it('is taken after the first one ended, as something else, or in another area', () => {
    const ended = membership({ since: date('2020'), until: date('December 2022') });
    expect(whyNoMembership(membership({ since: date('January 2023') }), [ended], prison)).toBeUndefined();
    const other = membership({ capacity: 'youth-offending-team' });
    expect(whyNoMembership(membership({}), [other], prison)).toBeUndefined();
    const [north, south] = [membership({ areaId: 'north' }), membership({ areaId: 'south' })];
    expect(whyNoMembership(north, [south], prison)).toBeUndefined();
    expect(whyNoMembership(membership({}), [south], prison)?.field).toBe('since');
  });

  it('ends after it begins, and not after its organisation', () => {
    expect(whyNoMembership(membership({ since: date('2024'), until: date('2023') }), [], prison)?.field).toBe('until');
    const gone = { name: 'Haverness CCG', ended: date('30 June 2022') };
    expect(whyNoMembership(membership({ since: date('2013') }), [], gone)?.sentence).toContain(
      'Haverness CCG itself ended on 30 June 2022',
    );
    expect(whyNoMembership(membership({ since: date('2013'), until: date('30 June 2022') }), [], gone)).toBeUndefined();
  });

  it('of a specified authority needs no reason (PCSC Act 2022 s.11)', () => {
    const wanted = membership({ capacity: 'district-council', optedInBecause: 'useful' });
    expect(whyNoMembership(wanted, [], prison)?.field).toBe('because');
  });
});

it('says where an organisation stands on a day', () => {
  const state = (memberships: readonly Membership[], ended: PartialDate | null = null) =>
    stateOf({ memberships, ended }, '2026-06-01');
  expect(state([])).toBe('other');
  expect(state([membership({ since: date('2020') })])).toBe('member');
  expect(state([membership({ since: date('2027') })])).toBe('ahead');
  expect(state([membership({ until: date('2022') })])).toBe('former');
  expect(state([membership({ until: date('2022') })], date('30 June 2022'))).toBe('ended');
});

describe('the name of a day', () => {
  const probation = {
    name: 'Probation Service',
    otherNames: [
      { id: '1', name: 'National Probation Service', use: 'former', until: date('25 June 2021') },
      { id: '2', name: 'Merrowshire Probation Trust', use: 'former', until: date('31 May 2014') },
      { id: '3', name: 'NPS', use: 'also', until: null },
    ],
  } as const;
  it.each([
    ['2026-06-01', 'Probation Service'],
    ['2021-06-26', 'Probation Service'],
    ['2021-06-25', 'National Probation Service'],
    ['2014-06-01', 'National Probation Service'],
    ['2014-05-31', 'Merrowshire Probation Trust'],
  ])('on %s is %s', (day, name) => {
    expect(nameOn(probation, day)).toBe(name);
  });
});

it.each([
  // Members as paper 001 §6.2 names their kinds.
  ['Haverness Council', 'district-council'],
  ['Merrowshire County Council', 'county-council'],
  ['Merrowshire Constabulary', 'chief-officer-of-police'],
  ['NHS Haverness Clinical Commissioning Group', 'integrated-care-board'],
  ['Haverness Bay Hospitals NHS Trust', 'nhs-provider-trust'],
  ['Haver Coastal Housing', 'housing-provider'],
  ['Merrowshire Fire and Rescue Service', 'fire-and-rescue-authority'],
  ['National Probation Service', 'probation-provider'],
  ['Office of the Police and Crime Commissioner', 'police-and-crime-commissioner'],
  ['Merrow Ambulance Service', 'ambulance-trust'],
  ['Something Else Entirely', 'voluntary-organisation'],
])('suggests what %s is', (name, kind) => {
  expect(suggestedCapacity(name)).toBe(kind);
});

it('reads names one a line, without bullets, empty lines and doubles', () => {
  expect(namesIn(' • Wyre Council,\r\n\n- wyre council\n– HMP Moor.\n')).toEqual(['wyre council', 'HMP Moor']);
});

describe('what became of an organisation', () => {
  it('never runs in a circle, in whatever order it is entered', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const pair = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 30 }), (pairs) => {
        const all: Succession[] = [];
        const of = (id: string) => ({ id, name: id, ended: null });
        for (const [predecessor, successor] of pairs)
          if (whyNoSuccession(all, of(predecessor), of(successor), date('2024')) === undefined)
            all.push({ predecessor, successor });
        // Kahn's algorithm takes away what has no predecessor left; a circle would stay.
        const left = new Set(ids);
        for (let free: string | undefined; ; left.delete(free)) {
          free = [...left].find((id) => !all.some((s) => s.successor === id && left.has(s.predecessor)));
          if (free === undefined) break;
        }
        expect(left.size).toBe(0);
        for (const { predecessor, successor } of all) expect(cameFrom(all, successor, predecessor)).toBe(true);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('says in a sentence why not', () => {
    const ccg = { id: 'ccg', name: 'the CCG', ended: null };
    const icb = { id: 'icb', name: 'the ICB', ended: null };
    const all = [{ predecessor: 'ccg', successor: 'icb' }];
    expect(whyNoSuccession(all, icb, ccg, date('2024'))).toBe(
      'the ICB came from the CCG, so it cannot become it. Choose another organisation',
    );
    expect(whyNoSuccession(all, ccg, icb, date('2024'))).toContain('already');
    expect(whyNoSuccession([], ccg, ccg, date('2024'))).toContain('itself');
    expect(whyNoSuccession([], ccg, { ...icb, ended: date('2020') }, date('2024'))).toContain(
      'ended by 31 December 2020',
    );
  });

  it('ends the day before, or in the words that are known', () => {
    expect(dayBefore(date('1 July 2022')).text).toBe('30 June 2022');
    expect(dayBefore(date('July 2022')).text).toBe('July 2022');
  });
});
