import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../test/conformance/accessible-html.ts';
import { only, renderedDocument } from '../../test/conformance/rendered.ts';
import { document } from './document.ts';
import { Layout, type LayoutProps } from './layout.tsx';

const full: LayoutProps = {
  title: 'Actions',
  serviceName: 'Safer Exampletown',
  serviceHref: '/exampletown',
  navigation: [
    { text: 'Evidence', href: '/exampletown/evidence' },
    false,
    { text: 'Strategy', href: '/exampletown/strategy', current: true },
  ],
  account: { text: 'Amara Okafor', href: '/account', signOutAction: '/sign-out' },
  marking: { text: 'OFFICIAL-SENSITIVE', handling: 'Members only' },
  banner: { text: 'Example data' },
  breadcrumbs: [{ text: 'Strategy', href: '/exampletown/strategy' }, { text: 'Actions' }],
  footerLinks: [{ text: 'Privacy', href: '/privacy' }],
  cssHref: '/assets/concord.css',
  scriptHref: '/assets/concord.js',
};

const page = (props: Partial<LayoutProps> = {}) =>
  renderedDocument(
    document(
      <Layout {...full} {...props}>
        {props.children ?? <h1>Actions</h1>}
      </Layout>,
    ),
  );

describe('a page', () => {
  it('is a whole document in British English', () => {
    const html = document(<Layout {...full} />);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en-GB"/);
    expect(only(page({ lang: 'cy' }).all('html')).attribute('lang')).toBe('cy');
  });

  it('holds no script and no style of its own, so that the content policy can refuse them', () => {
    const root = page({ quickExitHref: 'https://example.org/' });
    expect(root.all('style')).toEqual([]);
    const script = only(root.all('script'));
    expect([script.attribute('src'), script.text]).toEqual(['/assets/concord.js', '']);
    expect(faultsOf(root)).toEqual([]);
  });

  it('runs the script before anything is drawn: first in the body, not deferred', () => {
    const [first] = only(page().all('body')).children;
    expect(first!.attributes).toEqual({ src: '/assets/concord.js' });
  });

  it('names the page first, then the partnership, then the product', () => {
    expect(only(page().all('title')).text).toBe('Actions – Safer Exampletown – Concord');
    expect(only(page({ hasErrors: true }).all('title')).text).toMatch(/^Error: Actions/);
    expect(only(page({ title: 'Safer Exampletown' }).all('title')).text).toBe('Safer Exampletown – Concord');
  });

  it('does not look like GOV.UK: the partnership is named in words', () => {
    const header = only(page().all('header'));
    expect(header.all('svg')).toEqual([]);
    const [home] = header.all('a');
    expect([home!.text, home!.attribute('href')]).toEqual(['Safer Exampletown Concord', '/exampletown']);
    expect(only(page().all('footer')).text).not.toMatch(/crown/i);
  });

  it('has one header, one main part and one footer, and a way to skip to the main part', () => {
    const root = page();
    for (const tag of ['header', 'main', 'footer', 'h1']) expect(root.all(tag)).toHaveLength(1);
    const [skip] = only(root.all('body')).all('a');
    expect(skip!.attribute('href')).toBe(`#${only(root.all('main')).attribute('id')!}`);
  });

  it('shows where one is', () => {
    const current = page()
      .all('a')
      .filter((link) => link.attribute('aria-current') !== undefined);
    expect(current.map(({ text }) => text)).toEqual(['Strategy']);
  });

  it('signs out by a form: following a link must not change anything', () => {
    const form = only(page().all('form'));
    expect([form.attribute('method'), form.attribute('action')]).toEqual(['post', '/sign-out']);
    expect(only(form.all('button')).text).toBe('Sign out');
  });

  it('carries its marking above and below, or not at all', () => {
    const markings = (root: ReturnType<typeof page>) =>
      root.all('p').filter((line) => line.hasClass('concord-marking'));
    expect(markings(page()).map(({ text }) => text)).toEqual([
      'OFFICIAL-SENSITIVE Members only',
      'OFFICIAL-SENSITIVE Members only',
    ]);
    expect(markings(page({ marking: undefined }))).toEqual([]);
  });

  it('leaves out what a visitor has no use for', () => {
    const root = page({ navigation: [], account: undefined, banner: undefined, breadcrumbs: undefined });
    expect(root.all('nav')).toEqual([]);
    expect(root.all('form')).toEqual([]);
    expect(faultsOf(root)).toEqual([]);
  });

  it('can be left at once, from the keyboard first of all', () => {
    const root = page({ quickExitHref: 'https://example.org/weather' });
    const exits = root.all('a').filter((link) => link.attribute('href') === 'https://example.org/weather');
    expect(exits).toHaveLength(2);
    expect(exits.every((link) => link.attribute('rel') === 'nofollow noreferrer')).toBe(true);
  });

  it('never takes a name for HTML', () => {
    const root = page({ serviceName: '<script>alert(1)</script>', title: '</title><script>alert(2)</script>' });
    expect(root.all('script')).toHaveLength(1);
  });
});
