import { parseAgeBand, type AgeBand } from './age-band.ts';
import type { AreaBook, PopulationAsked } from './area-book.ts';
import { exampleMark, sourceOf } from './reference-population.ts';

/** A table of people as it is stored: a row an area and sex, a column a band. */
export interface PeopleTable {
  readonly reference: string;
  /** `mid-2020`, `Census 2021`. */
  readonly vintage: string;
  /** `lsoa11`, `lad21`: what its areas are. */
  readonly level: string;
  readonly areas: readonly string[];
  readonly sexes: readonly string[];
  /** NaN where the table has none. */
  readonly total: Float64Array;
  /** By band, as the columns are called; empty where the table has no ages. */
  readonly bands: ReadonlyMap<string, Float64Array>;
}

export interface HouseholdTable extends Pick<PeopleTable, 'reference' | 'vintage' | 'level' | 'areas'> {
  readonly households: Float64Array;
}

export interface GroupTable extends Pick<PeopleTable, 'reference' | 'vintage' | 'level' | 'areas'> {
  /** By group. */
  readonly persons: ReadonlyMap<string, Float64Array>;
}

export interface PeopleTables {
  readonly population: readonly PeopleTable[];
  readonly households: readonly HouseholdTable[];
  readonly ethnicGroups: readonly GroupTable[];
}

interface Indexed {
  readonly table: PeopleTable;
  readonly year: number;
  readonly census: 2011 | 2021 | null;
  readonly bands: readonly (AgeBand & { readonly counts: Float64Array })[];
  /** By sex and code. */
  readonly rowOf: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

type Answers = Pick<AreaBook, 'population' | 'populationYear' | 'households' | 'ethnicGroups' | 'ageBands'>;
interface Asking {
  /** LSOAs of one census that an area consists of. */
  readonly partsOf: (code: string, census: 2011 | 2021) => readonly string[];
}

const yearOf = (vintage: string): number => Number(/\d{4}/.exec(vintage)?.[0] ?? 0);
const censusOf = (level: string): 2011 | 2021 | null => (level === 'lsoa11' ? 2011 : level === 'lsoa21' ? 2021 : null);

/** What the tables of people say, for an area or for the LSOAs that it consists of. */
export function populationBook({ population, households, ethnicGroups }: PeopleTables): {
  readonly weight: (code: string) => number;
  readonly answers: (asking: Asking) => Answers;
} {
  const tables = population
    .map(indexed)
    .sort((a, b) => b.year - a.year || compare(a.table.reference, b.table.reference));
  const years = [...new Set(tables.map(({ year }) => year))];
  const homes = withRows(households);
  const groups = withRows(ethnicGroups);
  const weigh = tables.filter(({ census }) => census !== null);
  return {
    weight(code) {
      for (const { rowOf, table } of weigh) {
        const row = rowOf.get('persons')?.get(code);
        if (row !== undefined) return Math.max(table.total[row] ?? 0, 1);
      }
      return 1;
    },
    answers({ partsOf }) {
      /** The newest table with the area, or with all LSOAs that it consists of, and its rows there. */
      const newestWith = <T extends Rows>(
        code: string,
        from: readonly T[],
      ): (T & { readonly rows: readonly number[] }) | undefined => {
        for (const table of from) {
          const census = censusOf(table.level);
          const parts = table.rowOf.has(code) ? [code] : census === null ? [] : partsOf(code, census);
          const rows = parts.flatMap((part) => table.rowOf.get(part) ?? []);
          if (parts.length > 0 && rows.length === parts.length) return { ...table, rows };
        }
        return undefined;
      };
      const populationIn = (code: string, year: number, asked: PopulationAsked) => {
        const sex = asked.sex ?? 'persons';
        const ofYear = tables.filter((each) => each.year === year);
        const about = ({ table }: Indexed, persons: number) => ({
          persons,
          year,
          source: sourceOf(table.vintage),
          reference: table.reference,
        });
        for (const each of ofYear) {
          const row = each.rowOf.get(sex)?.get(code);
          const persons = row === undefined ? undefined : countIn(each, row, asked);
          if (persons !== undefined) return about(each, persons);
        }
        for (const each of ofYear) {
          const rows = each.rowOf.get(sex);
          if (each.census === null || rows === undefined) continue;
          const parts = partsOf(code, each.census);
          const counts = parts.map((part) => {
            const row = rows.get(part);
            return row === undefined ? undefined : countIn(each, row, asked);
          });
          // An area of which a part is not in the table has no population there: a sum without it would be too small.
          if (parts.length === 0 || counts.includes(undefined)) continue;
          return about(
            each,
            counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
          );
        }
        return undefined;
      };
      const newestFor = (codes: readonly string[], asked: PopulationAsked): number | undefined =>
        (asked.year === undefined ? years : [asked.year]).find((year) =>
          codes.every((code) => populationIn(code, year, asked) !== undefined),
        );
      return {
        population(code, asked) {
          const year = newestFor([code], asked);
          return year === undefined ? undefined : populationIn(code, year, asked);
        },
        populationYear: (codes, asked = {}) => newestFor([...codes], asked),
        ageBands(code, year) {
          const own = tables.find(
            (each) => each.year === year && each.bands.length > 0 && each.rowOf.get('persons')?.has(code),
          );
          const summed = tables.find((each) => {
            if (each.year !== year || each.bands.length === 0 || each.census === null) return false;
            return partsOf(code, each.census).some((part) => each.rowOf.get('persons')?.has(part));
          });
          return ((own ?? summed)?.bands ?? []).map(({ from, to }) => ({ from, to }));
        },
        households(code) {
          const found = newestWith(code, homes);
          return found === undefined
            ? undefined
            : {
                ...aboutOf(found),
                source: found.vintage.endsWith(exampleMark)
                  ? sourceOf(found.vintage)
                  : `${found.vintage}, households (ONS)`,
                households: sumOf(found.households, found.rows),
              };
        },
        ethnicGroups(code, wanted) {
          const found = newestWith(
            code,
            groups.filter(({ persons }) => persons.size === wanted),
          );
          if (found === undefined) return undefined;
          const sums = [...found.persons].map(([group, counts]) => ({ group, persons: sumOf(counts, found.rows) }));
          return { ...aboutOf(found), groups: sums.sort((a, b) => compare(a.group, b.group)) };
        },
      };
    },
  };
}

interface Rows extends Pick<PeopleTable, 'reference' | 'vintage' | 'level' | 'areas'> {
  readonly rowOf: ReadonlyMap<string, number>;
}

/** Newest first. */
const withRows = <T extends Omit<Rows, 'rowOf'>>(tables: readonly T[]): readonly (T & Rows)[] =>
  tables
    .map((table) => ({ ...table, rowOf: new Map(table.areas.map((area, row) => [area, row])) }))
    .sort((a, b) => yearOf(b.vintage) - yearOf(a.vintage) || compare(a.reference, b.reference));

const aboutOf = ({ vintage, reference }: Rows) => ({ year: yearOf(vintage), source: sourceOf(vintage), reference });
const sumOf = (counts: Float64Array, rows: readonly number[]): number =>
  rows.reduce((sum, row) => sum + (counts[row] ?? 0), 0);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function indexed(table: PeopleTable): Indexed {
  const rowOf = new Map<string, Map<string, number>>();
  for (const [row, code] of table.areas.entries()) {
    const sex = table.sexes[row] ?? 'persons';
    const rows = rowOf.get(sex) ?? new Map<string, number>();
    rowOf.set(sex, rows.set(code, row));
  }
  const bands = [...table.bands].flatMap(([name, counts]) => {
    const band = parseAgeBand(name);
    return band === undefined ? [] : [{ ...band, counts }];
  });
  return { table, year: yearOf(table.vintage), census: censusOf(table.level), bands, rowOf };
}

/** Undefined where the table has no such ages: a band is never cut in two. */
function countIn({ table, bands }: Indexed, row: number, { ages }: PopulationAsked): number | undefined {
  if (ages === undefined) return known(table.total[row]);
  const inside = bands.filter(
    ({ from, to }) => from >= ages.from && (ages.to === null || (to !== null && to <= ages.to)),
  );
  const [first] = inside;
  const last = inside.at(-1);
  if (first?.from !== ages.from || last?.to !== ages.to) return undefined;
  return known(inside.reduce((sum, { counts }) => sum + (counts[row] ?? Number.NaN), 0));
}

const known = (count: number | undefined): number | undefined =>
  count === undefined || Number.isNaN(count) ? undefined : count;
