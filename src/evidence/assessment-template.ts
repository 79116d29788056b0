export const assessmentTemplates = ['needs', 'annual'] as const;
export type AssessmentTemplate = (typeof assessmentTemplates)[number];

export const templateLabels: Readonly<Record<AssessmentTemplate, { readonly label: string; readonly what: string }>> = {
  needs: {
    label: 'Strategic needs assessment of serious violence',
    what: 'The kinds, causes and consequences of serious violence (Police, Crime, Sentencing and Courts Act 2022 s.8(3))',
  },
  annual: {
    label: 'Annual strategic assessment',
    what: 'All crime and disorder, substance misuse and re-offending (Crime and Disorder Regulations 2007 reg 7)',
  },
};

/** A section as its template has it. */
export interface SectionTemplate {
  readonly key: string;
  readonly heading: string;
  /** What it must hold, for whoever writes it. */
  readonly holds: string;
  readonly because: string;
}

const section = (key: string, heading: string, holds: string, because: string): SectionTemplate => ({
  key,
  heading,
  holds,
  because,
});

/** Sixteen sections (domain 2.1), and the matters of reg 7(a) to (g). */
export const sectionsOf: Readonly<Record<AssessmentTemplate, readonly SectionTemplate[]>> = {
  needs: [
    section(
      'scope',
      'What this covers',
      'Which violence counts and why, the area, the period, who wrote it, which partners took part and which did not',
      's.13',
    ),
    section('place', 'The place and its people', 'Ages, deprivation, schools, nights out, visitors', 'Good practice'),
    section(
      'kinds',
      'Kinds of serious violence',
      'How many of each, the rate, the change over years, the season, and how much harm',
      's.8(3)(a)',
    ),
    section(
      'where',
      'Where it happens',
      'Places with most of it, how concentrated it is, what crosses the border',
      'Good practice',
    ),
    section('when', 'When it happens', 'Hours and weekdays, school days, nights out', 'Good practice'),
    section(
      'who',
      'Who is harmed and who harms',
      'Age and sex, how they know each other, who is harmed again',
      'Good practice',
    ),
    section(
      'causes',
      'Causes',
      'Drug markets, deprivation, domestic abuse, alcohol, exploitation, exclusion. What people claim is marked as a claim',
      's.8(3)(b)',
    ),
    section(
      'risk-and-protection',
      'What raises and what lowers the risk',
      'By person, family, place and society',
      'Good practice',
    ),
    section(
      'inequality',
      'Who is affected more',
      'With what is not known, and a sentence against blame',
      'Equality Act 2010 s.149',
    ),
    section(
      'hidden',
      'Violence that nobody reports',
      'What hospitals and ambulances see that the police do not',
      'Good practice',
    ),
    section(
      'services',
      'Help there is, and help that is missing',
      'For everyone, for those at risk, for those already involved',
      'Good practice',
    ),
    section(
      'voices',
      'What people told us',
      'Children, people who were harmed, communities, and what changed because of them',
      'Good practice',
    ),
    section('what-works', 'What works', 'Evidence for what could be done', 'Good practice'),
    section('progress', 'Progress since the last one', 'What was promised and what came of it', 'reg 7(f)'),
    section(
      'data',
      'How good the data is',
      'What is missing, late, without a place, or too small to show',
      'Good practice',
    ),
    section('priorities', 'Priorities and recommendations', 'Scored, with who is to act', 'reg 7(d) and (e)'),
  ],
  annual: [
    section(
      'analysis',
      'Levels and patterns',
      'Crime and disorder, substance misuse and re-offending in the area',
      'reg 7(a)',
    ),
    section('changes', 'Changes since the last one', 'What changed in levels and patterns', 'reg 7(b)'),
    section('reasons', 'Why it changed', 'What may explain the changes, and how sure that is', 'reg 7(c)'),
    section(
      'priorities',
      'What should come first',
      'The matters that the partners should give priority to',
      'reg 7(d)',
    ),
    section(
      'community-priorities',
      'What people want to come first',
      'The matters that people who live and work here want to be given priority',
      'reg 7(e)',
    ),
    section('progress', 'How the last plan was carried out', 'What was done and what was not', 'reg 7(f)'),
    section(
      'county',
      'For the county',
      'Matters that the county strategy group should know of, where there is one',
      'reg 7(g)',
    ),
  ],
};

export const findSection = (template: AssessmentTemplate, key: string): SectionTemplate | undefined =>
  sectionsOf[template].find((each) => each.key === key);
