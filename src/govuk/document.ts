import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** The text of a whole page, from its `<html>` node. */
export function document(page: VNode): string {
  return `<!doctype html>\n${renderToString(page)}\n`;
}
