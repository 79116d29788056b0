import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testTown, type AskedFile, type TestTown } from '../records/installation.ts';

let town: TestTown;
let cookie: string;
beforeAll(async () => {
  town = await testTown();
  cookie = await town.sessionOf('administrator@haverness.example');
});
afterAll(() => town.close());
afterEach(() => {
  expect(town.faults).toEqual([]);
});

const png = new Uint8Array(readFileSync(new URL('../../src/web/example-logo.png', import.meta.url)));
const logo = (bytes: Uint8Array<ArrayBuffer>): AskedFile => ({
  field: 'logo',
  name: 'logo.png',
  type: 'image/png',
  bytes,
});
const page = async (path: string, as?: string) => (await town.ask(path, as === undefined ? {} : { cookie: as })).text();
/** What the form holds now, as a browser would send it again. */
let form: Record<string, string>;
beforeEach(async () => {
  const html = await page('/haverness/settings', cookie);
  form = Object.fromEntries(
    ['name', 'contactName', 'contactEmail', 'contactPhone', 'accent', 'logoAlt', 'version'].map((name) => {
      const tag = html.match(new RegExp(`<input[^>]* name="${name}"[^>]*>`))?.[0] ?? '';
      return [name, /value="([^"]*)"/.exec(tag)?.[1] ?? ''];
    }),
  );
});
const send = (changed: Readonly<Record<string, string>>, files: readonly AskedFile[] = []) =>
  town.ask('/haverness/settings', { method: 'POST', cookie, form: { ...form, ...changed }, files });
const saved = async (response: Response) => {
  expect(response.status, await response.clone().text()).toBe(303);
  expect(response.headers.get('location')).toBe('/haverness/settings?saved=yes');
};
const refused = async (response: Response, sentence: string, status = 422) => {
  const text = await response.text();
  expect(response.status).toBe(status);
  expect(text).toContain(sentence);
  return text;
};

describe('an administrator sets how the partnership looks', () => {
  it('a colour: on every page, as a stylesheet, never as an inline style', async () => {
    await saved(await send({ accent: '#6B1F5C' }));
    for (const address of ['/haverness', '/haverness/settings', '/haverness/privacy']) {
      const html = await page(address, cookie);
      expect(html).toContain('<link rel="stylesheet" href="/haverness/look.css?of=6b1f5c"');
      expect(html).not.toMatch(/<style|style="/);
    }
    const css = await town.ask('/haverness/look.css?of=6b1f5c');
    expect(css.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(await css.text()).toBe(':root{--concord-accent:#6b1f5c}\n');
    expect(await page('/merrowshire')).not.toContain('look.css');
    await saved(await send({ accent: '', version: String(Number(form['version']) + 1) }));
    expect(await page('/haverness')).not.toContain('look.css');
  });

  it.each([
    ['#ffd400', 'Choose a darker colour'],
    ['teal', 'Enter the colour as # and six digits'],
    ['#0b4f55;}body{display:none', 'Enter the colour as # and six digits'],
  ])('not the colour %s, and says why', async (accent, sentence) => {
    const html = await refused(await send({ accent }), sentence);
    expect(html).toContain('<title>Error: ');
    expect(await page('/haverness')).not.toContain('look.css');
  });

  it('a logo, with words for those who cannot see it', async () => {
    await refused(await send({ logoAlt: '' }, [logo(png)]), 'Enter what the logo shows');
    await saved(await send({ logoAlt: 'A lighthouse' }, [logo(png)]));
    const address = /src="(\/haverness\/logo\.png\?of=[0-9a-f]{16})" alt="A lighthouse"/.exec(
      await page('/haverness'),
    )?.[1];
    const picture = await town.ask(address ?? '');
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(Buffer.compare(Buffer.from(await picture.arrayBuffer()), Buffer.from(png))).toBe(0);
  });

  it('or takes it away', async () => {
    await saved(await send({ withoutLogo: 'yes' }));
    expect(await page('/haverness')).not.toContain('logo.png');
    expect((await town.ask('/haverness/logo.png')).status).toBe(404);
    await refused(await send({ logoAlt: 'Nothing' }), 'Choose a logo, or leave empty what it shows');
    form['version'] = String(Number(form['version']) + 1);
    await saved(await send({ logoAlt: 'Three gulls over two waves' }, [logo(png)]));
  });

  const changed = (at: number, byte: number) => {
    const copy = png.slice();
    copy[at] = byte;
    return copy;
  };
  it.each([
    [
      'an SVG',
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      'in the PNG format',
    ],
    ['HTML behind the name .png', new TextEncoder().encode('<html>'), 'in the PNG format'],
    ['one that is cut off', png.slice(0, -20), 'This picture is broken'],
    ['one with more behind its end', new Uint8Array([...png, 1, 2, 3]), 'This picture is broken'],
    ['one whose header is not first', changed(12, 0x4a), 'This picture is broken'],
    [
      'one without a width',
      (() => {
        const copy = png.slice();
        copy.fill(0, 16, 20);
        return copy;
      })(),
      'This picture is broken',
    ],
    ['one of 4 billion pixels', changed(16, 0xff), 'at most 4,000 pixels a side'],
    ['one of 300 kB', new Uint8Array(300_000), 'Choose a file smaller than 200 kB'],
  ])('not %s', async (_, bytes, sentence) => {
    const html = await refused(await send({ name: 'Typed and kept' }, [logo(bytes)]), sentence);
    expect(html).toContain('value="Typed and kept"');
    expect(await page('/haverness')).not.toContain('Typed and kept');
  });

  it('a name: everywhere at once, and the former one is still found', async () => {
    await saved(await send({ name: 'Haverness <b>Together</b>' }));
    expect(await page('/')).toContain('Haverness &lt;b>Together');
    expect(await page('/haverness')).toContain('Safer Haverness Partnership');
    expect(await page('/?place=safer+haverness')).toContain('Haverness &lt;b>Together');
    form['version'] = String(Number(form['version']) + 1);
    await saved(await send({ name: 'Safer Haverness Partnership' }));
  });

  it('a contact, which the statements name', async () => {
    await refused(await send({ contactName: '' }), 'Enter who answers');
    await refused(await send({ contactEmail: '', contactPhone: '' }), 'Enter an email address or a telephone number');
    await refused(await send({ contactEmail: 'nobody' }), 'Enter an email address, such as');
    await refused(await send({ contactPhone: 'call me' }), 'Enter a telephone number, such as');
    await saved(await send({ contactName: 'The team', contactEmail: 'team@haverness.example', contactPhone: '' }));
    for (const address of [
      '/haverness',
      '/haverness/privacy',
      '/haverness/accessibility',
      '/privacy',
      '/accessibility',
    ]) {
      const html = await page(address);
      expect(html).toContain('The team');
      expect(html).toContain('mailto:team@haverness.example');
    }
    expect(await page('/ashlode/privacy')).toContain('has not named a contact yet');
  });

  it('of two who change it at the same time, one is told what it is now, and loses nothing', async () => {
    await saved(await send({ contactName: 'The first' }));
    const html = await refused(await send({ contactName: 'The second' }), 'Somebody else changed these settings', 409);
    expect(html).toContain('value="The second"');
    expect(html).toContain('It is now: The first');
    form['version'] = /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';
    await saved(await send({ contactName: 'The second' }));
  });

  it('and the audit says which fields changed, never to what', async () => {
    await saved(await send({ contactName: 'Somebody else' }));
    const [entry] = await town.asAdmin<{ action: string; fields: string[] }>(
      `select action, fields from platform.audit_entry where partnership_id = $1 order by seq desc limit 1`,
      [town.partnerships.get('haverness')],
    );
    expect(entry).toEqual({ action: 'LOOK_CHANGED', fields: ['contactName'] });
  });
});
