import fc from 'fast-check';
import nunjucks from 'nunjucks';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalHtml } from './canonical-html.ts';
import { componentsFolder, fixturesOf, type JsonObject } from './govuk-fixtures.ts';
import { ourHtml, rows } from './govuk-rows.tsx';

const macros = nunjucks.configure(dirname(dirname(componentsFolder)), { autoescape: true });

function macroHtml(component: string, options: JsonObject): string {
  const name = `govuk${component.replace(/(?:^|-)(.)/g, (_match, letter: string) => letter.toUpperCase())}`;
  const call = `{% from "govuk/components/${component}/macro.njk" import ${name} %}{{ ${name}(options) }}`;
  return macros.renderString(call, { options });
}

const content = { html: '<p>Read <a href="/this">this</a> first</p>' };
const attributes = { 'data-one': 'a "quoted" & <escaped> value', 'data-two': '2' };

/** Options that govuk-frontend documents and shows in no fixture. */
const beyond: Readonly<Record<string, JsonObject>> = {
  accordion: { attributes },
  'character-count': { formGroup: { beforeInput: content, afterInput: content, attributes } },
  checkboxes: { formGroup: { beforeInputs: content, afterInputs: content, attributes } },
  'date-input': { formGroup: { beforeInputs: content, afterInputs: { text: 'a < b' }, attributes } },
  'file-upload': { formGroup: { beforeInput: content, afterInput: { text: 'a < b' }, attributes } },
  input: { formGroup: { beforeInput: content, afterInput: { text: 'a < b' }, attributes }, autocapitalize: 'words' },
  'password-input': { formGroup: { beforeInput: content, afterInput: content, attributes }, button: { classes: 'x' } },
  radios: { formGroup: { beforeInputs: content, afterInputs: content, attributes } },
  select: { formGroup: { beforeInput: content, afterInput: { text: 'a < b' }, attributes }, disabled: true },
  textarea: { formGroup: { beforeInput: content, afterInput: content, attributes }, disabled: true },
};

describe.each(Object.entries(rows))('%s, beside the macro itself', (component, row) => {
  const official = (options: JsonObject) => {
    const html = macroHtml(component, options);
    return canonicalHtml(row.without ? row.without(html) : html);
  };
  const fixtures = fixturesOf(component).map(({ options }) => options);

  it('the macro makes here what it made for the fixtures', () => {
    const [first] = fixturesOf(component);
    expect(official(first!.options)).toBe(canonicalHtml(row.without ? row.without(first!.html) : first!.html));
  });

  it('makes the same HTML of the options of any two fixtures taken together', () => {
    const both = fc.tuple(fc.constantFrom(...fixtures), fc.constantFrom(...fixtures));
    fc.assert(
      fc.property(both, fc.constantFrom({}, beyond[component] ?? {}), ([one, other], more) => {
        const options = { ...one, ...other, ...more };
        expect(canonicalHtml(ourHtml(row, options))).toBe(official(options));
      }),
      { numRuns: 12 },
    );
  });
});
