import { formatMonth } from '../duty/index.ts';
import { sourceTitle } from '../exchange/index.ts';
import { daysLate } from './coverage.ts';
import { calendarOf, coveredSources } from './coverage.store.ts';
import { eachOrTogether, type NeedRow } from '../platform/needs.ts';
import { assessmentNeeds } from './assessment-need.store.ts';

/** What of the evidence may need somebody. */
export const evidenceNeeds: readonly NeedRow<'evidence' | 'partnership' | 'platform'>[] = [
  ...assessmentNeeds,
  {
    about: 'Months of a source that are late',
    roles: ['analyst', 'coordinator'],
    async find({ work, today }) {
      const late = [];
      for (const source of await coveredSources(work)) {
        const { months } = await calendarOf(work, source, { today });
        for (const month of months)
          for (const of of month.providers)
            if (of.state === 'late') late.push({ source, ...of, days: daysLate(of, today) });
      }
      return eachOrTogether(
        late,
        ({ source, month, provider, days, due }) => ({
          words: `${sourceTitle(source)} for ${formatMonth(month)} is ${days > 0 ? `${days} ${days === 1 ? 'day' : 'days'} late` : 'late'}`,
          because: provider === '' ? undefined : `It comes from ${provider}.`,
          href: `/coverage/${source}/${month}`,
          due,
        }),
        (count) => ({ words: `${count} months of sources are late`, href: '/coverage', due: null }),
      );
    },
  },
];
