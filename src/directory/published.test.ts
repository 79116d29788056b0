import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complaintsOf, hasOfficialSchemas, officialSchemas } from '../../test/conformance/open-referral.ts';
import { plainText, personalIn } from './plain-text.ts';
import { noPrevention, preventionSchema } from './prevention.ts';
import { publicCopyOf, type Entry } from './published.ts';
import { stableId } from './standard-1.ts';
import { entities, type EntityName } from './standard.ts';

const entry = (document: Readonly<Record<string, unknown>>, more: Partial<Entry> = {}): Entry => ({
  id: '0f000001-0000-4000-8000-000000000001',
  document,
  prevention: noPrevention,
  visibility: 'public',
  state: 'live',
  verifier: null,
  verifiedOn: null,
  verifyBy: null,
  changedAt: '2026-06-01T12:00:00.000Z',
  ...more,
});

/** What publishers and vandals write: good values, near misses, and other kinds of things altogether. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    'text',
    '<p>a &amp; b</p>',
    'https://example.org/a',
    'https://exa mple.org',
    'http://[',
    'www.example.org',
    'javascript:alert(1)',
    'ftp://example.org',
    'a@example.org',
    'a b@example.org',
    'é@example.org',
    'a@b',
    'ac148810-d857-441c-9679-408f346de14b',
    'def5ccd4-f121-df4d-60d2-4dc0d69ff555',
    'AC148810-D857-441C-9679-408F346DE14B',
    'not-a-uuid',
    '2026-03-15T10:30:45.123Z',
    '2026-03-15T10:30:45',
    '2026-02-30T10:30:45Z',
    '2026-03-15',
    'active',
    'Active',
    'physical',
    'WEEKLY',
    'urn:uuid:ac148810-d857-441c-9679-408f346de14b',
    12,
    '12',
    -1,
    1.5,
    true,
    {},
    [],
    [[]],
    [null],
  ),
  fc.string(),
  // JSON has no nought below nought.
  fc.double().map((value) => value + 0),
);
const objectOf = (name: EntityName, depth: number): fc.Arbitrary<unknown> => {
  const { fields, one = {}, many = {} } = entities[name];
  const parts: Record<string, fc.Arbitrary<unknown>> = {};
  for (const field of Object.keys(fields)) parts[field] = anything;
  if (depth > 0) {
    for (const [field, child] of Object.entries(one)) parts[field] = fc.oneof(objectOf(child, depth - 1), anything);
    for (const [field, child] of Object.entries(many))
      parts[field] = fc.oneof(fc.array(objectOf(child, depth - 1), { maxLength: 2 }), anything);
  }
  return fc.record(parts, { requiredKeys: [] });
};

describe('the public copy', () => {
  it.skipIf(!hasOfficialSchemas)('is what the official schema takes, whatever was given', () => {
    const schemas = officialSchemas();
    fc.assert(
      fc.property(objectOf('service', 3), fc.constantFrom('public', 'address-withheld'), (given, visibility) => {
        const named = { name: 'A service', ...(given as object) };
        const { copy } = publicCopyOf(entry(named, { visibility: visibility as Entry['visibility'] }));
        if (copy === undefined) return;
        expect(complaintsOf(schemas('service'), copy.document)).toEqual([]);
        for (const place of copy.places)
          expect(complaintsOf(schemas('service_at_location'), place.document)).toEqual([]);
        expect(JSON.parse(JSON.stringify(copy))).toEqual(copy);
      }),
      { numRuns: 300 },
    );
  });

  it('of an entry that is not public is none', () => {
    for (const visibility of ['professionals', 'confidential'] as const)
      expect(publicCopyOf(entry({ name: 'A', status: 'active' }, { visibility })).copy).toBeUndefined();
  });

  it('tells no place of a withheld address, in whatever field somebody wrote it', () => {
    const secret = 'Primrose Lane';
    const { copy, faults } = publicCopyOf(
      entry(
        {
          name: 'A safe place',
          status: 'active',
          description: `Come to 5, PRIMROSE  lane.`,
          alert: 'We moved to HV2 2DF',
          x_internal: secret,
          schedules: [{ byday: 'MO', description: `in ${secret}` }],
          service_areas: [{ name: 'Haverness', extent: 'POINT(0.2 53.3)', extent_type: 'wkt' }],
          contacts: [{ title: 'Desk', name: `Ann at 5 ${secret}` }],
          service_at_locations: [
            {
              location: {
                location_type: 'physical',
                name: 'Primrose House',
                latitude: 53.3,
                longitude: 0.2,
                addresses: [
                  {
                    address_1: `5 ${secret}`,
                    city: 'H',
                    state_province: 'M',
                    postal_code: 'HV2 2DF',
                    country: 'GB',
                    address_type: 'physical',
                  },
                ],
              },
            },
          ],
        },
        { visibility: 'address-withheld' },
      ),
    );
    expect(JSON.stringify(copy)).not.toMatch(/primrose|HV2|53\.3|POINT/i);
    expect(copy?.document).toMatchObject({ name: 'A safe place', contacts: [{ title: 'Desk' }] });
    expect(copy?.places).toEqual([]);
    expect(faults.map(({ path }) => path)).toEqual(expect.arrayContaining(['description', 'alert']));
  });

  it('carries what violence prevention adds as terms, capacity and days', () => {
    const prevention = preventionSchema.parse({
      tier: ['secondary'],
      need: ['gangs'],
      howToRefer: 'Call.',
      capacity: { free: 3, waitingDays: 14, checkedOn: '2026-05-01' },
    });
    const { copy } = publicCopyOf(
      entry(
        { name: 'A', status: 'active' },
        { prevention, verifiedOn: '2026-05-02', verifyBy: '2026-11-02', verifier: 'team@example.org' },
      ),
    );
    expect(copy?.document).toMatchObject({
      application_process: 'Call.',
      capacities: [{ available: 3, unit: { name: 'place' } }],
      wait_time: '14 days, as of 2026-05-01',
      assured_date: '2026-05-02',
      assurer_email: 'team@example.org',
      attributes: [
        { taxonomy_term: { name: 'For people at risk' } },
        { taxonomy_term: { name: 'Gangs and being used by them' } },
      ],
    });
    expect(copy?.tiers).toEqual(['secondary']);
  });
});

describe('words', () => {
  it('of HTML are plain, and nothing of the markup runs or hides', () => {
    expect(plainText('<ul><li>One</li><li>Two &pound;5</li></ul><script>x()</script>')).toBe('• One\n• Two £5');
    expect(plainText('a < b and c > d')).toBe('a < b and c > d');
    expect(plainText('&lt;b&gt; &#x202e;x &#0; &bogus;')).toBe('<b> x &bogus;');
    expect(plainText('safe\u202Etxt.exe\u200B')).toBe('safetxt.exe');
  });

  it('of any length and kind are read in time that grows with them', () => {
    for (const hostile of [
      '<'.repeat(100_000),
      '<p '.repeat(50_000),
      '&'.repeat(100_000),
      '<!--'.repeat(30_000),
      '<script>'.repeat(20_000),
    ])
      expect(plainText(hostile).length).toBeLessThanOrEqual(hostile.length);
  });

  it('that may be about a person are flagged', () => {
    expect(personalIn('The club is closed on Mondays. Call 01632 960001.')).toEqual([]);
    expect(personalIn('Ask Mr Smith, 07700 900123, sam@example.org, HV2 2DF')).toEqual([
      'a mobile number',
      'an email address',
      'a person by name',
      'a postcode',
    ]);
  });

  it('make the same id every time, and different words another', () => {
    const ids = new Set(Array.from({ length: 20_000 }, (_, at) => stableId('service', String(at))));
    expect(ids.size).toBe(20_000);
    expect(stableId('a', 'b')).toBe(stableId('a', 'b'));
    expect(stableId('a', 'b')).not.toBe(stableId('ab'));
    expect(stableId('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
