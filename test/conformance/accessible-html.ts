import type { Rendered } from './rendered.ts';

const references = ['aria-describedby', 'aria-labelledby', 'aria-controls', 'aria-owns', 'for', 'list', 'form'];
const named = new Set(['a', 'button', 'input', 'meter', 'nav', 'progress', 'section', 'select', 'summary', 'textarea']);

function isHidden(element: Rendered): boolean {
  const { hidden, type, 'aria-hidden': ariaHidden } = element.attributes;
  return hidden !== undefined || type === 'hidden' || ariaHidden === 'true';
}

/** The words in it that are read out. */
function spokenText(element: Rendered): string {
  const unspoken = element.children.map((child) => (isHidden(child) ? child.text : ''));
  return unspoken.reduce((text, words) => (words === '' ? text : text.replace(words, '')), element.text);
}

function nameOf(element: Rendered, all: readonly Rendered[]): string {
  const label = element.attribute('aria-label');
  if (label !== undefined) return label;
  const labelled = element.attribute('aria-labelledby');
  if (labelled !== undefined)
    return all
      .filter((other) => labelled.split(' ').includes(other.attribute('id') ?? ''))
      .map(({ text }) => text)
      .join(' ');
  if (['input', 'select', 'textarea', 'progress', 'meter'].includes(element.tag))
    return all
      .filter((other) => other.tag === 'label' && other.attribute('for') === element.attribute('id'))
      .map(({ text }) => text)
      .join(' ');
  return spokenText(element);
}

/**
 * What a page must not do to those who listen to it or work it by keyboard, in rules that hold for any HTML (WCAG 2.2
 * 1.3.1, 2.4.4, 2.4.6, 3.1.1, 4.1.2). The browser tests run all of axe; these run with every unit test.
 */
export function faultsOf(root: Rendered): readonly string[] {
  const all = root.all();
  const faults: string[] = [];
  const ids = all.flatMap((element) => element.attribute('id') ?? []);
  for (const id of new Set(ids))
    if (ids.filter((other) => other === id).length > 1) faults.push(`id ${id} is used twice`);
  for (const element of all) {
    for (const attribute of references)
      for (const id of element.attribute(attribute)?.split(' ') ?? [])
        if (!ids.includes(id)) faults.push(`${element.tag} points by ${attribute} to ${id}, which is not there`);
    const href = element.attribute('href');
    if (element.tag === 'a' && href?.startsWith('#') && href.length > 1 && !ids.includes(href.slice(1)))
      faults.push(`a link goes to ${href}, which is not there`);
    if (named.has(element.tag) && !isHidden(element) && nameOf(element, all).trim() === '')
      faults.push(`${element.tag} has no name`);
    if (element.tag === 'fieldset' && element.children[0]?.tag !== 'legend') faults.push('a fieldset has no legend');
    if (element.tag === 'th' && element.attribute('scope') === undefined) faults.push('a header cell has no scope');
    if (element.tag === 'table' && element.children[0]?.tag !== 'caption') faults.push('a table has no caption');
    if (element.tag === 'img' && element.attribute('alt') === undefined) faults.push('a picture has no alternative');
    if (element.tag === 'svg' && element.attribute('aria-hidden') !== 'true' && element.attribute('role') !== 'img')
      faults.push('a drawing is neither hidden nor named');
    if (Number(element.attribute('tabindex') ?? 0) > 0) faults.push(`${element.tag} changes the order of the keyboard`);
    for (const name of Object.keys(element.attributes))
      if (name === 'style' || name.startsWith('on'))
        faults.push(`${element.tag} has ${name}, which the policy refuses`);
  }
  const headings = all.filter(({ tag }) => /^h[1-6]$/.test(tag)).map(({ tag }) => Number(tag.slice(1)));
  headings.forEach((level, index) => {
    const before = headings[index - 1];
    if (before !== undefined && level > before + 1) faults.push(`a heading jumps from h${before} to h${level}`);
  });
  return faults;
}
