import type { Report } from '../../../model/report.ts';
import { type Child, h } from '../node.ts';
import { hasNotes } from './notes.ts';
import { scanFacts } from './scan-facts.ts';
import { verdict } from './verdict.ts';

const PARTS: readonly (readonly [id: string, name: string])[] = [
  ['summary', 'Summary'],
  ['findings', 'Findings and keys'],
  ['coverage', 'Coverage'],
  ['rules', 'Rules'],
  ['notes', 'Notes'],
];

/** Above everything: the way past it, the verdict, what was scanned, and where the rest of the page is. */
export const header = (report: Report): Child => [
  h('a', { class: 'skip', href: '#findings' }, 'Skip to the findings'),
  h(
    'header',
    {},
    h(
      'div',
      { class: 'top' },
      h('p', { class: 'tool' }, 'keydrift'),
      navigation(report),
      h('button', { type: 'button', id: 'theme', hidden: true }, 'Theme: system'),
    ),
    verdict(report),
    scanFacts(report),
  ),
];

const navigation = (report: Report): Child =>
  h(
    'nav',
    { 'aria-label': 'Parts of the report' },
    h(
      'ul',
      {},
      PARTS.filter(([id]) => id !== 'notes' || hasNotes(report)).map(([id, name]) =>
        h('li', {}, h('a', { href: `#${id}` }, name)),
      ),
    ),
  );

/** Below everything: where keys are opened, what is said to screen readers, and what the page needs. */
export const footer = ({ tool, schemaVersion }: Report): Child => [
  h(
    'dialog',
    { id: 'sheet', 'aria-labelledby': 'sheet-title' },
    h(
      'div',
      { class: 'sheet-top' },
      h('h2', { id: 'sheet-title', tabindex: -1 }),
      h('button', { type: 'button', id: 'close' }, 'Close'),
    ),
    h('div', { id: 'sheet-body' }),
  ),
  h('p', { id: 'said', class: 'unseen', role: 'status', 'aria-live': 'polite' }),
  h(
    'footer',
    {},
    h(
      'p',
      {},
      `Written by ${tool.name} ${tool.version}, report schema ${schemaVersion}. This page asks nothing of any network.`,
    ),
    h(
      'noscript',
      {},
      'Without scripts it shows the summary, the worst findings and the coverage; keys and filters need them.',
    ),
  ),
];
