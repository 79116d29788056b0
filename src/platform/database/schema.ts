// Generated from the migrated database by `npm run db:types`. Do not edit: write a migration.
import type { ColumnType, Generated } from 'kysely';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonColumn<T> = ColumnType<T, string, string>;

export interface Database {
  'identity.credential': {
    person_id: string;
    password_hash: string;
    changed_at: Generated<string>;
  };
  'identity.person': {
    id: Generated<string>;
    email: string;
    name: string;
    disabled_at: string | null;
    created_at: Generated<string>;
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
  };
  'platform.job': {
    id: Generated<string>;
    partnership_id: string;
    kind: string;
    title: string;
    payload: JsonColumn<Json>;
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
  };
  'platform.role_held': {
    partnership_id: string;
    person_id: string;
    role: string;
    given_at: Generated<string>;
  };
  'platform.shared_person': {
    id: string;
    name: string;
  };
  'published.partnership': {
    id: string;
    slug: string;
    name: string;
  };
}
