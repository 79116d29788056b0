/**
 * What keeps a text from being well-formed XML, for what our pictures use of it: elements, attributes in double quotes, the five
 * entities. Nothing where it is.
 */
export function faultOf(xml: string): string | undefined {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(xml) || !xml.isWellFormed())
    return 'a sign that XML has no place for';
  const open: string[] = [];
  let at = 0;
  const tag = /<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/giy;
  while (at < xml.length) {
    if (xml[at] !== '<') {
      const end = xml.indexOf('<', at);
      const words = xml.slice(at, end < 0 ? xml.length : end);
      if (open.length === 0 || /[<>]/.test(words)) return `text outside: ${words.slice(0, 40)}`;
      if (/&(?!(amp|lt|gt|quot|apos);)/.test(words)) return `a bare ampersand: ${words.slice(0, 40)}`;
      at += words.length;
      continue;
    }
    tag.lastIndex = at;
    const found = tag.exec(xml);
    if (found === null) return `not a tag: ${xml.slice(at, at + 60)}`;
    const [all, closes, name = '', attributes = '', isEmpty] = found;
    const names = [...attributes.matchAll(/ ([\w:-]+)=/g)].map(([, key]) => key);
    if (new Set(names).size < names.length) return `an attribute twice: ${all}`;
    if (/&(?!(amp|lt|gt|quot|apos);)/.test(attributes)) return `a bare ampersand: ${all}`;
    if (closes === '/') {
      if (open.pop() !== name) return `closed but not open: ${name}`;
    } else if (isEmpty !== '/') open.push(name);
    at += all.length;
    if (open.length === 0 && at < xml.length) return 'something behind the root';
  }
  return open.length > 0 ? `left open: ${open.join(' ')}` : undefined;
}
