import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exampleIntake } from '../../src/partnership/example-organisations.ts';
import { testTown, type TestTown } from '../records/installation.ts';

let town: TestTown;
let cookie: string;
beforeAll(async () => {
  town = await testTown();
});
beforeEach(async () => {
  cookie = await town.sessionOf('coordinator@haverness.example');
});
afterAll(() => town.close());

const files = '/haverness/partnership/files';
const text = async (response: Response) => {
  const body = await response.text();
  return body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
};

/** Sends a file as a browser does. Gives the answer, and the address of what was kept. */
async function send(name: string, bytes: Uint8Array<ArrayBuffer> | string, kind = 'organisations') {
  const response = await town.ask(`${files}/new`, {
    method: 'POST',
    cookie,
    form: { kind },
    files: [
      {
        field: 'file',
        name,
        type: 'text/csv',
        bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes,
      },
    ],
  });
  return { response, at: response.headers.get('location') ?? '' };
}
const see = async (at: string) => text(await town.ask(at, { cookie }));
const take = (at: string) => town.ask(`${at}/take`, { method: 'POST', cookie, form: {} });
const named = (name: string) =>
  town.asAdmin<{ id: string; capacity: string; since: { text: string } | null }>(
    `select o.id, m.capacity, m.since from partnership.organisation o left join partnership.membership m on m.organisation_id = o.id where o.name = $1 order by m.since->>'earliest'`,
    [name],
  );

describe('a file of members', () => {
  it('shows what it would change before anything is saved, then does it, and gives back the rest', async () => {
    const { at } = await send(
      'members.csv',
      [
        'Name;Kind;Since;Area;Other names',
        'Haver Vale Fire;Fire and rescue authority;1 April 2020;;HVF; ',
        'Haverness Council;;;;',
        'Merrow Sailing Club;business;late 2023;E06000990;',
        'Merrow Sailing Club;business;2024;;',
        'Nowhere;wizard;;;',
        'Lost;;30/02/2024;;',
        ';prison;;;',
      ].join('\r\n'),
    );
    const before = await see(at);
    expect(before).toContain('New 2');
    expect(before).toContain('As it is already 1');
    expect(before).toContain('Cannot be read 4');
    expect(before).toContain('“wizard” is not in the list');
    expect(before).toContain('Organisation: enter its name');
    expect(await named('Haver Vale Fire')).toEqual([]);

    expect((await take(at)).headers.get('location')).toBe(at);
    expect(await see(at)).toContain('The file was read in');
    expect(await named('Haver Vale Fire')).toMatchObject([
      { capacity: 'fire-and-rescue-authority', since: { text: '1 April 2020' } },
    ]);
    const refused = await (await town.ask(`${at}/refused.csv`, { cookie })).text();
    expect(refused.split('\r\n').length).toBe(1 + 4 + 1);
    expect(refused).toContain('Nowhere');
    // The file that came back can be put right and sent again.
    const again = await send('again.csv', refused.replace('wizard', 'Prison').replace('30/02/2024', '28/02/2024'));
    expect(await see(again.at)).toContain('Cannot be read');
    const published = await town.asAdmin(`select name from published.member where name = 'Haver Vale Fire'`);
    expect(published).toHaveLength(1);
  });

  it('changes nothing when the same file comes again, and goes out as it came in', async () => {
    const exported = await (await town.ask('/haverness/organisations/export.csv?state=all', { cookie })).text();
    const { at } = await send('export.csv', exported);
    const seen = await see(at);
    expect(seen).toContain('New 0');
    expect(seen).toContain('Changed 0');
    expect(seen).toContain('Cannot be read 0');
    expect(seen).toContain('nothing in this file that would change');
  });

  it('is read in once, however often somebody presses', async () => {
    const { at } = await send('twice.csv', 'Organisation\nHaver Moor Rugby Club\n');
    const statuses = (await Promise.all([take(at), take(at), take(at)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([303, 409, 409]);
    expect(await named('Haver Moor Rugby Club')).toHaveLength(1);
  });

  it('hears what changed between the look and the word to go on', async () => {
    const { at } = await send('slow.csv', 'Organisation\nSallow Allotments\n');
    await town.ask('/haverness/organisations/new', {
      method: 'POST',
      cookie,
      form: { name: 'Sallow Allotments', capacity: 'voluntary-organisation' },
    });
    expect((await take(at)).status).toBe(303);
    expect(await named('Sallow Allotments')).toHaveLength(1);
    expect(await see(at)).toContain('As it is already 1');
  });

  it('of 10,000 rows, a tenth of them wrong, is read in without the wrong ones, and every row is counted', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) =>
      at % 10 === 3
        ? `Club ${at},,the 40th of May`
        : `Club ${at},Voluntary or community organisation,${1990 + (at % 30)}`,
    );
    const { at } = await send('large.csv', `Organisation,Member as,From\n${rows.join('\n')}\n`);
    const seen = await see(at);
    expect(seen).toContain('New 9,000');
    expect(seen).toContain('Cannot be read 1,000');
    expect((await take(at)).status).toBe(303);
    const [{ count }] = (await town.asAdmin<{ count: number }>(
      `select count(*)::int as count from partnership.organisation where name like 'Club %'`,
    )) as [{ count: number }];
    expect(count).toBe(9_000);
    const [{ kept }] = (await town.asAdmin<{ kept: number }>(
      `select count(*)::int as kept from partnership.change where after->>'name' like 'Club %'`,
    )) as [{ kept: number }];
    expect(kept).toBe(9_000);
    expect((await (await town.ask(`${at}/refused.csv`, { cookie })).text()).split('\r\n')).toHaveLength(1_002);
  });

  it.each([
    ['an empty file', 'Choose a file that is not empty', ''],
    ['a spreadsheet', 'save it as CSV', 'PK\u0003\u0004rest'],
    ['an error page', 'web page saved under another name', '<!DOCTYPE html><html><body>Gateway timeout</body></html>'],
    ['no column of names', 'no column “Organisation”', 'Foo,Bar\n1,2\n'],
    ['a column twice', 'column “Organisation” twice', 'Organisation,Name\na,b\n'],
    ['a header alone', 'nothing below it', 'Organisation\n'],
    ['no text', 'not a text file', 'Organisation\n\u0000\n'],
  ])('that is %s is refused with a sentence, and nothing is kept', async (_, sentence, content) => {
    const before = await town.asAdmin('select count(*) from partnership.intake');
    const { response } = await send('strange.csv', content);
    expect(response.status).toBe(422);
    expect(await text(response)).toContain(sentence);
    expect(await town.asAdmin('select count(*) from partnership.intake')).toEqual(before);
  });

  it('keeps hostile cells as text: on the page, in the register, and harmless in the file that goes out', async () => {
    const { at } = await send(
      'hostile.csv',
      'Organisation,Website\n"<script>alert(1)</script>",javascript:alert(1)\n"=HYPERLINK(""http://evil.example"")",\n"\u202Egnp.exe",\n',
    );
    const page = await (await town.ask(at, { cookie })).text();
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('Website: enter an address that begins with');
    await take(at);
    const exported = await (await town.ask('/haverness/organisations/export.csv?words=hyperlink', { cookie })).text();
    expect(exported).toContain(`'=HYPERLINK`);
  });

  it('of areas knows each by its code and year, and a county before its districts', async () => {
    const { at } = await send(
      'areas.csv',
      'Name,Area code,Within,Year\nMerrowshire,E10000991,,2023\nLower Merrow,E07000995,Merrowshire,2023\nHaverness,E06000990,,2023\nNowhere,E07000996,Atlantis,\nStreet,X1,,\n',
      'areas',
    );
    const seen = await see(at);
    expect(seen).toContain('New 2');
    expect(seen).toContain('As it is already 1');
    expect(seen).toContain('Within: “Atlantis” is not one of the areas');
    expect((await take(at)).status).toBe(303);
    const [row] = await town.asAdmin<{ outer: string }>(
      `select o.name as outer from partnership.area a join partnership.area o on o.id = a.within_id where a.code = 'E07000995'`,
    );
    expect(row?.outer).toBe('Merrowshire');
    const exported = await (await town.ask('/haverness/areas/export.csv', { cookie })).text();
    const again = await send('again.csv', exported, 'areas');
    expect(await see(again.at)).toContain('nothing in this file that would change');
  });

  it.each([
    ['people', '/haverness/people/export.csv?state=all'],
    ['bodies', '/haverness/bodies/export.csv?state=all'],
    ['seats', '/haverness/bodies/seats.csv'],
  ])('of %s goes out as it comes in', async (kind, path) => {
    const exported = await town.ask(path, { cookie });
    expect(exported.status).toBe(200);
    const { at } = await send('export.csv', await exported.text(), kind);
    const seen = await see(at);
    expect(seen).toContain('New 0');
    expect(seen).toContain('Changed 0');
    expect(seen).not.toContain('As it is already 0');
  });

  it('of boards may name in any order who reports to whom, and seats follow in a file of their own', async () => {
    const boards = await send(
      'boards.csv',
      'Board,Kind,Meets,Reports to,Run by\nTasking of Sallow,group,monthly,Board of Sallow,MFRS\nBoard of Sallow,board,quarterly,,\nRound One,group,monthly,Round Two,\nRound Two,group,monthly,Round One,\n',
      'bodies',
    );
    const seen = await see(boards.at);
    expect(seen).toContain('New 2');
    expect(seen).toContain('Cannot be read 2');
    expect((await take(boards.at)).status).toBe(303);
    const [row] = await town.asAdmin<{ above: string; host: string }>(
      `select above.name as above, host.name as host from partnership.body b join partnership.body above on above.id = b.reports_to_id
         join partnership.organisation host on host.id = b.host_id where b.name = 'Tasking of Sallow'`,
    );
    expect(row).toEqual({ above: 'Board of Sallow', host: 'Merrowshire Fire and Rescue Service' });
    const seats = await send(
      'seats.csv',
      'Board,Organisation,Person,Seat,From\nBoard of Sallow,MFRS,,member,2024\nBoard of Sallow,MFRS,,member,2024\nBoard of Sallow,,Nobody Known,chair,\n',
      'seats',
    );
    const sat = await see(seats.at);
    expect(sat).toContain('New 1');
    expect(sat).toContain('As it is already 1');
    expect(sat).toContain('Nobody is called Nobody Known');
    expect((await take(seats.at)).status).toBe(303);
    expect(await see('/haverness/bodies?words=sallow')).toContain('Tasking of Sallow');
  });

  it('of another partnership is not there', async () => {
    const neighbour = await town.sessionOf('hub@haverness.example');
    const response = await town.ask(`/merrowshire/partnership/files/${exampleIntake.id}`, { cookie: neighbour });
    expect(response.status).toBe(404);
  });
});

it('found no fault on the way', () => {
  expect(town.faults).toEqual([]);
});
