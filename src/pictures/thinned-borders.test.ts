import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outerWays, withThinnedBorders, type Ring } from './thinned-borders.ts';

const corners = (ring: readonly number[]): readonly string[] =>
  Array.from({ length: ring.length / 2 }, (_, index) => `${ring[index * 2]} ${ring[index * 2 + 1]}`);

/** Edges without their direction. */
const edges = (ring: Ring): readonly string[] =>
  corners(ring).map((corner, index, all) => [corner, all[(index + 1) % all.length]].sort().join(' - '));

// Two rings side by side; the border between them bends a little at 50 and much at 80.
const left: Ring = [0, 0, 100, 0, 102, 50, 130, 80, 100, 100, 0, 100];
const right: Ring = [100, 0, 200, 0, 200, 100, 100, 100, 130, 80, 102, 50];

describe('withThinnedBorders', () => {
  it('leaves out what is within the tolerance, the same on both sides of a border', () => {
    const [thinLeft = [], thinRight = []] = withThinnedBorders([left, right], 20);
    expect(corners(thinLeft)).not.toContain('102 50');
    expect(corners(thinLeft)).toContain('130 80');
    const shared = edges(thinLeft).filter((edge) => edges(thinRight).includes(edge));
    expect(shared).toEqual(['100 0 - 130 80', '100 100 - 130 80']);
  });

  it('leaves all that bends more than the tolerance', () => {
    expect(withThinnedBorders([left, right], 0)[0]).toHaveLength(left.length);
  });

  it('thins an island and the hole that holds it alike, wherever their rings begin', () => {
    const island: Ring = [10, 10, 50, 11, 90, 10, 91, 50, 90, 90, 10, 90];
    const hole: Ring = [90, 90, 91, 50, 90, 10, 50, 11, 10, 10, 10, 90];
    const [one = [], other = []] = withThinnedBorders([island, hole], 5);
    expect(one).toHaveLength(8);
    expect(new Set(corners(other))).toEqual(new Set(corners(one)));
  });

  it('keeps the borders of any jagged pair together', () => {
    const jag = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(jag, fc.integer({ min: 0, max: 60 }), (offsets, tolerance) => {
        const border = offsets.flatMap((offset, index) => [500 + offset, (index + 1) * 10]);
        const foot = (offsets.length + 1) * 10;
        const back = Array.from({ length: offsets.length }, (_, index) =>
          border.slice(border.length - 2 * index - 2).slice(0, 2),
        ).flat();
        const one = [0, 0, 500, 0, ...border, 500, foot, 0, foot];
        const other = [500, 0, 1000, 0, 1000, foot, 500, foot, ...back];
        const [thin = [], thinOther = []] = withThinnedBorders([one, other], tolerance);
        const between = (ring: Ring): readonly string[] =>
          edges(ring)
            .filter((edge) => !/(^| - )(0|1000) /.test(edge))
            .sort();
        expect(between(thin)).toEqual(between(thinOther));
      }),
    );
  });
});

describe('outerWays', () => {
  it('walks round the whole and not along the border between', () => {
    const drawn = outerWays([left, right]).map(corners);
    expect(drawn.flat()).not.toContain('130 80');
    expect(new Set(drawn.flat())).toEqual(new Set(['0 0', '100 0', '200 0', '200 100', '100 100', '0 100']));
  });
});
