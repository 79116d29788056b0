import {
  aoristicWeek,
  cohensKappa,
  fleschKincaidGrade,
  fleschReadingEase,
  localMinutes,
  rake,
  readability,
  refuse,
  responsesForMargin,
  smogGrade,
  surveyMargin,
} from '../../measures/index.ts';
import { numberColumn, numbersColumn, textColumn, textsIn } from './columns.ts';
import { list, lists, number, object, optional, text, texts } from './field.ts';
import { method, type Method } from './method.ts';
import { level, rowsOf, under } from './shape.ts';

const times = ['2024-02-15T17:15', '2024-02-16T08:45'] as const;

/** Time of day */
export const timeMethods: readonly Method[] = [
  method({
    name: 'aoristic',
    of: 'aoristicWeek',
    file: 'aoristic.ts',
    summary: 'The hours of the week in which events with uncertain times happened',
    fields: {
      spans: list(
        object({ from: text('the first moment it may have happened'), to: text('the last') }),
        'for each event {"from", "to"}, local clock times such as 2024-02-15T17:15',
      ),
    },
    columns: {
      from: textColumn('the first moment it may have happened, such as 2024-02-15T17:15'),
      to: textColumn('the last'),
    },
    fromCells: ({ from = [], to = [] }) => ({ spans: from.map((each, i) => ({ from: each, to: to[i] })) }),
    example: { spans: [{ from: times[0], to: times[1] }] },
    exampleCsv: { lines: ['from,to', times.join(',')] },
    run: ({ spans }) => {
      const minutes = spans.map(({ from, to }) => ({
        fromMinutes: localMinutes(from) ?? Number.NaN,
        toMinutes: localMinutes(to) ?? Number.NaN,
      }));
      const bad = minutes.findIndex((span) => Number.isNaN(span.fromMinutes + span.toMinutes));
      return bad >= 0
        ? refuse('not-a-time', `The times of event ${bad + 1} are not written as 2024-02-15T17:15.`)
        : aoristicWeek(minutes);
    },
  }),
];

const margin = {
  share: optional(number('share answering so, 0.5 (the widest margin) unless given')),
  population: optional(number('people who could have been asked')),
  level: optional(level),
};
const wordCounts = { words: number('words'), sentences: number('sentences'), syllables: number('syllables') };
const anyText = (counts: { readonly words?: number; readonly sentences: number }) =>
  counts.sentences > 0 && (counts.words ?? 1) > 0
    ? undefined
    : refuse('no-text', 'There are no words or no sentences.');

/** Agreement, surveys and plain words */
export const inquiryMethods: readonly Method[] = [
  method({
    of: 'cohensKappa',
    file: 'cohens-kappa.ts',
    summary: 'The agreement of two coders of the same items, beyond what chance gives',
    fields: {
      first: texts('code that the first coder gave each item'),
      second: texts('code that the second gave it'),
      level: optional(level),
    },
    columns: { first: textColumn('code of the first coder'), second: textColumn('code of the second') },
    fromCells: (cells) => ({ first: textsIn(cells, 'first'), second: textsIn(cells, 'second') }),
    example: { first: ['a', 'a', 'b', 'b'], second: ['a', 'a', 'b', 'a'] },
    exampleCsv: { lines: ['first,second', 'a,a', 'a,a', 'b,b', 'b,a'] },
    run: cohensKappa,
  }),
  method({
    of: 'surveyMargin',
    file: 'survey-margin.ts',
    summary: 'The margin of error of a share in a survey, as a fraction',
    fields: { responses: number('how many answered'), ...margin },
    rows: 'each',
    columns: { responses: numberColumn('how many answered') },
    fromCells: rowsOf('responses'),
    example: { responses: 139 },
    exampleCsv: { lines: ['responses', '139'] },
    run: (input) => under('margin', surveyMargin(input)),
  }),
  method({
    of: 'responsesForMargin',
    file: 'survey-margin.ts',
    summary: 'How many answers keep the margin of error small enough',
    fields: { margin: number('margin of error, as a fraction: 0.05'), ...margin },
    example: { margin: 0.05 },
    run: (input) => under('responses', responsesForMargin(input)),
  }),
  method({
    of: 'rake',
    file: 'raking.ts',
    summary: 'Weights that bring a sample to the known shares of several variables',
    fields: {
      levels: lists('for each respondent the place of the level in each variable, from 0'),
      targets: lists('for each variable the share of each level, 1 in all'),
      least: optional(number('least weight, times the mean; 0.3 unless given')),
      most: optional(number('greatest; 3 unless given')),
    },
    columns: { levels: numbersColumn('place of the respondent’s level in each variable, from 0') },
    fromCells: ({ levels }) => ({ levels }),
    example: { levels: [[0], [0], [1]], targets: [[0.5, 0.5]] },
    run: rake,
  }),
  method({
    of: 'readability',
    file: 'readability.ts',
    summary: 'How hard an English text is to read',
    fields: { text: text('the text') },
    words: 'text',
    example: { text: 'The cat sat on the mat. It was a fine day, and nobody minded at all.' },
    run: (input) => readability(input.text),
  }),
  method({
    of: 'fleschReadingEase',
    file: 'readability.ts',
    summary: 'Flesch reading ease from counts of your own',
    fields: wordCounts,
    example: { words: 120, sentences: 6, syllables: 192 },
    run: (counts) => anyText(counts) ?? under('fleschReadingEase', fleschReadingEase(counts)),
  }),
  method({
    of: 'fleschKincaidGrade',
    file: 'readability.ts',
    summary: 'Flesch–Kincaid grade from counts of your own',
    fields: wordCounts,
    example: { words: 120, sentences: 6, syllables: 192 },
    run: (counts) => anyText(counts) ?? under('fleschKincaidGrade', fleschKincaidGrade(counts)),
  }),
  method({
    of: 'smogGrade',
    file: 'readability.ts',
    summary: 'SMOG grade from counts of your own',
    fields: { polysyllables: number('words of three syllables or more'), sentences: number('sentences') },
    example: { polysyllables: 36, sentences: 30 },
    run: (counts) =>
      counts.polysyllables >= 0
        ? (anyText(counts) ?? under('smogGrade', smogGrade(counts)))
        : refuse('negative', 'A count is below 0.'),
  }),
];
