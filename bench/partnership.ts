import { sql, type Kysely } from 'kysely';
import { readConfig } from '../src/platform/config.ts';
import { openInstallation } from '../src/platform/installation.ts';
import { openLog } from '../src/platform/log.ts';
import { inFreshFolder, startProduct } from './instruments/programs.ts';
import { rowOf, type Bench, type Row } from './instruments/row.ts';
import { percentile } from './instruments/summary.ts';
import { signInAs } from './instruments/visit.ts';

/** Sizes that the register is promised for. */
const size = { organisations: 500, people: 5_000, areas: 20, bodies: 60 };
const large = 'castlemere';
const small = 'haverness';
const limitMilliseconds = 100;
const asked = 400;
const atOnce = 4;
const rounds = 3;

/** Each list as people ask for it: as it opens, another page, another order, a search, everything. */
const lists: Readonly<Record<string, readonly string[]>> = {
  organisations: [
    '',
    '?page=3',
    '?sort=since&order=descending&state=all',
    '?words=street&state=all',
    '?standing=invited',
  ],
  people: ['', '?page=40', '?words=ash', '?sort=organisation'],
  bodies: ['', '?words=group'],
  areas: [''],
  partnership: [''],
};

export const bench: Bench = {
  promise: `With ${size.organisations} organisations, ${size.people} people and ${size.areas} areas every list page of the register answers within ${limitMilliseconds} ms for 95 of 100.`,
  run: (progress) =>
    inFreshFolder(async (data) => {
      const product = await startProduct(data);
      try {
        const installation = await openInstallation(readConfig({ data }), openLog('quiet'), {
          connections: 2,
          statementMilliseconds: 0,
        });
        try {
          const { partnership } = await installation.records.read(
            { door: 'concord_member', session: undefined, slug: large },
            ({ entered }) => Promise.resolve(entered),
          );
          progress('Filling the register …');
          await installation.records.write(
            { door: 'concord_member', actor: 'system', partnership: partnership?.id },
            ({ work }) => fill(work() as unknown as Kysely<unknown>),
          );
        } finally {
          await installation.close();
        }
        const cookies = {
          large: await signInAs(product.address, 'analyst@castlemere.example'),
          small: await signInAs(product.address, 'analyst@haverness.example'),
        };
        const rows: Row[] = [];
        for (const [list, queries] of Object.entries(lists))
          for (const query of queries) {
            progress(`/${list}${query}`);
            const ask = (slug: string, cookie: string) => times(`${product.address}/${slug}/${list}${query}`, cookie);
            await ask(large, cookies.large);
            const measured: number[] = [];
            const beside: number[] = [];
            for (let round = 0; round < rounds; round += 1) {
              measured.push(...(await ask(large, cookies.large)));
              beside.push(...(await ask(small, cookies.small)));
            }
            rows.push(
              rowOf({
                bench: 'partnership',
                metric: `${list}${query}, p95 beside the register of the example`,
                size: `${size.organisations} organisations, ${size.people} people`,
                value: percentile(measured, 0.95),
                unit: 'ms',
                baseline: percentile(beside, 0.95),
                goal: { of: 'value', under: limitMilliseconds },
              }),
            );
          }
        return rows;
      } finally {
        await product.stop();
      }
    }),
};

/** How long each of many requests took, a few at a time. @throws where one answer was not 200 */
async function times(url: string, cookie: string): Promise<readonly number[]> {
  const taken: number[] = [];
  let left = asked;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) {
        const began = performance.now();
        const answer = await fetch(url, { headers: { cookie } });
        await answer.arrayBuffer();
        if (answer.status !== 200 && answer.status !== 404) throw new Error(`${url} answered ${answer.status}.`);
        taken.push(performance.now() - began);
      }
    }),
  );
  return taken;
}

/** A large register, made by the database itself; every row of it the same in each run. */
async function fill(work: Kysely<unknown>): Promise<void> {
  const date = (year: string) =>
    `jsonb_build_object('text', (${year})::text, 'earliest', (${year}) || '-01-01', 'latest', (${year}) || '-12-31')`;
  const statements = [
    `insert into partnership.area (code, name, vintage) select 'E0600' || lpad((800 + n)::text, 4, '0'), 'Area ' || n, 2023 from generate_series(1, ${size.areas}) n`,
    `insert into partnership.organisation (name) select (array['Street','Harbour','Vale','Moor','Haven'])[1 + n % 5] || ' organisation ' || n from generate_series(1, ${size.organisations}) n`,
    `insert into partnership.membership (organisation_id, capacity, since, until)
      select o.id, (array['voluntary-organisation','academy','maintained-school','housing-provider','business','prison'])[1 + (row_number() over (order by o.name))::int % 6],
        ${date('2000 + (row_number() over (order by o.name))::int % 24')},
        case when row_number() over (order by o.name) % 7 = 0 then ${date('2024')} end
      from partnership.organisation o`,
    `insert into partnership.other_name (organisation_id, name, use) select o.id, o.name || ' (once)', 'also' from partnership.organisation o where o.name like '%3'`,
    `insert into partnership.person (name, email) select (array['Ashley','Blake','Casey','Drew','Ellis','Finley','Gray','Harper'])[1 + n % 8] || ' ' || (array['Ashdown','Birch','Cole','Dale','East','Firth'])[1 + n % 6] || ' ' || n, 'person' || n || '@castlemere.example' from generate_series(1, ${size.people}) n`,
    `insert into partnership.post (person_id, organisation_id, title, since, until)
      select p.id, o.id, (array['Officer','Acting Head','Head of service','Youth worker'])[1 + p.place::int % 4], ${date('2010 + p.place::int % 15')},
        case when step = 1 and p.place % 3 <> 0 then ${date('2025')} end
      from (select id, row_number() over (order by name) as place from partnership.person) p
        cross join generate_series(1, 2) step
        join (select id, row_number() over (order by name) as place from partnership.organisation) o
          on o.place = 1 + (p.place * step) % ${size.organisations}`,
    `insert into partnership.body (name, kind, frequency) select 'Working group ' || n, 'group', 'monthly' from generate_series(1, ${size.bodies}) n`,
    `insert into partnership.seat (body_id, organisation_id, person_id, role, since)
      select b.id, po.organisation_id, po.person_id, case when po.place % 12 = 0 then 'chair' else 'member' end, ${date('2020')}
      from (select id, row_number() over (order by name) as place from partnership.body) b
        join (select person_id, organisation_id, row_number() over (order by id) as place from partnership.post limit ${size.bodies * 12}) po
          on (po.place - 1) / 12 + 1 = b.place`,
    `select partnership.publish('2026-06-01')`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(work);
}
