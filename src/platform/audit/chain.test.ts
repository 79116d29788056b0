import { describe, expect, it } from 'vitest';
import { ChainCheck, hashOf, parseEntry, type AuditEntry, type ChainVerdict } from './chain.ts';

/** Made with Python 3: json.dumps(entry, sort_keys=True, separators=(',', ':'), ensure_ascii=False) and hashlib.sha256. */
const chain: readonly AuditEntry[] = [
  {
    seq: 1,
    at: '2026-07-22T09:00:00.000001Z',
    partnership: '5f0d6c1e-0000-4000-8000-000000000001',
    actor: 'system',
    action: 'SAMPLE',
    subject: 'person/1',
    outcome: 'done',
    prev: '0000000000000000000000000000000000000000000000000000000000000000',
    hash: '661a4e4e017aac67c149d609baf665ddcdbf878dda1410eab68a7f0d8775e78a',
  },
  {
    seq: 2,
    at: '2026-07-22T09:00:00.000002Z',
    partnership: '5f0d6c1e-0000-4000-8000-000000000001',
    actor: 'system',
    action: 'SAMPLE',
    subject: 'a "quoted" \\ line\nnext\u0001\u007f\u2028 \u00e9',
    outcome: 'done',
    prev: '661a4e4e017aac67c149d609baf665ddcdbf878dda1410eab68a7f0d8775e78a',
    fields: ['name', 'email'],
    hash: '01aca8a857f7d0881c33b9f981b29c9bce51da7e025a07b5f4c25f07313b1fe1',
  },
  {
    seq: 3,
    at: '2026-07-22T09:00:00.000003Z',
    partnership: '5f0d6c1e-0000-4000-8000-000000000001',
    actor: 'system',
    action: 'SAMPLE',
    subject: null,
    outcome: 'done',
    prev: '01aca8a857f7d0881c33b9f981b29c9bce51da7e025a07b5f4c25f07313b1fe1',
    fields: [],
    hash: '8a183274658fee756d61754165f8e4a7a2fe932fe784c8640c75b9a4f6ebe15f',
  },
];

function verdictOf(entries: readonly AuditEntry[]): ChainVerdict {
  const check = new ChainCheck();
  for (const entry of entries) check.next(entry);
  return check.verdict();
}

describe('a chain', () => {
  it('has the hashes that another program gives it', () => {
    expect(chain.map(hashOf)).toEqual(chain.map(({ hash }) => hash));
  });

  it('is whole from its first entry, and says where its head is', () => {
    expect(verdictOf(chain)).toEqual({ entries: 3, head: { seq: 3, hash: chain[2]!.hash }, fault: undefined });
    expect(verdictOf([])).toEqual({ entries: 0, head: undefined, fault: undefined });
  });

  it('says the same whatever order the names of an entry stand in', () => {
    const turned = chain.map((entry) => Object.fromEntries(Object.entries(entry).reverse()) as unknown as AuditEntry);
    expect(verdictOf(turned).fault).toBeUndefined();
  });

  it('is broken by a change of any one part of any entry', () => {
    const changes: readonly Partial<Record<keyof AuditEntry | 'more', unknown>>[] = [
      { at: '2026-07-22T09:00:00.000009Z' },
      { partnership: '5f0d6c1e-0000-4000-8000-000000000002' },
      { actor: 'public' },
      { action: 'SAMPLES' },
      { subject: 'person/2' },
      { outcome: 'seen' },
      { fields: ['x'] },
      { hash: '0'.repeat(64) },
      { prev: 'f'.repeat(64) },
      { seq: 9 },
      { seq: '1' },
      { subject: '\ud800' },
      { subject: Number.POSITIVE_INFINITY },
      { more: true },
    ];
    for (let at = 0; at < chain.length; at += 1)
      for (const change of changes) {
        const entries = chain.map((entry, k) => (k === at ? ({ ...entry, ...change } as AuditEntry) : entry));
        const { fault, entries: right } = verdictOf(entries);
        expect({ at, change, broken: fault !== undefined, right }).toEqual({ at, change, broken: true, right: at });
      }
  });

  it('counts nothing behind its first fault', () => {
    const check = new ChainCheck();
    expect(check.next(chain[0]!)).toBe(true);
    expect(check.next(chain[2]!)).toBe(false);
    expect(check.next(chain[1]!)).toBe(false);
    check.breakAt('later');
    expect(check.verdict()).toEqual({
      entries: 1,
      head: { seq: 1, hash: chain[0]!.hash },
      fault: 'Entry 2 is missing: entry 3 stands in its place.',
    });
  });
});

describe('a line of an export', () => {
  it('is an entry', () => {
    expect(chain.map((entry) => parseEntry(JSON.stringify(entry)))).toEqual(chain);
  });
  it.each([
    '',
    'null',
    '1',
    '"x"',
    '[]',
    '{}',
    '{"seq":1}',
    '{"seq":"1","hash":"x","prev":"y"}',
    '{',
    '\ufeff{}',
    '{"seq":1,"hash":null,"prev":""}',
  ])('is none: %j', (line) => expect(parseEntry(line)).toBeUndefined());
});
