import { checkedModel } from './checked-model.ts';
import { datesWords, flagsOf, ownOf } from './line.ts';
import {
  isMeasured,
  type BarsModel,
  type ChoroplethModel,
  type ColumnsModel,
  type DotsModel,
  type FunnelModel,
  type HeatModel,
  type LineModel,
  type LorenzModel,
  type Measured,
  type PictureModel,
  type Reading,
} from './model.ts';
import { periodNumber, periodWords } from './period.ts';
import { gapsSentences, spanOf, timed, type Timed } from './time-axis.ts';
import {
  absences,
  absenceWords,
  asSentence,
  countWords,
  inSentence,
  listWords,
  numberWords,
  readingWords,
} from './words.ts';

type Named = Reading & { readonly name: string };
type NamedMeasured = Measured & { readonly name: string };

const nothing = 'There are no figures to show.';

/** More names than this are not read to the end. */
const mostNames = 4;

const namesWords = (names: readonly string[], of: number): string =>
  names.length > mostNames ? `${numberWords(names.length)} of ${numberWords(of)}` : listWords(names.map(inSentence));

/** `Hidden: Ash Ward and Elm Ward. No record: 14 of 94.` */
function absencesSentences(all: readonly Named[], of = all.length): readonly string[] {
  return absences.flatMap((absent) => {
    const names = all.filter((one) => !isMeasured(one) && one.absent === absent).map(({ name }) => name);
    return names.length === 0 ? [] : [asSentence(`${absenceWords[absent]}: ${namesWords(names, of)}`)];
  });
}

/** Those with the highest and the lowest number; several where they are equal. */
function ends(all: readonly NamedMeasured[]) {
  const values = all.map(({ value }) => value);
  const highest = values.reduce((one, other) => Math.max(one, other), -Infinity);
  const lowest = values.reduce((one, other) => Math.min(one, other), Infinity);
  return {
    highest: all.filter(({ value }) => value === highest),
    lowest: all.filter(({ value }) => value === lowest),
    areEqual: highest === lowest,
  };
}

/** `Highest: Ash, with 12 (9 to 15). Lowest: Elm, with 3.` Says which number is larger, never that the difference means something. */
function endsSentences(all: readonly NamedMeasured[], decimals: number | undefined): readonly string[] {
  const { highest, lowest, areEqual } = ends(all);
  const first = highest[0];
  const last = lowest[0];
  if (first === undefined || last === undefined) return [nothing];
  if (all.length === 1) return [asSentence(`${inSentence(first.name)}: ${readingWords(first, decimals)}`)];
  if (areEqual) return [`All ${numberWords(all.length)} are ${numberWords(first.value, decimals)}.`];
  return [
    `Highest: ${namesWords(
      highest.map(({ name }) => name),
      all.length,
    )}, with ${readingWords(first, decimals)}.`,
    `Lowest: ${namesWords(
      lowest.map(({ name }) => name),
      all.length,
    )}, with ${readingWords(last, decimals)}.`,
  ];
}

const measuredOf = <One extends Named>(all: readonly One[]) => all.filter(isMeasured);

function lineSentences(model: LineModel): readonly string[] {
  const rows = model.series.map(({ points }) => timed(model.step, points));
  const span = spanOf(model.step, rows);
  const first = ownOf(model.series);
  if (span === undefined || first === undefined) return [nothing];
  const said = (one: Reading): string => readingWords(one, model.decimals);
  const whenOf = (number: number): string => periodWords(model.step, number);
  const ordered = model.series.map((_, index) =>
    [...(rows[index] ?? [])]
      .sort(([a], [b]) => a - b)
      .flatMap(([number, point]) => (isMeasured(point) ? [{ ...point, number }] : [])),
  );
  const main = ordered[model.series.indexOf(first)] ?? [];
  const [earliest, latest] = [main[0], main.at(-1)];
  const told: string[] = [];
  if (earliest === undefined || latest === undefined) told.push(`${inSentence(first.name)}: no figures.`);
  else {
    told.push(
      first.change !== undefined && earliest !== latest
        ? `${inSentence(first.name)} ${first.change} from ${said(earliest)} in ${whenOf(earliest.number)} to ${said(latest)} in ${whenOf(latest.number)}.`
        : `${inSentence(first.name)}: ${said(latest)} in ${whenOf(latest.number)}, the latest figure.`,
    );
    const named = main.map((point) => ({ value: point.value, name: whenOf(point.number) }));
    if (main.length > 1) told.push(...endsSentences(named, model.decimals));
  }
  const others = model.series.flatMap((series, index) => {
    const last = ordered[index]?.at(-1);
    return series === first || last === undefined
      ? []
      : [`${inSentence(series.name)} ${said(last)} (${whenOf(last.number)})`];
  });
  if (others.length > 0)
    told.push(
      others.length > mostNames
        ? `${countWords(others.length, 'other line')} beside it.`
        : `Beside it: ${listWords(others)}.`,
    );
  for (const [rule, when] of flagsOf(model)) told.push(asSentence(`${rule}: ${datesWords(model, when)}`));
  if (model.target) told.push(asSentence(`${model.target.words}: ${numberWords(model.target.value, model.decimals)}`));
  for (const { at, words } of model.annotations ?? [])
    told.push(asSentence(`${words} (${whenOf(periodNumber(model.step, at))})`));
  told.push(
    ...gapsSentences(
      span,
      rows,
      model.series.map(({ name }) => name),
    ),
  );
  return told;
}

function rowsSentences(model: BarsModel | DotsModel): readonly string[] {
  const highlighted = model.rows.filter(({ isHighlighted }) => isHighlighted);
  return [
    ...highlighted.map((row) => asSentence(`${inSentence(row.name)}: ${readingWords(row, model.decimals)}`)),
    ...(model.reference
      ? [asSentence(`${model.reference.words}: ${numberWords(model.reference.value, model.decimals)}`)]
      : []),
    ...(model.rows.length === 1 && highlighted.length === 1
      ? []
      : endsSentences(measuredOf(model.rows), model.decimals)),
    ...absencesSentences(model.rows),
  ];
}

function columnsSentences(model: ColumnsModel): readonly string[] {
  const rows = model.categories.map(({ points }) => timed(model.step, points));
  const span = spanOf(model.step, rows);
  if (span === undefined) return [nothing];
  const names = model.categories.map(({ name }) => name);
  const ends = model.categories.map(({ name }, index) => {
    const row: Timed = rows[index] ?? new Map();
    const named = [...row]
      .sort(([a], [b]) => a - b)
      .flatMap(([number, point]) =>
        isMeasured(point) ? [{ value: point.value, name: periodWords(model.step, number) }] : [],
      );
    return `${inSentence(name)}: ${endsSentences(named, model.decimals).join(' ')}`;
  });
  return [...ends, ...gapsSentences(span, rows, names)];
}

function funnelSentences(model: FunnelModel): readonly string[] {
  const rules = [...new Set(model.points.flatMap(({ flag }) => flag ?? []))];
  return [
    ...rules.map((rule) => {
      const names = model.points.filter(({ flag }) => flag === rule).map(({ name }) => name);
      return asSentence(`${rule}: ${namesWords(names, model.points.length)}`);
    }),
    ...model.points
      .filter(({ isHighlighted }) => isHighlighted)
      .map(({ name, value }) => asSentence(`${inSentence(name)}: ${numberWords(value, model.decimals)}`)),
    asSentence(`${model.centre.words}: ${numberWords(model.centre.value, model.decimals)}`),
    ...(model.points.length === 0 ? [nothing] : []),
    ...absencesSentences(model.absent ?? [], model.points.length + (model.absent ?? []).length),
  ];
}

function choroplethSentences(model: ChoroplethModel): readonly string[] {
  const highlighted = model.areas.filter(({ isHighlighted }) => isHighlighted);
  return [
    ...highlighted.map((area) => asSentence(`${inSentence(area.name)}: ${readingWords(area, model.decimals)}`)),
    ...endsSentences(measuredOf(model.areas), model.decimals),
    ...absencesSentences(model.areas),
    asSentence(model.notMapped),
  ];
}

function heatSentences(model: HeatModel): readonly string[] {
  const all = model.rows.flatMap((row, at) =>
    model.columns.map((column, index): Named => ({
      ...(model.cells[at]?.[index] ?? { absent: 'no-record' as const }),
      name: `${row} ${column}`,
    })),
  );
  return [...endsSentences(measuredOf(all), model.decimals), ...absencesSentences(all)];
}

/** How large a share of the one makes up half of the other: the first point of the curve at or over a half. */
function lorenzSentences(model: LorenzModel): readonly string[] {
  const percent = (value: number): string => `${numberWords(value * 100, 1)}%`;
  const told = model.curves.flatMap(({ name, points }) => {
    const half = [...points].sort((a, b) => a.across - b.across).find(({ up }) => up >= 0.5);
    return half === undefined
      ? []
      : [
          `${inSentence(name)}: ${inSentence(model.across)} ${percent(half.across)}, ${inSentence(model.up)} ${percent(half.up)}.`,
        ];
  });
  return told.length === 0 ? [nothing] : told;
}

function sentencesOf(model: PictureModel): readonly string[] {
  switch (model.kind) {
    case 'line':
      return lineSentences(model);
    case 'bars':
    case 'dots':
      return rowsSentences(model);
    case 'columns':
      return columnsSentences(model);
    case 'funnel':
      return funnelSentences(model);
    case 'choropleth':
      return choroplethSentences(model);
    case 'heat':
      return heatSentences(model);
    case 'lorenz':
      return lorenzSentences(model);
  }
}

/**
 * What a picture says, in plain sentences: what matters first, then the highest and the lowest, then what is hidden or missing.
 *
 * It speaks of a change only where the model brings a verdict or says that a series rose or fell. Throws RangeError for a number
 * that cannot be drawn.
 */
export function toSentence(model: PictureModel): string {
  checkedModel(model);
  const told = sentencesOf(model);
  const unit = told[0] === nothing ? [] : [asSentence(`Unit: ${inSentence(model.unit)}`)];
  return [...(model.verdict === undefined ? [] : [asSentence(model.verdict)]), ...told, ...unit].join(' ');
}
