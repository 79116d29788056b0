import type { Block, DocumentModel, Inline, Note, Picture, Table } from '../../src/documents/index.ts';
import { toSentence, toSvg, toTable, type PictureModel } from '../../src/pictures/index.ts';
import { sampleModels } from '../pictures/sample-models.ts';

/** A picture as whoever writes a document makes it from a model of ours. */
export function pictureOf(model: PictureModel, id: string, note?: string, width = 640): Picture {
  const table = toTable(model);
  return {
    kind: 'picture',
    id,
    title: model.title,
    sentence: toSentence(model),
    svg: toSvg(model, { width, isForPrint: true, isWithinText: true }),
    source: `${model.unit}. ${model.period ?? ''}. Source: ${model.source}`,
    table: {
      kind: 'table',
      id: `${id}-numbers`,
      caption: table.caption,
      columns: table.head.map(({ text, format }) => ({ heading: text, isNumber: format === 'numeric' })),
      rows: table.rows.map((row) =>
        row.map(({ text, value }): Inline[] =>
          text === ''
            ? []
            : value !== undefined && note !== undefined
              ? [{ kind: 'figure', words: text, note }]
              : [text],
        ),
      ),
      remarks: [...model.notShown],
    },
  };
}

const figure = (words: string, note: string): Inline => ({ kind: 'figure', words, note });
const paragraph = (...words: Inline[]): Block => ({ kind: 'paragraph', words });

const note = (id: string, words: string): Note => ({
  id,
  words,
  facts: [
    { name: 'Measure', value: 'Rate per 1,000 residents, version 1, with a 95% confidence interval' },
    { name: 'Area', value: 'Haverness (E06999001)' },
    { name: 'Period', value: 'July 2021 to June 2022' },
    { name: 'Releases', value: `sha256:${'5f3a'.repeat(16)}` },
    { name: 'Rule', value: 'Numbers under 5 are hidden, version 2' },
  ],
});

const wards = ['Ash', 'Beech and Cedar', 'Dale', 'Elm Park', 'Fen', 'Garth', 'Harbour', 'Ings', 'Jackdaw Hill'];

const table = (id: string, caption: string, rows: number): Table => ({
  kind: 'table',
  id,
  caption,
  columns: [
    { heading: 'Ward' },
    { heading: 'Offences', isNumber: true },
    { heading: 'Rate per 1,000', isNumber: true },
    { heading: 'What we know' },
  ],
  rows: Array.from({ length: rows }, (_, at): Inline[][] => [
    [`${wards[at % wards.length] ?? ''}${at < wards.length ? '' : ` ${at}`}`],
    at % 7 === 3 ? ['hidden'] : [figure(String(((at * 37) % 91) + 5), `view-${(at % 3) + 1}`)],
    at % 7 === 3 ? [] : [figure((((at * 37) % 91) / 7).toFixed(1), 'view-1')],
    [at % 4 === 0 ? 'Rose: the interval lies above that of the year before.' : 'We cannot tell whether it changed.'],
  ]),
  remarks: ['Hidden: the number is too small to show without telling about a person.'],
});

/** Such a document as a partnership sends to its committee: each kind of block, in ordinary words. */
export const sampleModel: DocumentModel = {
  title: 'Strategic needs assessment of serious violence in Haverness',
  subtitle: 'What happened from July 2021 to June 2022, whom it harmed, and what we do not know',
  publisher: 'Haverness Violence Prevention Partnership',
  asOf: '2026-11-21',
  marking: 'OFFICIAL – partners only',
  cover: [
    {
      kind: 'paragraph',
      isLead: true,
      words: [
        'Recorded violence with injury rose by about a tenth, ',
        figure('11% (4% to 19%)', 'view-1'),
        ', and most of the rise is in the two wards by the harbour.',
      ],
    },
    {
      kind: 'list',
      ordered: false,
      items: [
        [
          'Under-18s were harmed in ',
          figure('212', 'view-2'),
          ' recorded offences; ',
          figure('58', 'view-3'),
          ' attendances at the emergency department were for an assault with a blade.',
        ],
        ['One ward in nine has a rate above that of England beyond chance.'],
        [
          'We cannot tell whether ',
          {
            kind: 'term',
            words: 'domestic abuse',
            meaning: 'Abuse by a partner, a former partner or a member of the family, aged 16 or over.',
          },
          ' changed, because recording changed in April 2022.',
        ],
      ],
    },
    {
      kind: 'inset',
      tone: 'help',
      blocks: [
        paragraph(
          'If you are in danger, call ',
          { kind: 'strong', words: '999' },
          '. To speak to somebody at any hour: ',
          { kind: 'link', words: 'Victim Support', address: 'https://www.victimsupport.org.uk' },
          '.',
        ),
      ],
    },
    {
      kind: 'facts',
      facts: [
        { name: 'Who made it', value: ['The analysts of the partnership, with the council, police and health'] },
        { name: 'Who agreed it', value: ['The partnership board, 18 November 2026'] },
        { name: 'Areas', value: ['Haverness: nine wards, 142,000 residents'] },
      ],
    },
  ],
  sections: [
    {
      id: 'amount',
      heading: 'How much violence is there?',
      blocks: [
        {
          kind: 'paragraph',
          isLead: true,
          words: ['Violence with injury rose by ', figure('11%', 'view-1'), ', from 4% to 19% with 95% confidence.'],
        },
        paragraph(
          'In the year to June 2022 the police recorded ',
          figure('1,904', 'view-1'),
          ' offences of violence with injury, ',
          figure('13.4 per 1,000 residents', 'view-2'),
          '. The rate of England was ',
          figure('11.8', 'view-4'),
          '. The definition that we used stands in ',
          { kind: 'link', words: 'section 3', address: '#method' },
          '.',
        ),
        paragraph(
          'Counts of the police depend on what is reported and how it is recorded. The next figure therefore stands beside attendances at the emergency department, which do not.',
        ),
        pictureOf(sampleModels[0]!, 'trend', 'view-1'),
        paragraph('Three lines side by side show whether the rise is ours alone.'),
        pictureOf(sampleModels[1]!, 'beside', 'view-4'),
        {
          kind: 'inset',
          tone: 'warning',
          blocks: [
            paragraph('Recording of stalking moved to another system in July 2022. Do not compare across that month.'),
          ],
        },
      ],
      sections: [
        {
          id: 'by-ward',
          heading: 'Which wards have the most?',
          blocks: [
            paragraph('Rates are highest by the harbour. A ward is not to blame for what is recorded in it.'),
            table('wards', 'Recorded violence with injury by ward, July 2021 to June 2022', 9),
            pictureOf(sampleModels[2]!, 'ward-rates'),
          ],
        },
        {
          id: 'panels',
          heading: 'How did each kind go?',
          blocks: [
            {
              kind: 'panels',
              panels: [
                {
                  heading: 'Robbery',
                  picture: pictureOf(sampleModels[0]!, 'panel-robbery', undefined, 320),
                  words: ['Not unusual in June.'],
                },
                { heading: 'Homicide', words: ['Too few to draw: fewer than 5 a year.'] },
                {
                  heading: 'Weapons',
                  picture: pictureOf(sampleModels[1]!, 'panel-weapons', undefined, 320),
                  words: ['No change beyond chance.'],
                },
              ],
            },
          ],
        },
      ],
    },
    {
      id: 'people',
      heading: 'Who was harmed?',
      blocks: [
        { kind: 'paragraph', isLead: true, words: ['Young people of 15 to 19 were harmed most often.'] },
        paragraph(
          'Of those harmed, ',
          figure('212', 'view-2'),
          ' were under 18. For ',
          figure('one in six', 'view-3'),
          ' no age was recorded.',
        ),
        {
          kind: 'list',
          ordered: true,
          items: [
            ['Ask schools what they know about the way home.'],
            ['Ask the emergency department for ages that the police lack.'],
            ['Ask those who were harmed what would have helped.'],
          ],
        },
        {
          kind: 'inset',
          tone: 'missing',
          blocks: [
            paragraph(
              'Hospital admissions after March 2022 have not reached us, so this section stands on police records alone.',
            ),
          ],
        },
        ...sampleModels.slice(3).map((model, at) => pictureOf(model, `more-${at}`)),
      ],
    },
    {
      id: 'method',
      heading: 'How this was made',
      blocks: [
        paragraph(
          'Serious violence here means what the partnership agreed under ',
          {
            kind: 'link',
            words: 'section 13 of the Police, Crime, Sentencing and Courts Act 2022',
            address: 'https://www.legislation.gov.uk/ukpga/2022/32/section/13',
          },
          '.',
        ),
        table('all-areas', 'Every small area, as counted', 120),
      ],
    },
  ],
  notes: [
    note('view-1', 'Violence with injury, change on the year before'),
    note('view-2', 'Violence with injury against people under 18, count'),
    note('view-3', 'Attendances for assault with a blade, count'),
    note('view-4', 'Violence with injury in England, rate per 1,000 residents'),
  ],
};

export const nasty =
  '#set page(fill: red) *bold* _x_ `raw` $x^2$ @ref <label> #eval("1") \\ // comment </w:t> <script>alert(1)</script> & "quotes" ]]> {=} "#"';

/** The same form with text of people who mean harm, or who only write in other scripts. */
export const hostileModel: DocumentModel = {
  ...sampleModel,
  title: `Title ${nasty}`,
  publisher: `Publisher ${nasty}`,
  marking: `PARTNERS ${nasty}`,
  cover: [paragraph(nasty), paragraph('\u0000\u0007\ufffe\ud800 kept')],
  sections: [
    {
      id: 'nasty',
      heading: `Heading ${nasty}`,
      blocks: [
        paragraph(nasty, { kind: 'strong', words: nasty }, figure(nasty, 'view-1')),
        paragraph(
          'Right to left: \u202eevil\u202c مرحبا بالعالم שלום. Emoji: 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿. Chinese: 暴力. Greek: Ελλάδα. Welsh: tŷ, ŵyn.',
        ),
        paragraph('Long: ', 'w'.repeat(400), ' end'),
        paragraph({ kind: 'link', words: 'a script', address: 'javascript:alert(1)' }),
        paragraph({ kind: 'link', words: 'nowhere', address: '#no-such-place' }),
        paragraph({ kind: 'term', words: `term ${nasty}`, meaning: nasty }),
        { kind: 'list', ordered: false, items: [[nasty], []] },
        { kind: 'facts', facts: [{ name: nasty, value: [nasty] }] },
        { kind: 'inset', tone: 'plain', heading: nasty, blocks: [paragraph(nasty)] },
        { kind: 'panels', panels: [{ heading: nasty, words: [nasty] }] },
        {
          ...table('long', `Caption ${nasty}`, 500),
          remarks: [nasty],
        },
        {
          kind: 'table',
          id: 'formulas',
          caption: 'What a spreadsheet would run',
          columns: [{ heading: '=cmd|A1' }, { heading: '@sum', isNumber: true }],
          rows: [
            [['=1+1'], ['-3']],
            [['+44'], ['hidden']],
            [['w'.repeat(400)], ['1,234.5']],
            [[nasty], []],
          ],
          remarks: [],
        },
        pictureOf({ ...sampleModels[0]!, title: nasty, unit: `${nasty} 暴力 مرحبا 👩‍👩‍👧‍👦` }, 'nasty-picture', 'view-1'),
      ],
    },
  ],
  notes: [note('view-1', nasty), note('view-2', `Second ${nasty}`), note('view-3', nasty)],
};
