/** The value of `aria-describedby`, or nothing: an empty one would point nowhere. */
export function describedBy(...ids: readonly (string | false | null | undefined)[]): string | undefined {
  const present = ids.filter(Boolean);
  return present.length === 0 ? undefined : present.join(' ');
}
