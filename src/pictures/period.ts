import type { Step } from './model.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const monthOf = (index: number): string => months[index] ?? '';

const written: Readonly<Record<Step, RegExp>> = {
  month: /^(\d{4})-(0[1-9]|1[0-2])$/,
  quarter: /^(\d{4})-Q([1-4])$/,
  year: /^(\d{4})$/,
  'financial-year': /^(\d{4})\/\d{2}$/,
};
const perYear: Readonly<Record<Step, number>> = { month: 12, quarter: 4, year: 1, 'financial-year': 1 };

/** The number of a period in its row, so that the next one is one more. A period written otherwise than its step says is a fault. */
export function periodNumber(step: Step, at: string): number {
  const parts = written[step].exec(at);
  if (parts === null) throw new RangeError(`not a ${step}: ${at}`);
  return Number(parts[1]) * perYear[step] + (perYear[step] === 1 ? 0 : Number(parts[2]) - 1);
}

/** Which part of which year a period is. */
function placeOf(step: Step, number: number): { readonly year: number; readonly part: number } {
  return { year: Math.floor(number / perYear[step]), part: number % perYear[step] };
}

const yearWords = (step: Step, year: number): string =>
  step === 'financial-year' ? `${year}/${String((year + 1) % 100).padStart(2, '0')}` : String(year);

/** `June 2025`, `April to June 2025`, `2025`, `2024/25`. */
export function periodWords(step: Step, number: number): string {
  const { year, part } = placeOf(step, number);
  if (step === 'month') return `${monthOf(part)} ${year}`;
  if (step === 'quarter') return `${monthOf(part * 3)} to ${monthOf(part * 3 + 2)} ${year}`;
  return yearWords(step, year);
}

/** `May to July 2020` for a run of periods from one to another. */
export function runWords(step: Step, from: number, to: number): string {
  if (from === to) return periodWords(step, from);
  const first = placeOf(step, from);
  const last = placeOf(step, to);
  if (step === 'month' && first.year === last.year)
    return `${monthOf(first.part)} to ${monthOf(last.part)} ${last.year}`;
  if (step !== 'quarter') return `${periodWords(step, from)} to ${periodWords(step, to)}`;
  const began = `${monthOf(first.part * 3)}${first.year === last.year ? '' : ` ${first.year}`}`;
  return `${began} to ${monthOf(last.part * 3 + 2)} ${last.year}`;
}

/** Where the axis has a label, in one or two lines. */
export interface PeriodTick {
  readonly number: number;
  readonly lines: readonly string[];
}

const strides: Readonly<Record<Step, readonly number[]>> = {
  month: [1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600],
  quarter: [1, 2, 4, 8, 12, 20, 40, 80, 200],
  year: [1, 2, 5, 10, 20, 50, 100],
  'financial-year': [1, 2, 5, 10, 20, 50, 100],
};

function ticksBy(step: Step, from: number, to: number, stride: number): readonly PeriodTick[] {
  const ticks: PeriodTick[] = [];
  for (let number = Math.ceil(from / stride) * stride; number <= to; number += stride) {
    const { year, part } = placeOf(step, number);
    const isNewYear = part === 0 || ticks.length === 0;
    if (perYear[step] === 1 || stride % perYear[step] === 0) ticks.push({ number, lines: [yearWords(step, year)] });
    else {
      const short = monthOf(step === 'month' ? part : part * 3).slice(0, 3);
      const name = step === 'month' ? short : `${short}–${monthOf(part * 3 + 2).slice(0, 3)}`;
      ticks.push({ number, lines: isNewYear ? [name, String(year)] : [name] });
    }
  }
  return ticks;
}

/**
 * As many labels as fit.
 *
 * @param fits tells whether labels stand far enough apart, given the labels and how many periods lie between them
 */
export function periodTicks(
  step: Step,
  from: number,
  to: number,
  fits: (ticks: readonly PeriodTick[], stride: number) => boolean,
): readonly PeriodTick[] {
  for (const stride of strides[step]) {
    const ticks = ticksBy(step, from, to, stride);
    // A short row of months has perhaps no January: better a few labels than none.
    if (ticks.length > 0 && fits(ticks, stride)) return ticks;
  }
  return ticksBy(step, from, from, 1);
}
