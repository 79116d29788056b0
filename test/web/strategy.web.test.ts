import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleOrganisationIds } from '../../src/partnership/example-organisations.ts';
import { planDocument } from '../../src/strategy/plan-document.ts';
import { exampleActionId, exampleStrategyIds } from '../../src/strategy/example-strategy.ts';
import { workbook } from '../files/workbook.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let coordinator: string;
beforeAll(async () => {
  town = await testTown();
  coordinator = await town.sessionOf('coordinator@haverness.example');
});
afterAll(() => town.close());

const at = (path: string) => `/haverness${path}`;
const read = async (path: string, cookie?: string): Promise<string> => {
  const response = await town.ask(at(path), { ...(cookie !== undefined && { cookie }) });
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  return response.text();
};
const send = (path: string, form: Readonly<Record<string, string>>, cookie = coordinator) =>
  town.ask(at(path), { method: 'POST', cookie, form });
const taken = async (path: string, form: Readonly<Record<string, string>>): Promise<string> => {
  const response = await send(path, form);
  if (response.status !== 303)
    throw new Error(`${path}: ${response.status} ${plain(await response.text()).slice(0, 2_000)}`);
  return response.headers.get('location')!;
};
const plain = (html: string): string =>
  html
    .replaceAll(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
/** A workbook with one sheet of texts. */
const workbookOf = (rows: readonly (readonly string[])[]): Uint8Array<ArrayBuffer> => {
  const cell = (text: string, row: number, column: number) =>
    `<c r="${String.fromCharCode(65 + column)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const lines = rows.map(
    (cells, at) => `<row r="${at + 1}">${cells.map((text, column) => cell(text, at + 1, column)).join('')}</row>`,
  );
  return new Uint8Array(workbook({ sheets: { Plan: `<sheetData>${lines.join('')}</sheetData>` } }));
};
const action = exampleActionId(101);
const council = exampleOrganisationIds['organisation']!;
const versionIn = (html: string): string => /name="version" value="([^"]*)"/.exec(html)![1]!;
const hashIn = (html: string): string => /name="hash" value="([^"]*)"/.exec(html)![1]!;

describe('the plan', () => {
  it('shows both texts to the second of two who change an action, and loses neither', async () => {
    const version = versionIn(await read(`/actions/${action}/change`, coordinator));
    const first = await send(`/actions/${action}/change`, {
      title: 'Youth workers, seven days',
      status: 'under-way',
      version,
    });
    expect(first.status).toBe(303);
    const second = await send(`/actions/${action}/change`, {
      title: 'Youth workers at weekends too',
      status: 'under-way',
      due: 'late 2026',
      version,
    });
    expect(second.status).toBe(409);
    const page = await second.text();
    expect(page).toContain('Youth workers, seven days');
    expect(page).toContain('value="Youth workers at weekends too"');
    const again = await send(`/actions/${action}/change`, {
      title: 'Youth workers at weekends too',
      status: 'under-way',
      aims: exampleStrategyIds['aim']!,
      leadId: council,
      owner: 'Head of Youth Services',
      ownerEmail: 'youth.services@haverness.example',
      due: 'late 2026',
      version: versionIn(page),
    });
    expect(again.status).toBe(303);
    const history = plain(await read(`/actions/${action}`, coordinator));
    expect(history).toContain('Youth workers, seven days → Youth workers at weekends too');
  });

  it('refuses a circle of actions that wait for one another', async () => {
    const form = { title: 'Workers', status: 'under-way', needs: 'A119' };
    const refused = await send(`/actions/${action}/change`, form);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('would wait for one another');
  });

  it('does not close without what came of it', async () => {
    const refused = await send(`/actions/${action}/close`, { status: 'done', result: 'It runs.', learned: ' ' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('Enter what was learned');
  });

  it('takes an update by a link that opens once, and shows nothing else', async () => {
    await taken(`/actions/${action}/ask`, {});
    const page = await read(`/actions/${action}`, coordinator);
    const path = /href="(\/u\/[^"]+)"/.exec(page)![1]!;
    const [mail] = await town.asAdmin<{ body: string; recipient: string }>(
      'select body, recipient from platform.mail order by queued_at desc limit 1',
    );
    expect(mail!.recipient).toBe('youth.services@haverness.example');
    expect(mail!.body).toContain(path);
    const form = await (await town.ask(path)).text();
    expect(form).toContain('Youth workers at weekends too');
    expect(form).not.toContain('Head of Youth Services');
    const wrong = await town.ask(path, { method: 'POST', form: { status: 'at-risk', words: '' } });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('Enter what has happened since last time');
    const update = { status: 'at-risk', words: 'One worker has left.' };
    const sent = await town.ask(path, { method: 'POST', form: update });
    expect(sent.headers.get('location')).toBe('/u/thanks');
    expect(await (await town.ask('/u/thanks')).text()).toContain('Your update is kept');
    expect((await town.ask(path, { method: 'POST', form: update })).status).toBe(409);
    expect(plain(await (await town.ask(path)).text())).toContain('The link was used already');
    expect(plain(await read(`/actions/${action}`, coordinator))).toContain('One worker has left. (by link)');
    const [entry] = await town.asAdmin<{ action: string; actor: string }>(
      `select action, actor from platform.audit_entry where action = 'ACTION_UPDATED' order by at desc limit 1`,
    );
    expect(entry).toEqual({ action: 'ACTION_UPDATED', actor: 'public' });
    const forged = `${path.slice(0, -2)}xx`;
    expect(plain(await (await town.ask(forged)).text())).toContain('The link is not complete');
  });

  it('reads in what it can of a spreadsheet and gives the rest back; what goes out comes in unchanged', async () => {
    const rows = [
      ['Ref', 'Action', 'Lead agency', 'Owner', 'Target date', 'RAG', 'Update', 'Aim'],
      [
        '',
        'Street pastors on Fridays',
        'Haverness Council',
        'Licensing manager',
        'spring 2027',
        'Green',
        '',
        'A safer seafront',
      ],
      ['', 'A play about county lines', 'The Players', '', 'spring 2027', 'Green', '', ''],
      ['A999', 'Bicycle marking', '', '', 'the 31st of June', 'Amber', 'Slow', ''],
      ['A123', 'A knife amnesty week', '', '', '', 'Complete', '', ''],
    ];
    const bytes = workbookOf(rows);
    const file = { field: 'file', name: 'plan.xlsx', type: 'application/vnd.ms-excel', bytes };
    const response = await town.ask(at('/plan/files/new'), {
      method: 'POST',
      cookie: coordinator,
      form: {},
      files: [file],
    });
    expect(response.status).toBe(303);
    const done = response.headers.get('location')!.replace('/haverness', '');
    const page = plain(await read(done, coordinator));
    expect(page).toContain('Added 1 Changed 0 As they were 0 Not read 3');
    const refused = await read(`${done}/refused.csv`, coordinator);
    expect(refused).toContain('“The Players” is not known');
    expect(refused).toContain('is no date');
    expect(refused).toContain('A123 is closed');
    const out = new TextEncoder().encode(await read('/plan/export.csv?state=open', coordinator));
    const back = await town.ask(at('/plan/files/new'), {
      method: 'POST',
      cookie: coordinator,
      form: {},
      files: [{ field: 'file', name: 'plan.csv', type: 'text/csv', bytes: out }],
    });
    const same = plain(await read(back.headers.get('location')!.replace('/haverness', ''), coordinator));
    expect(same).toMatch(/Added 0 Changed 0 As they were \d+ Not read 0/);
  });

  it('says in a sentence why a file is no plan', async () => {
    const files = [
      { field: 'file', name: 'x.csv', type: 'text/csv', bytes: new TextEncoder().encode('Colour\nRed\n') },
    ];
    const response = await town.ask(at('/plan/files/new'), { method: 'POST', cookie: coordinator, form: {}, files });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('The file has no column “Action”');
  });

  it('is not published while an action lacks an aim, and names it; then everybody sees it without its owners', async () => {
    const refused = await send('/plan/publish', {});
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('New radios for the town centre wardens');
    await taken(`/actions/${exampleActionId(125)}/change`, {
      title: 'New radios for the town centre wardens',
      aims: exampleActionId(23),
      leadId: council,
      owner: 'Head of Public Protection',
      due: 'September 2026',
      status: 'planned',
    });
    expect(await taken('/plan/publish', {})).toBe('/haverness/our-plan');
    const page = await read('/our-plan');
    expect(page).toContain('New radios for the town centre wardens');
    for (const secret of ['Head of Public Protection', 'Licensing manager', 'youth.services@', 'One worker has left'])
      expect(page).not.toContain(secret);
    const text = await read('/our-plan.json');
    expect(planDocument.safeParse(JSON.parse(text)).error).toBeUndefined();
    expect(text).not.toContain('Licensing manager');
  });
});

describe('a strategy', () => {
  const draft = `/strategies/${exampleStrategyIds['strategy-draft']!}`;

  it('answers a comment with a change of the text, and shows before and after', async () => {
    const comment = `${draft}/comments/${exampleStrategyIds['strategy-comment']!}`;
    await taken(comment, {
      reply: 'We have said it in plain words.',
      text: 'We make the places safe where young people meet.',
      hash: hashIn(await read(comment, coordinator)),
    });
    const page = plain(await read(draft, coordinator));
    expect(page).toContain('Contextual safeguarding is embedded across the system');
    expect(page).toContain('We make the places safe where young people meet.');
  });

  it('goes from comment to sign-off to published only as the Act asks, and stays as it was', async () => {
    const early = await send(`${draft}/step`, { step: 'close-text' });
    expect(early.status).toBe(422);
    expect(plain(await early.text())).toContain('One comment has no reply yet');
    await taken(`${draft}/comments/57000000-0000-4000-8000-000000000042`, { reply: 'Plain words come first now.' });
    const missing = await send(`${draft}/step`, { step: 'close-text' });
    expect(plain(await missing.text())).toMatch(/Consult .*HMP Sallow Moor/);
    const consulted = await read(`${draft}/consultees`, coordinator);
    const ids = [...consulted.matchAll(/name="on-([^"]+)"/g)].map(([, id]) => id!);
    expect(ids.length).toBeGreaterThan(2);
    await taken(`${draft}/consultees`, Object.fromEntries(ids.map((id) => [`on-${id}`, '14 May 2026'])));
    const page = await town.ask(at(`${draft}/exclusion`), { cookie: coordinator });
    const hash = hashIn(await page.text());
    const body = new URLSearchParams([
      ['grounds', 'safety'],
      ['grounds', 'prejudice'],
      ['grounds', 'security'],
      ['hash', hash],
    ]);
    const checked = await town.web.fetch(
      new Request(`http://concord.test${at(`${draft}/exclusion`)}`, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          cookie: coordinator,
          origin: 'http://concord.test',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: body.toString(),
      }),
    );
    expect(checked.status).toBe(303);
    await taken(`${draft}/step`, { step: 'close-text' });
    const unsigned = await send(`${draft}/step`, { step: 'publish' });
    expect(plain(await unsigned.text())).toContain('It waits for the sign-off of');
    for (;;) {
      const sign = await read(`${draft}/sign`, coordinator);
      const authority = /<select[^>]*id="authority"[\s\S]*?<option value="([0-9a-f-]{36})"/.exec(sign)?.[1];
      if (authority === undefined) break;
      await taken(`${draft}/sign`, {
        kind: 'approved',
        authority,
        body: 'Board',
        on: '31 May 2026',
        hash: hashIn(sign),
      });
    }
    await taken(`${draft}/step`, { step: 'publish' });
    expect(await read('/strategy')).toContain('A safer Haverness from 2028');
    const later = await send(`${draft}/change`, { title: 'Another title' });
    expect(later.status).toBe(409);
    await expect(
      town.asAdmin(`update strategy.strategy set title = 'Another' where id = $1`, [
        exampleStrategyIds['strategy-draft'],
      ]),
    ).rejects.toThrow(/stays as it is/);
  });

  it('stands beside the aims of its hub', async () => {
    const page = plain(await read('/aims', coordinator));
    for (const words of ['As the hub has it', 'Varied here', 'Added here', 'Not taken over'])
      expect(page).toContain(words);
  });
});

describe('the golden thread', () => {
  it('leads from an action to its aim, its money and its measure, and back', async () => {
    const json = JSON.parse(await read(`/thread/action/${action}.json`, coordinator)) as {
      before: { kind: string; id: string }[];
      after: { kind: string; id: string }[];
    };
    expect(json.before.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['aim', 'grant']));
    expect(json.after.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['measure', 'action']));
    for (const { kind, id } of [...json.before, ...json.after]) {
      const back = JSON.parse(await read(`/thread/${kind}/${id}.json`, coordinator)) as typeof json;
      expect([...back.before, ...back.after].map((knot) => knot.id)).toContain(action);
      await read(`/thread/${kind}/${id}`, coordinator);
    }
  });

  it('knows figures and releases, refuses what is no record, and lists loose ends', async () => {
    const [release] = await town.asAdmin<{ id: string }>('select id from evidence.release limit 1');
    await read(`/thread/release/${release!.id.replace('sha256:', '')}`, coordinator);
    await read(`/thread/definition/${town.world.idOf('definition')}`, coordinator);
    for (const path of ['/thread/action/none', '/thread/a%20b/c', `/thread/person/${action}`])
      expect((await town.ask(at(path), { cookie: coordinator })).status).toBe(404);
    const { orphans } = JSON.parse(await read('/orphans.json', coordinator)) as { orphans: { lacks: string }[] };
    expect(orphans.map(({ lacks }) => lacks)).toEqual(expect.arrayContaining(['a value', 'a measure']));
  });
});

describe('measures', () => {
  it('say that they cannot tell', async () => {
    expect(plain(await read(`/measures/${exampleStrategyIds['measure']!}`, coordinator))).toContain('cannot tell');
    expect(plain(await read('/measures', coordinator))).toContain('Getting better');
  });
  it('refuse a month that is none', async () => {
    const refused = await send(`/measures/${exampleStrategyIds['measure']!}/values`, { values: '2026-13 4' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('is no month with a number');
  });
});

describe('the theory of change', () => {
  it('lists what hangs on nothing, and no more once that is removed', async () => {
    const words = '“Posters in shops” hangs on nothing';
    expect(await read('/theory', coordinator)).toContain(words);
    const path = `/theory/steps/${exampleStrategyIds['theory-step']!}/remove`;
    const councillor = await town.sessionOf('councillor@haverness.example');
    expect((await send(path, {}, councillor)).status).toBe(403);
    await taken(path, {});
    expect(await read('/theory', coordinator)).not.toContain(words);
    expect((await send(path, {})).status).toBe(404);
  });
});

it('logged no fault', () => {
  expect(town.faults).toEqual([]);
});
