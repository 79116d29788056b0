import {
  type Standing,
  funnelPlot,
  funnelPoint,
  overdispersion,
  proportionFunnelLimits,
  proportionStandings,
} from '../../../src/measures/funnel-plot.ts';
import { isRefusal } from '../../../src/measures/refusal.ts';
import type { Adapter } from '../adapter.ts';
import { answered } from '../../answered.ts';

type Input =
  { file: string; multiplier: number } | { observed: number[]; expected_events: number[]; winsorise: number };

const words: Record<Standing, string> = {
  'high-0.001': 'High (0.001)',
  'high-0.025': 'High (0.025)',
  within: 'Not significant',
  'low-0.025': 'Low (0.025)',
  'low-0.001': 'Low (0.001)',
};

export const run: Adapter = (input: Input, question) => {
  if ('observed' in input) {
    const { observed, expected_events: expected, winsorise } = input;
    const spread = overdispersion({ observed, expected, winsorise });
    if (isRefusal(spread)) return { answer: null };
    return { answer: { phi: spread.phi, tau2: spread.tauSquared, z: spread.z, od_z: spread.adjustedZ } };
  }
  const rows = question.csv(input.file);
  const column = (name: string): number[] => rows.map((row) => Number(row[name]));
  const per = input.multiplier;
  // Where the curves are evaluated is the drawing's choice; the heights are ours.
  const points = (question.expected as { limits?: Record<string, number | undefined>[] }).limits ?? [];
  if (rows[0]!['events'] !== undefined) {
    const plot = funnelPlot({ events: column('events'), population: column('population'), per });
    if (isRefusal(plot)) return { answer: null };
    const faults: string[] = [];
    let judged = 0;
    for (const point of points)
      for (const [name, level] of [
        ['2s', 0.95],
        ['3s', 0.998],
      ] as const) {
        const ours = answered(funnelPoint({ events: point['Events']!, overall: plot.overall, per, level }));
        for (const side of ['lower', 'upper'] as const) {
          const population = point[`${side}_${name}_population_1_year`]!;
          const rate = point[`${side}_${name}_limit`]!;
          // The reference halves its way to v = E/(E + events + 1) and stops within 1e-7: compare there.
          const v = (people: number): number => 1 - 1 / (1 + (people * plot.overall) / per / (ours.events + 1));
          const miss = Math.abs(v(ours[side].population) - v(population));
          if (!(miss < 1.2e-7)) faults.push(`limits ${ours.events} ${side} ${name}: v differs by ${miss}`);
          if (!(Math.abs(ours[side].rate * ours[side].population - rate * population) < 1e-9 * rate * population))
            faults.push(`limits ${ours.events} ${side} ${name}: rate`);
          judged += 2;
        }
      }
    return {
      answer: {
        overall: plot.overall,
        significance: plot.areas.map((area) => words[area.standing]),
        limits: points.map((point) => ({ Events: point['Events'], baseline: plot.overall })),
      },
      notCompared: {
        ...Object.fromEntries(
          ['lower_2s', 'upper_2s', 'lower_3s', 'upper_3s'].flatMap((side) =>
            ['limit', 'population_1_year'].map((of) => [
              `limits.*.${side}_${of}`,
              'judged above, at the precision that the reference claims',
            ]),
          ),
        ),
        'limits.*.statistic': 'a label',
        'limits.*.method': 'a label',
      },
      faults,
      judged,
    };
  }
  const counts = column('k');
  const wholes = column('m');
  const standings = proportionStandings(counts, wholes);
  if (isRefusal(standings)) return { answer: null };
  const overall = counts.reduce((a, b) => a + b, 0) / wholes.reduce((a, b) => a + b, 0);
  return {
    answer: {
      overall: per * overall,
      significance: standings.map((standing) => words[standing]),
      limits: points.map((point) => {
        const two = answered(proportionFunnelLimits(overall, point['Population']!, 0.95));
        const three = answered(proportionFunnelLimits(overall, point['Population']!, 0.998));
        return {
          Population: point['Population'],
          lower_2s_limit: per * two.lower,
          upper_2s_limit: per * two.upper,
          lower_3s_limit: per * three.lower,
          upper_3s_limit: per * three.upper,
          baseline: per * overall,
        };
      }),
    },
    notCompared: { 'limits.*.statistic': 'a label', 'limits.*.method': 'a label' },
  };
};
