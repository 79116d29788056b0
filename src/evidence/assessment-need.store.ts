import type { IsoDate } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import { eachOrTogether, type NeedRow } from '../platform/needs.ts';
import { findSection } from './assessment-template.ts';
import { clearanceState, isOpen } from './workbench.ts';
import {
  asksOf,
  clearancesOf,
  contentOf,
  listAssessments,
  ownersHash,
  ownersIn,
  speaksFor,
  type AssessmentKept,
} from './workbench.store.ts';

type Reads = ReadWork<'evidence' | 'partnership' | 'platform'>;

const open = async (work: Reads): Promise<readonly AssessmentKept[]> =>
  (await listAssessments(work)).filter(({ state }) => isOpen(state) || state === 'approved');

/** Clearances that may still be given, of assessments that are not public yet. */
async function clearancesWaiting(work: Reads, today: IsoDate) {
  const waiting = [];
  for (const assessment of await open(work)) {
    const content = await contentOf(work, assessment.id);
    const owners = new Set(ownersIn(content));
    for (const clearance of await clearancesOf(work, assessment.id)) {
      const state = clearanceState(clearance, ownersHash(content, clearance.organisation.id), today);
      if (owners.has(clearance.organisation.id)) waiting.push({ assessment, clearance, state });
    }
  }
  return waiting;
}

/** What of findings, priorities and assessments may need somebody. */
export const assessmentNeeds: readonly NeedRow<'evidence' | 'partnership' | 'platform'>[] = [
  {
    about: 'What an assessment asks of a partner',
    roles: ['partner', 'officer', 'prevention-lead', 'hub', 'information-governance', 'coordinator', 'analyst'],
    async find({ work, person, today }) {
      const mine = new Set((await speaksFor(work, person, today)).map(({ id }) => id));
      if (mine.size === 0) return [];
      const asked = [];
      for (const assessment of await open(work))
        for (const ask of await asksOf(work, assessment.id))
          if (ask.state === 'asked' && mine.has(ask.organisation.id) && isOpen(assessment.state))
            asked.push({ assessment, due: ask.due, question: ask.question });
      const clearing = (await clearancesWaiting(work, today)).filter(
        ({ clearance, state }) => state === 'waiting' && mine.has(clearance.organisation.id),
      );
      return [
        ...asked.map(({ assessment, due, question }) => ({
          words: `Add your part to “${assessment.title}”`,
          because: question,
          href: `/workbench/${assessment.id}/part` as const,
          due,
        })),
        ...clearing.map(({ assessment, clearance }) => ({
          words: `Say whether the figures of ${clearance.organisation.name} may be published`,
          because: `They stand in “${assessment.title}”.`,
          href: `/workbench/${assessment.id}/part` as const,
          due: clearance.due,
        })),
      ];
    },
  },
  {
    about: 'Parts of an assessment that somebody writes, with open comments',
    roles: ['analyst', 'coordinator', 'administrator'],
    async find({ work, person }) {
      const parts = [];
      for (const assessment of (await listAssessments(work)).filter(({ state }) => isOpen(state)))
        for (const section of (await contentOf(work, assessment.id)).sections)
          if (section.owner === person && section.openComments > 0) parts.push({ assessment, section });
      return eachOrTogether(
        parts,
        ({ assessment, section }) => ({
          words: `Answer the comments on “${findSection(assessment.template, section.key)?.heading ?? section.key}”`,
          because: `It is a part of “${assessment.title}”.`,
          href: `/workbench/${assessment.id}/parts/${section.key}`,
          due: null,
        }),
        (count) => ({ words: `${count} parts that you write have open comments`, href: '/workbench', due: null }),
      );
    },
  },
  {
    about: 'Assessments that wait for a decision, and clearances that were not given in time',
    roles: ['coordinator', 'administrator'],
    async find({ work, today }) {
      const all = await listAssessments(work);
      const late = (await clearancesWaiting(work, today)).filter(
        ({ state }) => state === 'lapsed' || state === 'objected',
      );
      return [
        ...all
          .filter(({ state }) => state === 'in-review')
          .map(({ id, title }) => ({
            words: `Take “${title}” to the body that approves it`,
            href: `/workbench/${id}` as const,
            due: null,
          })),
        ...all
          .filter(({ state }) => state === 'approved')
          .map(({ id, title }) => ({ words: `Publish “${title}”`, href: `/workbench/${id}` as const, due: null })),
        ...late.map(({ assessment, clearance, state }) => ({
          words:
            state === 'lapsed'
              ? `${clearance.organisation.name} did not clear its figures in time`
              : `${clearance.organisation.name} objects to how its figures stand`,
          because: `They stand in “${assessment.title}”.`,
          href: `/workbench/${assessment.id}/clearance` as const,
          due: null,
        })),
      ];
    },
  },
];
