/// <reference lib="dom" />
import { type Data, element } from './data.ts';
import { findingsOnPaper } from './finding-list.ts';
import { isOpen } from './items.ts';

/** On paper stand the open findings, the worst in full, whatever the page shows; afterwards it shows that again. */
export function startPrinting(data: Data): void {
  let before: readonly Node[] | null = null;
  const print = (): void => {
    if (before !== null) return;
    const list = element('list');
    before = [...list.childNodes];
    list.replaceChildren(findingsOnPaper(data.items.findings.filter(isOpen), data));
  };
  const restore = (): void => {
    if (before !== null) element('list').replaceChildren(...before);
    before = null;
  };
  addEventListener('beforeprint', print);
  addEventListener('afterprint', restore);
  matchMedia('print').addEventListener('change', ({ matches }) => (matches ? print() : restore()));
}
