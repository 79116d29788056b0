import type { TestTown } from '../records/installation.ts';

/** A text in the shapes in which it may lie about: as it is, in HTML, JSON, an address, base64, and by its parts. */
function shapesOf(name: string): readonly string[] {
  const folded = [name, name.toUpperCase(), name.split(' ').reverse().join(', ')];
  const html = name.replaceAll('&', '&amp;').replaceAll("'", '&#39;').replaceAll('"', '&quot;');
  const json = JSON.stringify(name).slice(1, -1);
  const escaped = name.replaceAll(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const bytes = Buffer.from(name);
  return [
    ...folded,
    html,
    json,
    escaped,
    encodeURIComponent(name),
    encodeURIComponent(name).replaceAll('%20', '+'),
    bytes.toString('base64').replace(/=+$/, '').slice(0, -2),
    bytes.toString('hex'),
    ...name.split(' ').filter((part) => part.length > 4 && /\D/.test(part)),
  ].map((shape) => shape.toLowerCase());
}
export const found = (text: string, name: string): string | undefined =>
  shapesOf(name).find((shape) => text.toLowerCase().includes(shape));

/** Every table and view as text, but those where the name may stand. */
export async function wholeDatabase(town: TestTown, but: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const tables = await town.asAdmin<{ name: string }>(
    `select schemaname || '.' || quote_ident(relname) as name from (
       select schemaname, tablename as relname from pg_tables union all select schemaname, viewname from pg_views) t
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const texts = new Map<string, string>();
  for (const { name } of tables) {
    if (but.includes(name)) continue;
    const rows = await town.asAdmin<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
    texts.set(name, rows.map(({ row }) => row).join('\n'));
  }
  return texts;
}
