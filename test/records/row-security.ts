import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { noPartnership } from '../../src/platform/audit/audit.store.ts';
import { openRecords } from '../../src/platform/database/database.ts';
import type { TestRecords } from './installation.ts';

/** Two partnerships with a row of every tenant table each. */
export interface Scene {
  readonly a: string;
  readonly b: string;
  readonly personOfA: string;
  readonly session: string;
}

/** Some row of a table of the slice `partnership`, as SQL. */
const one = (table: string, partnership: string) =>
  `(select id from partnership.${table} where partnership_id = '${partnership}' order by id limit 1)`;
/** One to which no row of another table points yet; the first is left out. */
const free = (table: string, partnership: string, other: string, column: string) =>
  `(select id from partnership.${table} t where partnership_id = '${partnership}' and id <> ${one(table, partnership)} and not exists (select from partnership.${other} o where o.${column} = t.id) limit 1)`;
const someCode = `'E' || lpad((random() * 99999999)::int::text, 8, '0')`;

const someRelease = (partnership: string) =>
  `(select id from evidence.release where partnership_id = '${partnership}' order by id limit 1)`;
const sampleRelease = (partnership: string, seed: string) =>
  `(partnership_id, id, source, format_version, parquet, months, rows_read, rows_accepted, rows_quarantined, rows_already_loaded, rows_outside, rows_unlocated, imported_by) values ('${partnership}', 'sha256:' || encode(sha256('${seed}'), 'hex'), 'generic', 1, 'sha256:' || repeat('0', 64), '{}', 0, 0, 0, 0, 0, 0, 'system')`;

/** An agreement that has no row of another table of its slice yet. */
const freeAgreement = (partnership: string, other: string) =>
  `(select id from exchange.agreement a where partnership_id = '${partnership}' and not exists (select from exchange.${other} o where o.agreement_id = a.id) limit 1)`;

/** Some row of a table of the slice `evidence`. */
const someOf = (table: string, partnership: string) =>
  `(select id from evidence.${table} where partnership_id = '${partnership}' order by id limit 1)`;
/** A priority to which no row of another table points yet. */
const freePriority = (partnership: string, other: string) =>
  `(select id from evidence.priority t where partnership_id = '${partnership}' and not exists (select from evidence.${other} o where o.priority_id = t.id) limit 1)`;
/** Some row of a table of the slice `strategy`. */
const ofStrategy = (table: string, partnership: string) =>
  `(select id from strategy.${table} where partnership_id = '${partnership}' order by id limit 1)`;
/** The last of them: one that is not the first. */
const lastOfStrategy = (table: string, partnership: string) =>
  `(select id from strategy.${table} where partnership_id = '${partnership}' order by id desc limit 1)`;
/** One to which no row of another table points yet. */
const freeOfStrategy = (table: string, partnership: string, other: string, column: string) =>
  `(select id from strategy.${table} t where partnership_id = '${partnership}' and not exists (select from strategy.${other} o where o.${column} = t.id) limit 1)`;
const sampleHash = `'sha256:' || repeat('0', 64)`;
const someMonth = `to_char(date '1990-01-01' + (random() * 12000)::int, 'YYYY-MM')`;

/** The organisation in which somebody else gave whoever has this account a post: one of their own making opens no referral. */
const ofPerson = (partnership: string, account: string) =>
  `(select post.organisation_id from partnership.post join partnership.person p on p.id = post.person_id where p.partnership_id = '${partnership}' and p.account_id::text = '${account}' and post.title = 'Given' limit 1)`;

/** How to make a row of each tenant table: the columns that have no default, as SQL. A new table has to stand here. */
export const sampleRows: Readonly<Record<string, (partnership: string, person: string) => string>> = {
  'directory.gap': (p) =>
    `(partnership_id, area, tier, need, age) values ('${p}', 'Sample ${randomUUID()}', 'secondary', 'gangs', '11-17')`,
  'directory.gap_report': (p) =>
    `(partnership_id, gap_id, reported_on) values ('${p}', (select id from directory.gap where partnership_id = '${p}' limit 1), '2026-06-01')`,
  'directory.proposal': (p) =>
    `(partnership_id, service_id, of_version, document) values ('${p}', (select id from directory.service where partnership_id = '${p}' limit 1), 1, '{}')`,
  // Of an organisation in which the person holds a post: nobody else sees it.
  'directory.referral': (p, person) =>
    `(partnership_id, service_id, sent_by, sent_to, from_organisation_id, to_organisation_id, agreement_id, person_name, why, can_consent, consented, sent_on, delete_on) values ('${p}', (select id from directory.service where partnership_id = '${p}' limit 1), '${person}', '${person}', ${ofPerson(p, person)}, (select id from partnership.organisation where partnership_id = '${p}' and id <> ${ofPerson(p, person)} limit 1), (select agreement_id from directory.referral_switch where partnership_id = '${p}'), 'Sample', 'Sample', true, true, '2026-06-01', '2026-09-01')`,
  'directory.referral_answer': (p, person) =>
    `(partnership_id, referral_id, place, answer, by) values ('${p}', (select id from directory.referral where partnership_id = '${p}' limit 1), (select coalesce(max(place), 0) + 1 from directory.referral_answer), 'accepted', '${person}')`,
  'directory.referral_switch': (p) =>
    `(partnership_id, is_on, agreement_id, dpia, dpia_on, keep_days, answer_days) values ('${p}', true, (select id from exchange.agreement where partnership_id = '${p}' limit 1), 'Sample', '2026-06-01', 30, 5) on conflict (partnership_id) do nothing`,
  'directory.service': (p) => `(partnership_id, id, document, name) values ('${p}', '${randomUUID()}', '{}', 'Sample')`,
  'directory.service_version': (p) =>
    `(partnership_id, service_id, version, how, document, prevention, visibility, state, by) values ('${p}', (select id from directory.service where partnership_id = '${p}' limit 1), (random() * 1e9)::int + 1, 'added', '{}', '{}', 'public', 'live', 'system')`,
  'evidence.coverage_note': (p) =>
    `(partnership_id, source, from_month, to_month, state, reason, confirmed_by, confirmed_on) values ('${p}', 'generic', '2024-01', '2024-01', 'missing', 'Sample', 'system', '2026-06-01')`,
  'evidence.expected_source': (p) =>
    `(partnership_id, source, provider, from_month, every_months, lag_days) values ('${p}', 'generic', '${randomUUID()}', '2024-01', 1, 30)`,
  'evidence.figure': (p) =>
    `(partnership_id, id, title, question, answer, answer_sha256, code) values ('${p}', 'sha256:' || encode(sha256('${randomUUID()}'), 'hex'), 'Sample', '{}', '{}', 'sha256:' || repeat('0', 64), '0')`,
  'evidence.definition': (p) =>
    `(partnership_id, line, version, name, kinds, sources, sha256) values ('${p}', 'sample-${randomUUID()}', 1, 'Sample', '[]', '[]', 'sha256:' || repeat('0', 64))`,
  'evidence.definition_question': (p) =>
    `(partnership_id, definition_id, question, asked_by, asked_on) values ('${p}', (select id from evidence.definition where partnership_id = '${p}' order by id limit 1), 'Why?', 'Sample', '2024')`,
  'evidence.indicator_value': (p) =>
    `(partnership_id, indicator_id, area, area_name, from_month, to_month, found, asked_sha256, made_by) values ('${p}', ${someOf('indicator', p)}, '${randomUUID()}', 'Sample', '2025-01', '2025-12', '{}', ${sampleHash}, 'system')`,
  'evidence.indicator': (p) =>
    `(partnership_id, line, name, source, counted, denominator, unit, polarity, period, comparator, disclosure) values ('${p}', 'sample-${randomUUID()}', 'Sample', 'generic', '{}', '{}', 'count', 'neither', 'month', 'none', 'standard')`,
  'evidence.intake': (p) =>
    `(partnership_id, source, folder, files, asked_by) values ('${p}', 'generic', '${randomUUID()}', '[]', 'system')`,
  'evidence.mapping': (p) => `(partnership_id, name) values ('${p}', 'Mapping ${randomUUID()}')`,
  'evidence.mapping_sample': (p) =>
    `(partnership_id, mapping_id, file_name, rows) values ('${p}', (select id from evidence.mapping m where partnership_id = '${p}' and not exists (select from evidence.mapping_sample s where s.mapping_id = m.id) limit 1), 'sample.csv', '[]')`,
  'evidence.mapping_version': (p) =>
    `(partnership_id, mapping_id, version, content, sha256, made_by) values ('${p}', (select id from evidence.mapping where partnership_id = '${p}' limit 1), (random() * 1e9)::int + 1, '{}', repeat('0', 64), 'system')`,
  'evidence.release': (p) => sampleRelease(p, randomUUID()),
  'evidence.release_file': (p) =>
    `(partnership_id, release_id, place, name, sha256, sent_sha256, rows) values ('${p}', ${someRelease(p)}, (random() * 1e9)::int, 'sample.csv', repeat('0', 64), repeat('0', 64), '{}')`,
  'evidence.release_month': (p) =>
    `(partnership_id, release_id, month, provider, rows, unlocated) values ('${p}', ${someRelease(p)}, '2024-01', '${randomUUID()}', 1, 0)`,
  'evidence.release_part': (p) =>
    `(partnership_id, release_id, place, sha256, bytes, rows, months) values ('${p}', ${someRelease(p)}, (random() * 1e9)::int, repeat('0', 64), 1, 1, '{2024-01}')`,
  'evidence.published_view': (p) =>
    `(partnership_id, seq, view_id, audience, at, by, prev, hash) values ('${p}', (random() * 1e9)::int + 1, (select v.id from evidence.view v where v.partnership_id = '${p}' and not exists (select from evidence.published_view o where o.view_id = v.id) limit 1), 'public', now(), 'system', 'sha256:' || encode(sha256('${randomUUID()}'), 'hex'), 'sha256:' || repeat('0', 64))`,
  'evidence.assessment': (p) =>
    `(partnership_id, template, title, version, area, area_name, from_month, to_month, as_of) values ('${p}', 'needs', 'Sample', 1, 'E06000009', 'Sample', '2024-01', '2024-12', '2025-01-01')`,
  'evidence.assessment_section': (p) =>
    `(partnership_id, assessment_id, key, place) values ('${p}', ${someOf('assessment', p)}, 'sample-' || translate('${randomUUID()}', '0123456789-', 'abcdefghijk'), 1)`,
  'evidence.assessment_figure': (p) =>
    `(partnership_id, section_id, figure_id, place, sentence, placed_by) values ('${p}', ${someOf('assessment_section', p)}, ${someOf('figure', p)}, 1, 'Sample', 'system')`,
  'evidence.assessment_exclusion': (p) =>
    `(partnership_id, section_id, passage, ground, because, by) values ('${p}', ${someOf('assessment_section', p)}, 'Sample', 'safety', 'Sample', 'system')`,
  'evidence.assessment_ask': (p) =>
    `(partnership_id, assessment_id, organisation_id, question, due, asked_by) values ('${p}', ${someOf('assessment', p)}, ${one('organisation', p)}, 'Sample', '2025-01-01', 'system')`,
  'evidence.assessment_comment': (p) =>
    `(partnership_id, section_id, words, by) values ('${p}', ${someOf('assessment_section', p)}, 'Sample', 'system')`,
  'evidence.clearance': (p) =>
    `(partnership_id, assessment_id, organisation_id, due, asked_on, asked_by) values ('${p}', (select id from evidence.assessment a where partnership_id = '${p}' and not exists (select from evidence.clearance c where c.assessment_id = a.id) limit 1), ${one('organisation', p)}, '2025-01-02', '2025-01-01', 'system')`,
  'evidence.driver': (p) =>
    `(partnership_id, level, direction, factor, basis, strength, added_by) values ('${p}', 'community', 'risk', 'Sample', 'measured', 'weak', 'system')`,
  'evidence.finding': (p) => `(partnership_id, sentence, strength, author) values ('${p}', 'Sample', 'weak', 'system')`,
  'evidence.priority': (p) => `(partnership_id, name) values ('${p}', 'Priority ${randomUUID()}')`,
  'evidence.priority_finding': (p) =>
    `(partnership_id, priority_id, finding_id) values ('${p}', ${freePriority(p, 'priority_finding')}, ${someOf('finding', p)})`,
  'evidence.problem_profile': (p) =>
    `(partnership_id, priority_id, words, marking, author) values ('${p}', ${freePriority(p, 'problem_profile')}, '{}', 'unmarked', 'system')`,
  'evidence.score': (p) =>
    `(partnership_id, priority_id, factor, points, reason, by) values ('${p}', ${someOf('priority', p)}, 'sample', 1, 'Sample', 'system')`,
  'evidence.scoring_matrix': (p) =>
    `(partnership_id, factors, top) values ('${p}', '[]', 4) on conflict (partnership_id) do nothing`,
  'evidence.view': (p) =>
    `(partnership_id, id, figure_id, audience, rule, answer, answer_sha256, made_by) values ('${p}', 'sha256:' || encode(sha256('${randomUUID()}'), 'hex'), (select id from evidence.figure where partnership_id = '${p}' limit 1), 'public', '{}', '{}', 'sha256:' || repeat('0', 64), 'system')`,
  'exchange.agreement': (p) =>
    `(partnership_id, title, purpose, level, gateway, marking) values ('${p}', 'Sample', 'Sample', 'counts', 'sample', 'unmarked')`,
  'exchange.agreement_party': (p) =>
    `(partnership_id, agreement_id, organisation_id, role) values ('${p}', ${freeAgreement(p, 'agreement_party')}, ${one('organisation', p)}, 'sends')`,
  'exchange.agreement_source': (p) =>
    `(partnership_id, agreement_id, source) values ('${p}', ${freeAgreement(p, 'agreement_source')}, 'sample')`,
  'partnership.access_review': (p, person) =>
    `(partnership_id, started_on, ended_on, started_by) values ('${p}', '2026-03-02', '2026-03-03', '${person}')`,
  'partnership.access_review_item': (p, person) =>
    `(partnership_id, review_id, account_id, name, email, roles, posts, flags) values ('${p}', (select id from partnership.access_review r where partnership_id = '${p}' and not exists (select from partnership.access_review_item i where i.review_id = r.id) limit 1), '${person}', 'Sample', 'sample@example.test', '{}', '{}', '{}')`,
  'partnership.area': (p) => `(partnership_id, code, name, vintage) values ('${p}', ${someCode}, 'Sample', 2023)`,
  'partnership.body': (p) =>
    `(partnership_id, name, kind, frequency) values ('${p}', 'Board ${randomUUID()}', 'board', 'quarterly')`,
  'partnership.change': (p) =>
    `(partnership_id, actor, kind, row_id, subject_id) values ('${p}', 'system', 'sample', gen_random_uuid(), gen_random_uuid())`,
  'partnership.organisation': (p) => `(partnership_id, name) values ('${p}', 'Organisation ${randomUUID()}')`,
  'partnership.person': (p) => `(partnership_id, name) values ('${p}', 'Sample')`,
  'partnership.look': (p) =>
    `(partnership_id, contact_name) values ('${p}', 'Sample') on conflict (partnership_id) do nothing`,
  'partnership.meeting': (p) =>
    `(partnership_id, body_id, on_day) values ('${p}', ${one('body', p)}, '{"text": "2024", "earliest": "2024-01-01", "latest": "2024-12-31"}')`,
  'partnership.decision': (p) =>
    `(partnership_id, meeting_id, wording) values ('${p}', ${one('meeting', p)}, 'Sample')`,
  'partnership.intake': (p) =>
    `(partnership_id, kind, file_name, rows, sent_by) values ('${p}', 'people', 'sample.csv', '[]', gen_random_uuid())`,
  'partnership.membership': (p) =>
    `(partnership_id, organisation_id, capacity) values ('${p}', ${one('organisation', p)}, 'prison')`,
  'partnership.other_name': (p) => `(partnership_id, name, use) values ('${p}', 'Sample', 'also')`,
  'partnership.post': (p) =>
    `(partnership_id, person_id, organisation_id, title) values ('${p}', ${one('person', p)}, ${one('organisation', p)}, 'Sample')`,
  'partnership.protected_name': (p) =>
    `(partnership_id, person_id, name) values ('${p}', ${free('person', p, 'protected_name', 'person_id')}, 'Sample')`,
  'partnership.seat': (p) =>
    `(partnership_id, body_id, organisation_id, role) values ('${p}', ${one('body', p)}, ${one('organisation', p)}, 'member')`,
  'partnership.succession': (p) =>
    `(partnership_id, predecessor_id, successor_id, on_day) values ('${p}', ${free('organisation', p, 'succession', 'predecessor_id')}, ${one('organisation', p)}, '{"text": "2024", "earliest": "2024-01-01", "latest": "2024-12-31"}')`,
  'strategy.action': (p) =>
    `(partnership_id, number, title, origin, funding, theme) values ('${p}', (select coalesce(max(number), 0) + 1 from strategy.action where partnership_id = '${p}'), 'Sample', 'new', 'unfunded', 'prevention')`,
  'strategy.action_aim': (p) =>
    `(partnership_id, action_id, aim_id) values ('${p}', ${freeOfStrategy('action', p, 'action_aim', 'action_id')}, ${ofStrategy('aim', p)})`,
  'strategy.action_need': (p) =>
    `(partnership_id, action_id, needs_id) values ('${p}', (select id from strategy.action t where partnership_id = '${p}' and id <> ${ofStrategy('action', p)} and not exists (select from strategy.action_need o where o.action_id = t.id) limit 1), ${ofStrategy('action', p)})`,
  'strategy.action_partner': (p) =>
    `(partnership_id, action_id, organisation_id) values ('${p}', ${freeOfStrategy('action', p, 'action_partner', 'action_id')}, ${one('organisation', p)})`,
  'strategy.action_update': (p) =>
    `(partnership_id, action_id, on_day, status, words, by) values ('${p}', ${ofStrategy('action', p)}, '2026-06-01', 'planned', 'Sample', 'system')`,
  'strategy.aim': (p) => `(partnership_id, axis, place, title) values ('${p}', 'aim', 1, 'Sample')`,
  'strategy.approval': (p) =>
    `(partnership_id, strategy_id, kind, body, on_day, sha256) values ('${p}', ${ofStrategy('strategy', p)}, 'noted', 'Sample', '2026-06-01', ${sampleHash})`,
  'strategy.comment': (p) =>
    `(partnership_id, strategy_id, section, words, made_by, made_on) values ('${p}', ${ofStrategy('strategy', p)}, 'whole', 'Sample', 'Sample', '2026-06-01')`,
  'strategy.approach': (p) =>
    `(partnership_id, kind, title, impact, source) values ('${p}', 'approach', 'Sample ${randomUUID()}', 'low', 'Sample')`,
  'strategy.approach_use': (p) =>
    `(partnership_id, approach_id, action_id, chosen_on, chosen_by) values ('${p}', ${ofStrategy('approach', p)}, ${freeOfStrategy('action', p, 'approach_use', 'action_id')}, '2026-06-01', 'system')`,
  'strategy.evaluation': (p) =>
    `(partnership_id, title, action_id, design, outcome, better) values ('${p}', 'Sample?', ${ofStrategy('action', p)}, 'before-and-after', 'samples', 'lower')`,
  'strategy.evaluation_month': (p) =>
    `(partnership_id, evaluation_id, place, role, month, count) values ('${p}', ${ofStrategy('evaluation', p)}, 'Sample ${randomUUID()}', 'treated', ${someMonth}, 1)`,
  'strategy.intervention': (p) =>
    `(partnership_id, title, for_whom, how, state, outcome) values ('${p}', 'Sample ${randomUUID()}', 'Sample', 'run', 'planned', 'Sample')`,
  'strategy.intervention_action': (p) =>
    `(partnership_id, intervention_id, action_id) values ('${p}', ${freeOfStrategy('intervention', p, 'intervention_action', 'intervention_id')}, ${ofStrategy('action', p)})`,
  'strategy.intervention_quarter': (p) =>
    `(partnership_id, intervention_id, quarter, referred, started, completed, outcome, hidden, recorded_on) values ('${p}', ${freeOfStrategy('intervention', p, 'intervention_quarter', 'intervention_id')}, '2026-01', 9, 8, 7, 6, '{}', '2026-06-01')`,
  'strategy.lesson': (p) =>
    `(partnership_id, title, words, learned_on) values ('${p}', 'Sample', 'Sample', '2026-06-01')`,
  'strategy.rows_file': (p, person) =>
    `(partnership_id, kind, file_name, added, changed, unchanged, refused, sent_by) values ('${p}', 'approaches', 'sample.csv', 0, 0, 0, '[]', '${person}')`,
  'strategy.consultee': (p) =>
    `(partnership_id, strategy_id, organisation_id, consulted_on) values ('${p}', ${freeOfStrategy('strategy', p, 'consultee', 'strategy_id')}, ${one('organisation', p)}, '2026-06-01')`,
  'strategy.grant_fund': (p) => `(partnership_id, name, funder, state) values ('${p}', 'Sample', 'Sample', 'bid')`,
  'strategy.grant_line': (p) =>
    `(partnership_id, grant_id, kind, category, pence, on_day) values ('${p}', ${ofStrategy('grant_fund', p)}, 'spent', 'labour', 1, '2026-06-01')`,
  'strategy.measure': (p) =>
    `(partnership_id, question, accountability, aim_id, unit, better) values ('${p}', 'Sample?', 'population', ${ofStrategy('aim', p)}, 'sample', 'lower')`,
  'strategy.measure_value': (p) =>
    `(partnership_id, measure_id, month, value) values ('${p}', ${freeOfStrategy('measure', p, 'measure_value', 'measure_id')}, ${someMonth}, 1)`,
  'strategy.milestone': (p) =>
    `(partnership_id, action_id, title) values ('${p}', ${ofStrategy('action', p)}, 'Sample')`,
  'strategy.plan_file': (p, person) =>
    `(partnership_id, file_name, added, changed, unchanged, refused, sent_by) values ('${p}', 'sample.csv', 0, 0, 0, '[]', '${person}')`,
  'strategy.readiness_agreed': (p) =>
    `(partnership_id, round_id, dimension_id, level, target, note, agreed_on) values ('${p}', ${ofStrategy('readiness_round', p)}, ${freeOfStrategy('readiness_dimension', p, 'readiness_agreed', 'dimension_id')}, 1, 2, 'Sample', '2026-06-01')`,
  'strategy.readiness_dimension': (p) =>
    `(partnership_id, place, title, levels) values ('${p}', 1, 'Sample', '["One", "Two"]')`,
  'strategy.readiness_round': (p) =>
    `(partnership_id, number, opened_on, closed_on) values ('${p}', (select coalesce(max(number), 0) + 1 from strategy.readiness_round where partnership_id = '${p}'), '2026-06-01', '2026-06-02')`,
  'strategy.readiness_score': (p) =>
    `(partnership_id, round_id, dimension_id, organisation_id, level, scored_on) values ('${p}', ${ofStrategy('readiness_round', p)}, ${freeOfStrategy('readiness_dimension', p, 'readiness_score', 'dimension_id')}, ${one('organisation', p)}, 1, '2026-06-01')`,
  'strategy.review': (p) =>
    `(partnership_id, strategy_id, since, until) values ('${p}', ${freeOfStrategy('strategy', p, 'review', 'strategy_id')}, '2025-06-01', '2026-06-01')`,
  'strategy.risk': (p) =>
    `(partnership_id, title, owner, likelihood, impact) values ('${p}', 'Sample', 'Sample', 1, 1)`,
  'strategy.setting': (p) => `(partnership_id, theory_blocks) values ('${p}', true)`,
  'strategy.strategy': (p) =>
    `(partnership_id, line, version, level, title) values ('${p}', 'sample-${randomUUID()}', 1, 'local', 'Sample')`,
  'strategy.theory_arrow': (p) =>
    `(partnership_id, from_id, to_id, assumption) values ('${p}', (select id from strategy.theory_step t where partnership_id = '${p}' and id <> ${lastOfStrategy('theory_step', p)} and not exists (select from strategy.theory_arrow o where o.from_id = t.id) limit 1), ${lastOfStrategy('theory_step', p)}, 'Sample')`,
  'strategy.theory_step': (p) => `(partnership_id, stage, place, words) values ('${p}', 'need', 1, 'Sample')`,
  'platform.audit_entry': (p) =>
    `(partnership_id, seq, at, actor, action, outcome, prev, hash) values ('${p}', (select coalesce(max(seq), 0) + 1 from platform.audit_entry where partnership_id = '${p}'), now(), 'system', 'SAMPLE', 'done', sha256('${randomUUID()}'::bytea), sha256('${randomUUID()}'::bytea))`,
  'platform.invitation': (p, person) =>
    `(partnership_id, email, name, roles, invited_by, expires_at) values ('${p}', '${randomUUID()}@example.test', 'Sample', '{partner}', '${person}', now() + interval '1 day')`,
  'platform.job': (p) =>
    `(partnership_id, kind, title, payload, asked_by) values ('${p}', 'sample', 'Sample', '{}', 'system')`,
  'platform.link': (p) =>
    `(partnership_id, purpose, subject, expires_at, once) values ('${p}', 'sample', 'sample/1', now() + interval '1 day', true)`,
  'platform.mail': (p) =>
    `(partnership_id, recipient, subject, body) values ('${p}', 'somebody@example.test', 'Sample', 'Sample')`,
  'platform.role_ended': (p, person) =>
    `(partnership_id, person_id, role, given_at, given_by, ended_by) values ('${p}', '${person}', 'partner', now(), 'system', 'system')`,
  'platform.role_held': (p, person) =>
    `(partnership_id, person_id, role) values ('${p}', '${person}', 'role-${randomUUID()}')`,
};

/** Others point at them. */
const standFirst = [
  'directory.service',
  'evidence.assessment',
  'evidence.assessment_section',
  'evidence.finding',
  'evidence.indicator',
  'evidence.priority',
  'evidence.figure',
  'evidence.view',
  'evidence.mapping',
  'evidence.release',
  'partnership.access_review',
  'partnership.organisation',
  'partnership.person',
  'partnership.body',
  'partnership.meeting',
  'exchange.agreement',
  'strategy.strategy',
  'strategy.aim',
  'strategy.action',
  'strategy.grant_fund',
  'strategy.measure',
  'strategy.theory_step',
  'exchange.agreement',
  'directory.referral_switch',
  'directory.referral',
  'strategy.approach',
  'strategy.intervention',
  'strategy.evaluation',
  'strategy.readiness_round',
  'strategy.readiness_dimension',
];

export async function setScene({ asAdmin }: TestRecords): Promise<Scene> {
  const add = async (text: string) => (await asAdmin<{ id: string }>(text))[0]!.id;
  const a = await add(`insert into platform.partnership (slug, name) values ('one', 'One') returning id`);
  const b = await add(`insert into platform.partnership (slug, name) values ('two', 'Two') returning id`);
  const personOfA = await add(
    `insert into identity.person (email, name) values ('one@example.test', 'One') returning id`,
  );
  const personOfB = await add(
    `insert into identity.person (email, name) values ('two@example.test', 'Two') returning id`,
  );
  for (const [partnership, person] of [
    [a, personOfA],
    [b, personOfB],
  ] as const) {
    // What is kept of a change is kept for the bound partnership.
    const bind = (by: string) =>
      asAdmin(`select set_config('concord.partnership', $1, false), set_config('concord.person', $2, false)`, [
        partnership,
        by,
      ]);
    await bind('system');
    // A referral is seen by those to whom somebody else gave a post in one of its organisations.
    await asAdmin(
      `with o as (insert into partnership.organisation (partnership_id, name) values ('${partnership}', 'Own') returning id),
        p as (insert into partnership.person (partnership_id, name, account_id) values ('${partnership}', 'Own', '${person}') returning id)
       insert into partnership.post (partnership_id, person_id, organisation_id, title)
         select '${partnership}', p.id, o.id, 'Given' from o, p`,
    );
    await bind(person);
    for (const table of [...standFirst, ...standFirst, ...Object.keys(sampleRows)])
      await asAdmin(`insert into ${table} ${sampleRows[table]!(partnership, person)}`);
  }
  await asAdmin(`select set_config('concord.partnership', '', false), set_config('concord.person', '', false)`);
  const session = 'a'.repeat(43);
  await asAdmin(
    `insert into identity.session (token_hash, person_id, expires_at) values (sha256('${session}'::bytea), $1, now() + interval '1 day')`,
    [personOfA],
  );
  return { a, b, personOfA, session };
}

/**
 * What is wrong with row security, as whoever logs in sees it. Empty when nothing is.
 * @param only looks at this tenant table alone, with what is true of all: enough to see a fault that was planted there
 */
export async function rowSecurityFaults(
  { login, asAdmin }: TestRecords,
  scene: Scene,
  only?: string,
): Promise<readonly string[]> {
  const faults: string[] = [];
  const client = new pg.Client(login);
  await client.connect();
  /** Tries statements in a transaction that is undone; gives the last result, or the error code. */
  const as = async (role: string, partnership: string, text: string): Promise<pg.QueryResultRow[] | string> => {
    await client.query('begin');
    try {
      await client.query(`set local role ${role}`);
      await client.query(`select set_config('concord.partnership', $1, true), set_config('concord.person', $2, true)`, [
        partnership,
        scene.personOfA,
      ]);
      return (await client.query(text)).rows as pg.QueryResultRow[];
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await client.query('rollback');
    }
  };
  try {
    for (const [table, row] of Object.entries(sampleRows).filter(([name]) => only === undefined || name === only)) {
      const forced = await asAdmin<{ forced: boolean }>(
        `select relrowsecurity and relforcerowsecurity as forced from pg_class where oid = '${table}'::regclass`,
      );
      if (forced[0]?.forced !== true) faults.push(`${table} does not force row security`);
      const granted = await asAdmin<{ select: boolean; insert: boolean; update: boolean }>(
        `select has_table_privilege('concord_member', '${table}', 'select') as select, has_table_privilege('concord_member', '${table}', 'insert') as insert, has_table_privilege('concord_member', '${table}', 'update') as update`,
      );
      const may = granted[0]!;
      if (may.select) {
        const own = await as('concord_member', scene.a, `select distinct partnership_id from ${table}`);
        if (JSON.stringify(own) !== JSON.stringify([{ partnership_id: scene.a }]))
          faults.push(`${table}: one sees ${JSON.stringify(own)}`);
        for (const none of ['', noPartnership]) {
          const unbound = await as('concord_member', none, `select 1 from ${table}`);
          if (!Array.isArray(unbound) || unbound.length > 0) faults.push(`${table}: nobody’s work sees rows`);
        }
      }
      if (may.insert) {
        const own = await as('concord_member', scene.a, `insert into ${table} ${row(scene.a, scene.personOfA)}`);
        if (!Array.isArray(own)) faults.push(`${table}: an own row is refused (${own})`);
        const other = await as('concord_member', scene.a, `insert into ${table} ${row(scene.b, scene.personOfA)}`);
        if (other !== '42501') faults.push(`${table}: a row of another partnership is accepted`);
      }
      await asAdmin('set role concord_backup');
      const kept = await asAdmin<{ partnerships: number }>(
        `select count(distinct partnership_id)::int as partnerships from ${table}`,
      );
      await asAdmin('reset role');
      if (kept[0]!.partnerships < 2) faults.push(`${table}: a backup would lack rows`);
      if (may.select && may.update) {
        const moved = await as('concord_member', scene.a, `update ${table} set partnership_id = '${scene.b}'`);
        if (moved !== '42501') faults.push(`${table}: a row can be moved to another partnership`);
      }
    }
    const forInstallation = await as(
      'concord_identity',
      '',
      `insert into platform.mail (recipient, subject, body) values ('x@example.test', 's', 'b')`,
    );
    if (!Array.isArray(forInstallation)) faults.push('mail of the installation is refused at the identity door');
    const forPartnership = await as(
      'concord_identity',
      '',
      `insert into platform.mail ${sampleRows['platform.mail']!(scene.a, '')}`,
    );
    if (forPartnership !== '42501') faults.push('the identity door may write mail of a partnership');
    const postman = await as('concord_jobs', '', 'select distinct partnership_id from platform.mail');
    if (!Array.isArray(postman) || postman.length < 2) faults.push('the postman does not see all mail');
    const supervisor = await as('concord_jobs', '', 'select distinct partnership_id from platform.job');
    if (!Array.isArray(supervisor) || supervisor.length < 2) faults.push('the supervisor does not see all jobs');
    const inserted = await as(
      'concord_identity',
      scene.a,
      `insert into platform.audit_entry ${sampleRows['platform.audit_entry']!(scene.a, '')}`,
    );
    if (inserted !== '42501') faults.push('an audit entry can be inserted past the chain');
  } finally {
    await client.end();
  }
  // A policy that lets all rows pass is for the owner's functions and for the queue, which serve every partnership.
  const open = await asAdmin<{ policy: string }>(
    `select tablename || '.' || policyname as policy from pg_policies
     where (coalesce(qual, 'true') = 'true' and coalesce(with_check, 'true') = 'true') and not roles <@ array['concord_owner', 'concord_jobs', 'concord_backup']::name[]`,
  );
  faults.push(...open.map(({ policy }) => `${policy} lets all rows pass`));
  faults.push(...(await doorFaults(login, scene)));
  return faults;
}

/** The door finds a person's roles, and the chain goes on from its head. */
async function doorFaults(login: pg.ClientConfig, scene: Scene): Promise<readonly string[]> {
  const records = openRecords(login, { connections: 1 });
  const undo = new Error('undo');
  try {
    const entered = await records.read({ door: 'concord_member', session: scene.session, slug: 'one' }, (unit) =>
      Promise.resolve(unit.entered),
    );
    if (entered.person?.id !== scene.personOfA || entered.roles.length === 0)
      return ['the door does not find a person’s roles'];
    const append = await records
      .write({ door: 'concord_member', actor: 'system', partnership: scene.a }, async ({ work }) => {
        const { sql } = await import('kysely');
        const before = await sql<{ seq: number }>`select max(seq) as seq from platform.audit_entry`.execute(
          work<'platform'>(),
        );
        const after = await sql<{
          seq: number;
        }>`select platform.audit_append('SAMPLE', null, 'done', null) as seq`.execute(work<'platform'>());
        if (after.rows[0]!.seq !== before.rows[0]!.seq + 1) throw new Error('the chain does not go on from its head');
        throw undo;
      })
      .catch((error: unknown) => (error === undo ? undefined : (error as Error).message));
    return append === undefined ? [] : [`audit: ${append}`];
  } finally {
    await records.close();
  }
}
