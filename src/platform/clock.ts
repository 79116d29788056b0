/** What time it is, as an argument: production has one clock, the example town another, a test its own. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
