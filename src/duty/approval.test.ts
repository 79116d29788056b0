import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Approval, ContentHash } from './approval.ts';
import { approvalSchema, approves, isContentHash } from './approval.ts';

function hashOf(text: string): ContentHash {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

const draft = 'The partnership will share information every month.';
const approval: Approval = {
  body: { kind: 'meeting', id: 'board-2024-02-07' },
  date: '2024-02-07',
  hash: hashOf(draft),
};

describe('an approval', () => {
  it('is of exact bytes: another comma is not approved', () => {
    expect(approves(approval, hashOf(draft))).toBe(true);
    expect(approves(approval, hashOf(draft.replace(' every', ', every')))).toBe(false);
  });

  it('is read back from the database', () => {
    expect(approvalSchema.parse(approval)).toEqual(approval);
  });

  it.each([
    { ...approval, date: '2024-02-30' },
    { ...approval, hash: approval.hash.toUpperCase() },
    { ...approval, hash: approval.hash.slice(7) },
    { ...approval, body: { kind: 'meeting', id: '' } },
    { body: approval.body, date: approval.date },
  ])('is refused as %j', (value) => {
    expect(approvalSchema.safeParse(value).success).toBe(false);
  });
});

describe('a content hash', () => {
  it('is the SHA-256 of nothing, as published', () => {
    const empty = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(isContentHash(empty)).toBe(true);
    expect(hashOf('')).toBe(empty);
  });

  it.each([
    '',
    'sha256:',
    `sha256:${'0'.repeat(63)}`,
    `sha256:${'0'.repeat(65)}`,
    `sha512:${'0'.repeat(64)}`,
    `sha256:${'g'.repeat(64)}`,
    `x${approval.hash}`,
    `${approval.hash}\n`,
  ])('is not %j', (text) => {
    expect(isContentHash(text)).toBe(false);
  });
});
