import { textCell, dateCell, type Cells, type Column } from '../partnership/index.ts';
import { tiers, type Tier } from './action.ts';
import {
  approachCosts,
  approachImpactLabels,
  approachImpacts,
  approachKindLabels,
  approachKinds,
  securities,
  type ApproachWanted,
} from './approach.ts';

/** Columns of the register as a file: what goes out comes in again. */
export const approachColumns: readonly Column[] = [
  { name: 'Approach', also: ['Title', 'Name', 'Intervention'], isNeeded: true, about: 'What it is called' },
  { name: 'Kind', about: 'Approach or Case study' },
  { name: 'About', also: ['Description', 'Summary'], about: 'What it is, in your own words' },
  { name: 'Told by', also: ['Partnership', 'Where'], about: 'Of whom a case study tells' },
  {
    name: 'Impact',
    also: ['Estimated impact', 'Effect'],
    about: 'High, Moderate, Low, No effect, Harmful or Not enough evidence. Needed for a new one',
  },
  { name: 'How sure', also: ['Security', 'Evidence quality', 'Evidence security'], about: '1 to 5' },
  { name: 'Cost', about: '1 to 3' },
  { name: 'Tiers', also: ['Tier', 'Prevention tier'], about: 'Primary, secondary, tertiary' },
  { name: 'Source', about: 'Where it says so. Needed for a new one' },
  { name: 'Address', also: ['Link', 'URL', 'Web'], about: 'A web address' },
  { name: 'Checked on', also: ['Date checked', 'Checked'], about: 'The day on which somebody looked it up' },
];

export function approachCells(approach: ApproachWanted): readonly string[] {
  return [
    approach.title,
    approachKindLabels[approach.kind],
    approach.about ?? '',
    approach.toldBy ?? '',
    approachImpactLabels[approach.impact],
    approach.security === null ? '' : String(approach.security),
    approach.cost === null ? '' : String(approach.cost),
    approach.tiers.join('; '),
    approach.source,
    approach.sourceAddress ?? '',
    approach.checkedOn ?? '',
  ];
}

export type ApproachRow =
  | { readonly does: 'refused'; readonly reason: string }
  | { readonly does: 'added' | 'changed' | 'unchanged'; readonly wanted: ApproachWanted };

/** Other words that toolkits use. */
const impactWords: Readonly<Record<string, ApproachWanted['impact']>> = {
  ...Object.fromEntries(approachImpacts.map((impact) => [approachImpactLabels[impact].toLowerCase(), impact])),
  ...Object.fromEntries(approachImpacts.map((impact) => [impact, impact])),
  'no impact': 'none',
  'insufficient evidence': 'insufficient',
  unknown: 'insufficient',
};

class RowRefused extends Error {}
const refuse = (reason: string): never => {
  throw new RowRefused(reason);
};

/** One row of a register, against the entry of that title. Empty cells leave what is kept as it is. */
export function readApproachRow(cells: Cells, find: (title: string) => ApproachWanted | undefined): ApproachRow {
  try {
    return read(cells, find);
  } catch (error) {
    if (error instanceof RowRefused) return { does: 'refused', reason: error.message };
    throw error;
  }
}

function read(cells: Cells, find: (title: string) => ApproachWanted | undefined): ApproachRow {
  const cell = (name: string) => cells[name]?.trim() ?? '';
  const text = (name: string, most: number): string | null => {
    const outcome = textCell(name, cell(name), most);
    return outcome.done ? outcome.value : refuse(outcome.sentence);
  };
  const title = text('Approach', 200) ?? refuse('Approach: enter what it is called');
  const there = find(title.toLowerCase());
  const number = (name: string, scale: Readonly<Record<number, string>>): number | null => {
    const typed = cell(name);
    if (typed === '') return null;
    return /^\d$/.test(typed) && Number(typed) in scale
      ? Number(typed)
      : refuse(`${name}: “${typed.slice(0, 20)}” is none. Enter ${Object.keys(scale).join(', ')}`);
  };
  const kindWord = cell('Kind').toLowerCase();
  const kind =
    kindWord === ''
      ? undefined
      : (approachKinds.find((each) => approachKindLabels[each].toLowerCase() === kindWord || each === kindWord) ??
        refuse(`Kind: “${kindWord.slice(0, 30)}” is none. Enter Approach or Case study`));
  const impactWord = cell('Impact').toLowerCase();
  const impact =
    impactWord === ''
      ? there?.impact
      : (impactWords[impactWord] ??
        refuse(
          `Impact: “${impactWord.slice(0, 30)}” is none. Enter ${Object.values(approachImpactLabels).join(', ')}`,
        ));
  const address = text('Address', 500);
  if (address !== null && !(URL.canParse(address) && /^https?:/i.test(address)))
    return refuse('Address: enter a web address that begins with https:// or http://');
  const wanted: ApproachWanted = {
    kind: kind ?? there?.kind ?? 'approach',
    title: there?.title ?? title,
    about: text('About', 4_000) ?? there?.about ?? null,
    toldBy: text('Told by', 200) ?? there?.toldBy ?? null,
    impact: impact ?? refuse('Impact: enter what it does. “Not enough evidence” is an answer'),
    security: number('How sure', securities) ?? there?.security ?? null,
    cost: number('Cost', approachCosts) ?? there?.cost ?? null,
    tiers: cell('Tiers') === '' ? (there?.tiers ?? []) : tiersOf(cell('Tiers')),
    source: text('Source', 500) ?? there?.source ?? refuse('Source: enter where it says so'),
    sourceAddress: address ?? there?.sourceAddress ?? null,
    checkedOn: dayOf(cell('Checked on')) ?? there?.checkedOn ?? null,
    isShared: there?.isShared ?? false,
  };
  if (there === undefined) return { does: 'added', wanted };
  const isSame = approachCells(there).join('\n') === approachCells(wanted).join('\n');
  return { does: isSame ? 'unchanged' : 'changed', wanted };
}

function dayOf(cell: string): string | null {
  const outcome = dateCell('Checked on', cell);
  if (!outcome.done) return refuse(outcome.sentence);
  const date = outcome.value;
  if (date === null) return null;
  return date.earliest !== null && date.earliest === date.latest
    ? date.earliest
    : refuse(`Checked on: “${cell.slice(0, 40)}” is not one day`);
}

function tiersOf(cell: string): readonly Tier[] {
  const words = cell
    .toLowerCase()
    .split(/[;,\n/]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const unknown = words.find((word) => !(tiers as readonly string[]).includes(word));
  if (unknown !== undefined) return refuse(`Tiers: “${unknown.slice(0, 30)}” is none. Enter ${tiers.join(', ')}`);
  return tiers.filter((tier) => words.includes(tier));
}
