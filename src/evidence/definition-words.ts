import type { ChangeWords } from '../partnership/index.ts';
import { isOut, type KindDecision } from './definition.ts';

/** How the history calls what changed in a definition. What a kind says is on its page; here is how many are in. */
export const definitionWords: ChangeWords = {
  kinds: { definition: 'Definition', definition_question: 'Question' },
  columns: {
    name: 'Name',
    about: 'What it is',
    kinds: 'Kinds of violence',
    decided_by_id: 'Decided by',
    decided_by: 'Decided by',
    decided_on: 'Decided on',
    effective_from: 'In force from',
    review_by: 'To be reviewed by',
    superseded_from: 'Replaced from',
    question: 'Question',
    asked_by: 'Asked by',
    asked_on: 'Asked on',
    answer: 'Answer',
    answered_on: 'Answered on',
    // Of what else the kinds say, only that it is other words now.
    sha256: 'Words',
  },
  said(column, value) {
    if (column === 'kinds' && Array.isArray(value)) return kindsInWords(value as readonly KindDecision[]);
    if (column === 'sha256' && typeof value === 'string') return value.slice('sha256:'.length, 'sha256:'.length + 12);
    return undefined;
  },
};

function kindsInWords(kinds: readonly KindDecision[]): string {
  const isIn = kinds.filter(({ inclusion }) => inclusion === 'core').length;
  const out = kinds.filter(({ inclusion }) => isOut(inclusion)).map(({ name }) => name.toLowerCase());
  return `${isIn} of ${kinds.length} in${out.length === 0 ? '' : ` (out: ${out.join(', ')})`}`;
}
