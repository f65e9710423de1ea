/// <reference lib="dom" />
import { plainText } from '../../plain-text.ts';
import { type Child, presentAttributes, type Element as View } from '../node.ts';

/** Puts a view in an element, instead of what was there. */
export function draw(into: Element, view: Child): void {
  const drawn = document.createDocumentFragment();
  append(drawn, view);
  into.replaceChildren(drawn);
}

/** Adds a view to an element. Text is set as text, never read as HTML. */
export function append(into: Node, view: Child): void {
  if (view === null || view === undefined) return;
  if (typeof view === 'string' || typeof view === 'number') into.appendChild(new Text(plainText(String(view))));
  else if (isView(view)) into.appendChild(drawn(view));
  else for (const child of view) append(into, child);
}

const isView = (view: View | readonly Child[]): view is View => !Array.isArray(view);

/** A view as an element. */
export function drawn(view: View): HTMLElement {
  const element = document.createElement(view.tag);
  for (const [name, value] of presentAttributes(view)) element.setAttribute(name, plainText(value));
  append(element, view.children);
  return element;
}
