/** The two axes of a plan: the aims of the strategy, and the priorities of the partnership. */
export const axes = ['aim', 'priority'] as const;
export type Axis = (typeof axes)[number];

export const axisWords: Readonly<Record<Axis, { readonly one: string; readonly many: string; readonly what: string }>> =
  {
    aim: {
      one: 'aim',
      many: 'aims',
      what: 'What the strategy under the Serious Violence Duty wants to reach.',
    },
    priority: {
      one: 'priority',
      many: 'priorities',
      what: 'What the partnership’s own plan puts first, each with the group that leads on it. Strategies of other boards are linked, not taken over.',
    },
  };
