/// <reference lib="dom" />
import { digits } from '../../words.ts';
import { h } from '../node.ts';
import { element } from './data.ts';
import { draw } from './dom.ts';

/** Findings or keys of one page. */
export const PAGE = 50;

export const pagesOf = (number: number): number => Math.max(1, Math.ceil(number / PAGE));

/** Which page of a list this is, and buttons to the others. */
export function showPages(page: number, pages: number): void {
  const nav = element('pages');
  nav.hidden = pages <= 1;
  const button = (to: number, text: string) =>
    h('button', { type: 'button', 'data-page': to, 'aria-disabled': to < 1 || to > pages || to === page }, text);
  draw(nav, [
    button(1, 'First'),
    button(page - 1, 'Previous'),
    h('span', {}, `page ${digits(page)} of ${digits(pages)}`),
    button(page + 1, 'Next'),
    button(pages, 'Last'),
  ]);
}
