export type HeadingLevel = 1 | 2 | 3 | 4 | 5 | 6;

export function headingTag(level: HeadingLevel): `h${HeadingLevel}` {
  return `h${level}`;
}
