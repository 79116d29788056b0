import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleAssessmentIds, exampleAssessments } from '../../src/evidence/example-assessment.ts';
import { sectionsOf } from '../../src/evidence/assessment-template.ts';
import { keepFigure } from '../../src/evidence/figure.store.ts';
import { addFinding } from '../../src/evidence/finding.store.ts';
import { keepView, viewOf } from '../../src/evidence/view.store.ts';
import { exampleBodyIds } from '../../src/partnership/example-bodies.ts';
import { reading } from '../../src/platform/database/work.ts';
import { figureOf } from '../evidence/figure-made.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown();
});
afterAll(() => town.close());

const idOf = (kind: string) => exampleAssessmentIds[kind]!;
const thisYears = idOf('assessment');
const board = exampleBodyIds['body-leading']!;
const as = (role: string) => town.sessionOf(`${role}@haverness.example`);
async function send(role: string, path: string, form: Readonly<Record<string, string>> = {}) {
  const answer = await town.ask(`/haverness/${path}`, { method: 'POST', cookie: await as(role), form });
  return { status: answer.status, to: answer.headers.get('location') ?? '', text: await answer.text() };
}
async function read(role: string | undefined, path: string) {
  const answer = await town.ask(`/haverness/${path}`, role === undefined ? {} : { cookie: await as(role) });
  return { status: answer.status, text: await answer.text() };
}
const newAssessment = async (title: string) => {
  const { to, status } = await send('analyst', 'workbench/new', {
    template: 'annual',
    title,
    area: 'E06000990',
    period: 'January 2026 to March 2026',
    asOf: '1 June 2026',
  });
  expect(status).toBe(303);
  return to.split('/').at(-1)!;
};
/** Words in every part, and all of them ready. */
async function fill(id: string, words: Readonly<Record<string, string>> = {}) {
  for (const { key } of sectionsOf.annual) {
    await send('analyst', `workbench/${id}/parts/${key}/words`, {
      words: words[key] ?? `What is known of ${key}.`,
      edition: '0',
    });
    await send('analyst', `workbench/${id}/parts/${key}/state`, { owner: '', state: 'ready' });
  }
}
async function approve(id: string) {
  expect((await send('analyst', `workbench/${id}/review`)).status).toBe(303);
  const page = await read('coordinator', `workbench/${id}/approve`);
  const hash = /name="hash"[^>]*value="(sha256:[0-9a-f]{64})"/.exec(page.text)?.[1] ?? '';
  return send('coordinator', `workbench/${id}/approve`, { body: board, on: '20 May 2026', hash });
}
const seenBy = (text: string) => /name="seen" value="(sha256:[0-9a-f]{64})"/.exec(text)?.[1] ?? '';

/** A finding with a figure of its own, whose owner is the fire service. */
async function findingOf(counts: readonly number[], area: string, sentence: string): Promise<string> {
  return town.records.write(
    { door: 'concord_member', actor: 'system', partnership: town.partnerships.get('haverness')! },
    async ({ work }) => {
      const figure = figureOf(
        counts.map((count, at) => ({ key: { category: `Kind ${at}` }, count })),
        { area },
      );
      await keepFigure(work<'evidence'>(), figure, 'concord test');
      const view = await viewOf(reading(work<'evidence'>()), figure, 'restricted', () => 'apart');
      if ('sentence' in view) throw new Error(view.sentence);
      await keepView(work<'evidence'>(), view, 'system');
      return addFinding(
        work<'evidence'>(),
        {
          sentence,
          question: null,
          figure: figure.id,
          view: view.id,
          area,
          from: null,
          to: null,
          strength: 'fair',
          strengthBecause: null,
        },
        'system',
      );
    },
  );
}
const fire = '0a000000-0000-4000-8000-000000000103';
const place = (id: string, finding: string) =>
  send('analyst', `workbench/${id}/parts/analysis/figures`, { finding, owners: fire });

describe('an assessment from draft to the public', () => {
  it('is read by everybody as it was approved, with figures that their owners cleared, and never changes', async () => {
    const id = await newAssessment('Cleared and published');
    await fill(id, { analysis: 'There were 40 fires.\n\nSomebody is watched in the old mill.' });
    await place(id, await findingOf([40, 52], 'E06000101', 'There were 40 fires of the first kind.'));
    await send('analyst', `workbench/${id}/parts/analysis/exclusions`, {
      passage: 'Somebody is watched in the old mill.',
      ground: 'crime',
      because: 'It is watched',
    });
    expect((await approve(id)).status).toBe(303);
    // Approved: nothing in it can be changed.
    expect(
      (await send('analyst', `workbench/${id}/parts/analysis/words`, { words: 'Other', edition: '1' })).status,
    ).toBe(409);
    expect((await read(undefined, `assessments/${id}`)).status).toBe(404);
    // Its owner has not been asked.
    expect((await send('coordinator', `workbench/${id}/publish`)).text).toContain(
      'Merrowshire Fire and Rescue Service',
    );
    await send('analyst', `workbench/${id}/clearance`, { due: '10 June 2026' });
    expect((await send('coordinator', `workbench/${id}/publish`)).status).toBe(422);

    const part = await read('partner', `workbench/${id}/part`);
    expect(part.text).toContain('There were 40 fires of the first kind.');
    const clearance = /part\/clearance\/([0-9a-f-]{36})/.exec(part.text)?.[1] ?? '';
    const answer = { answer: 'cleared', seen: seenBy(part.text) };
    expect((await send('officer', `workbench/${id}/part/clearance/${clearance}`, answer)).status).toBe(403);
    expect(
      (
        await send('partner', `workbench/${id}/part/clearance/${clearance}`, {
          ...answer,
          seen: `sha256:${'0'.repeat(64)}`,
        })
      ).status,
    ).toBe(409);
    expect((await send('partner', `workbench/${id}/part/clearance/${clearance}`, answer)).status).toBe(303);

    const published = await send('coordinator', `workbench/${id}/publish`);
    expect({ status: published.status, to: published.to }).toEqual({ status: 303, to: `/haverness/assessments/${id}` });
    const page = await read(undefined, `assessments/${id}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('There were 40 fires of the first kind.');
    expect(page.text).toContain('Safer Haverness Executive');
    expect(page.text).not.toContain('watched in the old mill');
    expect(page.text).toContain('s.8(8)');
    const { figures } = JSON.parse((await read(undefined, `assessments/${id}/figures.json`)).text) as {
      figures: { view: string; passport: { audience: string } }[];
    };
    expect(figures.map(({ passport }) => passport.audience)).toEqual(['public']);
    // Every number of a figure leads to a view that everybody may read.
    for (const [, view] of page.text.matchAll(/data-figure="(sha256:[0-9a-f]{64})"/g))
      expect((await read(undefined, `figures/${view!}.json`)).status).toBe(200);
    expect((await read(undefined, `assessments/${id}.pdf`)).text.startsWith('%PDF-')).toBe(true);
    expect((await read(undefined, `assessments/${id}.docx`)).text.startsWith('PK')).toBe(true);

    await expect(town.asAdmin(`update evidence.assessment set title = 'Other' where id = $1`, [id])).rejects.toThrow(
      /stays as it is/,
    );
    await expect(
      town.asAdmin(`update evidence.assessment_section set words = 'Other' where assessment_id = $1`, [id]),
    ).rejects.toThrow(/stays as it is/);
    // The next version is a draft of its own, and takes its place once it is published.
    const next = await send('analyst', `workbench/${id}/next`);
    expect((await send('analyst', `workbench/${id}/next`)).to).toBe(next.to);
    expect((await read('analyst', next.to.replace('/haverness/', ''))).text).toContain('Version 2');
    expect((await read(undefined, `assessments/${id}`)).text).toBe(page.text);
  });

  it('leaves out a part whose figure is not cleared, and says so', async () => {
    const id = await newAssessment('Objected to');
    await fill(id, { analysis: 'A sentence that stands beside the figure.' });
    await place(id, await findingOf([61, 72], 'E06000102', 'There were 61 of one kind.'));
    await approve(id);
    await send('analyst', `workbench/${id}/clearance`, { due: '10 June 2026' });
    const part = await read('partner', `workbench/${id}/part`);
    const clearance = /part\/clearance\/([0-9a-f-]{36})/.exec(part.text)?.[1] ?? '';
    const href = `workbench/${id}/part/clearance/${clearance}`;
    expect((await send('partner', href, { answer: 'objected', seen: seenBy(part.text) })).text).toContain(
      'Say what you object to',
    );
    expect(
      (await send('partner', href, { answer: 'objected', because: 'Two months are missing', seen: seenBy(part.text) }))
        .status,
    ).toBe(303);
    expect((await send('coordinator', `workbench/${id}/publish`)).status).toBe(303);
    for (const path of [`assessments/${id}`, `assessments/${id}/figures.json`]) {
      const { text } = await read(undefined, path);
      expect(text).not.toMatch(/\b61\b|stands beside the figure/);
    }
    expect((await read(undefined, `assessments/${id}`)).text).toContain(
      'has not agreed that its figures are published',
    );
  });

  it('is commented on by an owner that is asked to clear it, and by nobody who does not speak for it', async () => {
    const id = await newAssessment('Commented under clearance');
    await fill(id, { analysis: 'A sentence that stands beside the figure.' });
    await place(id, await findingOf([63, 71], 'E06000105', 'There were 63 of one kind.'));
    await approve(id);
    await send('analyst', `workbench/${id}/clearance`, { due: '10 June 2026' });
    const part = await read('partner', `workbench/${id}/part`);
    const clearance = /part\/clearance\/([0-9a-f-]{36})/.exec(part.text)?.[1] ?? '';
    const form = { clearance, comment: 'Fires on boats are in another file.' };
    expect((await send('officer', `workbench/${id}/part/comments/analysis`, form)).status).toBe(403);
    expect((await send('partner', `workbench/${id}/part/comments/county`, form)).status).toBe(404);
    expect(
      (await send('partner', `workbench/${id}/part/comments/analysis`, { clearance, comment: '' })).text,
    ).toContain('Write your comment');
    expect((await send('partner', `workbench/${id}/part/comments/analysis`, form)).status).toBe(303);
    expect((await read('partner', `workbench/${id}/part`)).text).toContain('Fires on boats are in another file.');
    expect((await read('analyst', `workbench/${id}/parts/analysis`)).text).toContain('Fires on boats');
  });

  it('is not published with a number that no figure beside it says', async () => {
    const id = await newAssessment('Says a number of its own');
    await fill(id, { changes: 'There were 777 more.' });
    await approve(id);
    const refusal = await send('coordinator', `workbench/${id}/publish`);
    expect([refusal.status, refusal.text]).toEqual([
      422,
      expect.stringContaining('says 777, and no figure beside it does'),
    ]);
    expect((await read(undefined, `assessments/${id}`)).status).toBe(404);
  });

  it('is not published with a small number that the words give away', async () => {
    const id = await newAssessment('Gives a number away');
    await fill(id, { analysis: 'There were 40 of one kind and 3 of the other.' });
    const finding = await findingOf([40, 3, 55], 'E06000103', 'There were 40 of one kind.');
    await send('analyst', `workbench/${id}/parts/analysis/figures`, { finding });
    await approve(id);
    const refused = await send('coordinator', `workbench/${id}/publish`);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('small number');
    expect((await read(undefined, `assessments/${id}`)).status).toBe(404);
    const [row] = await town.asAdmin<{ state: string }>('select state from evidence.assessment where id = $1', [id]);
    expect(row?.state).toBe('approved');
  });

  it('is approved as it was shown, and not otherwise', async () => {
    const id = await newAssessment('Changed meanwhile');
    await fill(id);
    expect((await send('analyst', `workbench/${id}/review`)).status).toBe(303);
    const page = await read('coordinator', `workbench/${id}/approve`);
    const hash = /name="hash"[^>]*value="(sha256:[0-9a-f]{64})"/.exec(page.text)?.[1] ?? '';
    await send('analyst', `workbench/${id}/parts/analysis/words`, { words: 'Changed', edition: '1' });
    const form = { body: board, on: '20 May 2026', hash };
    expect((await send('coordinator', `workbench/${id}/approve`, form)).status).toBe(409);
    expect((await send('analyst', `workbench/${id}/approve`, form)).status).toBe(403);
  });
});

describe('two people who write the same part', () => {
  it('see both texts, and the second chooses', async () => {
    const path = `workbench/${thisYears}/parts/voices/words`;
    expect((await send('analyst', path, { words: 'What the analyst wrote.', edition: '0' })).status).toBe(303);
    const second = await send('coordinator', path, { words: 'What the <b>coordinator</b> wrote.', edition: '0' });
    expect(second.status).toBe(409);
    expect(second.text).toContain('What the analyst wrote.');
    expect(second.text).toContain('What the &lt;b>coordinator&lt;/b> wrote.');
    const edition = /name="edition" value="(\d+)"/.exec(second.text)?.[1] ?? '';
    expect((await send('coordinator', path, { words: 'Both.', edition })).status).toBe(303);
    expect((await read('analyst', `workbench/${thisYears}/parts/voices`)).text).toContain('Both.');
  });
});

describe('a partner', () => {
  it('contributes for the organisation of its post only, and is named as absent when it does not', async () => {
    const { text } = await read('partner', `workbench/${thisYears}/part`);
    expect(text).toContain('You speak for Merrowshire Fire and Rescue Service');
    expect(text).not.toContain('How many people came to the emergency department');
    const hospitals = '0d100000-0000-4000-8000-000000000703';
    expect(
      (await send('partner', `workbench/${thisYears}/part/asks/${hospitals}`, { state: 'answered', answer: 'x' }))
        .status,
    ).toBe(403);
    const mine = `workbench/${thisYears}/part/asks/${idOf('ask')}`;
    expect((await send('partner', mine, { state: 'answered' })).text).toContain('Write your contribution');
    expect(
      (await send('partner', mine, { state: 'answered', answer: 'Twelve fires were set on purpose.' })).status,
    ).toBe(303);
    const overview = await read('analyst', `workbench/${thisYears}`);
    expect(overview.text).toContain('Haverness Bay Hospitals NHS Trust');
    const draft = await read('analyst', `workbench/${thisYears}/preview/partner`);
    expect(draft.text).toMatch(/Took part[\s\S]*Merrowshire Fire and Rescue Service/);
    expect((await read('partner', `workbench/${thisYears}`)).status).toBe(403);
  });
});

describe('a finding', () => {
  it('keeps its figure, is checked by somebody else, and refuses a figure that is not here', async () => {
    const [view] = await town.asAdmin<{ id: string; figure_id: string }>(
      'select id, figure_id from evidence.view order by id limit 1',
    );
    const form = {
      sentence: 'A sentence <i>of</i> mine.',
      view: view!.id,
      strength: 'fair',
      from: '2026-01',
      to: '2026-03',
    };
    const added = await send('analyst', 'findings', form);
    expect(added.status).toBe(303);
    const path = added.to.replace('/haverness/', '');
    const page = await read('analyst', path);
    expect(page.text).toContain('A sentence &lt;i>of&lt;/i> mine.');
    expect(page.text).toContain(`/haverness/figures/${view!.id}`);
    expect((await send('analyst', `${path}/check`)).status).toBe(409);
    expect((await send('coordinator', `${path}/check`)).status).toBe(303);
    expect((await send('analyst', 'findings', { ...form, view: `sha256:${'0'.repeat(64)}` })).status).toBe(422);
  });

  it('says that newer data has come once a later release holds its months', async () => {
    const finding = `findings/${idOf('finding')}`;
    expect((await read('analyst', finding)).text).not.toContain('Newer data has come since');
    await town.asAdmin(
      `update evidence.figure set question = jsonb_set(question, '{releases}', '[]') where id = (select figure_id from evidence.finding where id = $1)`,
      [idOf('finding')],
    );
    expect((await read('analyst', finding)).text).toContain('Newer data has come since');
    expect((await read('analyst', `workbench/${thisYears}/parts/kinds`)).text).toContain(
      'Put the newer figure in its place',
    );
  });
});

describe('priorities', () => {
  it('are scored with reasons, and decided by a body', async () => {
    const path = `priorities/${idOf('priority-without-profile')}`;
    expect((await send('analyst', `${path}/score`, { factor: 'volume', points: '9', reason: 'x' })).text).toContain(
      'Choose a score from 0 to 4',
    );
    expect((await send('analyst', `${path}/score`, { factor: 'volume', points: '3' })).text).toContain(
      'Say what the score rests on',
    );
    expect(
      (await send('analyst', `${path}/score`, { factor: 'volume', points: '3', reason: 'Counted <again>' })).status,
    ).toBe(303);
    expect((await read('analyst', path)).text).toContain('Counted &lt;again>');
    const decided = { state: 'chosen', because: 'It matters', body: board, on: '1 July 2026' };
    expect((await send('coordinator', `${path}/decide`, decided)).text).toContain('cannot be in the future');
    expect((await send('coordinator', `${path}/decide`, { ...decided, on: '20 May 2026' })).status).toBe(303);
    expect((await send('analyst', `${path}/decide`, { ...decided, on: '20 May 2026' })).status).toBe(403);
  });
});

it('shows the public what the example published, and no draft', async () => {
  const list = await read(undefined, 'assessments');
  expect(list.text).toContain(exampleAssessments[0].title);
  expect(list.text).not.toContain(exampleAssessments[1].title);
  expect((await read(undefined, `assessments/${thisYears}`)).status).toBe(404);
});

it('found no fault on the way', () => {
  expect(town.faults).toEqual([]);
});
