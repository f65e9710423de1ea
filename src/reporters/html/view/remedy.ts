import { partsOf } from '../../table/remediation.ts';
import { type Child, type Element, h } from '../node.ts';

/** What to do: prose, and what is there to be copied with a button that copies it. */
export const remedy = (remediation: string): Element =>
  h(
    'div',
    { class: 'remedy' },
    partsOf(remediation).map(({ prose, copied }) => [
      prose === '' ? null : h('p', {}, prose),
      copied.length === 0 ? null : commands(copied),
    ]),
  );

const commands = (lines: readonly string[]): Element =>
  h(
    'div',
    { class: 'commands' },
    h('pre', { tabindex: 0, 'aria-label': 'to copy' }, h('code', {}, lines.map(line))),
    h('button', { type: 'button', class: 'copy', 'data-copy': true }, 'Copy'),
  );

const line = (text: string): Child => h('span', { class: 'line' }, text);
