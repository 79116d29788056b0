import { sql, type Kysely } from 'kysely';
import { readConfig } from '../src/platform/config.ts';
import { openInstallation } from '../src/platform/installation.ts';
import { openLog } from '../src/platform/log.ts';
import { inFreshFolder, startProduct } from './instruments/programs.ts';
import { rowOf, type Bench, type Row } from './instruments/row.ts';
import { percentile } from './instruments/summary.ts';
import { signInAs } from './instruments/visit.ts';

/** Three years of a plan in five areas. */
const size = { aims: 12, priorities: 7, organisations: 60, actions: 2_000, updates: 40_000 };
const inWords = `${size.actions} actions, ${size.updates} updates`;
const large = 'castlemere';
const small = 'haverness';
const limits = { board: 300, thread: 200, list: 300 };
const asked = 200;
const atOnce = 4;
const rounds = 3;

export const bench: Bench = {
  promise: `With ${size.actions} actions and ${size.updates} updates the board's page answers within ${limits.board} ms for 95 of 100, and a page of the thread within ${limits.thread} ms.`,
  run: (progress) =>
    inFreshFolder(async (data) => {
      const product = await startProduct(data);
      try {
        progress('Filling the plan …');
        const { action, aim, bytes } = await fillPlan(data);
        const cookies = {
          large: await signInAs(product.address, 'analyst@castlemere.example'),
          small: await signInAs(product.address, 'analyst@haverness.example'),
        };
        const example = '57000000-0000-4000-8000-000000000';
        const pages: readonly (readonly [string, string, string, number])[] = [
          ['the board', 'plan/board', 'plan/board', limits.board],
          ['the list', 'plan', 'plan', limits.list],
          ['the matrix', 'plan/matrix', 'plan/matrix', limits.list],
          ['the thread of an action', `thread/action/${action}`, `thread/action/${example}101`, limits.thread],
          ['the thread of an aim', `thread/aim/${aim}`, `thread/aim/${example}021`, limits.thread],
          ['an action', `actions/${action}`, `actions/${example}101`, limits.list],
        ];
        const rows: Row[] = [];
        for (const [name, page, beside, limit] of pages) {
          progress(name);
          const measured: number[] = [];
          const baseline: number[] = [];
          await times(`${product.address}/${large}/${page}`, cookies.large);
          for (let round = 0; round < rounds; round += 1) {
            measured.push(...(await times(`${product.address}/${large}/${page}`, cookies.large)));
            baseline.push(...(await times(`${product.address}/${small}/${beside}`, cookies.small)));
          }
          rows.push(
            rowOf({
              bench: 'strategy',
              metric: `${name}, p95 beside that of the example`,
              size: inWords,
              value: percentile(measured, 0.95),
              unit: 'ms',
              baseline: percentile(baseline, 0.95),
              goal: { of: 'value', under: limit },
            }),
          );
        }
        for (const [table, grown] of bytes)
          rows.push(
            rowOf({
              bench: 'strategy',
              metric: `${table} with its indexes`,
              size: inWords,
              value: grown / 1e6,
              unit: 'MB',
            }),
          );
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
        if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}.`);
        taken.push(performance.now() - began);
      }
    }),
  );
  return taken;
}

async function fillPlan(data: string) {
  const installation = await openInstallation(readConfig({ data }), openLog('quiet'), {
    connections: 2,
    statementMilliseconds: 0,
  });
  try {
    const { partnership } = await installation.records.read(
      { door: 'concord_member', session: undefined, slug: large },
      ({ entered }) => Promise.resolve(entered),
    );
    return await installation.records.write(
      { door: 'concord_member', actor: 'system', partnership: partnership?.id },
      ({ work }) => fill(work() as unknown as Kysely<unknown>),
    );
  } finally {
    await installation.close();
  }
}

/** A large plan, made by the database itself; every row of it the same in each run. */
async function fill(work: Kysely<unknown>) {
  const day = `date '2026-01-01' + (n % 700)`;
  const statements = [
    `insert into partnership.organisation (name) select 'Organisation ' || n from generate_series(1, ${size.organisations}) n`,
    `insert into strategy.aim (axis, place, title) select 'aim', n, 'Aim ' || n from generate_series(1, ${size.aims}) n`,
    `insert into strategy.aim (axis, place, title) select 'priority', n, 'Priority ' || n from generate_series(1, ${size.priorities}) n`,
    `insert into strategy.action (number, title, about, lead_id, owner, due, due_latest, origin, funding, status, reason, theme, updated_on, closed_on, result, learned, needs_decision)
      select n, 'Action ' || n || ' for safer streets and homes', repeat('What will be done. ', 10), o.id, 'Head of service',
        jsonb_build_object('text', (${day})::text, 'earliest', (${day})::text, 'latest', (${day})::text), ${day}, 'new', 'within-budgets',
        case when n % 4 = 0 then 'done' when n % 9 = 0 then 'at-risk' else 'under-way' end, 'As planned.', 'prevention', ${day},
        case when n % 4 = 0 then date '2026-05-01' + (n % 30) end, case when n % 4 = 0 then 'It was done.' end,
        case when n % 4 = 0 then 'Begin earlier.' end, case when n % 40 = 1 then 'Who pays?' end
      from generate_series(1, ${size.actions}) n
        join (select id, row_number() over (order by name) as place from partnership.organisation) o
          on o.place = 1 + n % ${size.organisations}`,
    `insert into strategy.action_aim (action_id, aim_id)
      select a.id, m.id from strategy.action a
        join (select id, axis, row_number() over (partition by axis order by place) as place from strategy.aim) m
          on (m.axis = 'aim' and m.place = 1 + a.number % ${size.aims}) or (m.axis = 'priority' and m.place = 1 + a.number % ${size.priorities})`,
    `insert into strategy.action_update (action_id, on_day, status, words, by)
      select a.id, date '2024-01-01' + n, 'under-way', repeat('It goes on as planned. ', 6), 'system'
      from strategy.action a cross join generate_series(1, ${size.updates / size.actions}) n`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(work);
  const one = async (statement: string) => {
    const { rows } = await sql.raw<{ id: string }>(statement).execute(work);
    return rows[0]?.id ?? '';
  };
  const tables = ['action', 'action_aim', 'action_update'].map((name) => `strategy.${name}`);
  const bytes: (readonly [string, number])[] = [];
  for (const table of [...tables, 'partnership.change']) {
    const { rows } = await sql
      .raw<{ bytes: string }>(`select pg_total_relation_size('${table}')::text as bytes`)
      .execute(work);
    bytes.push([table, Number(rows[0]?.bytes ?? 0)]);
  }
  return {
    action: await one('select id from strategy.action where number = 1001'),
    aim: await one(`select id from strategy.aim where axis = 'aim' and place = 5`),
    bytes,
  };
}
