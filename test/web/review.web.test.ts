import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepView, publishView, viewOf } from '../../src/evidence/view.store.ts';
import { keepFigure } from '../../src/evidence/figure.store.ts';
import { exampleOrganisationIds } from '../../src/partnership/example-organisations.ts';
import { dropDocuments } from '../../src/strategy/document.store.ts';
import { strategyDocuments } from '../../src/strategy/document.job.ts';
import { exampleReadiness, exampleReviews, exampleStrategyIds } from '../../src/strategy/example-strategy.ts';
import { unzipped } from '../documents/package-parts.ts';
import { figureOf } from '../evidence/figure-made.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let coordinator: string;
beforeAll(async () => {
  town = await testTown();
  coordinator = await town.sessionOf('coordinator@haverness.example');
});
afterAll(() => town.close());

const at = (path: string) => `/haverness${path}`;
const read = async (path: string, cookie: string | undefined = coordinator): Promise<string> => {
  const response = await town.ask(at(path), { ...(cookie !== '' && { cookie }) });
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  return response.text();
};
const plain = (html: string): string =>
  html
    .replaceAll(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
const send = (path: string, form: Readonly<Record<string, string>>, cookie = coordinator) =>
  town.ask(at(path), { method: 'POST', cookie, form });
const bytesOf = async (path: string): Promise<Buffer> =>
  Buffer.from(await (await town.ask(at(path), {})).arrayBuffer());
/** The words of a Word file, read by a library that we did not write. */
const wordsOfWord = async (bytes: Buffer): Promise<string> =>
  plain(
    (await unzipped(bytes))
      .get('word/document.xml')!
      .toString('utf8')
      .replaceAll('</w:p>', ' ')
      .replaceAll(/<[^>]+>/g, ''),
  );
/** Runs the job that makes documents, and says which it made. */
async function made(): Promise<readonly string[]> {
  const entry = { door: 'concord_member', actor: 'system', partnership: town.partnerships.get('haverness')! } as const;
  const subjects: string[] = [];
  await strategyDocuments.run({
    id: 'a',
    payload: {},
    attempt: 1,
    partnership: entry.partnership,
    signal: new AbortController().signal,
    progress: () => undefined,
    read: (act) => town.records.read(entry, act),
    write: (act) =>
      town.records.write(entry, (unit) =>
        act({
          ...unit,
          audit(said) {
            subjects.push(said.subject ?? '');
            unit.audit(said);
          },
        }),
      ),
    equipment: { ...town.equipment, standsOn: '2026-06-01' },
  });
  return subjects;
}

describe('documents for everybody', () => {
  it('are PDF and Word of what is published, with the words of the page, and the same bytes when made again', async () => {
    const page = await read('/strategy', '');
    for (const ending of ['/haverness/strategy.pdf', '/haverness/strategy.docx']) expect(page).toContain(ending);
    const pdf = await bytesOf('/strategy.pdf');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const word = await wordsOfWord(await bytesOf('/strategy.docx'));
    for (const words of [
      'A safer Haverness 2025 to 2028',
      'Most people in Haverness are never hurt',
      'Chief officers’ group',
    ])
      expect(word).toContain(words);
    expect(plain(page)).toContain('Most people of');
    expect(await made()).toEqual([]);
    const before = [pdf, await bytesOf('/our-plan.docx')];
    await town.asAdmin('delete from published.document');
    expect((await town.ask(at('/strategy.pdf'), {})).status).toBe(404);
    expect(await read('/strategy', '')).not.toContain('strategy.pdf');
    expect(await made()).toHaveLength(4);
    expect([await bytesOf('/strategy.pdf'), await bytesOf('/our-plan.docx')]).toEqual(before);
  });

  it('are of the plan that is published now, also where the files of the one before come late', async () => {
    const partnership = town.partnerships.get('haverness')!;
    const old = await bytesOf('/our-plan.docx');
    // Another plan is published, and the files of the one before are there: a job that had read it ended after that.
    await town.asAdmin(
      `update published.plan set shown = jsonb_set(shown, '{actions,0,title}', '"A title of the second plan"')
        where partnership_id = '${partnership}'`,
    );
    expect((await town.ask(at('/our-plan.docx'), {})).status).toBe(404);
    expect(await read('/our-plan', '')).not.toContain('our-plan.docx');
    expect(await made()).toEqual([expect.stringMatching(/^plan\//), expect.stringMatching(/^plan\//)]);
    expect(await wordsOfWord(await bytesOf('/our-plan.docx'))).toContain('A title of the second plan');
    expect(await bytesOf('/our-plan.docx')).not.toEqual(old);
    // What was of other plans goes when one is published.
    await town.records.write({ door: 'concord_member', actor: 'system', partnership }, async ({ work, audit }) => {
      await dropDocuments(work<'strategy'>(), 'plan');
      audit({ action: 'PLAN_PUBLISHED', subject: 'plan/published', outcome: 'done' });
    });
    const left = await town.asAdmin(`select 1 from published.document
      where partnership_id = '${partnership}' and starts_with(subject, 'plan')`);
    expect(left).toEqual([]);
    expect(await made()).toHaveLength(2);
    expect((await town.ask(at('/strategy.pdf'), {})).status).toBe(200);
  });
});

describe('a measure', () => {
  it('takes its values from a figure that was let out, in which small numbers stay hidden', async () => {
    const measure = exampleStrategyIds['measure']!;
    const months = Array.from(
      { length: 24 },
      (_, n) => `${2024 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`,
    );
    const figure = figureOf(
      months.map((month, n) => ({ key: { month }, count: n === 3 ? 2 : 30 + (n % 5) })),
      { period: { from: '2024-01', to: '2025-12' } },
    );
    const entry = { door: 'concord_member', actor: 'system', partnership: town.partnerships.get('haverness') } as const;
    const view = await town.records.write(entry, async ({ work, audit }) => {
      await keepFigure(work<'evidence'>(), figure, 'concord 0');
      const made = await viewOf(work<'evidence'>() as never, figure, 'partner', () => 'apart');
      if ('sentence' in made) throw new Error(made.sentence);
      await keepView(work<'evidence'>(), made, 'system');
      audit({ action: 'FIGURE_MADE', subject: 'figure/x', outcome: 'done' });
      return made.id;
    });
    expect(await read(`/measures/${measure}/source`)).not.toContain(view);
    expect((await send(`/measures/${measure}/source`, { view })).status).toBe(422);
    await town.records.write(entry, async ({ work, audit }) => {
      const out = await publishView(work<'evidence'>(), view, {
        lieOf: () => 'apart',
        by: 'system',
        moment: new Date('2026-06-01T08:00:00Z'),
        show: () => Promise.reject(new Error('only public views are copied')),
      });
      expect(out.state).toBe('out');
      audit({ action: 'VIEW_PUBLISHED', subject: 'view/x', outcome: 'done' });
    });
    const wrong = await send(`/measures/${measure}/source`, { view, baselineFrom: '2024-12', baselineTo: '2024-01' });
    expect(await wrong.text()).toContain('The last month is before the first');
    expect(
      (await send(`/measures/${measure}/source`, { view, baselineFrom: '2024-01', baselineTo: '2024-12' })).status,
    ).toBe(303);
    const page = plain(await read(`/measures/${measure}`));
    expect(page).toContain('Number of offences, by month');
    expect(page).toContain('of its 12 months 11 have a number');
    expect(page).toContain('Only 11 of the last 12 months');
    expect(page).toContain('We cannot tell');
    expect(page).not.toContain('April 2024 2 ');
    // The scope changed in January 2024, which is the first of these months, and so no break within them.
    expect(await read(`/measures/${measure}.svg`)).toContain('<svg');
    expect(await read('/measures.csv')).toContain('Number of offences, by month');
  });
});

describe('the yearly review', () => {
  const review = `/reviews/${exampleReviews.open.id}`;
  it('compares the year with the one before, and says what changed in the text because of whom', async () => {
    const text = plain(await read(`${review}/parts/text`));
    expect(text).toContain('gangs that sell drugs through children');
    expect(text).toContain('version 1, and “A safer Haverness 2025 to 2028”, version 2');
    expect(text).toContain('Shoreline youth panel');
    expect(plain(await read(`${review}/parts/aims`))).toContain('We learn what works New');
    expect(plain(await read(`${review}/parts/actions`))).toContain('A knife amnesty week');
    expect(plain(await read(`${review}/parts/money`))).toContain('£131,639.09');
  });

  it('shows the second of two who write the same part both texts', async () => {
    const part = `${review}/parts/money`;
    const version = /name="version" value="([^"]+)"/.exec(await read(part))![1]!;
    expect((await send(part, { words: 'First: as planned.', version })).status).toBe(303);
    const empty = await send(part, { words: ' ', version });
    expect(await empty.text()).toContain(`name="version" value="${version}"`);
    const second = await send(part, { words: 'Second: too little.', version });
    expect(second.status).toBe(409);
    const page = await second.text();
    for (const words of ['First: as planned.', 'Second: too little.', 'Bring both texts together'])
      expect(page).toContain(words);
    const now = /name="version" value="([^"]+)"/.exec(page)![1]!;
    expect((await send(part, { words: 'First: as planned. Second: too little.', version: now })).status).toBe(303);
  });

  it('does not end before every part is written, and then its report never changes', async () => {
    const decided = { outcome: 'keep', body: 'Safer Haverness Executive', on: '1 June 2026' };
    const early = await send(`${review}/finish`, decided);
    expect(early.status).toBe(422);
    expect(await early.text()).toContain('4 parts are not written yet');
    for (const part of ['needs', 'aims', 'measures', 'money', 'text'])
      expect((await send(`${review}/parts/${part}`, { words: `What we make of ${part}.` })).status).toBe(303);
    expect((await send(`${review}/finish`, { ...decided, on: '1 July 2026' })).status).toBe(422);
    expect((await send(`${review}/finish`, decided)).status).toBe(303);
    expect((await send(`${review}/parts/money`, { words: 'Otherwise' })).status).toBe(409);
    await expect(
      town.asAdmin(`update strategy.review set body = 'Somebody' where id = '${exampleReviews.open.id}'`),
    ).rejects.toThrow('a finished review is not changed');
    expect((await town.ask(at(`${review}/report.pdf`), { cookie: coordinator })).status).toBe(404);
    expect((await send('/reviews/new', {})).status).toBe(303);
    expect((await send('/reviews/new', {})).status).toBe(409);
    expect(await made()).toHaveLength(1);
    for (const file of ['pdf', 'docx'])
      await expect(
        town.asAdmin(`update strategy.review set ${file} = 'x' where id = '${exampleReviews.open.id}'`),
      ).rejects.toThrow('a finished review is not changed');
    const word = await town.ask(at(`${review}/report.docx`), { cookie: coordinator });
    expect(await wordsOfWord(Buffer.from(await word.arrayBuffer()))).toContain('What we make of money.');
  });
});

describe('readiness', () => {
  it('is scored by whoever speaks for an organisation, agreed on, and a gap becomes an action', async () => {
    const dimension = exampleReadiness.dimension;
    const partner = await town.sessionOf('partner@haverness.example');
    const other = await send(
      '/readiness/score',
      { organisation: exampleOrganisationIds['organisation']!, [`level-${dimension}`]: '1' },
      partner,
    );
    expect(other.status).toBe(422);
    expect(await other.text()).toContain('Choose an organisation from the list');
    const lower = await send(`/readiness/dimensions/${dimension}/agree`, { level: '3', target: '2', note: 'So' });
    expect(await lower.text()).toContain('Choose the same level, or a higher one');
    const form = { level: '2', target: '3', note: 'The board met twice.', makeAction: 'yes' };
    expect((await send(`/readiness/dimensions/${dimension}/agree`, form)).status).toBe(303);
    const page = plain(await read('/readiness'));
    expect(page).toContain('Up by 1');
    expect(page).toContain('Readiness, Leadership and governance: A board answers for it and meets each quarter');
    expect(plain(await read('/plan'))).toContain('Readiness, Leadership and governance');
    const again = await send('/readiness/begin', {});
    expect(again.status).toBe(409);
    expect((await send('/readiness/end', {})).status).toBe(303);
    expect((await send('/readiness/begin', {})).status).toBe(303);
    expect(plain(await read('/readiness'))).toContain('Round 3: open');
    expect(await read('/readiness.csv')).toContain('2,Leadership and governance,All,2,3,The board met twice.');
  });
});

describe('the theory of change', () => {
  it('keeps a strategy back only where the partnership says so', async () => {
    expect(plain(await read('/theory'))).toContain('None of this keeps a strategy from being published');
    expect((await send('/theory/setting', { blocks: 'yes' })).status).toBe(303);
    expect(plain(await read('/theory'))).toContain('A strategy cannot be published while');
  });
});

describe('the thread', () => {
  it('leads from a need to its findings and their figures, and names no confidential service', async () => {
    const { idOf } = town.world;
    const need = plain(await read(`/thread/need/${idOf('priority')}`));
    expect(need).toContain('Need');
    expect(need).toContain('Finding');
    expect(plain(await read(`/thread/finding/${idOf('finding')}`))).toContain('Finding');
    expect(plain(await read(`/thread/service/${idOf('service')}`))).toContain('Service');
    const hidden = await town.ask(at(`/thread/service/${idOf('service-confidential')}`), { cookie: coordinator });
    expect(hidden.status).toBe(404);
  });

  it('says no finding and no need to those who may not open one', async () => {
    const { idOf } = town.world;
    const jsonOf = async (path: string, cookie: string) => {
      const answer = await town.ask(at(path), { cookie });
      return answer.status === 200 ? ((await answer.json()) as ThreadRead) : answer.status;
    };
    const finding = await jsonOf(`/thread/finding/${idOf('finding')}.json`, coordinator);
    if (typeof finding === 'number') throw new Error('the coordinator sees findings');
    const [figure] = finding.before;
    for (const role of ['partner', 'councillor', 'officer']) {
      const cookie = await town.sessionOf(`${role}@haverness.example`);
      expect(await jsonOf(`/thread/finding/${idOf('finding')}.json`, cookie)).toBe(404);
      expect(await jsonOf(`/thread/need/${idOf('priority')}.json`, cookie)).toBe(404);
      const round = await jsonOf(`/thread/figure/${figure?.id ?? ''}.json`, cookie);
      expect(round).toMatchObject({ record: { kind: 'figure' } });
      expect(JSON.stringify(round)).not.toContain(finding.record.title);
    }
  });
});

interface ThreadRead {
  readonly record: { readonly title: string };
  readonly before: readonly { readonly id: string }[];
}
