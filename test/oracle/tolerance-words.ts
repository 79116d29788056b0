/** Reads a tolerance that a file writes as a number (relative) or in words, such as "rel 2e-3" or "abs 1e-2". */
export function toleranceIn(written: unknown): { readonly rel?: number; readonly abs?: number } {
  if (typeof written === 'number') return { rel: written };
  const [, kind, value] = /^(rel|abs) ([\d.e+-]+)$/i.exec(String(written)) ?? [];
  if (kind === 'rel') return { rel: Number(value) };
  return kind === 'abs' ? { abs: Number(value) } : {};
}
