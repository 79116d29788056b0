import type { Estimate, Method } from './estimate.ts';
import { areFinite, refuseLevel } from './input.ts';
import { normalDeviate } from './normal-distribution.ts';
import { type Refusal, refuse } from './refusal.ts';

const differenceMethod: Method = { name: 'weighted-displacement-difference', version: '1' };
const harmMethod: Method = { name: 'weighted-displacement-difference-harm', version: '1' };
const quotientMethod: Method = { name: 'weighted-displacement-quotient', version: '1' };

/** Counts of the same offences in one area, before and after the start. */
export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

/** How much longer or larger each counted cell is than the reference: 1 for all when periods and areas are alike. */
export interface DisplacementDesign {
  readonly treated: BeforeAfter;
  readonly control: BeforeAfter;
  /** Where crime may have moved to, and an area like it. Both or neither. */
  readonly buffer?: BeforeAfter;
  readonly bufferControl?: BeforeAfter;
  /** Length of each period, in any one unit: counts are divided by it. */
  readonly periodLengths?: BeforeAfter;
  readonly level?: number;
}

/** A change in events with its standard error. */
export interface Change {
  readonly estimate: number;
  readonly standardError: number;
}

/** The weighted displacement difference: events prevented are negative. */
export interface DisplacementDifference extends Estimate {
  readonly method: Method;
  readonly local: Change;
  readonly displaced: Change;
  readonly standardError: number;
  readonly z: number;
}

const nothing: BeforeAfter = { before: 0, after: 0 };
const alike: BeforeAfter = { before: 1, after: 1 };

function refuseDesign(design: DisplacementDesign): Refusal | undefined {
  const pairs = [design.treated, design.control, design.buffer ?? nothing, design.bufferControl ?? nothing];
  const counts = pairs.flatMap((pair) => [pair.before, pair.after]);
  if (!areFinite(counts) || counts.some((count) => count < 0)) {
    return refuse('not-counts', 'Every area needs a count from 0 up, before and after.');
  }
  if ((design.buffer === undefined) !== (design.bufferControl === undefined)) {
    return refuse(
      'buffer-without-control',
      'A buffer needs a control of its own, and a control buffer needs a buffer.',
    );
  }
  const lengths = design.periodLengths ?? alike;
  if (!(lengths.before > 0 && lengths.after > 0 && areFinite([lengths.before, lengths.after]))) {
    return refuse('period-length', 'The length of each period must be above 0.');
  }
  return undefined;
}

function difference(
  area: BeforeAfter,
  control: BeforeAfter,
  lengths: BeforeAfter,
): { change: number; variance: number } {
  const { before, after } = lengths;
  return {
    change: area.after / after - area.before / before - (control.after / after - control.before / before),
    // A count is its own variance (Poisson); dividing by a length divides the variance by its square.
    variance: (area.after + control.after) / after ** 2 + (area.before + control.before) / before ** 2,
  };
}

/**
 * How many more or fewer events the treated area and its buffer had than their controls would lead to expect.
 *
 * WDD = (T₁ − T₀) − (C₁ − C₀) + (D₁ − D₀) − (E₁ − E₀), variance = the sum of the counts (each over its period's length
 * squared). Unit: events a period of length 1. Not for an area chosen because its last count was a peak (regression to the
 * mean), nor for events that come in clusters: the standard error is then too small.
 * Source: Wheeler & Ratcliffe 2018, doi:10.1186/s40163-018-0085-5.
 *
 * @example weightedDisplacementDifference({ treated: { before: 60, after: 40 }, control: { before: 50, after: 52 } }).estimate // => -22
 */
export function weightedDisplacementDifference(design: DisplacementDesign): DisplacementDifference | Refusal {
  const level = design.level ?? 0.95;
  const refusal = refuseDesign(design) ?? refuseLevel(level);
  if (refusal !== undefined) return refusal;
  const lengths = design.periodLengths ?? alike;
  const local = difference(design.treated, design.control, lengths);
  const displaced = difference(design.buffer ?? nothing, design.bufferControl ?? nothing, lengths);
  const variance = local.variance + displaced.variance;
  if (variance === 0)
    return refuse('no-events', 'There are no events in any area or period, so nothing can be compared.');
  const estimate = local.change + displaced.change;
  const standardError = Math.sqrt(variance);
  const reach = normalDeviate(level) * standardError;
  return {
    method: differenceMethod,
    local: { estimate: local.change, standardError: Math.sqrt(local.variance) },
    displaced: { estimate: displaced.change, standardError: Math.sqrt(displaced.variance) },
    estimate,
    standardError,
    z: estimate / standardError,
    lower: estimate - reach,
    upper: estimate + reach,
    level,
  };
}

/** One kind of offence: its estimated change, the standard error of that, and the harm of one such offence. */
export interface WeightedChange extends Change {
  readonly weight: number;
}

/** The estimated change in harm, in the units of the weights. */
export interface HarmDifference extends Estimate {
  readonly method: Method;
  readonly standardError: number;
  readonly z: number;
}

/**
 * The change in harm over several kinds of offence, each with its own displacement difference.
 *
 * Harm = Σ estimateᵢ wᵢ, standard error = √Σ(seᵢ wᵢ)². Unit: that of the weights. Not when the kinds of offence move
 * together, for they are taken as independent. Source: Wheeler & Ratcliffe 2018; weights as Sherman, Neyroud & Neyroud 2016.
 *
 * @example weightedHarmDifference([{ estimate: -10, standardError: 5, weight: 10 }]).estimate // => -100
 */
export function weightedHarmDifference(changes: readonly WeightedChange[], level = 0.95): HarmDifference | Refusal {
  const refused = refuseLevel(level);
  if (refused !== undefined) return refused;
  if (changes.length === 0) return refuse('no-offences', 'There are no offences to weigh.');
  if (
    !areFinite(changes.flatMap((c) => [c.estimate, c.standardError, c.weight])) ||
    changes.some((c) => c.standardError < 0)
  ) {
    return refuse('not-finite', 'Every offence needs an estimate, a standard error and a weight.');
  }
  let estimate = 0;
  let variance = 0;
  for (const change of changes) {
    estimate += change.estimate * change.weight;
    variance += (change.standardError * change.weight) ** 2;
  }
  if (variance === 0)
    return refuse('no-variance', 'The standard errors are all 0, so the change in harm has no interval.');
  const standardError = Math.sqrt(variance);
  const reach = normalDeviate(level) * standardError;
  return {
    method: harmMethod,
    estimate,
    standardError,
    z: estimate / standardError,
    lower: estimate - reach,
    upper: estimate + reach,
    level,
  };
}

/** The weighted displacement quotient and its parts. */
export interface DisplacementQuotient {
  readonly method: Method;
  /** Above 0: the buffer gained too. 0 to −1: part of the crime moved. Below −1: more moved than was prevented. */
  readonly quotient: number;
  readonly successMeasure: number;
  readonly bufferMeasure: number;
  /** Events prevented in the treated area and its buffer together, against the control's course. */
  readonly totalNetEffect: number;
  /** Events fewer in the treated area than before, against nothing. */
  readonly grossEffect: number;
  /** The area did not fall relative to its control: the quotient then means nothing and must not be shown. */
  readonly areaFell: boolean;
}

/**
 * How the buffer moved for each unit by which the treated area moved, both as shares of the control.
 *
 * WDQ = (B₁/C₁ − B₀/C₀)/(A₁/C₁ − A₀/C₀); total net effect = [A₀(C₁/C₀) − A₁] + [B₀(C₁/C₀) − B₁]. Unit: none; events.
 * It has no interval: show it only beside the weighted displacement difference, and only when the area fell relative to
 * its control (`areaFell`). Not when the treated area did not fall: the quotient then changes its meaning. Source: Bowers
 * & Johnson 2003; Guerette 2009.
 *
 * @example weightedDisplacementQuotient({ treated: { before: 60, after: 40 }, buffer: { before: 20, after: 20 }, control: { before: 50, after: 50 } }).quotient // => -0
 */
export function weightedDisplacementQuotient(design: {
  readonly treated: BeforeAfter;
  readonly buffer: BeforeAfter;
  readonly control: BeforeAfter;
}): DisplacementQuotient | Refusal {
  const { treated, buffer, control } = design;
  const counts = [treated, buffer, control].flatMap((pair) => [pair.before, pair.after]);
  if (!areFinite(counts) || counts.some((count) => count < 0)) {
    return refuse('not-counts', 'Every area needs a count from 0 up, before and after.');
  }
  if (control.before === 0 || control.after === 0) {
    return refuse(
      'empty-control',
      'The control area had no events in one of the periods, so it cannot be compared with.',
    );
  }
  const successMeasure = treated.after / control.after - treated.before / control.before;
  const bufferMeasure = buffer.after / control.after - buffer.before / control.before;
  if (successMeasure === 0) {
    return refuse('no-change', 'The area moved exactly as its control did, so there is nothing to be displaced.');
  }
  const course = control.after / control.before;
  return {
    method: quotientMethod,
    quotient: bufferMeasure / successMeasure,
    successMeasure,
    bufferMeasure,
    totalNetEffect: treated.before * course - treated.after + (buffer.before * course - buffer.after),
    grossEffect: treated.before - treated.after,
    areaFell: successMeasure < 0,
  };
}
