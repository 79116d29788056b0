import { formatDate, type IsoDate, type Period } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import type { AreaBook } from './area-book.ts';
import { findingFor, type AssessmentRecords } from './assessment.ts';
import { listDrivers, type DriverKept } from './driver.store.ts';
import { findFigure } from './figure.store.ts';
import { strengths } from './finding.ts';
import { findingChoices } from './finding.store.ts';
import { saysNumber } from './number-in-words.ts';
import { listPriorities } from './priority.store.ts';
import type { Found } from './question.ts';
import { shownOf } from './view-shown.ts';
import { lieIn, viewOf } from './view.store.ts';
import type { Audience, View } from './view.ts';
import { takingPart, withoutPassages } from './workbench.ts';
import {
  asksOf,
  bodiesInPublic,
  contentOf,
  listAssessments,
  namedInPublic,
  type AssessmentContent,
} from './workbench.store.ts';

type Reads = ReadWork<'evidence' | 'partnership' | 'platform' | 'published'>;

interface RecordsAsked {
  readonly partnership: string;
  readonly area: string;
  readonly period: Period;
  readonly audience: Audience;
  readonly asOf: IsoDate;
  readonly book: AreaBook;
  /** Version of Concord, for the passports of figures on which findings stand. */
  readonly code: string;
  /** What the same reader sees in the same document. */
  readonly beside: readonly View[];
}

/** What the partnership has written down, and the figures on which it stands. */
interface RecordsFound {
  readonly records: Omit<AssessmentRecords, 'actions' | 'progress'>;
  readonly finds: ReadonlyMap<string, Found>;
  readonly views: readonly View[];
}

/**
 * Checked findings of an area, what drives violence there, and the priorities that a body chose, as an audience may read them.
 * A finding goes below the restricted rendering only on a figure that its reader may see, with no number which that does not
 * show. In the same order each time.
 */
export async function recordsOf(work: Reads, asked: RecordsAsked): Promise<RecordsFound> {
  const { findings, finds, views } = await findingsOf(work, asked);
  return {
    records: {
      findings,
      ...(await peopleSaid(work, asked)),
      ...(await fromWorkbench(work, asked)),
    },
    finds,
    views,
  };
}

/** What drives violence and what protects, and the priorities that a body chose, as an audience may read them. */
export async function peopleSaid(
  work: Reads,
  asked: Pick<RecordsAsked, 'partnership' | 'audience' | 'asOf'>,
): Promise<Pick<AssessmentRecords, 'drivers' | 'protective' | 'priorities'>> {
  return { ...driversSaid(await listDrivers(work), asked), priorities: await prioritiesOf(work, asked) };
}

type FromWorkbench = Pick<
  AssessmentRecords,
  'voices' | 'gaps' | 'contributors' | 'absentees' | 'nextReview' | 'version'
>;

/**
 * What the newest assessment of the workbench for this area has that figures cannot say: what people told, where help is
 * missing, who took part and who did not. Beyond those who work on it, only of one that a body approved; for
 * the public, only of one that is published.
 */
async function fromWorkbench(work: Reads, asked: RecordsAsked): Promise<FromWorkbench> {
  const { partnership, area, period, audience, asOf } = asked;
  const [kept] = (await listAssessments(work))
    .filter((each) => each.template === 'needs' && each.area === area && each.asOf <= asOf)
    .filter(({ period: of }) => of.from <= period.to && of.to >= period.from)
    .filter(({ state }) =>
      audience === 'restricted'
        ? state !== 'superseded'
        : state === 'published' || (audience === 'partner' && state === 'approved'),
    )
    .toSorted((a, b) => (a.asOf === b.asOf ? b.version - a.version : a.asOf < b.asOf ? 1 : -1));
  if (kept === undefined)
    return { voices: [], gaps: [], contributors: [], absentees: [], nextReview: null, version: null };
  const content = await contentOf(work, kept.id);
  const open = await namedInPublic(work, partnership);
  const asks = (await asksOf(work, kept.id)).filter(
    ({ organisation }) => audience !== 'public' || open.has(organisation.id),
  );
  const { tookPart, absent } = takingPart(
    asks.map(({ organisation, state, due }) => ({ organisation: organisation.name, state, due })),
    asOf,
  );
  const said = (key: string) => partSaid(content, key, audience);
  return {
    voices: said('voices'),
    gaps: said('services'),
    contributors: tookPart,
    absentees: absent,
    nextReview: kept.nextReview,
    version: String(kept.version),
  };
}

/** Paragraphs of a part without what stays out. A number that stands on no figure is for those who can ask where it comes from. */
function partSaid({ assessment, sections, exclusions }: AssessmentContent, key: string, audience: Audience) {
  const section = sections.find((each) => each.key === key);
  if (section === undefined) return [];
  const out = exclusions.filter((each) => each.section === section.id);
  const words = audience === 'restricted' ? section.words : withoutPassages(section.words, out).words;
  return words
    .split(/\n\s*\n/)
    .map((each) => each.trim().replaceAll(/\s+/g, ' '))
    .filter((each) => each !== '' && (audience === 'restricted' || !saysNumber(each)))
    .map((each) => ({ words: each, by: `from “${assessment.title}”` }));
}

async function findingsOf(work: Reads, asked: RecordsAsked) {
  const { area, period, audience, book, code, beside } = asked;
  const lieOf = lieIn(book);
  const isHere = (of: string | null) => of === null || of === area || ['same', 'within'].includes(lieOf(of, area));
  const kept = (await findingChoices(work))
    .filter(({ state }) => state === 'checked')
    .filter((each) => isHere(each.area))
    .filter(({ from, to }) => (from ?? period.from) <= period.to && (to ?? period.to) >= period.from)
    .map((each) => ({ ...each, rank: strengths.indexOf(each.strength) }))
    .sort((a, b) => a.rank - b.rank || (a.sentence < b.sentence ? -1 : 1));
  const findings: AssessmentRecords['findings'][number][] = [];
  const finds = new Map<string, Found>();
  const views = new Map<string, View>();
  for (const finding of kept) {
    const figure = finding.figure === null ? undefined : await findFigure(work, finding.figure);
    const made =
      figure === undefined ? undefined : await viewOf(work, figure, audience, lieOf, [...beside, ...views.values()]);
    const view = made === undefined || 'sentence' in made ? undefined : made;
    const shown = view === undefined ? undefined : shownOf(view, code, book);
    const said = findingFor(audience, finding, shown);
    if (said === undefined) continue;
    findings.push(said);
    if (view === undefined || shown === undefined || said.key === undefined) continue;
    views.set(view.id, view);
    finds.set(said.key, { state: 'there', shown, hiddenSentence: view.hiddenSentence });
  }
  return { findings, finds, views: [...views.values()] };
}

function driversSaid(
  kept: readonly DriverKept[],
  { audience, asOf }: Pick<RecordsAsked, 'audience' | 'asOf'>,
): Pick<AssessmentRecords, 'drivers' | 'protective'> {
  const told = kept
    .filter(({ endedOn }) => endedOn === null || endedOn >= asOf)
    .map((driver) => ({
      name: driver.factor,
      words: [driver.factor, ...localWords(driver, audience)].join(': '),
      by: [driver.source ?? 'counted', ...(driver.saidOn === null ? [] : [driver.saidOn])].join(', '),
      standing: driver.basis,
      direction: driver.direction,
    }));
  const of = (direction: 'risk' | 'protective') =>
    told
      .filter((each) => each.direction === direction)
      .map(({ name, words, by, standing }) => ({ name, words, by, standing }));
  return { drivers: of('risk'), protective: of('protective') };
}

/** What is known of a factor here. A number that stands on no figure is for those who can ask where it comes from. */
const localWords = (
  { localValue, comparator }: Pick<DriverKept, 'localValue' | 'comparator'>,
  audience: Audience,
): readonly string[] => {
  const words = localValue === null ? null : comparator === null ? localValue : `${localValue}; ${comparator}`;
  return words === null || (audience === 'public' && saysNumber(words)) ? [] : [words];
};

async function prioritiesOf(
  work: Reads,
  { partnership, audience, asOf }: Pick<RecordsAsked, 'partnership' | 'audience' | 'asOf'>,
) {
  const open = await bodiesInPublic(work, partnership);
  return (await listPriorities(work)).flatMap((each) => {
    const { name, statement, decidedBy, decidedOn } = each;
    if (each.state !== 'chosen' || decidedBy === null || decidedOn === null || decidedOn > asOf) return [];
    if (audience === 'public' && !open.has(decidedBy.id)) return [];
    const body = audience === 'public' ? (open.get(decidedBy.id) ?? '') : decidedBy.name;
    return [
      {
        name,
        words: statement === null || (audience === 'public' && saysNumber(statement)) ? name : `${name}: ${statement}`,
        by: `chosen by ${body}, ${formatDate(decidedOn)}`,
      },
    ];
  });
}
