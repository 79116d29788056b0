import type { FigureMeasure } from './figure-answer.ts';
import { comparison, relativeRate } from './figure-comparisons.ts';
import { harm } from './figure-harm.ts';
import { count, coverage, rate, standardisedRate } from './figure-levels.ts';
import { concentrated, hotSpotCells, hotSpots, nearRepeat } from './figure-places.ts';
import { change, controlChart, trend } from './figure-series.ts';

/** Every measure that a figure can have, in the order of the list that people see. */
export const figureMeasures: readonly FigureMeasure[] = [
  count,
  rate,
  standardisedRate,
  change,
  trend,
  controlChart,
  comparison,
  relativeRate,
  harm,
  concentrated,
  hotSpots,
  hotSpotCells,
  nearRepeat,
  coverage,
];

export const figureMeasure = (name: string): FigureMeasure | undefined =>
  figureMeasures.find((each) => each.name === name);
