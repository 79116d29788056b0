import type { VNode } from 'preact';
import { render } from './render.ts';

/** The text of a whole page, from its `<html>` node. */
export function document(page: VNode): string {
  return `<!doctype html>\n${render(page)}\n`;
}
