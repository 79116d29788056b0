/** One term of a right-hand side such as `1 + t + sin(2*pi*t/12)`, worked out for a row. */
function term(text: string): (row: Readonly<Record<string, number>>) => number {
  if (/^\d+$/.test(text)) return () => Number(text);
  const wave = /^(sin|cos)\((.+)\)$/.exec(text);
  if (wave?.[2] !== undefined) {
    const inner = product(wave[2]);
    return wave[1] === 'sin' ? (row) => Math.sin(inner(row)) : (row) => Math.cos(inner(row));
  }
  return product(text);
}

function product(text: string): (row: Readonly<Record<string, number>>) => number {
  const steps = text.split(/(?=[*/])/).map((step) => {
    const name = step.replace(/^[*/]/, '');
    const value = name === 'pi' ? Math.PI : Number(name);
    return { divide: step.startsWith('/'), name, value };
  });
  return (row) =>
    steps.reduce((sum, { divide, name, value }) => {
      const factor = Number.isNaN(value) ? (row[name] ?? Number.NaN) : value;
      return divide ? sum / factor : sum * factor;
    }, 1);
}

/** The columns that an R-like formula `y ~ a + b, offset log(c*d)` makes of a table. */
export function readFormula(formula: string): {
  design: (row: Readonly<Record<string, number>>) => number[];
  exposure?: (row: Readonly<Record<string, number>>) => number;
} {
  const plain = formula.replaceAll(' ', '');
  const offset = /,offsetlog\((.+)\)$/.exec(plain)?.[1];
  const right = plain.replace(/,offset.*$/, '').replace(/^[^~]*~/, '');
  const terms = right.split('+').map(term);
  return { design: (row) => terms.map((one) => one(row)), ...(offset !== undefined && { exposure: product(offset) }) };
}

/** The season that a formula such as `y ~ t + sin(2*pi*t/12) + cos(2*pi*t/12)` holds: how many waves, in how many points. */
export function seasonOf(formula: string): { readonly harmonics: number; readonly pointsPerYear: number } {
  const waves = [...formula.replaceAll(' ', '').matchAll(/sin\([^)]*\/(\d+)\)/g)];
  const points = waves.map((wave) => Number(wave[1]));
  return { harmonics: waves.length, pointsPerYear: points[0] ?? 12 };
}
