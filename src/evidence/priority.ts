export const priorityStates = ['candidate', 'chosen', 'not-chosen', 'ended'] as const;
export type PriorityState = (typeof priorityStates)[number];
export const priorityStateLabels: Readonly<Record<PriorityState, string>> = {
  candidate: 'Being weighed',
  chosen: 'Chosen',
  'not-chosen': 'Not chosen',
  ended: 'Ended',
};

/** What could be a priority, as somebody records it. */
export interface PriorityWanted {
  readonly name: string;
  readonly statement: string | null;
  readonly volume: number | null;
  readonly volumeFrom: string | null;
  readonly harm: number | null;
  readonly harmFrom: string | null;
}
