/** Most dimensions of one self-assessment: more are not scored with care. */
export const mostDimensions = 30;

export interface Dimension {
  readonly id: string;
  readonly title: string;
  /** The words of each level, the lowest first. */
  readonly levels: readonly string[];
}

/** A suggestion to begin with, which a partnership changes as it likes. It is nobody else’s tool. */
export const suggestedDimensions: readonly Omit<Dimension, 'id'>[] = [
  {
    title: 'Leadership and governance',
    levels: [
      'It is not clear who leads',
      'There is a group with terms of reference',
      'A board answers for it and meets each quarter',
      'Decisions are followed to what came of them',
    ],
  },
  {
    title: 'Who takes part',
    levels: [
      'Some authorities',
      'All specified authorities',
      'Schools, prisons and youth custody too',
      'Voluntary organisations and residents as equals',
    ],
  },
  {
    title: 'Definition',
    levels: ['None', 'A draft', 'Agreed, with the reasons of s.13(6)', 'Looked at every year'],
  },
  {
    title: 'Data and sharing of information',
    levels: [
      'Now and then',
      'A protocol is signed',
      'Data comes every month, also from emergency departments',
      'Linked, assessed for privacy and used every week',
    ],
  },
  {
    title: 'Needs assessment',
    levels: ['Police data only', 'Several sources', 'Causes and groups of people', 'Kept up to date, made with others'],
  },
  {
    title: 'Strategy and delivery plan',
    levels: ['None', 'A draft', 'Published, and each action has an owner', 'Paid for, and reviewed'],
  },
  {
    title: 'Prevention',
    levels: [
      'Nobody knows what there is',
      'There is a directory',
      'The evidence of each service is known',
      'Services are evaluated and gaps are filled',
    ],
  },
  {
    title: 'Voice',
    levels: ['People are asked late', 'Surveys', 'Panels', 'People decide with us'],
  },
  {
    title: 'Evaluation and learning',
    levels: ['We count', 'We have measures', 'We compare with others', 'What we learned changed what we do'],
  },
  {
    title: 'Equality',
    levels: [
      'Nothing is known',
      'Differences are described',
      'Differences are followed',
      'We explain a difference, or change what we do',
    ],
  },
];

export interface Agreed {
  readonly level: number;
  readonly target: number;
  readonly note: string;
  readonly actionId: string | null;
  readonly actionTitle: string | null;
}

export interface DimensionStanding extends Dimension {
  /** What each organisation says of it. */
  readonly scores: readonly {
    readonly organisationId: string;
    readonly organisation: string;
    readonly level: number;
    readonly evidence: string | null;
  }[];
  readonly agreed: Agreed | null;
  /** What was agreed in the round before; null where nothing was. */
  readonly before: number | null;
}

/** How far the scores of the partners are apart; null where fewer than two have scored. */
export function spreadOf(scores: DimensionStanding['scores']): { readonly low: number; readonly high: number } | null {
  if (scores.length < 2) return null;
  const levels = scores.map(({ level }) => level);
  return { low: Math.min(...levels), high: Math.max(...levels) };
}

/** Partners who see it so differently have to talk about it before they agree. */
export const isApart = (scores: DimensionStanding['scores']): boolean => {
  const spread = spreadOf(scores);
  return spread !== null && spread.high - spread.low >= 2;
};

/** Whether it is below where they want to be, and nothing is planned for it. */
export const isGap = (agreed: Agreed | null): boolean =>
  agreed !== null && agreed.level < agreed.target && agreed.actionId === null;

/** Against the round before, in words. */
export function changeWords({ agreed, before }: Pick<DimensionStanding, 'agreed' | 'before'>): string {
  if (agreed === null || before === null) return '–';
  const change = agreed.level - before;
  return change === 0 ? 'As before' : change > 0 ? `Up by ${change}` : `Down by ${-change}`;
}
