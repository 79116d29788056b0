import { describe, expect, it } from 'vitest';
import { attackOf, outcomes } from './attack.ts';
import { Attacker } from './attacker.ts';
import { randomPublication } from './random-tables.ts';

// The proof in full, over 1,000 publications, is `npm run test:proof`; this part of it keeps `npm test` short.
describe('no small count can be worked out', () => {
  it('of 100 random publications that are attacked', () => {
    const all = outcomes(0, 100);
    expect(all.flatMap((outcome) => outcome.faults)).toEqual([]);
    expect(new Set(all.map((outcome) => outcome.kind)).size).toBe(4);
    expect(all.reduce((sum, outcome) => sum + outcome.primaries, 0)).toBeGreaterThan(300);
    expect(all.filter((outcome) => outcome.refused).length).toBeLessThan(5);
  }, 120_000);

  it('and the attack does find a small count when secondary cells are left out', () => {
    let derived = 0;
    for (let seed = 0; seed < 24; seed += 1) {
      const { tables } = randomPublication(seed, 4);
      const attacker = new Attacker(tables, 1);
      const small = tables.cells.filter(({ count, standing }) => standing !== 'published' && count > 0 && count <= 4);
      const primaries = new Set(small.map(({ id }) => id));
      derived += small.filter(({ id }) => {
        const { lower, upper } = attacker.belief(id, primaries);
        return lower === upper;
      }).length;
    }
    expect(derived).toBeGreaterThan(20);
  }, 60_000);

  it('and the attack notices a table that shows what it should hide', () => {
    const { tables } = randomPublication(3, 4);
    const shown = tables.cells.map(({ id, count }) => ({ id, state: 'shown' as const, count }));
    expect(attackOf(tables, shown, { hideTo: 4 })[0]).toContain('is shown');
  });
});
