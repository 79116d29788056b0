import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleActionId } from '../../src/strategy/example-strategy.ts';
import { exampleApproachId, exampleWorkedIds } from '../../src/strategy/example-worked.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let coordinator: string;
let councillor: string;
beforeAll(async () => {
  town = await testTown();
  coordinator = await town.sessionOf('coordinator@haverness.example');
  councillor = await town.sessionOf('councillor@haverness.example');
});
afterAll(() => town.close());

const at = (path: string) => `/haverness${path}`;
const read = async (path: string, cookie = coordinator): Promise<string> => {
  const response = await town.ask(at(path), { cookie });
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  return response.text();
};
const send = (path: string, form: Readonly<Record<string, string>>, cookie = coordinator) =>
  town.ask(at(path), { method: 'POST', cookie, form });
const sendFile = (path: string, text: string) =>
  town.ask(at(path), {
    method: 'POST',
    cookie: coordinator,
    form: {},
    files: [{ field: 'file', name: 'rows.csv', type: 'text/csv', bytes: new TextEncoder().encode(text) }],
  });
const plain = (html: string): string =>
  html
    .replaceAll(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
const idOf = (kind: string): string => exampleWorkedIds[kind]!;
const cellsOf = (csv: string, title: string) =>
  csv
    .split('\r\n')
    .filter((line) => line.startsWith(title))
    .map((line) => line.split(','));

describe('an intervention', () => {
  const path = `/interventions/${idOf('intervention-with-small')}`;
  const title = 'A worker in the emergency department';

  it('shows its small counts to the restricted audience alone, on the page, in the file and in the history', async () => {
    expect(plain(await read(path))).toContain('October to December 2025 17 9 3 2');
    const seen = plain(await read(path, councillor));
    expect(seen).toMatch(/October to December 2025 17 9 hidden hidden/);
    // The sum is shown, because the quarter after is hidden too.
    expect(seen).toMatch(/January to March 2026 21 12 hidden hidden .* All quarters 38 21 14 8/);
    const [first] = cellsOf(await read('/interventions/export.csv', councillor), title);
    expect(first?.slice(2, 6)).toEqual(['17', '9', '[c]', '[c]']);
    expect(cellsOf(await read('/interventions/export.csv'), title)[0]?.slice(2, 6)).toEqual(['17', '9', '3', '2']);
  });

  it('keeps a quarter, puts it right without telling the numbers in the history, and refuses what cannot be', async () => {
    const own = `/interventions/${idOf('intervention')}`;
    const form = {
      quarter: '2026-01',
      referred: '19',
      started: '15',
      completed: '2',
      outcome: '1',
      spent: '£7,900.00',
    };
    expect((await send(`${own}/quarter`, form)).status).toBe(303);
    const seen = plain(await read(own, councillor));
    expect(seen).toMatch(/January to March 2026 \d+ \d+ hidden hidden/);
    const history = seen.slice(seen.indexOf('History'));
    expect(history).toContain('Quarter changed');
    expect(history).not.toMatch(/Completed|Outcome reached/);
    const restricted = plain(await read(own));
    expect(restricted.slice(restricted.indexOf('History'))).toContain('Completed: 14 → 2');
    for (const wrong of [
      { quarter: '2026-04' },
      { quarter: '2024-01' },
      { outcome: '3' },
      { completed: '-1' },
      { referred: '1e9' },
      { spent: 'lots' },
    ]) {
      const refused = await send(`${own}/quarter`, { ...form, ...wrong });
      expect({ wrong, status: refused.status }).toEqual({ wrong, status: 422 });
      expect(await refused.text()).toContain('There is a problem');
    }
    expect((await send(`${own}/quarter`, form, councillor)).status).toBe(403);
    expect((await town.ask(at(`${own}/quarter?quarter=2025-10`), { cookie: councillor })).status).toBe(403);
  });

  it('reads quarters from a file, gives back what cannot be read, and changes nothing the second time', async () => {
    const csv = [
      'Programme,Period,Referrals,Started,Completed,Outcomes,Who',
      'Talks about knives in schools,October to December 2025,60,50,40,30',
      'Talks about knives in schools,2026-01,[c],50,40,30',
      'Talks about knives in schools,2026-01,61,51,41,31',
      'Nobody knows it,2026-01,1,1,1,1,Kim Planted',
    ].join('\n');
    const sent = await sendFile('/interventions/files/new', csv);
    expect(sent.status).toBe(303);
    const page = sent.headers.get('location')!.replace('/haverness', '');
    expect(plain(await read(page))).toMatch(/Added 2 Changed 0 As they were 0 Not read 2/);
    const back = await read(`${page}/refused.csv`);
    expect(back).toContain('the number is hidden in this file');
    expect(back).toContain('is not known. Add it first');
    const [kept] = await town.asAdmin<{ refused: string }>(
      `select refused::text from strategy.rows_file where id = '${page.split('/').at(-1)!}'`,
    );
    expect(kept?.refused).toContain('Nobody knows it');
    expect(kept?.refused).not.toContain('Planted');
    const again = (await sendFile('/interventions/files/new', csv)).headers.get('location')!.replace('/haverness', '');
    expect(plain(await read(again))).toMatch(/Added 0 Changed 0 As they were 2 Not read 2/);
    // Two rows of one intervention, the first put right to a small count: decided together, and no sum gives it away.
    const right = csv.split('\n').with(1, 'Talks about knives in schools,2025-10,60,50,3,0');
    await sendFile(
      '/interventions/files/new',
      [...right, 'Talks about knives in schools,2026-01,61,51,43,31'].join('\n'),
    );
    const seen = cellsOf(await read('/interventions/export.csv', councillor), 'Talks about knives in schools');
    expect(seen.map((cells) => [cells[1], cells[4]])).toEqual([
      ['2025-10', '[c]'],
      ['2026-01', '43'],
    ]);
    const shown = plain(await read(`/interventions/${idOf('intervention-to-change')}`, councillor));
    expect(shown).toMatch(/All quarters 121 101 hidden/);
  });
});

describe('what works', () => {
  it('lets nobody choose what is rated harmful without a reason, which stays on record', async () => {
    const path = `/actions/${exampleActionId(101)}/approach`;
    const harmful = { approachId: idOf('approach-harmful') };
    const refused = await send(path, harmful);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('rated harmful');
    expect((await send(path, { ...harmful, override: '   ' })).status).toBe(422);
    expect((await send(path, { ...harmful, override: 'A judge ordered it.' })).status).toBe(303);
    expect(plain(await read(`/actions/${exampleActionId(101)}`, councillor))).toContain('A judge ordered it.');
    expect(plain(await read(`/what-works/${idOf('approach-harmful')}`, councillor))).toContain('A judge ordered it.');
    expect((await send(path, { approachId: exampleApproachId(99) })).status).toBe(422);
  });

  it('asks for a plan where the evidence is not enough', async () => {
    const chosen = await send(`/actions/${exampleActionId(103)}/approach`, { approachId: exampleApproachId(17) });
    expect(chosen.headers.get('location')).toBe(at(`/evaluations/new?action=${exampleActionId(103)}`));
    expect(plain(await read(`/actions/${exampleActionId(103)}`))).toContain('no evaluation is planned');
  });

  it('takes over once what the hub shares, as not verified, and shows its own to the hub', async () => {
    const form = { partnership: exampleApproachId(0), id: idOf('approach-shared') };
    expect(plain(await read('/what-works'))).toContain('Taxi marshals on Saturday nights');
    const taken = await send('/what-works/take', form);
    expect(taken.status).toBe(303);
    expect(plain(await read(taken.headers.get('location')!.replace('/haverness', '')))).toContain('Not verified');
    expect((await send('/what-works/take', form)).status).toBe(409);
    const neighbour = await town.sessionOf('analyst@castlemere.example');
    const theirs = await town.ask('/castlemere/what-works', { cookie: neighbour });
    expect(plain(await theirs.text())).toContain('Mentors who grew up on the estate');
  });

  it('goes out as a file and comes in again unchanged, and gives back rows with reasons', async () => {
    const csv = await read('/what-works/export.csv');
    const same = (await sendFile('/what-works/files/new', csv)).headers.get('location')!.replace('/haverness', '');
    expect(plain(await read(same))).toMatch(/Added 0 Changed 0 As they were \d+ Not read 0/);
    const rows = 'Name,Effect,Source\nStreet pastors,low,A report\nNight buses,splendid,A report\nMentoring,high,\n';
    const some = (await sendFile('/what-works/files/new', rows)).headers.get('location')!.replace('/haverness', '');
    const page = plain(await read(some));
    expect(page).toMatch(/Added 1 Changed 1 As they were 0 Not read 1/);
    expect(page).toContain('Impact: “splendid” is none');
  });
});

describe('an evaluation', () => {
  it('says that it cannot tell, with the level of its design', async () => {
    const page = plain(await read(`/evaluations/${idOf('evaluation')}`));
    expect(page).toContain('Cannot tell');
    const seen = plain(await read(`/evaluations/${idOf('evaluation')}`, councillor));
    expect(seen).not.toContain('As the numbers stand');
    expect(seen).not.toContain('Cannot tell');
    expect(page).toContain('We cannot tell. Against what the months before foretold');
    expect(page).toContain('Maryland scale level 2 of 5');
    expect(page).toContain('What may look like an effect and is none');
    expect((await town.ask(at(`/evaluations/${idOf('evaluation')}/counts`), { cookie: councillor })).status).toBe(403);
  });

  it('is not agreed without a whole plan, nor changed after, and reported once with what was learned', async () => {
    const draft = `/evaluations/${idOf('evaluation-draft')}`;
    const refused = await send(`${draft}/steps`, { step: 'agree' });
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('It lacks');
    const planned = `/evaluations/${idOf('evaluation-planned')}`;
    expect(
      (await send(`${planned}/change`, { title: 'Other?', design: 'before-and-after', outcome: 'x', better: 'lower' }))
        .status,
    ).toBe(409);
    const report = `/evaluations/${idOf('evaluation-to-report')}/report`;
    const form = {
      decision: 'The executive goes on for a year.',
      lessonTitle: 'Count two towns',
      lesson: 'One town is too few.',
    };
    expect((await send(report, { ...form, decision: '' })).status).toBe(422);
    const own = `/evaluations/${idOf('evaluation-to-report')}`;
    expect(plain(await read(own, councillor))).not.toContain('The answer');
    expect((await send(report, form)).status).toBe(303);
    expect(plain(await read(own, councillor))).toContain('The answer');
    expect((await send(report, form)).status).toBe(409);
    expect((await send(`/evaluations/${idOf('evaluation-to-report')}/counts`, { treated: '2026-04 A 9' })).status).toBe(
      409,
    );
    expect(plain(await read('/lessons?words=two+towns', councillor))).toContain('One town is too few.');
    expect(plain(await read('/lessons?words=nobody+wrote+this', councillor))).toContain('Nothing found');
  });

  it('takes counts, and gives back what is none with the line', async () => {
    const counts = `/evaluations/${idOf('evaluation')}/counts`;
    const wrong = await send(counts, { treated: '2026-04 Sallow 17\nApril Sallow 3' });
    expect(wrong.status).toBe(422);
    expect(plain(await wrong.text())).toContain('Line 2');
    expect((await send(counts, { treated: '2026-04 Sallow 17', comparison: '2026-04 sallow 3' })).status).toBe(422);
    expect((await send(counts, { treated: '2030-04 Sallow 17' })).status).toBe(422);
    expect((await send(counts, { useMeasure: 'yes' })).status).toBe(303);
  });
});

describe('of two who change the same', () => {
  const versionIn = (html: string): string => /name="version" value="([^"]*)"/.exec(html)?.[1] ?? 'none there';
  const both = async (
    path: string,
    form: Readonly<Record<string, string>>,
    wrong: Readonly<Record<string, string>>,
  ) => {
    const version = versionIn(await read(path));
    expect(version).not.toBe('none there');
    const mistyped = await send(path.split('?')[0]!, { ...form, ...wrong, version });
    expect({ path, status: mistyped.status }).toEqual({ path, status: 422 });
    // The page that comes back after a mistake is as old as the one before it.
    const old = versionIn(await mistyped.text());
    expect(old).toBe(version);
    expect((await send(path.split('?')[0]!, { ...form, version })).status).toBe(303);
    const second = await send(path.split('?')[0]!, { ...form, version: old });
    expect({ path, status: second.status }).toEqual({ path, status: 409 });
    const page = await second.text();
    expect(page).toContain('Somebody else has');
    expect((await send(path.split('?')[0]!, { ...form, version: 'x' })).status).toBe(409);
    return page;
  };

  it('the second is told, also after a mistake: interventions, quarters, approaches and plans of evaluations', async () => {
    const intervention = `/interventions/${idOf('intervention-to-change')}`;
    const words = { title: 'Talks in schools', forWhom: 'Pupils', how: 'run', state: 'running', outcome: 'Stays' };
    expect(await both(`${intervention}/change`, words, { cost: 'lots' })).toContain('Talks in schools');
    expect((await send(`${intervention}/change`, { ...words, version: '' })).status).toBe(409);
    const quarter = { quarter: '2026-01', referred: '62', started: '52', completed: '42', outcome: '32' };
    expect(await both(`${intervention}/quarter?quarter=2026-01`, quarter, { referred: 'x' })).toContain('value="62"');
    const approach = { kind: 'case-study', title: 'Boxing at the pier', impact: 'moderate', source: 'A report' };
    await both(`/what-works/${idOf('approach-to-change')}/change`, approach, { title: '' });
    const plan = { title: 'Is it so?', design: 'before-and-after', outcome: 'assaults', better: 'lower' };
    await both(`/evaluations/${idOf('evaluation-draft')}/change`, plan, { begins: 'soon' });
  });
});

it('stands on the thread: approach and grant before an intervention, its evaluation after it', async () => {
  const names = async (kind: string, id: string) => {
    const { before, after } = JSON.parse(await read(`/thread/${kind}/${id}.json`, councillor)) as {
      readonly before: readonly { readonly title: string }[];
      readonly after: readonly { readonly title: string }[];
    };
    return { before: before.map(({ title }) => title), after: after.map(({ title }) => title) };
  };
  const intervention = await names('intervention', idOf('intervention'));
  expect(intervention.before).toEqual(
    expect.arrayContaining(['Serious Violence Duty grant 2025/26, extended', 'Mentoring']),
  );
  expect(intervention.before.some((title) => title.startsWith('A109'))).toBe(true);
  expect(intervention.after).toEqual(['Do mentors keep children at school?']);
  expect((await names('action', exampleActionId(109))).after).toContain('Mentors on the Sallow estate');
  expect((await names('evaluation', idOf('evaluation'))).before).toContain('Are fewer people under 18 robbed?');
  expect((await names('approach', exampleApproachId(8))).after).toContain('Mentors on the Sallow estate');
});
