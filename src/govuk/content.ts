import { isValidElement, type ComponentChildren, type VNode } from 'preact';

/** What may stand inside a component: text and nodes, never a string of HTML. */
export type Content = ComponentChildren;

/** `hint="Like this"`, `hint={<>or this</>}` or, with options, `hint={{ text: 'like this', classes: '…' }}`. */
export type OrContent<Options extends { readonly text: Content }> = Options | string | number | VNode;

/** A list in which an item may be left out where it stands: `[first, mayEdit && second]`. */
export type Listed<Item> = readonly (Item | false | null | undefined)[];

export function isPresent(content: Content): boolean {
  return content !== undefined && content !== null && content !== false && content !== '';
}

/** Plain text gets the element that suits a single line; nodes bring their own. */
export function isPlainText(content: Content): content is string | number {
  return typeof content === 'string' || typeof content === 'number';
}

/** Whether it is the content itself, and not options of which one is the content. */
export function isContent(given: object | string | number): given is string | number | VNode {
  return isPlainText(given as Content) || Array.isArray(given) || isValidElement(given);
}

export function optionsOf<Options extends { readonly text: Content }>(given: OrContent<Options>): Options {
  // Every option but `text` is optional in the types that this is used with.
  return (isContent(given) ? { text: given } : given) as Options;
}
