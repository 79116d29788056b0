// A document of sixty pages as PDF in a process of its own, so that its memory is its own: node pdf.ts
import { toPdf, type Block, type DocumentModel, type Section } from '../../src/documents/index.ts';
import { toSentence, toSvg, type PictureModel } from '../../src/pictures/index.ts';
import type { Spent } from './alone.ts';

export interface PdfSpent extends Spent {
  readonly kilobytes: number;
  readonly pages: number;
}

const months = Array.from({ length: 60 }, (_, at) => ({
  at: `${2021 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`,
  value: 40 + ((at * 7) % 31),
}));
const paragraph = (at: number): Block => ({
  kind: 'paragraph',
  words: [`Paragraph ${at}. ${'What was counted here, where, and how sure we are of it. '.repeat(5)}`],
  isNumbered: true,
});

function section(at: number): Section {
  const model: PictureModel = {
    kind: 'line',
    title: `How many were recorded each month, ${at}?`,
    unit: 'offences a month',
    source: 'Made for the measurement',
    notShown: [],
    decimals: 0,
    step: 'month',
    series: [{ name: 'Offences', isOwn: true, points: months }],
  };
  const rows = (count: number) =>
    Array.from({ length: count }, (_, row) => [[`Ward ${row + 1}`], [String(100 + row)], [String(row / 10)]]);
  const columns = [{ heading: 'Ward' }, { heading: 'Offences', isNumber: true }, { heading: 'Rate', isNumber: true }];
  return {
    id: `section-${at}`,
    heading: `Section ${at}`,
    blocks: [
      ...Array.from({ length: 8 }, (_, each) => paragraph(each)),
      {
        kind: 'picture',
        id: `months-${at}`,
        title: model.title,
        sentence: toSentence(model),
        svg: toSvg(model, { width: 640, isForPrint: true }),
        source: 'Made for the measurement',
        table: { kind: 'table', id: `numbers-${at}`, caption: model.title, columns, rows: rows(24), remarks: [] },
      },
      { kind: 'table', id: `wards-${at}`, caption: `Wards, ${at}`, columns, rows: rows(75), remarks: [] },
    ],
  };
}

const model: DocumentModel = {
  title: 'Sixty pages',
  publisher: 'Measured',
  asOf: '2026-06-01',
  marking: 'Public',
  cover: [paragraph(0)],
  sections: Array.from({ length: 16 }, (_, at) => section(at + 1)),
  notes: [],
};
const began = performance.now();
const pdf = toPdf(model);
const spent: PdfSpent = {
  seconds: (performance.now() - began) / 1000,
  megabytes: process.resourceUsage().maxRSS / 1024,
  kilobytes: pdf.length / 1024,
  // The root of the tree of pages counts them all.
  pages: Math.max(
    ...[
      ...Buffer.from(pdf)
        .toString('latin1')
        .matchAll(/\/Type\s*\/Pages[^>]*?\/Count (\d+)/g),
    ].map(([, count]) => Number(count)),
    0,
  ),
};
process.stderr.write(`\nspent ${JSON.stringify(spent)}\n`);
