export {
  type Block,
  type DocumentModel,
  type Inline,
  type Note,
  type Panel,
  type Paragraph,
  type Picture,
  type Section,
  type Table,
} from './model.ts';
export { DocumentParts } from './parts.tsx';
export { documentStyles, toHtml, type HtmlOptions } from './to-html.tsx';
export { toPdf } from './to-pdf.ts';
export { toWord } from './to-word.ts';
export { toTables, type CsvWriter, type TableFile } from './to-tables.ts';
export { check, coverFits } from './check.ts';
