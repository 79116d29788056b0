import { readFileSync } from 'node:fs';
import {
  arranged,
  type ArrangedBlock,
  type ArrangedInline,
  type ArrangedNote,
  type ArrangedPicture,
  type ArrangedSection,
  type ArrangedTable,
  type Arrangement,
  type NoteMark,
  type Words,
} from './arrangement.ts';
import { columnShares, lengthOf, mostWhole } from './column-shares.ts';
import { coverRoom } from './cover-room.ts';
import type { DocumentModel } from './model.ts';
import { png } from './raster.ts';
import { drawingOf, svgSize } from './svg.ts';
import { zip, type ZipEntry } from './zip.ts';

type Attributes = Readonly<Record<string, string | number | undefined>>;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);

/** An element of WordprocessingML; its children are XML already. */
function xml(name: string, attributes: Attributes, ...children: readonly string[]): string {
  let start = `<${name}`;
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) start += ` ${key}="${escaped(String(value))}"`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const namespaces = {
  'xmlns:w': 'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
  'xmlns:r': 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  'xmlns:wp': 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing',
  'xmlns:a': 'http://schemas.openxmlformats.org/drawingml/2006/main',
  'xmlns:pic': 'http://schemas.openxmlformats.org/drawingml/2006/picture',
};
const relationshipTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const styles = readFileSync(new URL('word/styles.xml', import.meta.url), 'utf8');

/** Twentieths of a point. A4, with a column for the numbers of paragraphs. */
const page = { width: 11_906, height: 16_838, top: 1_531, bottom: 1_361, left: 1_871, right: 1_134, gutter: 737 };
const columnWidth = page.width - page.left - page.right;
const emuPerMillimetre = 36_000;
/** As in the PDF: letters of 15 pixels come to 9 points, and two pictures have place on a side. */
const millimetresPerPixel = 135 / 640;
const [mostWidth, mostHeight] = [157, 100];

interface Setting {
  /** Half points, where they differ from those of the style. */
  readonly size?: number | undefined;
  readonly tone?: 'help' | 'missing' | 'warning' | 'plain' | undefined;
}

const run = (text: string, properties = ''): string =>
  text === ''
    ? ''
    : xml(
        'w:r',
        {},
        properties === '' ? '' : xml('w:rPr', {}, properties),
        xml('w:t', { 'xml:space': 'preserve' }, escaped(text)),
      );
const tab = '<w:r><w:tab/></w:r>';
const characterStyle = (name: string): string => xml('w:rStyle', { 'w:val': name });

/** A field with what it shows until Word works it out itself. */
const field = (instruction: string, shown: string, properties = ''): string =>
  xml('w:fldSimple', { 'w:instr': ` ${instruction} ` }, run(shown, properties));

const edges = {
  help: { 'w:val': 'single', 'w:color': '0B4F55' },
  missing: { 'w:val': 'dashed', 'w:color': '505A5F' },
  warning: { 'w:val': 'single', 'w:color': '0B0C0C' },
  plain: { 'w:val': 'single', 'w:color': 'B1B4B6' },
};

class Writer {
  private readonly media: ZipEntry[] = [];
  private readonly links: string[] = [];
  private readonly bookmarks = new Map<string, string>();
  private readonly placed = new Set<string>();
  private marks = 0;
  private drawings = 0;
  private orderedLists = 0;
  private readonly document: Arrangement;

  constructor(document: Arrangement) {
    this.document = document;
  }

  /** Names of bookmarks are short and of few signs: each place gets the next. */
  private bookmarkName(place: string): string {
    const known = this.bookmarks.get(place) ?? `_Place${this.bookmarks.size + 1}`;
    this.bookmarks.set(place, known);
    return known;
  }

  /** What stands at a place that others lead to. A place is where it is first. */
  private bookmarked(place: string, content: string): string {
    if (this.placed.has(place)) return content;
    this.placed.add(place);
    this.marks += 1;
    const name = this.bookmarkName(place);
    return `${xml('w:bookmarkStart', { 'w:id': this.marks, 'w:name': name })}${content}${xml('w:bookmarkEnd', { 'w:id': this.marks })}`;
  }

  private relationship(type: string, target: string, isOutside = false): string {
    const id = `rId${this.links.length + 100}`;
    this.links.push(
      xml('Relationship', {
        Id: id,
        Type: `${relationshipTypes}/${type}`,
        Target: target,
        TargetMode: isOutside ? 'External' : undefined,
      }),
    );
    return id;
  }

  /** The small number. Its first place holds the note itself, every other leads to that one. */
  private mark({ number }: NoteMark): string {
    const reference = characterStyle('EndnoteReference');
    const place = `note-${number}`;
    if (this.placed.has(place)) return field(`NOTEREF ${this.bookmarkName(place)} \\f \\h`, String(number), reference);
    return this.bookmarked(
      place,
      xml('w:r', {}, xml('w:rPr', {}, reference), xml('w:endnoteReference', { 'w:id': number })),
    );
  }

  private inline(part: ArrangedInline, size: string): string {
    const inside = (anchor: string, style = ''): string =>
      xml('w:hyperlink', { 'w:anchor': this.bookmarkName(anchor), 'w:history': 1 }, run(part.words, style + size));
    switch (part.kind) {
      case 'text':
        return run(part.words, size);
      case 'strong':
        return run(part.words, characterStyle('Strong') + size);
      case 'term':
        return inside(part.entry);
      case 'link': {
        const { address } = part;
        if (!address.startsWith('#')) {
          const id = this.relationship('hyperlink', encodeURI(decodedOrAsItIs(address)), true);
          return xml(
            'w:hyperlink',
            { 'r:id': id, 'w:history': 1 },
            run(part.words, characterStyle('Hyperlink') + size),
          );
        }
        const anchor = this.document.anchors[address.slice(1)];
        return anchor === undefined ? run(part.words, size) : inside(anchor, characterStyle('Hyperlink'));
      }
      case 'figure':
        return (
          run(part.words, size) + (part.mark === undefined ? '' : this.mark({ number: part.number, mark: part.mark }))
        );
    }
  }

  private words(words: Words, { size }: Setting = {}): string {
    return words.map((part) => this.inline(part, size === undefined ? '' : sizeOf(size))).join('');
  }

  private paragraph(
    style: string | undefined,
    content: string,
    { tone }: Setting = {},
    further: Partial<ParagraphParts> = {},
  ): string {
    const box =
      tone === undefined
        ? { border: '', shading: '', indent: '' }
        : {
            border: xml('w:pBdr', {}, xml('w:left', { ...edges[tone], 'w:sz': 36, 'w:space': 10 })),
            shading: xml('w:shd', { 'w:val': 'clear', 'w:color': 'auto', 'w:fill': 'F3F2F1' }),
            indent: xml('w:ind', { 'w:left': 260, 'w:right': 120 }),
          };
    // The order is that of the schema (CT_PPrBase).
    const properties = [
      style === undefined ? '' : xml('w:pStyle', { 'w:val': style }),
      further.keepNext ? '<w:keepNext/>' : '',
      further.pageBreakBefore ? '<w:pageBreakBefore/>' : '',
      further.numbering ?? '',
      box.border,
      box.shading,
      further.spacing ?? '',
      further.indent ?? box.indent,
      further.alignment === undefined ? '' : xml('w:jc', { 'w:val': further.alignment }),
    ].join('');
    return xml('w:p', {}, properties === '' ? '' : xml('w:pPr', {}, properties), content);
  }

  private tableParts(table: ArrangedTable, setting: Setting): string {
    const { columns, rows, remarks, notes } = table;
    const place = `table-${table.id}`;
    const caption = this.paragraph(
      'Caption',
      this.bookmarked(place, run(table.label, characterStyle('Label'))) + run(` ${table.caption}`),
    );
    const widths = widthsOf(table);
    const cell = (at: number, content: string): string =>
      xml(
        'w:tc',
        {},
        xml('w:tcPr', {}, xml('w:tcW', { 'w:w': widths[at] ?? 0, 'w:type': 'dxa' })),
        this.paragraph('TableText', content, {}, columns[at]?.isNumber ? { alignment: 'right' } : {}),
      );
    const head = xml(
      'w:tr',
      {},
      xml('w:trPr', {}, '<w:cantSplit/>', '<w:tblHeader/>'),
      ...columns.map(({ heading }, at) => cell(at, run(heading, characterStyle('Strong')))),
    );
    const body = rows.map((row) =>
      xml(
        'w:tr',
        {},
        row.some((words) => lengthOf(words) > mostWhole) ? '' : xml('w:trPr', {}, '<w:cantSplit/>'),
        ...row.map((words, at) => cell(at, lengthOf(words) === 0 ? run('–') : this.words(words))),
      ),
    );
    const grid =
      columns.length === 0
        ? ''
        : xml(
            'w:tbl',
            {},
            xml(
              'w:tblPr',
              {},
              xml('w:tblStyle', { 'w:val': 'FigureTable' }),
              xml('w:tblW', { 'w:w': columnWidth, 'w:type': 'dxa' }),
              xml('w:tblLayout', { 'w:type': 'fixed' }),
              xml('w:tblLook', {
                'w:val': '00A0',
                'w:firstRow': 1,
                'w:lastRow': 0,
                'w:firstColumn': 1,
                'w:lastColumn': 0,
                'w:noHBand': 1,
                'w:noVBand': 1,
              }),
              xml('w:tblCaption', { 'w:val': `${table.label}: ${table.caption}` }),
            ),
            xml('w:tblGrid', {}, ...widths.map((width) => xml('w:gridCol', { 'w:w': width }))),
            head,
            ...body,
          );
    return [
      caption,
      grid,
      rows.length === 0 ? this.paragraph('Small', run('The table has no rows.')) : '',
      ...remarks.map((remark) => this.paragraph('Small', run(remark), setting)),
      notes.length === 0 ? '' : this.paragraph('Small', this.noteWords(notes), setting),
      // Two tables with nothing between them would be one.
      remarks.length + notes.length === 0 ? this.paragraph('Small', '') : '',
    ].join('');
  }

  private noteWords(notes: readonly NoteMark[]): string {
    return (
      run(notes.length === 1 ? 'Note ' : 'Notes ') +
      notes.map((note, at) => (at === 0 ? '' : run(', ')) + this.mark(note)).join('')
    );
  }

  private picture(picture: ArrangedPicture, setting: Setting, isSmall: boolean): string {
    const { label, title, sentence, source, notes, table } = picture;
    const numbers = xml(
      'w:hyperlink',
      { 'w:anchor': this.bookmarkName(`table-${table.id}`), 'w:history': 1 },
      run(`${label} as a table`, characterStyle('Hyperlink')),
    );
    const ends = source === '' || /[.!?]$/.test(source) ? ' ' : '. ';
    return [
      this.paragraph(
        'Caption',
        this.bookmarked(`picture-${picture.id}`, run(label, characterStyle('Label'))) + run(` ${title}`),
        setting,
      ),
      isSmall ? '' : this.paragraph('Sentence', run(sentence), setting),
      this.paragraph('Drawing', this.drawing(picture, isSmall), setting),
      this.paragraph(
        'Small',
        run(`${source}${ends}`) + (notes.length === 0 ? '' : this.noteWords(notes) + run('. ')) + numbers,
        setting,
        { spacing: xml('w:spacing', { 'w:before': 60, 'w:after': 240 }) },
      ),
    ].join('');
  }

  private drawing(picture: ArrangedPicture, isSmall: boolean): string {
    this.drawings += 1;
    const at = this.drawings;
    this.media.push(
      { path: `word/media/picture-${at}.png`, bytes: png(picture) },
      { path: `word/media/picture-${at}.svg`, bytes: Buffer.from(picture.svg, 'utf8') },
    );
    const [bitmap, vector] = ['png', 'svg'].map((ending) =>
      this.relationship('image', `media/picture-${at}.${ending}`),
    );
    const { width, height } = svgSize(drawingOf(picture));
    const most = isSmall ? mostHeight / 1.5 : mostHeight;
    const across = Math.min(width * millimetresPerPixel, mostWidth, (most * width) / height);
    const extent = {
      cx: Math.max(1, Math.round(across * emuPerMillimetre)),
      cy: Math.max(1, Math.round(((across * height) / width) * emuPerMillimetre)),
    };
    const named = { id: at, name: picture.label, descr: picture.sentence };
    return xml(
      'w:r',
      {},
      xml(
        'w:drawing',
        {},
        xml(
          'wp:inline',
          { distT: 0, distB: 0, distL: 0, distR: 0 },
          xml('wp:extent', extent),
          xml('wp:docPr', named),
          xml('wp:cNvGraphicFramePr', {}, xml('a:graphicFrameLocks', { noChangeAspect: 1 })),
          xml(
            'a:graphic',
            {},
            xml(
              'a:graphicData',
              { uri: 'http://schemas.openxmlformats.org/drawingml/2006/picture' },
              xml(
                'pic:pic',
                {},
                xml('pic:nvPicPr', {}, xml('pic:cNvPr', named), xml('pic:cNvPicPr', {})),
                xml(
                  'pic:blipFill',
                  {},
                  xml(
                    'a:blip',
                    { 'r:embed': bitmap },
                    xml(
                      'a:extLst',
                      {},
                      xml(
                        'a:ext',
                        { uri: '{96DAC541-7B7A-43D3-8B79-37D633B846F1}' },
                        xml('asvg:svgBlip', {
                          'xmlns:asvg': 'http://schemas.microsoft.com/office/drawing/2016/SVG/main',
                          'r:embed': vector,
                        }),
                      ),
                    ),
                  ),
                  xml('a:stretch', {}, xml('a:fillRect', {})),
                ),
                xml(
                  'pic:spPr',
                  {},
                  xml('a:xfrm', {}, xml('a:off', { x: 0, y: 0 }), xml('a:ext', extent)),
                  xml('a:prstGeom', { prst: 'rect' }, xml('a:avLst', {})),
                ),
              ),
            ),
          ),
        ),
      ),
    );
  }

  block(block: ArrangedBlock, setting: Setting): string {
    switch (block.kind) {
      case 'paragraph': {
        const { number, isLead, words } = block;
        const style = isLead ? 'Lead' : number === undefined ? undefined : 'NumberedParagraph';
        const size = isLead && setting.size !== undefined ? setting.size + 3 : setting.size;
        return this.paragraph(style, this.words(words, { ...setting, size }), setting);
      }
      case 'list': {
        if (block.ordered) this.orderedLists += 1;
        const numbering = block.ordered
          ? xml('w:numPr', {}, xml('w:ilvl', { 'w:val': 0 }), xml('w:numId', { 'w:val': 2 + this.orderedLists }))
          : '';
        return block.items
          .map((item) =>
            this.paragraph(block.ordered ? 'ListNumber' : 'ListBullet', this.words(item, setting), setting, {
              numbering,
              ...(setting.tone === undefined
                ? {}
                : { indent: xml('w:ind', { 'w:left': 660, 'w:hanging': 340, 'w:right': 120 }) }),
            }),
          )
          .join('');
      }
      case 'table':
        return this.tableParts(block, setting);
      case 'picture':
        return this.picture(block, setting, false);
      case 'inset': {
        const inner = { ...setting, tone: block.tone };
        const size = setting.size === undefined ? '' : sizeOf(setting.size);
        const heading =
          block.heading === undefined
            ? ''
            : this.paragraph(undefined, run(block.heading, characterStyle('Strong') + size), inner, {
                keepNext: true,
                spacing: xml('w:spacing', { 'w:before': 240, 'w:after': 0 }),
              });
        return heading + block.blocks.map((each) => this.block(each, inner)).join('');
      }
      case 'panels':
        return block.panels
          .map(
            ({ heading, words, picture }) =>
              this.paragraph(undefined, run(heading, characterStyle('Strong')), setting, {
                keepNext: true,
                spacing: xml('w:spacing', { 'w:before': 200, 'w:after': 40 }),
              }) +
              (lengthOf(words) === 0
                ? ''
                : this.paragraph(undefined, this.words(words, setting), setting, { keepNext: picture !== undefined })) +
              (picture === undefined ? '' : this.picture(picture, setting, true)),
          )
          .join('');
      case 'facts':
        return block.facts
          .map(({ name, value }) =>
            this.paragraph(
              'Fact',
              run(name, characterStyle('Strong') + (setting.size === undefined ? '' : sizeOf(setting.size))) +
                tab +
                this.words(value, setting),
            ),
          )
          .join('');
    }
  }

  private section(section: ArrangedSection): string {
    return [
      this.paragraph(
        `Heading${Math.min(4, section.level)}`,
        this.bookmarked(`section-${section.id}`, run(section.heading)),
        {},
        // The text begins on a side of its own, as the contents do.
        { pageBreakBefore: section.number === '1' },
      ),
      ...section.blocks.map((block) => this.block(block, {})),
      ...section.sections.map((inner) => this.section(inner)),
    ].join('');
  }

  /** A heading of the first level that has no number. */
  private plainHeading(place: string, words: string): string {
    return this.paragraph(
      'Heading1',
      this.bookmarked(place, run(words)),
      {},
      {
        numbering: xml('w:numPr', {}, xml('w:ilvl', { 'w:val': 0 }), xml('w:numId', { 'w:val': 0 })),
        indent: xml('w:ind', { 'w:left': 0, 'w:firstLine': 0 }),
      },
    );
  }

  private cover(): string {
    const { document } = this;
    const size = { ample: undefined, close: 19, tight: 17, none: 17 }[coverRoom(document)];
    const small = size === undefined ? '' : sizeOf(size);
    return [
      this.paragraph('Publisher', run(document.publisher, small)),
      this.paragraph('Title', run(document.title, size === undefined ? '' : sizeOf(36))),
      document.subtitle === undefined
        ? ''
        : this.paragraph('Subtitle', run(document.subtitle, size === undefined ? '' : sizeOf(size + 3))),
      this.paragraph(undefined, run(`As of ${document.day}`, xml('w:color', { 'w:val': '505A5F' }) + small)),
      ...document.cover.map((block) => this.block(block, { size })),
    ].join('');
  }

  /** Word can make it anew from the headings; until then it holds the same. Numbers of sections stand for those of pages. */
  private contents(): string {
    const { sections, glossary, pictures, notes } = this.document;
    const entries = [
      ...sections.flatMap(({ id, heading, number, sections: inner }) => [
        { style: 'TOC1', place: `section-${id}`, words: heading, number },
        ...inner.map((each) => ({
          style: 'TOC2',
          place: `section-${each.id}`,
          words: each.heading,
          number: undefined,
        })),
      ]),
      ...[
        glossary.length > 0 ? { place: 'glossary', words: headings.glossary } : undefined,
        pictures.length > 0 ? { place: 'numbers', words: headings.numbers } : undefined,
        notes.length > 0 ? { place: 'notes', words: headings.notes } : undefined,
      ].flatMap((entry) => (entry === undefined ? [] : [{ style: 'TOC1', number: undefined, ...entry }])),
    ];
    const fieldMark = (type: string): string => xml('w:r', {}, xml('w:fldChar', { 'w:fldCharType': type }));
    const instruction = xml('w:instrText', { 'xml:space': 'preserve' }, escaped(' TOC \\o "1-2" \\h \\z \\n \\u '));
    const begins = `${fieldMark('begin')}${xml('w:r', {}, instruction)}${fieldMark('separate')}`;
    const lines = entries.map(({ style, place, words, number }, at) =>
      this.paragraph(
        style,
        (at === 0 ? begins : '') +
          xml(
            'w:hyperlink',
            { 'w:anchor': this.bookmarkName(place), 'w:history': 1 },
            number === undefined ? '' : run(number) + tab,
            run(words),
          ),
      ),
    );
    return [
      this.paragraph('TOCHeading', run('Contents'), {}, { pageBreakBefore: true }),
      ...lines,
      entries.length === 0 ? '' : this.paragraph(undefined, fieldMark('end')),
    ].join('');
  }

  private ending(): string {
    const { glossary, pictures, notes } = this.document;
    const unmarked = notes.filter(({ marks }) => marks === 0);
    return [
      glossary.length === 0 ? '' : this.plainHeading('glossary', headings.glossary),
      ...glossary.map(({ id, words, meaning }) =>
        this.paragraph(undefined, this.bookmarked(id, run(words, characterStyle('Strong'))) + run(`: ${meaning}`)),
      ),
      pictures.length === 0 ? '' : this.plainHeading('numbers', headings.numbers),
      ...pictures.map(({ table }) => this.tableParts(table, {})),
      notes.length === 0 ? '' : this.plainHeading('notes', headings.notes),
      unmarked.length === 0
        ? ''
        : this.paragraph(
            'Small',
            run('Not referred to in the text: ') +
              unmarked.map(({ number }) => this.mark({ number, mark: 0 })).join(run(', ')),
          ),
    ].join('');
  }

  /** The whole text, with what it refers to. */
  body(): string {
    const parts = [
      this.cover(),
      this.contents(),
      ...this.document.sections.map((section) => this.section(section)),
      this.ending(),
    ];
    const properties = xml(
      'w:sectPr',
      {},
      xml('w:headerReference', { 'w:type': 'default', 'r:id': 'rId1' }),
      xml('w:footerReference', { 'w:type': 'default', 'r:id': 'rId2' }),
      xml('w:endnotePr', {}, xml('w:pos', { 'w:val': 'docEnd' }), xml('w:numFmt', { 'w:val': 'decimal' })),
      xml('w:pgSz', { 'w:w': page.width, 'w:h': page.height }),
      xml('w:pgMar', {
        'w:top': page.top,
        'w:right': page.right,
        'w:bottom': page.bottom,
        'w:left': page.left,
        'w:header': 700,
        'w:footer': 600,
        'w:gutter': 0,
      }),
    );
    return xml('w:document', namespaces, xml('w:body', {}, ...parts, properties));
  }

  numbering(): string {
    const level = (
      at: number,
      format: string,
      text: string,
      indent: Attributes,
      style?: string,
      properties = '',
    ): string =>
      xml(
        'w:lvl',
        { 'w:ilvl': at },
        xml('w:start', { 'w:val': 1 }),
        xml('w:numFmt', { 'w:val': format }),
        style === undefined ? '' : xml('w:pStyle', { 'w:val': style }),
        xml('w:lvlText', { 'w:val': text }),
        xml('w:lvlJc', { 'w:val': 'left' }),
        xml('w:pPr', {}, xml('w:ind', indent)),
        properties === '' ? '' : xml('w:rPr', {}, properties),
      );
    const hanging = { 'w:left': 0, 'w:hanging': page.gutter };
    const quiet = xml('w:color', { 'w:val': '505A5F' });
    const inList = { 'w:left': 340, 'w:hanging': 340 };
    const abstract = (id: number, type: string, ...levels: readonly string[]): string =>
      xml('w:abstractNum', { 'w:abstractNumId': id }, xml('w:multiLevelType', { 'w:val': type }), ...levels);
    const list = (id: number, of: number, restarts = false): string =>
      xml(
        'w:num',
        { 'w:numId': id },
        xml('w:abstractNumId', { 'w:val': of }),
        restarts ? xml('w:lvlOverride', { 'w:ilvl': 0 }, xml('w:startOverride', { 'w:val': 1 })) : '',
      );
    return xml(
      'w:numbering',
      { 'xmlns:w': namespaces['xmlns:w'] },
      abstract(
        1,
        'multilevel',
        level(0, 'decimal', '%1', hanging, 'Heading1'),
        level(1, 'decimal', '%1.%2', hanging, 'NumberedParagraph', quiet),
      ),
      abstract(2, 'singleLevel', level(0, 'bullet', '•', inList, 'ListBullet')),
      abstract(3, 'singleLevel', level(0, 'decimal', '%1.', inList)),
      list(1, 1),
      list(2, 2),
      ...Array.from({ length: this.orderedLists }, (_, at) => list(3 + at, 3, true)),
    );
  }

  files(): readonly ZipEntry[] {
    return this.media;
  }

  relationships(): readonly string[] {
    return this.links;
  }
}

const headings = {
  glossary: 'What the words mean',
  numbers: 'The figures as numbers',
  notes: 'What the numbers rest on',
};

interface ParagraphParts {
  readonly keepNext: boolean;
  readonly pageBreakBefore: boolean;
  readonly numbering: string;
  readonly spacing: string;
  readonly indent: string;
  readonly alignment: 'right';
}

const sizeOf = (size: number): string => xml('w:sz', { 'w:val': size }) + xml('w:szCs', { 'w:val': size });

function decodedOrAsItIs(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** Twentieths of a point, adding up to the column. */
function widthsOf(table: ArrangedTable): readonly number[] {
  const shares = columnShares(table).map(({ share }) => share);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => Math.floor((columnWidth * share) / whole));
}

/** The notes of the text, which Word numbers by their order: `arranged` gave them the same numbers. */
function endnotes(notes: readonly ArrangedNote[]): string {
  const rule = (id: number, type: string, content: string): string =>
    xml('w:endnote', { 'w:type': type, 'w:id': id }, xml('w:p', {}, xml('w:r', {}, content)));
  const text = (style: string, ...content: readonly string[]): string =>
    xml('w:p', {}, xml('w:pPr', {}, xml('w:pStyle', { 'w:val': style })), ...content);
  return xml(
    'w:endnotes',
    namespaces,
    rule(-1, 'separator', '<w:separator/>'),
    rule(0, 'continuationSeparator', '<w:continuationSeparator/>'),
    ...notes.map(({ number, words, facts }) =>
      xml(
        'w:endnote',
        { 'w:id': number },
        text(
          'EndnoteText',
          xml('w:r', {}, xml('w:rPr', {}, characterStyle('EndnoteReference')), '<w:endnoteRef/>'),
          run(' '),
          run(words, characterStyle('Strong')),
          ...facts.map(({ name, value }) => `<w:r><w:br/></w:r>${run(`${name}: ${value}`)}`),
        ),
      ),
    ),
  );
}

const edge = (name: 'w:hdr' | 'w:ftr', style: string, ...content: readonly string[]): string =>
  xml(name, namespaces, xml('w:p', {}, xml('w:pPr', {}, xml('w:pStyle', { 'w:val': style })), ...content));

const relationships = (...entries: readonly string[]): string =>
  xml('Relationships', { xmlns: 'http://schemas.openxmlformats.org/package/2006/relationships' }, ...entries);

const related = (id: string, type: string, target: string): string =>
  xml('Relationship', { Id: id, Type: `${relationshipTypes}/${type}`, Target: target });

function contentTypes(): string {
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
  const part = (name: string, type: string): string => xml('Override', { PartName: name, ContentType: type });
  const ending = (extension: string, type: string): string =>
    xml('Default', { Extension: extension, ContentType: type });
  return xml(
    'Types',
    { xmlns: 'http://schemas.openxmlformats.org/package/2006/content-types' },
    ending('rels', 'application/vnd.openxmlformats-package.relationships+xml'),
    ending('xml', 'application/xml'),
    ending('png', 'image/png'),
    ending('svg', 'image/svg+xml'),
    part('/word/document.xml', `${main}.document.main+xml`),
    part('/word/styles.xml', `${main}.styles+xml`),
    part('/word/numbering.xml', `${main}.numbering+xml`),
    part('/word/settings.xml', `${main}.settings+xml`),
    part('/word/endnotes.xml', `${main}.endnotes+xml`),
    part('/word/header1.xml', `${main}.header+xml`),
    part('/word/footer1.xml', `${main}.footer+xml`),
    part('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
  );
}

function core({ title, publisher, asOf }: Arrangement): string {
  const moment = { 'xsi:type': 'dcterms:W3CDTF' };
  return xml(
    'cp:coreProperties',
    {
      'xmlns:cp': 'http://schemas.openxmlformats.org/package/2006/metadata/core-properties',
      'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      'xmlns:dcterms': 'http://purl.org/dc/terms/',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    },
    xml('dc:title', {}, escaped(title)),
    xml('dc:creator', {}, escaped(publisher)),
    xml('dc:language', {}, 'en-GB'),
    xml('dcterms:created', moment, `${asOf}T00:00:00Z`),
    xml('dcterms:modified', moment, `${asOf}T00:00:00Z`),
  );
}

const settings = xml(
  'w:settings',
  { 'xmlns:w': namespaces['xmlns:w'] },
  xml('w:zoom', { 'w:percent': 100 }),
  xml('w:defaultTabStop', { 'w:val': 720 }),
  xml(
    'w:endnotePr',
    {},
    xml('w:numFmt', { 'w:val': 'decimal' }),
    xml('w:endnote', { 'w:id': -1 }),
    xml('w:endnote', { 'w:id': 0 }),
  ),
  xml(
    'w:compat',
    {},
    xml('w:compatSetting', {
      'w:name': 'compatibilityMode',
      'w:uri': 'http://schemas.microsoft.com/office/word',
      'w:val': 15,
    }),
  ),
  xml('w:themeFontLang', { 'w:val': 'en-GB' }),
);

/**
 * A document as a Word file: headings, numbered paragraphs and contents that Word itself knows, notes as end notes, heads of tables
 * on every page, pictures as SVG with a PNG beside it and words instead. Made by hand, with nothing of chance or of a clock in it:
 * the same model gives the same bytes.
 *
 * @throws RangeError as `DocumentParts`, Error where this machine cannot draw pictures as PNG
 */
export function toWord(model: DocumentModel): Buffer {
  const document = arranged(model);
  const writer = new Writer(document);
  const body = writer.body();
  const marking = run(document.marking, characterStyle('Strong'));
  const title =
    document.title.length > 70 ? `${document.title.slice(0, 68).trimEnd().toWellFormed()}…` : document.title;
  const parts: readonly (readonly [string, string])[] = [
    ['[Content_Types].xml', contentTypes()],
    [
      '_rels/.rels',
      relationships(
        related('rId1', 'officeDocument', 'word/document.xml'),
        xml('Relationship', {
          Id: 'rId2',
          Type: 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
          Target: 'docProps/core.xml',
        }),
      ),
    ],
    ['docProps/core.xml', core(document)],
    ['word/document.xml', body],
    [
      'word/_rels/document.xml.rels',
      relationships(
        related('rId1', 'header', 'header1.xml'),
        related('rId2', 'footer', 'footer1.xml'),
        related('rId3', 'styles', 'styles.xml'),
        related('rId4', 'numbering', 'numbering.xml'),
        related('rId5', 'settings', 'settings.xml'),
        related('rId6', 'endnotes', 'endnotes.xml'),
        ...writer.relationships(),
      ),
    ],
    ['word/endnotes.xml', endnotes(document.notes)],
    [
      'word/footer1.xml',
      edge(
        'w:ftr',
        'Footer',
        run(`${document.publisher}, as of ${document.day}`),
        tab,
        run('Page '),
        field('PAGE', '1'),
        run(' of '),
        field('NUMPAGES', '1'),
      ),
    ],
    ['word/header1.xml', edge('w:hdr', 'Header', marking, tab, run(title))],
    ['word/numbering.xml', writer.numbering()],
    ['word/settings.xml', settings],
  ];
  return zip([
    ...parts.map(([path, text]) => ({ path, bytes: Buffer.from(declaration + text, 'utf8') })),
    { path: 'word/styles.xml', bytes: Buffer.from(styles, 'utf8') },
    ...writer.files(),
  ]);
}
