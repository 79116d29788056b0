import { createHash } from 'node:crypto';
import { canonicalJson } from '../duty/index.ts';
import type { Figure } from './figure.ts';
import { formatOf } from './formats/index.ts';
import { ruleFor, type Audience, type View } from './view.ts';

/** What an audience may see of a figure, against what was published before. */
export function viewOf(
  figure: Figure,
  { audience, ledger }: { readonly audience: Audience; readonly ledger: string | null },
): View {
  const rule = ruleFor(formatOf(figure.question.source)?.disclosure ?? 'health', audience);
  const id = createHash('sha256')
    .update(canonicalJson({ figure: figure.id, audience, rule: { name: rule.name, version: rule.version }, ledger }))
    .digest('hex');
  return { id: `sha256:${id}`, figure, audience, rule, ledger, rows: figure.rows, hiddenSentence: null };
}

/** A view as JSON has it; the schema is docs/reference/schemas. */
export function documentOf({ id, figure, audience, rule, ledger, rows, hiddenSentence }: View, code: string) {
  const { question } = figure;
  return {
    id: figure.id,
    view: id,
    title: figure.title,
    measure: question.measure,
    source: question.source,
    area: question.area,
    period: question.period,
    by: question.by,
    distinct: question.distinct,
    passport: {
      releases: question.releases,
      references: question.references,
      definition: question.definition,
      rule: { name: rule.name, version: rule.version },
      audience,
      seed: question.seed,
      code,
      ledger,
    },
    rows,
    notes: hiddenSentence === null ? figure.notes : [hiddenSentence, ...figure.notes],
  };
}
