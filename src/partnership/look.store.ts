import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ReadWork, Work } from '../platform/database/work.ts';
import type { Look, LookForm } from './look.ts';

/** How the bound partnership looks, as it is kept. @param partnership its id and name, as the door found them */
export async function findLook(work: ReadWork<'partnership'>, partnership: { readonly name: string }): Promise<Look> {
  const row = await work
    .selectFrom('partnership.look')
    .select(['accent', 'logo', 'logo_alt', 'contact_name', 'contact_email', 'contact_phone', 'version'])
    .executeTakeFirst();
  return {
    name: partnership.name,
    accent: row?.accent ?? null,
    logo: row?.logo == null ? null : createHash('sha256').update(row.logo).digest('hex').slice(0, 16),
    logoAlt: row?.logo_alt ?? null,
    contactName: row?.contact_name ?? null,
    contactEmail: row?.contact_email ?? null,
    contactPhone: row?.contact_phone ?? null,
    version: row?.version ?? 0,
  };
}

/**
 * Keeps how the bound partnership looks, and shows it. A former name stays among its other names, so that it is still found.
 * @param logo new bytes, `keep` for those that are there, or null for none
 * @returns false when somebody changed it since the form was made: nothing is kept then
 */
export async function keepLook(
  work: Work<'partnership'>,
  partnership: { readonly id: string; readonly name: string },
  form: LookForm,
  logo: Uint8Array | 'keep' | null,
  today: string,
): Promise<boolean> {
  const values = {
    accent: form.accent,
    contact_name: form.contactName,
    contact_email: form.contactEmail,
    contact_phone: form.contactPhone,
    ...(logo === 'keep'
      ? { logo_alt: sql<string | null>`case when partnership.look.logo is not null then ${form.logoAlt} end` }
      : { logo: logo === null ? null : Buffer.from(logo), logo_alt: logo === null ? null : form.logoAlt }),
  };
  const kept =
    form.version === 0
      ? await work
          .insertInto('partnership.look')
          .values({ partnership_id: partnership.id, ...values, ...(logo === 'keep' && { logo_alt: null }) })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await work
          .updateTable('partnership.look')
          .set({ ...values, version: sql<number>`version + 1` })
          .where('version', '=', form.version)
          .returning('version')
          .executeTakeFirst();
  if (kept === undefined) return false;
  if (form.name !== partnership.name) await rememberName(work, partnership, today);
  await sql`select partnership.publish_look(${form.name})`.execute(work);
  await sql`select partnership.publish(${today}::date)`.execute(work);
  return true;
}

async function rememberName(
  work: Work<'partnership'>,
  partnership: { readonly id: string; readonly name: string },
  today: string,
): Promise<void> {
  await work
    .insertInto('partnership.other_name')
    .values({
      partnership_id: partnership.id,
      name: partnership.name,
      use: 'former',
      until: JSON.stringify({ text: today, earliest: today, latest: today }),
    })
    .execute();
}

/** The bytes of the logo of a partnership that the public sees; undefined where it has none. */
export async function findLogo(work: ReadWork<'published'>, partnership: string): Promise<Uint8Array | undefined> {
  const row = await work
    .selectFrom('published.logo')
    .select('bytes')
    .where('partnership_id', '=', partnership)
    .executeTakeFirst();
  return row?.bytes;
}
