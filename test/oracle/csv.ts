/** The rows of a CSV text keyed by its header (RFC 4180: quotes may hold commas, newlines and doubled quotes). */
export function readCsv(text: string): Record<string, string>[] {
  const records: string[][] = [];
  let record: string[] = [];
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  let at = 0;
  while (at < source.length) {
    // Slices, not characters joined one by one: a year of a large force is millions of fields.
    const [field, end] = source[at] === '"' ? quotedField(source, at) : plainField(source, at);
    record.push(field);
    at = end + 1;
    if (source[end] === ',' && at < source.length) continue;
    if (source[end] === ',') record.push('');
    records.push(record);
    record = [];
  }
  const [header = [], ...rows] = records.filter((one) => one.length > 1 || one[0] !== '');
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
}

/** A field and the place of the comma or the newline that ends it. */
function plainField(source: string, from: number): readonly [string, number] {
  let end = from;
  while (end < source.length && source[end] !== ',' && source[end] !== '\n') end += 1;
  const last = source[end - 1] === '\r' && end > from ? end - 1 : end;
  return [source.slice(from, last), end];
}

function quotedField(source: string, from: number): readonly [string, number] {
  let close = source.indexOf('"', from + 1);
  while (close >= 0 && source[close + 1] === '"') close = source.indexOf('"', close + 2);
  if (close < 0) throw new Error('a quoted field has no end');
  const [, end] = plainField(source, close + 1);
  return [source.slice(from + 1, close).replaceAll('""', '"'), end];
}
