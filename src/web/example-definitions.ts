import { exampleDefinitions, exampleIndicatorId } from '../evidence/example-definitions.ts';
import { addDraft, addQuestion, adoptDraft, answerQuestion } from '../evidence/definition.store.ts';
import { findTemplate, nationalIndicators } from '../evidence/indicator-templates.ts';
import { addIndicator } from '../evidence/indicator.store.ts';
import type { Work } from '../platform/database/work.ts';

/** What counts as serious violence in the example, decided twice, and what is watched. */
export async function loadExampleDefinitions(work: Work<'evidence' | 'partnership'>): Promise<void> {
  for (const { adoption, questions = [], ...draft } of exampleDefinitions) {
    const { recordId } = await addDraft(work, draft);
    if (adoption !== undefined) await adoptDraft(work, recordId, adoption);
    for (const { answer, answeredOn, ...asked } of questions) {
      const question = await addQuestion(work, recordId, asked);
      if (answer !== undefined && answeredOn !== undefined)
        await answerQuestion(work, recordId, question, { answer, answeredOn, before: null });
    }
  }
  for (const template of nationalIndicators)
    await addIndicator(work, { ...template, target: null, owner: 'Serious Violence Group' });
  const robbery = findTemplate('robbery');
  if (robbery === undefined) throw new Error('the templates have no robbery');
  await addIndicator(work, {
    ...robbery,
    recordId: exampleIndicatorId,
    target: { value: 60, by: '2028-03-31' },
    owner: 'Merrowshire Constabulary',
  });
}
