// Generated from the migrated database by `npm run db:types`. Do not edit: write a migration.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** JSON goes in as text and comes out as values. */
type JsonColumn = ColumnType<Json, string, string>;
type JsonOrNull = ColumnType<Json | null, string | null | undefined, string | null>;

export interface Database {
  'directory.gap': {
    partnership_id: Generated<string>;
    id: Generated<string>;
    area: string;
    tier: string;
    need: string;
    age: string;
    state: Generated<string>;
    owner: string | null;
    note: string | null;
    added_at: Generated<string>;
  };
  'directory.gap_report': {
    partnership_id: Generated<string>;
    id: Generated<string>;
    gap_id: string;
    seen: string | null;
    flags: Generated<string[]>;
    reported_on: string;
  };
  'directory.proposal': {
    partnership_id: Generated<string>;
    id: Generated<string>;
    service_id: string;
    of_version: number;
    document: JsonColumn;
    note: string | null;
    flags: Generated<string[]>;
    made_at: Generated<string>;
    state: Generated<string>;
    decided_by: string | null;
    decided_at: string | null;
  };
  'directory.service': {
    partnership_id: Generated<string>;
    id: string;
    document: JsonColumn;
    prevention: JsonColumn;
    name: string;
    visibility: Generated<string>;
    state: Generated<string>;
    organisation_id: string | null;
    verifier: string | null;
    verified_on: string | null;
    verify_by: string | null;
    reminded_on: string | null;
    held_back: JsonColumn;
    origin: string | null;
    version: Generated<number>;
    added_at: Generated<string>;
    changed_at: Generated<string>;
  };
  'directory.service_version': {
    partnership_id: Generated<string>;
    service_id: string;
    version: number;
    how: string;
    document: JsonColumn;
    prevention: JsonColumn;
    visibility: string;
    state: string;
    by: string;
    at: Generated<string>;
  };
  'evidence.assessment': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    template: string;
    title: string;
    version: number;
    area: string;
    area_name: string;
    from_month: string;
    to_month: string;
    as_of: string;
    definition_id: string | null;
    previous_id: string | null;
    state: Generated<string>;
    approved_by_id: string | null;
    approved_on: string | null;
    approved_sha256: string | null;
    published_on: string | null;
    next_review: string | null;
    superseded_by_id: string | null;
    added_at: Generated<string>;
  };
  'evidence.assessment_ask': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    assessment_id: string;
    section_id: string | null;
    organisation_id: string;
    question: string;
    due: string;
    asked_by: string;
    state: Generated<string>;
    answer: string | null;
    answered_by: string | null;
    answered_on: string | null;
  };
  'evidence.assessment_comment': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    section_id: string;
    reply_to_id: string | null;
    words: string;
    by: string;
    at: Generated<string>;
    resolved_by: string | null;
    resolved_at: string | null;
  };
  'evidence.assessment_exclusion': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    section_id: string;
    passage: string;
    ground: string;
    because: string;
    by: string;
    at: Generated<string>;
  };
  'evidence.assessment_figure': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    section_id: string;
    figure_id: string;
    place: number;
    sentence: string;
    finding_id: string | null;
    owners: Generated<string[]>;
    placed_by: string;
    placed_at: Generated<string>;
  };
  'evidence.assessment_section': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    assessment_id: string;
    key: string;
    place: number;
    owner: string | null;
    state: Generated<string>;
    words: Generated<string>;
    words_by: string | null;
    words_at: string | null;
    edition: Generated<number>;
  };
  'evidence.clearance': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    assessment_id: string;
    organisation_id: string;
    due: string;
    asked_on: string;
    asked_by: string;
    answer: string | null;
    because: string | null;
    answered_by: string | null;
    answered_on: string | null;
    seen_sha256: string | null;
  };
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
  'evidence.driver': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    level: string;
    direction: string;
    factor: string;
    local_value: string | null;
    comparator: string | null;
    basis: string;
    source: string | null;
    said_on: string | null;
    strength: string;
    strength_because: string | null;
    people: number | null;
    finding_id: string | null;
    added_by: string;
    added_at: Generated<string>;
    ended_on: string | null;
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
  'evidence.finding': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    sentence: string;
    question: string | null;
    figure_id: string | null;
    view_id: string | null;
    area: string | null;
    from_month: string | null;
    to_month: string | null;
    strength: string;
    strength_because: string | null;
    state: Generated<string>;
    state_because: string | null;
    author: string;
    checked_by: string | null;
    made_at: Generated<string>;
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
  'evidence.priority': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    name: string;
    statement: string | null;
    volume: string | null;
    volume_from: string | null;
    harm: string | null;
    harm_from: string | null;
    state: Generated<string>;
    state_because: string | null;
    decided_by_id: string | null;
    decided_on: string | null;
    added_at: Generated<string>;
  };
  'evidence.priority_finding': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    priority_id: string;
    finding_id: string;
  };
  'evidence.problem_profile': {
    priority_id: string;
    partnership_id: Generated<string>;
    words: JsonColumn;
    marking: string;
    review_on: string | null;
    author: string;
    edition: Generated<number>;
    id: GeneratedAlways<string>;
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
  'evidence.score': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    priority_id: string;
    factor: string;
    points: number;
    reason: string;
    is_moderated: Generated<boolean>;
    by: string;
    at: Generated<string>;
  };
  'evidence.scoring_matrix': {
    id: Generated<string>;
    partnership_id: Generated<string>;
    factors: JsonColumn;
    top: number;
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
  'partnership.shared_organisation': {
    id: string;
    name: string;
  };
  'partnership.shared_speaker': {
    account_id: string;
    organisation_id: string;
    title: string;
    since: JsonOrNull;
    until: JsonOrNull;
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
  'published.assessment': {
    partnership_id: string;
    id: string;
    template: string;
    title: string;
    version: number;
    area_name: string;
    from_month: string;
    to_month: string;
    published_on: string;
    approved_by: string;
    approved_on: string;
    superseded_by: string | null;
    document: JsonColumn;
    figures: JsonColumn;
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
  'published.directory_size': {
    partnership_id: string;
    services: number;
    leads: number;
    places: number;
    leads_places: number;
    providers: number;
    leads_providers: number;
  };
  'published.figure_view': {
    partnership_id: string;
    id: string;
    title: string;
    published_at: string;
    shown: JsonColumn;
  };
  'published.gap': {
    partnership_id: string;
    id: string;
    area: string;
    tier: string;
    need: string;
    age: string;
    state: string;
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
  'published.place': {
    key: string;
    title: string;
    kind: string;
    place: unknown;
  };
  'published.provider': {
    partnership_id: string;
    id: string;
    leads: boolean;
    name: string;
    document: JsonColumn;
    words: string;
  };
  'published.service': {
    partnership_id: string;
    id: string;
    leads: boolean;
    organization_id: string | null;
    name: string;
    listed: JsonColumn;
    document: JsonColumn;
    words: string;
    minimum_age: number | null;
    maximum_age: number | null;
    last_modified: string;
    term_ids: string[];
    taxonomy_ids: string[];
    tiers: string[];
    needs: string[];
    prevention: JsonColumn;
    verify_by: string | null;
  };
  'published.service_place': {
    partnership_id: string;
    id: string;
    service_id: string;
    leads: boolean;
    listed: JsonColumn;
    document: JsonColumn;
    postcode: string | null;
    place: unknown | null;
  };
  'published.taxonomy_term': {
    partnership_id: string;
    id: string;
    taxonomy_id: string | null;
    parent_id: string | null;
    name: string;
    document: JsonColumn;
  };
}
