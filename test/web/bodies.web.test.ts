import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleBodies, exampleBodyIds } from '../../src/partnership/example-bodies.ts';
import { rowsAtOnce } from '../../src/partnership/body.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let coordinator: string;
beforeAll(async () => {
  town = await testTown();
  coordinator = await town.sessionOf('coordinator@haverness.example');
});
afterAll(() => town.close());

const at = (path: string) => `/haverness/${path}`;
const read = async (path: string, cookie = coordinator): Promise<string> => {
  const response = await town.ask(at(path), { cookie });
  expect(response.status).toBe(200);
  return response.text();
};
/** Sends a form; a field may be sent several times. */
const send = (path: string, form: Readonly<Record<string, string>>, cookie = coordinator) =>
  town.ask(at(path), { method: 'POST', cookie, form });
const sendLines = (path: string, lines: readonly (readonly [string, string])[]) =>
  town.web.fetch(
    new Request(`http://concord.test${at(path)}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        cookie: coordinator,
        origin: 'http://concord.test',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(lines.map(([name, value]) => [name, value])).toString(),
    }),
  );

const plain = { kind: 'group', belongs: 'own', frequency: 'monthly' };
async function newBody(name: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const response = await send('bodies/new', { ...plain, name, ...more });
  expect(response.status).toBe(303);
  return response.headers.get('location')!.split('/').at(-1)!;
}
const organisationNamed = async (name: string): Promise<string> =>
  (await town.asAdmin<{ id: string }>('select id from partnership.organisation where name = $1', [name]))[0]!.id;
const seatsOf = (body: string) =>
  town.asAdmin<{ role: string; organisation: string | null; since: string | null; until: string | null }>(
    `select s.role, o.name as organisation, s.since->>'text' as since, s.until->>'text' as until
     from partnership.seat s left join partnership.organisation o on o.id = s.organisation_id
     where s.body_id = $1 order by s.since->>'earliest', s.id`,
    [body],
  );
const [executive] = exampleBodies;

describe('the list', () => {
  it('shows the tree, the linked boards apart, and what needs somebody', async () => {
    const page = await read('bodies');
    const order = [
      'Safer Haverness Executive',
      'Tasking and Co-ordination Group',
      'Burglary Group',
      'Communities Scrutiny',
    ];
    const places = order.map((name) => page.indexOf(`>${name}`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places.toSorted((a, b) => a - b)).toEqual(places);
    expect(page).toContain('No chair');
    expect(page).toContain('Terms due');
    expect(page).not.toContain('Gold Group for the Seafront');
  });

  it('filters, sorts and writes out what is shown', async () => {
    expect(await read('bodies?state=ended')).toContain('Gold Group for the Seafront');
    expect(await read('bodies?words=secure+homes')).toContain('Burglary Group');
    const linked = await read('bodies?belongs=linked&view=table&sort=members&order=descending');
    expect(linked).toContain('Communities Scrutiny Committee');
    expect(linked).not.toContain('>Burglary Group');
    const file = await read('bodies/export.csv?belongs=linked');
    expect(file.split('\r\n')[0]).toBe(
      'Name,Kind,Own,Meets,Reports to,Run by,Purpose,Shown to the public,From,Until,Chair,Members,Terms reviewed by',
    );
    expect(file.trim().split('\r\n')).toHaveLength(3);
    expect(await read('bodies/seats.csv')).toContain('Safer Haverness Executive,Haverness Council,,Member,1998,');
  });

  it('shows hostile names as text, and writes no formula', async () => {
    const name = '=cmd|x <script>alert(1)</script> \u202E👮';
    await newBody(name);
    const page = await read('bodies?words=%3Dcmd');
    expect(page).not.toContain('<script>alert(1)');
    expect(page).toContain('&lt;script>alert(1)');
    expect(await read('bodies/export.csv?words=%3Dcmd')).toContain("'=cmd");
  });
});

describe('a board as at a day', () => {
  it('has the name, the chair and the members of that day', async () => {
    const then = await read(`bodies/${executive.id}?on=14+July+2021`);
    expect(then).toContain('Haverness Responsible Authorities Group');
    expect(then).toContain('now called Safer Haverness Executive');
    expect(then).toContain('Haverness Clinical Commissioning Group');
    expect(then).not.toContain('Change or end');
    const today = await read(`bodies/${executive.id}`);
    expect(today).toContain('Chairs before');
    expect(today).toContain('Change or end');
  });

  it('says what is wrong with a day that it cannot read', async () => {
    expect(await read(`bodies/${executive.id}?on=soon`)).toContain('Enter a date, such as 15 March 2024');
  });

  it('follows a decision to the body and its chair of that day', async () => {
    const page = await read(`decisions/${exampleBodyIds['decision']}`);
    expect(page).toContain('Communities Scrutiny Committee');
    expect(page).toContain('9 July 2025');
    expect(page).toContain(`decision/${exampleBodyIds['decision']}`);
    const list = await read(`bodies/${exampleBodyIds['scrutiny']}/decisions?words=grant`);
    expect(list).toContain('project by project');
    expect(list).not.toContain('late at night');
    const file = await read(`bodies/${exampleBodyIds['scrutiny']}/decisions/export.csv`);
    expect(file.trim().split('\r\n')).toHaveLength(6);
  });
});

describe('what reports to what', () => {
  it('is refused where it would make a circle, with the sentence that names it', async () => {
    const top = await newBody('Circle top');
    const below = await newBody('Circle below', { reportsTo: top });
    const response = await send(`bodies/${top}/change`, { ...plain, name: 'Circle top', reportsTo: below });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain(
      'Circle top cannot report to Circle below, because Circle below reports to Circle top',
    );
  });

  it('is no circle when two make each half of it at the same moment', async () => {
    for (let pair = 1; pair <= 5; pair += 1) {
      const [one, other] = [await newBody(`Half one ${pair}`), await newBody(`Half other ${pair}`)];
      const both = await Promise.all([
        send(`bodies/${one}/change`, { ...plain, name: `Half one ${pair}`, reportsTo: other }),
        send(`bodies/${other}/change`, { ...plain, name: `Half other ${pair}`, reportsTo: one }),
      ]);
      expect(both.map(({ status }) => status).toSorted()).toEqual([303, 422]);
    }
  });

  it('moves on when a body ends, with the seats', async () => {
    const top = await newBody('Ending top');
    const middle = await newBody('Ending middle', { reportsTo: top });
    const below = await newBody('Ending below', { reportsTo: middle });
    await send(`bodies/${middle}/seats/new`, {
      organisation: await organisationNamed('Haverness Council'),
      role: 'member',
    });
    expect(await read(`bodies/${middle}/end`)).toContain('Ending below');
    expect((await send(`bodies/${middle}/end`, { until: '31 May 2026', instead: below })).status).toBe(422);
    expect((await send(`bodies/${middle}/end`, { until: '31 May 2026', instead: top })).status).toBe(303);
    expect((await send(`bodies/${middle}/end`, { until: '31 May 2026' })).status).toBe(409);
    const [row] = await town.asAdmin('select reports_to_id from partnership.body where id = $1', [below]);
    expect(row).toEqual({ reports_to_id: top });
    expect((await seatsOf(middle))[0]?.until).toBe('31 May 2026');
    const [gone] = await town.asAdmin('select count(*)::int as n from published.body where body_id = $1', [middle]);
    expect(gone).toEqual({ n: 0 });
  });
});

describe('a change', () => {
  it('keeps the old name until a day', async () => {
    const id = await newBody('Old words');
    const form = { ...plain, name: 'New words', why: 'renamed' };
    expect(await (await send(`bodies/${id}/change`, form)).text()).toContain('Enter the last day of the old name');
    expect((await send(`bodies/${id}/change`, { ...form, renamedOn: '31 March 2026' })).status).toBe(303);
    expect(await read(`bodies/${id}?on=2026-03-01`)).toContain('<h1 class="govuk-heading-l">Old words');
    expect(await read(`bodies/${id}`)).toContain('<h1 class="govuk-heading-l">New words');
  });

  it('does not overwrite another’s: both are shown and nothing typed is lost', async () => {
    const id = await newBody('Two pens');
    const version = /name="version" value="([^"]+)"/.exec(await read(`bodies/${id}/change`))![1]!;
    expect(
      (await send(`bodies/${id}/change`, { ...plain, name: 'Two pens', purpose: 'Theirs.', version })).status,
    ).toBe(303);
    const late = await send(`bodies/${id}/change`, { ...plain, name: 'Two pens', purpose: 'Mine.', version });
    const page = await late.text();
    expect(late.status).toBe(409);
    expect(page).toContain('Theirs.');
    expect(page).toContain('Mine.');
    expect(await read(`bodies/${id}`)).toContain('Theirs.');
  });

  it('of the name to another’s is refused', async () => {
    const id = await newBody('Name of mine');
    const response = await send(`bodies/${id}/change`, { ...plain, name: 'burglary group' });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('is the name of another board or group');
  });
});

describe('seats', () => {
  it('go to nine organisations on one page, and once', async () => {
    const id = await newBody('Nine members');
    const members = await town.asAdmin<{ id: string }>(
      "select id from partnership.organisation where ended is null and name <> 'Haverness Traders’ Association' order by name limit 9",
    );
    const lines = [...members.map((each) => ['organisations', each.id] as const), ['since', 'May 2026'] as const];
    expect((await sendLines(`bodies/${id}/seats/several`, lines)).status).toBe(303);
    expect((await sendLines(`bodies/${id}/seats/several`, lines)).status).toBe(303);
    expect(await seatsOf(id)).toHaveLength(9);
    const none = await sendLines(`bodies/${id}/seats/several`, [['since', '']]);
    expect(none.status).toBe(422);
    expect(await none.text()).toContain('Choose at least one organisation');
  });

  it('of the same organisation at the same time are refused', async () => {
    const id = await newBody('Overlapping seats');
    const organisation = await organisationNamed('Haverness Council');
    const form = { organisation, role: 'member', since: '2024' };
    expect((await send(`bodies/${id}/seats/new`, form)).status).toBe(303);
    const again = await send(`bodies/${id}/seats/new`, { ...form, since: '2025' });
    expect(again.status).toBe(422);
    expect(await again.text()).toContain('Haverness Council has a seat as member already, since 2024');
  });

  it('have one chair, whoever was faster', async () => {
    const id = await newBody('Two chairs');
    const [council, police] = [
      await organisationNamed('Haverness Council'),
      await organisationNamed('Merrowshire Constabulary'),
    ];
    const both = await Promise.all(
      [council, police].map((organisation) => send(`bodies/${id}/chair`, { organisation, since: '1 April 2026' })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 422]);
    const chairs = (await seatsOf(id)).filter(({ role }) => role === 'chair');
    expect(chairs).toHaveLength(1);
  });

  it('pass from one chair to the next in one step', async () => {
    const id = await newBody('Chairs in turn');
    const [council, police] = [
      await organisationNamed('Haverness Council'),
      await organisationNamed('Merrowshire Constabulary'),
    ];
    await send(`bodies/${id}/chair`, { organisation: council, since: '1 April 2024' });
    expect(await read(`bodies/${id}/chair`)).toContain('Now: Haverness Council');
    expect((await send(`bodies/${id}/chair`, { organisation: police, since: '1 April 2026' })).status).toBe(303);
    expect((await seatsOf(id)).map(({ organisation, until }) => [organisation, until])).toEqual([
      ['Haverness Council', '31 March 2026'],
      ['Merrowshire Constabulary', null],
    ]);
    expect(await read(`bodies/${id}?on=2026-03-31`)).toContain('Haverness Council');
    const [shown] = await town.asAdmin('select chair from published.body where body_id = $1', [id]);
    expect(shown).toEqual({ chair: 'Merrowshire Constabulary' });
  });
});

describe('several at once', () => {
  it('reads an executive, what reports to it and scrutiny from one form', async () => {
    const names = ['Set-up executive', 'Set-up tasking', 'Set-up burglary', 'Set-up scrutiny'];
    const lines = Array.from({ length: rowsAtOnce }, (_, line) => [
      ['name', names[line] ?? ''] as const,
      ['kind', line === 3 ? 'committee' : 'group'] as const,
      ['belongs', line === 3 ? 'linked' : 'own'] as const,
      ['frequency', 'monthly'] as const,
      ['reportsTo', line === 1 ? 'row-1' : line === 2 ? 'row-2' : ''] as const,
    ]).flat();
    expect((await sendLines('bodies/several', lines)).status).toBe(303);
    const rows = await town.asAdmin(
      `select b.name, up.name as above, b.is_own from partnership.body b left join partnership.body up on up.id = b.reports_to_id
       where b.name like 'Set-up %' order by b.name`,
    );
    expect(rows).toEqual([
      { name: 'Set-up burglary', above: 'Set-up tasking', is_own: true },
      { name: 'Set-up executive', above: null, is_own: true },
      { name: 'Set-up scrutiny', above: null, is_own: false },
      { name: 'Set-up tasking', above: 'Set-up executive', is_own: true },
    ]);
    const again = await sendLines('bodies/several', lines);
    expect(again.status).toBe(422);
    expect(await again.text()).toContain('Line 1: Set-up executive is there already');
  });
});

it('somebody with lived experience stands everywhere by the label alone', async () => {
  const id = await newBody('Listening group');
  const partnership = town.partnerships.get('haverness');
  // The history that the triggers keep is bound to a partnership, for the superuser too.
  await town.asAdmin("select set_config('concord.partnership', $1, false)", [partnership]);
  const [person] = await town.asAdmin<{ id: string }>(
    `insert into partnership.person (partnership_id, name, has_lived_experience) values ($1, 'Member with lived experience 9', true)
     returning id`,
    [partnership],
  );
  await town.asAdmin(
    "insert into partnership.protected_name (partnership_id, person_id, name) values ($1, $2, 'Wilhelmina Example')",
    [partnership, person!.id],
  );
  const council = await organisationNamed('Haverness Council');
  await town.asAdmin(
    `insert into partnership.post (partnership_id, person_id, organisation_id, title) values ($1, $2, $3, 'Telling title')`,
    [partnership, person!.id, council],
  );
  expect((await send(`bodies/${id}/chair`, { person: person!.id, since: '1 May 2026' })).status).toBe(303);
  const pages = [
    `bodies/${id}`,
    `bodies/${id}/chair`,
    'bodies?words=listening',
    'bodies?words=listening&view=table',
    'bodies/export.csv',
    'bodies/seats.csv',
  ];
  for (const path of pages) {
    const page = await read(path);
    expect(page).toContain('Member with lived experience 9');
    expect(page).not.toContain('Wilhelmina');
    expect(page).not.toContain('Telling title');
    expect(page).not.toContain(`/people/${person!.id}`);
  }
  const [shown] = await town.asAdmin('select chair from published.body where body_id = $1', [id]);
  expect(shown).toEqual({ chair: null });
});

it('the public sees the post or the organisation of a chair, and no hidden body', async () => {
  const rows = await town.asAdmin<{ name: string; chair: string | null }>(
    'select name, chair from published.body where partnership_id = $1',
    [town.partnerships.get('haverness')],
  );
  expect(rows.map(({ name }) => name)).toContain('Safer Haverness Executive');
  expect(rows.map(({ name }) => name)).not.toContain('Daily Exploitation and Missing Meeting');
  const people = await town.asAdmin<{ name: string }>('select name from partnership.person');
  for (const { chair } of rows) for (const { name } of people) expect(chair ?? '').not.toContain(name);
});

it('found no fault on the way', () => {
  expect(town.faults).toEqual([]);
});
