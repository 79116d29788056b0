// Generated from the migrated database by `npm run db:types`. Do not edit: write a migration.
import type { ColumnType, Generated } from 'kysely';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** JSON goes in as text and comes out as values. */
type JsonColumn = ColumnType<Json, string, string>;
type JsonOrNull = ColumnType<Json | null, string | null | undefined, string | null>;

export interface Database {
  'evidence.coverage_note': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    source: string;
    provider: string | null;
    from_month: string;
    to_month: string;
    state: string;
    reason: string;
    confirmed_by: string;
    confirmed_on: string;
    added_at: Generated<string>;
    undone_by: string | null;
    undone_on: string | null;
  };
  'evidence.definition': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    line: string;
    version: number;
    name: string;
    about: string | null;
    kinds: JsonColumn;
    sources: JsonColumn;
    sha256: string;
    decided_by_id: string | null;
    decided_by: string | null;
    decided_on: string | null;
    effective_from: string | null;
    review_by: string | null;
    adopted_at: string | null;
    superseded_from: string | null;
    added_at: Generated<string>;
  };
  'evidence.definition_question': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    definition_id: string;
    kind: string | null;
    question: string;
    asked_by: string;
    asked_on: string;
    answer: string | null;
    answered_on: string | null;
    added_at: Generated<string>;
  };
  'evidence.expected_source': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    source: string;
    provider: string;
    from_month: string;
    to_month: string | null;
    every_months: number;
    lag_days: number;
    asked_of: string | null;
    added_at: Generated<string>;
  };
  'evidence.figure': {
    partnership_id: Generated<string>;
    id: string;
    title: string;
    question: JsonColumn;
    answer: string;
    answer_sha256: string;
    code: string;
    asked_at: Generated<string>;
  };
  'evidence.indicator': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    line: string;
    name: string;
    why: string | null;
    source: string;
    counted: JsonColumn;
    denominator: JsonColumn;
    unit: string;
    polarity: string;
    period: string;
    target: JsonOrNull;
    comparator: string;
    breaks: JsonColumn;
    owner: string | null;
    disclosure: string;
    is_national: Generated<boolean>;
    ended_on: string | null;
    added_at: Generated<string>;
  };
  'evidence.intake': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    source: string;
    state: Generated<string>;
    folder: string;
    files: JsonColumn;
    options: JsonColumn;
    checked: JsonOrNull;
    refusal: string | null;
    job_id: string | null;
    release_id: string | null;
    asked_by: string;
    asked_at: Generated<string>;
    ended_at: string | null;
  };
  'evidence.mapping': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    name: string;
    organisation_id: string | null;
    added_at: Generated<string>;
  };
  'evidence.mapping_sample': {
    partnership_id: Generated<string>;
    mapping_id: string;
    file_name: string;
    rows: JsonColumn;
    kept_at: Generated<string>;
  };
  'evidence.mapping_version': {
    partnership_id: Generated<string>;
    mapping_id: string;
    version: number;
    content: JsonColumn;
    sha256: string;
    made_by: string;
    made_at: Generated<string>;
  };
  'evidence.published_view': {
    partnership_id: Generated<string>;
    seq: number;
    view_id: string;
    audience: string;
    at: string;
    by: string;
    prev: string;
    hash: string;
  };
  'evidence.reference_release': {
    id: string;
    kind: string;
    layout: string;
    vintage: string;
    title: string;
    publisher: string;
    licence: string;
    rows: number;
    columns: JsonColumn;
    notes: JsonColumn;
    files: JsonColumn;
    stored: string;
    added_by: string;
    added_at: Generated<string>;
  };
  'evidence.release': {
    partnership_id: Generated<string>;
    id: string;
    source: string;
    format_version: number;
    parquet: string;
    mapping: string | null;
    agreement_id: string | null;
    months: string[];
    replaces_months: Generated<boolean>;
    rows_read: number;
    rows_accepted: number;
    rows_quarantined: number;
    rows_already_loaded: number;
    rows_outside: number;
    rows_unlocated: number;
    notes: JsonColumn;
    imported_by: string;
    imported_at: Generated<string>;
  };
  'evidence.release_file': {
    partnership_id: Generated<string>;
    release_id: string;
    place: number;
    name: string;
    sha256: string;
    sent_sha256: string;
    rows: JsonColumn;
  };
  'evidence.release_month': {
    partnership_id: Generated<string>;
    release_id: string;
    month: string;
    provider: string;
    rows: number;
    unlocated: number;
    superseded_by: string | null;
  };
  'evidence.release_part': {
    partnership_id: Generated<string>;
    release_id: string;
    place: number;
    sha256: string;
    bytes: number;
    rows: number;
    months: string[];
  };
  'evidence.shared_indicator': {
    id: string;
    name: string;
    unit: string;
    polarity: string;
    source: string;
    is_national: boolean;
    ended_on: string;
  };
  'evidence.view': {
    partnership_id: Generated<string>;
    id: string;
    figure_id: string;
    audience: string;
    rule: JsonColumn;
    ledger: string | null;
    answer: string;
    answer_sha256: string;
    made_by: string;
    made_at: Generated<string>;
  };
  'exchange.agreement': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    title: string;
    purpose: string;
    level: string;
    gateway: string;
    marking: string;
    handling: Generated<string[]>;
    signed_on: string | null;
    starts: string | null;
    ends: string | null;
    review_due: string | null;
    ended_on: string | null;
    ended_because: string | null;
    notes: string | null;
    follows_id: string | null;
    added_at: Generated<string>;
  };
  'exchange.agreement_party': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    agreement_id: string;
    organisation_id: string;
    role: string;
  };
  'exchange.agreement_source': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    agreement_id: string;
    source: string;
  };
  'exchange.shared_agreement': {
    id: string;
    title: string;
    level: string;
    gateway: string;
    marking: string;
    handling: string[];
    live_from: string;
    live_to: string;
    sources: string[];
  };
  'identity.credential': {
    person_id: string;
    password_hash: string;
    changed_at: Generated<string>;
  };
  'identity.password_reset': {
    token_hash: Buffer;
    person_id: string;
    expires_at: string;
    used_at: string | null;
  };
  'identity.password_reset_asked': {
    account_hash: Buffer;
    address_hash: Buffer;
    at: Generated<string>;
  };
  'identity.person': {
    id: Generated<string>;
    email: string;
    name: string;
    disabled_at: string | null;
    created_at: Generated<string>;
    last_signed_in_at: string | null;
  };
  'identity.session': {
    token_hash: Buffer;
    person_id: string;
    created_at: Generated<string>;
    expires_at: string;
  };
  'identity.sign_in_failure': {
    account_hash: Buffer;
    address_hash: Buffer;
    at: Generated<string>;
  };
  'partnership.access_review': {
    id: Generated<string>;
    partnership_id: string;
    started_at: Generated<string>;
    started_on: string;
    started_by: string;
    ended_on: string | null;
    ended_by: string | null;
  };
  'partnership.access_review_item': {
    id: Generated<string>;
    partnership_id: string;
    review_id: string;
    account_id: string;
    name: string;
    email: string;
    roles: string[];
    last_signed_in_at: string | null;
    posts: string[];
    flags: string[];
    decision: string | null;
    reason: string | null;
    decided_at: string | null;
    decided_by: string | null;
  };
  'partnership.area': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    code: string;
    name: string;
    vintage: number;
    within_id: string | null;
    since: JsonOrNull;
    until: JsonOrNull;
  };
  'partnership.body': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    name: string;
    kind: string;
    is_own: Generated<boolean>;
    purpose: string | null;
    terms: string | null;
    terms_review: JsonOrNull;
    frequency: string;
    reports_to_id: string | null;
    host_id: string | null;
    is_public: Generated<boolean>;
    since: JsonOrNull;
    until: JsonOrNull;
    added_at: Generated<string>;
  };
  'partnership.change': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    at: Generated<string>;
    actor: string;
    kind: string;
    row_id: string;
    subject_id: string;
    before: JsonOrNull;
    after: JsonOrNull;
  };
  'partnership.decision': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    meeting_id: string;
    reference: string | null;
    wording: string;
  };
  'partnership.intake': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    kind: string;
    file_name: string;
    rows: JsonColumn;
    sent_by: string;
    sent_at: Generated<string>;
    taken_at: string | null;
    added: number | null;
    changed: number | null;
    unchanged: number | null;
    refused: JsonOrNull;
  };
  'partnership.look': {
    partnership_id: string;
    accent: string | null;
    logo: Buffer | null;
    logo_alt: string | null;
    contact_name: string | null;
    contact_email: string | null;
    contact_phone: string | null;
    version: Generated<number>;
  };
  'partnership.meeting': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    body_id: string;
    on_day: JsonColumn;
    title: string | null;
    papers: string | null;
  };
  'partnership.membership': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    organisation_id: string;
    capacity: string;
    area_id: string | null;
    opted_in_because: string | null;
    since: JsonOrNull;
    until: JsonOrNull;
  };
  'partnership.organisation': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    name: string;
    website: string | null;
    is_public: Generated<boolean>;
    ended: JsonOrNull;
    added_at: Generated<string>;
  };
  'partnership.other_name': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    organisation_id: string | null;
    body_id: string | null;
    name: string;
    use: string;
    until: JsonOrNull;
  };
  'partnership.person': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    name: string;
    email: string | null;
    phone: string | null;
    has_lived_experience: Generated<boolean>;
    account_id: string | null;
    left_on: JsonOrNull;
    added_at: Generated<string>;
    removed_at: string | null;
  };
  'partnership.post': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    person_id: string;
    organisation_id: string;
    title: string;
    since: JsonOrNull;
    until: JsonOrNull;
  };
  'partnership.protected_name': {
    partnership_id: Generated<string>;
    person_id: string;
    name: string;
    email: string | null;
    phone: string | null;
  };
  'partnership.seat': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    body_id: string;
    organisation_id: string | null;
    person_id: string | null;
    role: string;
    since: JsonOrNull;
    until: JsonOrNull;
  };
  'partnership.shared_body': {
    id: string;
    name: string;
    since: JsonOrNull;
    until: JsonOrNull;
  };
  'partnership.shared_membership': {
    organisation_id: string;
    name: string;
    capacity: string;
    since: JsonOrNull;
    until: JsonOrNull;
  };
  'partnership.shared_organisation': {
    id: string;
    name: string;
  };
  'partnership.shared_succession': {
    predecessor_id: string;
    successor_id: string;
    successor_name: string;
    on_day: JsonOrNull;
  };
  'partnership.succession': {
    partnership_id: Generated<string>;
    predecessor_id: string;
    successor_id: string;
    on_day: JsonColumn;
  };
  'platform.access_here': {
    kind: string;
    id: string;
    name: string;
    email: string;
    roles: string[];
    since: string;
    last_signed_in_at: string;
    state: string;
  };
  'platform.audit_entry': {
    partnership_id: string;
    seq: number;
    at: string;
    actor: string;
    action: string;
    subject: string | null;
    outcome: string;
    fields: string[] | null;
    prev: Buffer;
    hash: Buffer;
  };
  'platform.installation': {
    only_one: Generated<boolean>;
    name: string;
    mode: string;
    created_at: Generated<string>;
    today: string | null;
  };
  'platform.invitation': {
    id: Generated<string>;
    partnership_id: string;
    email: string;
    name: string;
    roles: string[];
    invited_by: string;
    invited_at: Generated<string>;
    sent_at: Generated<string>;
    expires_at: string;
    accepted_at: string | null;
    accepted_by: string | null;
    called_back_at: string | null;
    called_back_by: string | null;
  };
  'platform.job': {
    id: Generated<string>;
    partnership_id: string;
    kind: string;
    title: string;
    payload: JsonColumn;
    asked_by: string;
    asked_at: Generated<string>;
    state: Generated<string>;
    attempt: Generated<number>;
    runner: string | null;
    done: Generated<number>;
    total: number | null;
    note: string | null;
    started_at: string | null;
    ended_at: string | null;
    cancel_asked_at: string | null;
    result_href: string | null;
  };
  'platform.link': {
    id: Generated<string>;
    partnership_id: string;
    purpose: string;
    subject: string;
    issued_at: Generated<string>;
    expires_at: string;
    once: boolean;
    used_at: string | null;
    revoked_at: string | null;
  };
  'platform.mail': {
    id: Generated<string>;
    partnership_id: string | null;
    recipient: string;
    subject: string;
    body: string;
    queued_at: Generated<string>;
    next_try_at: Generated<string>;
    attempts: Generated<number>;
    sent_at: string | null;
    given_up_at: string | null;
    last_failure: string | null;
  };
  'platform.partnership': {
    id: Generated<string>;
    slug: string;
    name: string;
    created_at: Generated<string>;
    kind: Generated<string>;
    hub_id: string | null;
  };
  'platform.person_here': {
    id: string;
    name: string;
    email: string;
    last_signed_in_at: string;
    is_disabled: boolean;
    roles: string[];
    since: string;
    ended_at: string;
  };
  'platform.role_ended': {
    id: Generated<string>;
    partnership_id: string;
    person_id: string;
    role: string;
    given_at: string;
    given_by: string;
    ended_at: Generated<string>;
    ended_by: string;
  };
  'platform.role_event': {
    person_id: string;
    role: string;
    at: string;
    actor: string;
    kind: string;
  };
  'platform.role_held': {
    partnership_id: string;
    person_id: string;
    role: string;
    given_at: Generated<string>;
    given_by: Generated<string>;
  };
  'platform.shared_person': {
    id: string;
    name: string;
  };
  'published.area': {
    partnership_id: string;
    code: string;
    name: string;
  };
  'published.body': {
    partnership_id: string;
    body_id: string;
    name: string;
    kind: string;
    purpose: string | null;
    frequency: string;
    is_own: boolean;
    chair: string | null;
  };
  'published.definition': {
    partnership_id: string;
    line: string;
    version: number;
    name: string;
    about: string | null;
    kinds: JsonColumn;
    decided_by: string | null;
    decided_on: string;
    effective_from: string;
    until: string | null;
    review_by: string | null;
  };
  'published.figure_view': {
    partnership_id: string;
    id: string;
    title: string;
    published_at: string;
    shown: JsonColumn;
  };
  'published.logo': {
    partnership_id: string;
    bytes: Buffer;
  };
  'published.member': {
    partnership_id: string;
    organisation_id: string;
    name: string;
    website: string | null;
    capacity: string;
    area_name: Generated<string>;
  };
  'published.other_name': {
    partnership_id: string;
    name: string;
  };
  'published.partnership': {
    id: string;
    slug: string;
    name: string;
    kind: Generated<string>;
    hub_id: string | null;
    accent: string | null;
    logo_hash: string | null;
    logo_alt: string | null;
    contact_name: string | null;
    contact_email: string | null;
    contact_phone: string | null;
  };
  'published.plan': {
    partnership_id: string;
    published_on: string;
    shown: JsonColumn;
  };
  'published.strategy': {
    partnership_id: string;
    id: string;
    line: string;
    version: number;
    level: string;
    title: string;
    state: string;
    sections: JsonColumn;
    starts: string | null;
    ends: string | null;
    aims: JsonColumn;
    sha256: string;
    published_on: string;
    review_due: string | null;
    approvals: JsonColumn;
  };
  'strategy.action': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    number: number;
    title: string;
    about: string | null;
    lead_id: string | null;
    owner: string | null;
    owner_email: string | null;
    starts: JsonOrNull;
    due: JsonOrNull;
    due_latest: string | null;
    origin: string;
    funding: string;
    cost_pence: number | null;
    status: Generated<string>;
    reason: string | null;
    theme: string;
    tiers: Generated<string[]>;
    is_named: Generated<boolean>;
    needs_decision: string | null;
    evidence: string | null;
    indicator_id: string | null;
    effect: string | null;
    effect_by: JsonOrNull;
    closed_on: string | null;
    result: string | null;
    learned: string | null;
    updated_on: string | null;
    added_at: Generated<string>;
  };
  'strategy.action_aim': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    action_id: string;
    aim_id: string;
  };
  'strategy.action_need': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    action_id: string;
    needs_id: string;
  };
  'strategy.action_partner': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    action_id: string;
    organisation_id: string;
  };
  'strategy.action_update': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    action_id: string;
    on_day: string;
    status: string;
    words: string;
    by: string;
    added_at: Generated<string>;
  };
  'strategy.aim': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    axis: string;
    place: number;
    title: string;
    words: string | null;
    lead_id: string | null;
    hub: JsonOrNull;
    elsewhere: string | null;
    ended_on: string | null;
    added_at: Generated<string>;
  };
  'strategy.approval': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    strategy_id: string;
    kind: string;
    organisation_id: string | null;
    body: string;
    on_day: string;
    sha256: string;
    reference: string | null;
    added_at: Generated<string>;
  };
  'strategy.comment': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    strategy_id: string;
    section: string;
    words: string;
    made_by: string;
    made_on: string;
    reply: string | null;
    replied_on: string | null;
    change: JsonOrNull;
    added_at: Generated<string>;
  };
  'strategy.consultee': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    strategy_id: string;
    organisation_id: string;
    consulted_on: string;
    how: string | null;
  };
  'strategy.grant_fund': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    name: string;
    funder: string;
    state: string;
    labour_pence: Generated<number>;
    non_labour_pence: Generated<number>;
    match_pence: Generated<number>;
    starts: string | null;
    ends: string | null;
    may_carry_over: Generated<boolean>;
    conditions: string | null;
  };
  'strategy.grant_line': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    grant_id: string;
    action_id: string | null;
    kind: string;
    category: string;
    pence: number;
    on_day: string;
    words: string | null;
  };
  'strategy.measure': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    question: string;
    accountability: string;
    indicator_id: string | null;
    aim_id: string | null;
    action_id: string | null;
    unit: string;
    better: string;
    target: string | null;
    target_by: string | null;
    tolerance: Generated<string>;
    baseline_period: string | null;
    ended_on: string | null;
    added_at: Generated<string>;
  };
  'strategy.measure_value': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    measure_id: string;
    month: string;
    value: string;
    out_of: string | null;
    source: string | null;
  };
  'strategy.milestone': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    action_id: string;
    title: string;
    due: JsonOrNull;
    due_latest: string | null;
    done_on: string | null;
  };
  'strategy.plan_file': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    file_name: string;
    added: number;
    changed: number;
    unchanged: number;
    refused: JsonColumn;
    sent_by: string;
    sent_at: Generated<string>;
  };
  'strategy.risk': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    title: string;
    cause: string | null;
    owner: string;
    likelihood: number;
    impact: number;
    likelihood_before: number | null;
    impact_before: number | null;
    aim_id: string | null;
    action_id: string | null;
    review_due: string | null;
    closed_on: string | null;
    closed_because: string | null;
  };
  'strategy.strategy': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    line: string;
    version: number;
    level: string;
    title: string;
    state: Generated<string>;
    sections: JsonColumn;
    starts: string | null;
    ends: string | null;
    aims: JsonOrNull;
    sha256: string | null;
    exclusion: JsonOrNull;
    published_on: string | null;
    review_due: string | null;
    imported_from: string | null;
    scope_break: string | null;
    added_at: Generated<string>;
  };
  'strategy.theory_arrow': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    from_id: string;
    to_id: string;
    assumption: string;
    grade: Generated<string>;
    risk: string | null;
  };
  'strategy.theory_step': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    stage: string;
    place: number;
    words: string;
    action_id: string | null;
    measure_id: string | null;
  };
}
