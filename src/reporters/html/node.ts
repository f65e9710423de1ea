/** What the page may carry; no name here can run anything or fetch anything. */
type AttributeName =
  | 'class'
  | 'id'
  | 'href'
  | 'rel'
  | 'type'
  | 'role'
  | 'hidden'
  | 'open'
  | 'tabindex'
  | 'scope'
  | 'colspan'
  | 'for'
  | 'lang'
  | 'title'
  | 'value'
  | 'placeholder'
  | 'autocomplete'
  | 'spellcheck'
  | 'viewBox'
  | 'preserveAspectRatio'
  | 'x'
  | 'y'
  | 'width'
  | 'height'
  | `aria-${string}`
  | `data-${string}`;

export type Attributes = { readonly [name in AttributeName]?: string | number | boolean | undefined };

/** An element of the page before it is text or DOM: the same views are drawn by the reporter and in the browser. */
export interface Element {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly Child[];
}

/** Text is text wherever it comes from; null and undefined are nothing. */
export type Child = Element | string | number | null | undefined | readonly Child[];

export const h = (tag: string, attributes: Attributes = {}, ...children: readonly Child[]): Element => ({
  tag,
  attributes,
  children,
});

/** Where a link may lead: to a place in the page, or to a document that a rule refers to. */
const isLink = (href: string): boolean => href.startsWith('#') || href.startsWith('https://');

/** An element's attributes that are there: true is an empty attribute, false and undefined are none. Values are raw. */
export function* presentAttributes({ tag, attributes }: Element): Iterable<readonly [name: string, value: string]> {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name === 'href' && !isLink(String(value))) throw new Error(`a link of <${tag}> leads nowhere`);
    yield [name, value === true ? '' : String(value)];
  }
}
