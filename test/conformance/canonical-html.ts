import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';

/** Elements that flow with the text: a space beside them is seen. Everything else is a box, at whose edges space is lost. */
const inText = new Set(
  'a abbr b bdi cite code dfn em i kbd mark q s samp small span strong sub sup time u var'.split(' '),
);
const asWritten = new Set(['pre', 'script', 'style', 'textarea']);
/** Attributes that are lists of tokens, or in which a browser ignores how they are spaced. */
const spaced = new Set(['aria-describedby', 'class', 'd']);

type Token =
  | { readonly kind: 'open' | 'close' | 'text'; readonly text: string; readonly depth: number; readonly isBox: boolean }
  | { readonly kind: 'space' };

function attributesOf(element: Tree.Element): string {
  return element.attrs
    .map(({ prefix, name, value }) => ({
      name: prefix ? `${prefix}:${name}` : name,
      value: spaced.has(name) ? value.trim().replace(/\s+/g, ' ') : value,
    }))
    .filter(({ name, value }) => !(name === 'class' && value === ''))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`)
    .join('');
}

function* tokensOf(node: Tree.ChildNode, depth: number, isWritten: boolean): Generator<Token> {
  if ('tagName' in node) {
    // A link that is drawn as a button is a box, as the button is.
    const isButton = node.attrs.some(({ name, value }) => name === 'role' && value === 'button');
    const isBox = isButton || !inText.has(node.tagName);
    yield { kind: 'open', text: `<${node.tagName}${attributesOf(node)}>`, depth, isBox };
    for (const child of node.childNodes) yield* tokensOf(child, depth + 1, asWritten.has(node.tagName));
    yield { kind: 'close', text: `</${node.tagName}>`, depth, isBox };
  } else if (node.nodeName === '#text' && 'value' in node) {
    // The first line break inside <pre> and <textarea> is gone by now; all others are kept.
    const parts = isWritten ? [node.value] : node.value.split(/([ \t\r\n\f]+)/);
    for (const part of parts) {
      if (!isWritten && /^[ \t\r\n\f]+$/.test(part)) yield { kind: 'space' };
      else if (part !== '') yield { kind: 'text', text: part, depth, isBox: false };
    }
  }
}

/**
 * One text for all HTML that a browser builds the same tree from and shows the same: attributes sorted, class tokens
 * spaced once, and white space only as the CSS of running text keeps it: one space between two words, whichever side of
 * an inline tag it stands, none at the edges of a box.
 */
export function canonicalHtml(html: string): string {
  const lines: string[] = [];
  let tags: string[] = []; // inline tags since the last word
  let hasWord = false; // has this box a word before this place?
  let hasSpace = false; // was there white space since that word?
  for (const node of parseFragment(html).childNodes)
    for (const token of tokensOf(node, 0, false)) {
      if (token.kind === 'space') {
        hasSpace = hasWord;
        continue;
      }
      const line = `${'  '.repeat(token.depth)}${token.kind === 'text' ? JSON.stringify(token.text) : token.text}`;
      if (token.kind === 'text' || token.isBox) {
        // After the tags that close, before those that open.
        if (token.kind === 'text' && hasSpace) tags.splice(firstOpening(tags), 0, '(space)');
        lines.push(...tags, line);
        tags = [];
        hasWord = token.kind === 'text';
        hasSpace = false;
      } else {
        tags.push(line);
      }
    }
  return [...lines, ...tags].join('\n');
}

function firstOpening(tags: readonly string[]): number {
  const at = tags.findIndex((tag) => !tag.trimStart().startsWith('</'));
  return at === -1 ? tags.length : at;
}
