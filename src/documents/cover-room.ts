import type { ArrangedBlock, Arrangement, Words } from './arrangement.ts';
import { drawingOf, svgSize } from './svg.ts';

/** How a cover is set so that it stays on one side: larger type where there is room, smaller where there is little, `none` if it cannot. */
export type CoverRoom = 'ample' | 'close' | 'tight' | 'none';

const length = (words: Words): number => words.reduce((sum, inline) => sum + inline.words.length, 0);
const lines = (characters: number, perLine = 84): number => Math.max(1, Math.ceil(characters / perLine));

/** How many lines of running text a block takes, roughly: a side of A4 holds about 46 below its title. */
function linesOf(block: ArrangedBlock): number {
  switch (block.kind) {
    case 'paragraph':
      return lines(length(block.words), block.isLead ? 68 : 84) * (block.isLead ? 1.3 : 1) + 0.6;
    case 'list':
      return block.items.reduce((sum, item) => sum + lines(length(item), 80) + 0.2, 0.6);
    case 'table':
      return block.rows.reduce(
        (sum, row) => sum + 1.5 * lines(Math.max(0, ...row.map(length)), 30),
        4 + block.remarks.length,
      );
    case 'picture': {
      const { width, height } = svgSize(drawingOf(block));
      return 5 + (36 * height) / width;
    }
    case 'inset':
      return block.blocks.reduce((sum, inner) => sum + linesOf(inner), block.heading === undefined ? 1.6 : 2.8);
    case 'panels':
      return 14 * Math.ceil(block.panels.length / 2);
    case 'facts':
      return block.facts.reduce((sum, { value }) => sum + lines(length(value), 60) + 0.2, 0.6);
  }
}

/** How large a cover may be set. */
export function coverRoom({ cover, title, subtitle }: Arrangement): CoverRoom {
  const needed =
    cover.reduce((sum, block) => sum + linesOf(block), 0) +
    2 * lines(title.length, 36) +
    lines(subtitle?.length ?? 0, 60);
  return needed < 34 ? 'ample' : needed < 46 ? 'close' : needed < 60 ? 'tight' : 'none';
}
