import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WriteUnit } from '../../src/platform/database/database.ts';
import { linksSignedWith, type LinkClaim } from '../../src/platform/links/links.ts';
import { callBackLinks, issueLink, takeLink } from '../../src/platform/links/links.store.ts';
import { testTown, type TestTown } from './installation.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown();
});
afterAll(() => town.close());

const links = linksSignedWith('a key for tests');
const purpose = 'answer-referral';
const now = new Date('2026-07-22T09:00:00Z');
const expires = new Date('2026-07-23T09:00:00Z');
const idOf = (slug: string): string => town.partnerships.get(slug)!;
const write = <T>(slug: string, act: (unit: WriteUnit) => Promise<T>): Promise<T> =>
  town.records.write({ door: 'concord_member', actor: 'public', partnership: idOf(slug) }, act);

/** Issues a link and reads it again, as the one who follows it does. */
async function issued(subject: string, once = true, slug = 'haverness'): Promise<LinkClaim> {
  const path = await write(slug, ({ work }) =>
    issueLink(work<'platform'>(), links, { partnership: idOf(slug), purpose, subject, expires, once }),
  );
  expect(path).toMatch(/^\/l\/[\w.-]+$/);
  const claim = links.read(path.slice('/l/'.length), purpose, now);
  if (typeof claim === 'string') throw new Error(claim);
  expect(claim).toMatchObject({ purpose, partnership: idOf(slug), expires: expires.getTime() / 1_000 });
  return claim;
}
const take = (claim: LinkClaim, slug = 'haverness') => write(slug, ({ work }) => takeLink(work<'platform'>(), claim));

describe('a link that was issued', () => {
  it('opens once when it is for once, and again and again when it is not', async () => {
    const once = await issued('referral/1');
    expect([await take(once), await take(once)]).toEqual([{ subject: 'referral/1' }, 'used']);
    const often = await issued('referral/2', false);
    expect([await take(often), await take(often)]).toEqual([{ subject: 'referral/2' }, { subject: 'referral/2' }]);
  });

  it('is taken by one of many who come at the same time', async () => {
    const claim = await issued('referral/3');
    const taken = await Promise.all(Array.from({ length: 12 }, () => take(claim)));
    expect(taken.filter((result) => typeof result === 'object')).toEqual([{ subject: 'referral/3' }]);
    expect(taken.filter((result) => result === 'used')).toHaveLength(11);
  });

  it('is not used up by a unit of work that fails', async () => {
    const claim = await issued('referral/4');
    const failing = write('haverness', async ({ work }) => {
      await takeLink(work<'platform'>(), claim);
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await take(claim)).toEqual({ subject: 'referral/4' });
  });

  it('opens nothing once it was called back, used or not', async () => {
    const fresh = await issued('referral/5');
    const often = await issued('referral/5', false);
    await take(often);
    const other = await issued('referral/6');
    expect(await write('haverness', ({ work }) => callBackLinks(work<'platform'>(), 'referral/5'))).toBe(2);
    expect(await write('haverness', ({ work }) => callBackLinks(work<'platform'>(), 'referral/5'))).toBe(0);
    expect([await take(fresh), await take(often)]).toEqual(['called-back', 'called-back']);
    expect(await take(other)).toEqual({ subject: 'referral/6' });
  });

  it('opens nothing in another partnership, and cannot be called back or issued from there', async () => {
    const claim = await issued('referral/7');
    expect(await take(claim, 'castlemere')).toBe('called-back');
    expect(await write('castlemere', ({ work }) => callBackLinks(work<'platform'>(), 'referral/7'))).toBe(0);
    const forNeighbour = write('castlemere', ({ work }) =>
      issueLink(work<'platform'>(), links, {
        partnership: idOf('haverness'),
        purpose,
        subject: 'x/1',
        expires,
        once: true,
      }),
    );
    await expect(forNeighbour).rejects.toMatchObject({ code: '42501' });
    expect(await take(claim)).toEqual({ subject: 'referral/7' });
  });

  it('opens nothing for another purpose, even with its own number', async () => {
    const claim = await issued('referral/8');
    expect(await take({ ...claim, purpose: 'reset-password' })).not.toHaveProperty('subject');
    expect(await take(claim)).toEqual({ subject: 'referral/8' });
  });
});
