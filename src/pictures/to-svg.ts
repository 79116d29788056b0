import { createHash } from 'node:crypto';
import { checkedModel } from './checked-model.ts';
import { drawChoropleth } from './choropleth.ts';
import { drawColumns } from './columns.ts';
import { element, escaped, group, idMark, pixels, rectangle, textLines } from './element.ts';
import { drawFunnel } from './funnel.ts';
import { drawHeat } from './heat.ts';
import { drawRows } from './interval-rows.ts';
import { drawLine } from './line.ts';
import { drawLorenz } from './lorenz.ts';
import type { PictureModel } from './model.ts';
import { ink, paper, quiet } from './palette.ts';
import { lineHeightOf, patternsUsed, type Drawing, type Room } from './room.ts';
import { wrapped } from './text-width.ts';
import { toSentence } from './to-sentence.ts';

/** Source Sans 3 where it is installed (as for documents), else a face of the same width or less, for which room is kept. */
const face = "'Source Sans 3', Arial, Helvetica, 'Liberation Sans', sans-serif";

/** Narrower than a phone nothing can be read, wider than a wall nothing is meant. */
const [leastWidth, mostWidth] = [280, 2400];

export interface PictureSize {
  /** Pixels: 320 for a phone, 640 for a column of text, 960 for a whole page. */
  readonly width: number;
  /** Text large enough for a column of paper (160 mm), and no ground, which would be a white box on tinted paper. */
  readonly isForPrint?: boolean | undefined;
  /** Title and source are left out of the drawing, as the text around it says them: a figure of a document. */
  readonly isWithinText?: boolean | undefined;
}

function roomIn({ width, isForPrint, isWithinText }: PictureSize): { readonly room: Room; readonly margin: number } {
  // In a column of text the edge of the drawing is the edge of the column.
  const margin = isWithinText ? 2 : width < 480 ? 10 : 16;
  const isNarrow = width < 560;
  const smallSize = isForPrint ? 15 : isNarrow ? 12.5 : 13.5;
  return { room: { width: width - 2 * margin, textSize: isNarrow ? 17 : 20, smallSize, isNarrow }, margin };
}

function drawingOf(model: PictureModel, room: Room): Drawing {
  switch (model.kind) {
    case 'line':
      return drawLine(model, room);
    case 'bars':
    case 'dots':
      return drawRows(model, room);
    case 'columns':
      return drawColumns(model, room);
    case 'funnel':
      return drawFunnel(model, room);
    case 'choropleth':
      return drawChoropleth(model, room);
    case 'heat':
      return drawHeat(model, room);
    case 'lorenz':
      return drawLorenz(model, room);
  }
}

/** Ids from what is drawn: the same drawing has the same ids, and two on one page do not meet. */
function withIds(svg: string): string {
  const hash = createHash('sha256').update(svg).digest('hex').slice(0, 12);
  return svg.replaceAll(idMark, `p${hash}-`);
}

/**
 * The picture as one file of SVG, which can also be put into a page as it is.
 *
 * The same model and size give the same bytes. It holds its title, its sentence as description, the unit, the source and what is
 * not shown; no style sheet and no script. Throws RangeError for a number or a period that cannot be drawn.
 */
export function toSvg(model: PictureModel, size: PictureSize): string {
  if (!(size.width >= leastWidth && size.width <= mostWidth)) throw new RangeError(`not a width: ${size.width}`);
  checkedModel(model);
  const { room, margin } = roomIn(size);
  const drawing = drawingOf(model, room);
  const small = room.smallSize;
  const body: string[] = [];
  let y = margin;
  const say = (words: string, textSize: number, fill: string, isBold = false): void => {
    const lines = wrapped(words, textSize, room.width, isBold);
    const lineHeight = lineHeightOf(textSize);
    body.push(...textLines(margin, y + textSize, lines, lineHeight, { size: textSize, fill, isBold }));
    y += lines.length * lineHeight;
  };
  if (!size.isWithinText) {
    say(model.title, room.textSize, ink, true);
    y += 2;
  }
  say(model.period === undefined ? model.unit : `${model.unit}, ${model.period}`, small, quiet);
  y += 10;
  body.push(group({ transform: `translate(${pixels(margin)} ${pixels(y)})` }, ...drawing.body));
  y += drawing.height + 10;
  for (const note of [...drawing.notes, ...model.notShown]) {
    say(note, small, ink);
    y += 2;
  }
  if (!size.isWithinText) say(`Source: ${model.source}`, small, quiet);
  const height = Math.ceil(y + margin - 4);
  const drawn = body.join('');
  const patterns = patternsUsed(drawn);
  return withIds(
    element(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        'xml:lang': 'en-GB',
        width: size.width,
        height,
        viewBox: `0 0 ${pixels(size.width)} ${pixels(height)}`,
        role: 'img',
        'aria-labelledby': `${idMark}title ${idMark}says`,
        'font-family': face,
      },
      element('title', { id: `${idMark}title` }, escaped(model.title)),
      element('desc', { id: `${idMark}says` }, escaped(toSentence(model))),
      patterns === '' ? '' : element('defs', {}, patterns),
      size.isForPrint ? '' : rectangle(0, 0, size.width, height, { fill: paper }),
      drawn,
    ),
  );
}
