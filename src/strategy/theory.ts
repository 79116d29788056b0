/** From what people need to what changes in the end, in the order in which the arrows run. */
export const stages = ['need', 'input', 'activity', 'output', 'outcome', 'impact'] as const;
export type Stage = (typeof stages)[number];
export const stageLabels: Readonly<Record<Stage, string>> = {
  need: 'Need',
  input: 'What we put in',
  activity: 'What we do',
  output: 'What comes out at once',
  outcome: 'What changes for people',
  impact: 'What changes in the end',
};

/** How well it is known that one thing leads to the next. */
export const grades = ['untested', 'belief', 'local', 'studies', 'strong'] as const;
export type Grade = (typeof grades)[number];
export const gradeLabels: Readonly<Record<Grade, string>> = {
  untested: 'Untested: nobody has looked',
  belief: 'Belief: people who do the work think so',
  local: 'Local: our own numbers point that way',
  studies: 'Studies: some, elsewhere',
  strong: 'Strong: several good studies',
};

export interface TheoryStep {
  readonly id: string;
  readonly stage: Stage;
  readonly words: string;
  readonly actionId: string | null;
  readonly measureId: string | null;
}

export interface TheoryArrow {
  readonly id: string;
  readonly fromId: string;
  readonly toId: string;
  readonly assumption: string;
  readonly grade: Grade;
  readonly risk: string | null;
}

export interface TheoryFinding {
  readonly kind: 'orphan' | 'untested' | 'unmeasured' | 'dead-end';
  readonly words: string;
}

const quoted = (words: string): string => `“${words}”`;

/** Why an arrow cannot be drawn; undefined where it can. Arrows run forward, so that no circle explains itself. */
export function whyNoArrow(
  from: Pick<TheoryStep, 'stage'> | undefined,
  to: Pick<TheoryStep, 'stage'> | undefined,
): string | undefined {
  if (from === undefined || to === undefined) return 'Choose a step from the list';
  if (stages.indexOf(to.stage) <= stages.indexOf(from.stage))
    return `An arrow runs forward: ${stageLabels[from.stage].toLowerCase()} cannot lead to ${stageLabels[to.stage].toLowerCase()}`;
  return undefined;
}

/**
 * What is wrong with a theory of change (domain paper 2.7): steps that hang on nothing, activities from which no outcome can
 * be reached, outcomes without a measure, and assumptions that nobody has tested.
 */
export function findings(steps: readonly TheoryStep[], arrows: readonly TheoryArrow[]): readonly TheoryFinding[] {
  const next = new Map<string, string[]>();
  for (const { fromId, toId } of arrows) next.set(fromId, [...(next.get(fromId) ?? []), toId]);
  const byId = new Map(steps.map((step) => [step.id, step]));
  const tied = new Set(arrows.flatMap(({ fromId, toId }) => [fromId, toId]));
  const reaches = (id: string, stage: Stage): boolean => {
    const seen = new Set<string>([id]);
    const ahead = [id];
    for (let at = ahead.pop(); at !== undefined; at = ahead.pop())
      for (const to of next.get(at) ?? []) {
        if (byId.get(to)?.stage === stage) return true;
        if (!seen.has(to)) {
          seen.add(to);
          ahead.push(to);
        }
      }
    return false;
  };
  const of = (stage: Stage) => steps.filter((step) => step.stage === stage);
  return [
    ...steps
      .filter(({ id }) => !tied.has(id))
      .map(({ words }) => ({
        kind: 'orphan' as const,
        words: `${quoted(words)} hangs on nothing: no arrow leads to it or from it.`,
      })),
    ...of('activity')
      .filter(({ id }) => tied.has(id) && !reaches(id, 'outcome'))
      .map(({ words }) => ({ kind: 'dead-end' as const, words: `${quoted(words)} leads to no change for people.` })),
    ...of('outcome')
      .filter(({ measureId }) => measureId === null)
      .map(({ words }) => ({
        kind: 'unmeasured' as const,
        words: `${quoted(words)} has no measure, so nobody will know.`,
      })),
    ...arrows
      .filter(({ grade }) => grade === 'untested')
      .map(({ assumption }) => ({
        kind: 'untested' as const,
        words: `Nobody has tested that ${assumption.replace(/[.]$/, '')}.`,
      })),
  ];
}

/** What keeps a strategy from being published, where the partnership has said that it does: orphans and untested assumptions. */
export const blocking = (found: readonly TheoryFinding[]): readonly string[] =>
  found.filter(({ kind }) => kind === 'orphan' || kind === 'untested').map(({ words }) => words);
