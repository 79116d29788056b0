import { addCoverageNote, addExpectedSource, findCoverageNote } from '../evidence/coverage.store.ts';
import { openAreaBook } from '../evidence/area-book.store.ts';
import { exampleExpectations, exampleNotes } from '../evidence/example/expected.ts';
import { exampleFigures } from '../evidence/example/figures.ts';
import { crimesOf, extractFiles } from '../evidence/example/crimes.ts';
import { partnersOf } from '../evidence/example/partners.ts';
import { referencesSent } from '../evidence/example/reference.ts';
import type { Truth } from '../evidence/example/truths.ts';
import { exampleMapping, exampleMappingId, uglyFiles } from '../evidence/example/ugly-files.ts';
import { keepFigure, workOut } from '../evidence/figure.store.ts';
import { formatOf } from '../evidence/formats/index.ts';
import { keepIndicatorValues, workOutIndicator } from '../evidence/indicator-value.store.ts';
import { listIndicators } from '../evidence/indicator.store.ts';
import { addMapping, findMapping } from '../evidence/mapping.store.ts';
import { placesFor } from '../evidence/places.store.ts';
import { addReference } from '../evidence/reference.store.ts';
import type { FormatName } from '../evidence/source.ts';
import { keepView, lieIn, viewOf } from '../evidence/view.store.ts';
import { reading } from '../platform/database/work.ts';
import { loadExample, type ExampleDoor, type ExampleLoad } from './example-intake.ts';
import { keepExampleReference } from './example-references.ts';
import { version } from './version.ts';

export interface ExampleEvidenceAsked {
  /** The truths of the town; all of them without it. */
  readonly truths?: readonly Truth[];
  readonly signal?: AbortSignal;
  /** Steps done, of all, and what comes next. */
  readonly progress?: (done: number, total: number, note: string) => void;
}

/** Seven that are loaded and six that wait: for the bar, before they are drawn. */
const loadCount = 13;

const loadIds = (number: number): string => `0f000000-0000-4000-8000-${String(1_000 + number).padStart(12, '0')}`;

/**
 * Five years of the example's evidence: areas and people, what eight sources sent, notes, a mapping, six files that wait, and
 * figures. The same bytes at every start. May be run again after a crash: what is there stays as it is.
 */
export async function loadExampleEvidence(
  door: ExampleDoor,
  { truths, signal, progress }: ExampleEvidenceAsked = {},
): Promise<void> {
  const { read, write, releases } = door;
  const references = referencesSent();
  const total = references.length + loadCount + 4;
  let done = 0;
  const step = (note: string): void => {
    signal?.throwIfAborted();
    progress?.(done, total, note);
    done += 1;
  };
  for (const each of references) {
    step(each.title);
    const reference = await keepExampleReference(releases.folder, each);
    await write(async ({ work, audit }) => {
      const isNew = await addReference(work<'evidence'>(), { ...reference, addedBy: 'system' });
      if (isNew) audit({ action: 'REFERENCE_ADDED', subject: `reference/${reference.id}`, outcome: 'done' });
    });
  }
  step('What is expected, and what is known of it');
  await addWords(door);
  step('What happened in five years');
  const loads = loadsOf(truths);
  const places = new Map<FormatName, Awaited<ReturnType<typeof placesFor>>>();
  for (const load of loads) {
    step(load.files[0]?.name ?? '');
    if (!places.has(load.source))
      places.set(load.source, await read(({ work }) => placesFor(work<'evidence'>(), releases, formatOf(load.source))));
    await loadExample(door, load, places.get(load.source));
  }
  step('Figures');
  await addFigures(door);
  step('Where indicators stand');
  await addIndicatorValues(door);
}

async function addIndicatorValues({ read, write, releases, today, partnership }: ExampleDoor): Promise<void> {
  type Tables = 'evidence' | 'partnership' | 'platform' | 'published';
  const { book, indicators } = await read(async ({ work }) => ({
    book: await openAreaBook(work<'evidence'>(), releases),
    indicators: await listIndicators(work<'evidence'>()),
  }));
  for (const indicator of indicators) {
    const made = await read(({ work }) =>
      workOutIndicator(work<Tables>(), { releases, book, today, partnership }, indicator),
    );
    await write(async ({ work, audit }) => {
      await keepIndicatorValues(work<Tables>(), indicator, made, { book, by: 'system', code: `concord ${version}` });
      audit({ action: 'INDICATOR_WORKED_OUT', subject: `indicator/${indicator.recordId}`, outcome: 'done' });
    });
  }
}

/** What partners sent and was loaded, then what waits. */
function loadsOf(truths: readonly Truth[] | undefined): readonly ExampleLoad[] {
  const crimes = crimesOf(truths);
  const sent = [{ source: 'force-extract' as const, files: extractFiles(crimes) }, ...partnersOf(crimes)];
  return [
    ...sent.map(({ source, files }, at) => ({ id: loadIds(at), source, files, isLoaded: true })),
    ...uglyFiles(crimes).map(({ id, source, file, mapping }) => ({
      id,
      source,
      files: [file],
      mapping,
      isLoaded: false,
    })),
  ];
}

/** Expectations, notes and the mapping. All or nothing, and once. */
async function addWords({ write, by }: ExampleDoor): Promise<void> {
  await write(async ({ work, audit }) => {
    const writing = work<'evidence' | 'partnership'>();
    const notes = work<'evidence' | 'platform'>();
    for (const expected of exampleExpectations) await addExpectedSource(writing, expected);
    for (const { on, ...note } of exampleNotes)
      if ((await findCoverageNote(reading(notes), note.id)) === undefined)
        await addCoverageNote(writing, note, { by, on });
    if ((await findMapping(reading(writing), exampleMappingId)) !== undefined) return;
    await addMapping(writing, {
      id: exampleMappingId,
      name: exampleMapping.name,
      organisationId: null,
      content: exampleMapping.content,
      sample: { fileName: exampleMapping.fileName, rows: [] },
      by,
    });
    audit({ action: 'MAPPING_ADDED', subject: `mapping/${exampleMappingId}`, outcome: 'done' });
  });
}

async function addFigures({ read, write, releases, today }: ExampleDoor): Promise<void> {
  for (const { asked, audience } of exampleFigures()) {
    const { figure, book } = await read(async ({ work }) => {
      const reads = work<'evidence' | 'platform'>();
      const areas = await openAreaBook(reads, releases);
      return { figure: await workOut(reads, { releases, today, book: areas }, asked), book: areas };
    });
    if (!figure.done) throw new Error(`the example’s figure cannot be made: ${figure.sentence}`);
    await write(async ({ work, audit }) => {
      await keepFigure(work<'evidence'>(), figure.value, `concord ${version}`);
      const view = await viewOf(reading(work<'evidence'>()), figure.value, audience, lieIn(book));
      if ('sentence' in view) throw new Error(`the example’s figure cannot be shown: ${view.sentence}`);
      await keepView(work<'evidence'>(), view, 'system');
      audit({ action: 'FIGURE_VIEW_MADE', subject: `view/${view.id}`, outcome: 'done' });
    });
  }
}
