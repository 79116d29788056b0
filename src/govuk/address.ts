/** The address with parts of its query set, or taken out where the value is undefined; all else is kept, in its order. */
export function withQuery(href: string, changes: Readonly<Record<string, string | undefined>>): string {
  const [address = '', fragment] = href.split('#', 2);
  const [path = '', search = ''] = address.split(/\?(.*)/s, 2);
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return [path, text && `?${text}`, fragment !== undefined && `#${fragment}`].filter(Boolean).join('');
}
