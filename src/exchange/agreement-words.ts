import { markingLabels, type MarkingLevel } from '../duty/index.ts';
import type { ChangeWords } from '../partnership/index.ts';
import { levelLabels, partyRoleLabels, type Level, type PartyRole } from './agreement.ts';
import { gateways, type Gateway } from './gateway.ts';
import { sourceTitle, type SourceName } from './source.ts';

const values: Readonly<Record<string, (kept: string) => string | undefined>> = {
  level: (kept) => levelLabels[kept as Level],
  gateway: (kept) => gateways[kept as Gateway].label,
  marking: (kept) => markingLabels[kept as MarkingLevel],
  role: (kept) => partyRoleLabels[kept as PartyRole],
  source: (kept) => sourceTitle(kept as SourceName),
};

/** How the history of an agreement is told. Its tables allow no other values than the labels know. */
export const agreementWords: ChangeWords = {
  kinds: { agreement: 'Agreement', agreement_party: 'Party', agreement_source: 'Data' },
  columns: {
    title: 'Title',
    purpose: 'Purpose',
    level: 'Level of detail',
    gateway: 'Power to share',
    marking: 'Marking',
    handling: 'Handling',
    signed_on: 'Signed',
    starts: 'From',
    ends: 'Until',
    review_due: 'Review',
    ended_on: 'Ended early',
    ended_because: 'Because',
    notes: 'Notes',
    organisation_id: 'Organisation',
    role: 'Part',
    source: 'Data',
  },
  said(column, value) {
    if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(String).join('; ');
    return typeof value === 'string' ? values[column]?.(value) : undefined;
  },
};
