import { plainText } from '../plain-text.ts';
import { type Child, type Element, presentAttributes } from './node.ts';

/** Elements without content (HTML standard, "Void elements") that the page uses. */
const VOID = new Set(['br', 'input', 'meta']);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or a quoted attribute: what is not plainly visible becomes an escape, then HTML's own characters. */
export const htmlText = (text: string): string =>
  plainText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** A view as HTML. */
export function markup(child: Child): string {
  if (child === null || child === undefined) return '';
  if (typeof child === 'string' || typeof child === 'number') return htmlText(String(child));
  return isElement(child) ? elementMarkup(child) : child.map(markup).join('');
}

const isElement = (child: Element | readonly Child[]): child is Element => !Array.isArray(child);

function elementMarkup(element: Element): string {
  const { tag, children } = element;
  const attributes = [...presentAttributes(element)].map(([name, value]) => ` ${name}="${htmlText(value)}"`).join('');
  return VOID.has(tag) ? `<${tag}${attributes}>` : `<${tag}${attributes}>${markup(children)}</${tag}>`;
}
