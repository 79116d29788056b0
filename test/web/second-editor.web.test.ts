import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleIds } from '../example-ids.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let cookie: string;
beforeAll(async () => {
  town = await testTown();
  cookie = await town.sessionOf('coordinator@haverness.example');
});
afterAll(() => town.close());

const risk = { title: 'A worker leaves', owner: 'Head of Youth Services', likelihood: '3', impact: '3' };
/** A form, what the first of two people sends, and what the second does: a field that differs. */
const forms: readonly [string, Readonly<Record<string, string>>, string, string][] = [
  [`aims/${exampleIds['aim']!}/change`, { axis: 'aim', title: 'Fewer are hurt', words: 'Theirs.' }, 'words', 'Mine.'],
  [`risks/${exampleIds['risk']!}/change`, risk, 'title', 'Two workers leave'],
  [
    `measures/${exampleIds['measure']!}/source`,
    { view: '', baselineFrom: '2023-04', baselineTo: '2024-03' },
    'baselineTo',
    '2024-02',
  ],
  [
    `readiness/dimensions/${exampleIds['readiness-dimension']!}/change`,
    { title: 'Who leads', levels: 'Nobody\nA group\nA board\nFollowed up' },
    'title',
    'Leadership, and who answers',
  ],
  [
    `readiness/dimensions/${exampleIds['readiness-dimension']!}/agree`,
    { level: '2', target: '3', note: 'Theirs.', actionId: '' },
    'note',
    'Mine.',
  ],
];

const at = (path: string): string => `/haverness/${path}`;
const send = (path: string, form: Readonly<Record<string, string>>) =>
  town.ask(at(path), { method: 'POST', cookie, form });
const versionIn = (html: string): string => /name="version" value="([^"]*)"/.exec(html)![1]!;

describe('of two who change the same', () => {
  it.each(forms)('the second is told, and what they wrote is not lost: %s', async (path, first, field, theirs) => {
    const version = versionIn(await (await town.ask(at(path), { cookie })).text());
    expect((await send(path, { ...first, version })).status).toBe(303);
    const late = await send(path, { ...first, [field]: theirs, version });
    expect(late.status).toBe(409);
    const page = await late.text();
    expect(page).toContain('Somebody else');
    expect(page).toContain(theirs);
    // An empty version is that of a record which nobody has changed: it is no way round.
    expect((await send(path, { ...first, [field]: theirs, version: '' })).status).toBe(409);
    expect((await send(path, { ...first, [field]: theirs, version: versionIn(page) })).status).toBe(303);
  });
});
