/**
 * True when dates look like months given as a day: many events on few days, each at least 28 days from the next.
 * Methods of near repeats refuse such dates, for every pair of one month would seem to fall on one day.
 */
export function areMonthOnly(sortedDays: ArrayLike<number>): boolean {
  let distinct = 0;
  for (let i = 0; i < sortedDays.length; i++) {
    const gap = i === 0 ? Infinity : (sortedDays[i] ?? 0) - (sortedDays[i - 1] ?? 0);
    if (gap === 0) continue;
    if (gap < 28) return false;
    distinct++;
  }
  return distinct >= 2 && sortedDays.length >= 3 * distinct;
}
