import { type Child, h } from '../node.ts';
import type { Setting } from '../rows.ts';

const SEE = /^See (https:\/\/[!-~]+)$/;

/** Why a rule matters, and the documents that it refers to as links; nothing of a rule that the report does not hold. */
export function whyOf(rule: string, { help }: Pick<Setting, 'help'>): Child {
  const text = help.find(([id]) => id === rule)?.[1];
  return text === undefined ? null : why(text);
}

function why(help: string): Child {
  const lines = help.split('\n');
  const references = lines.flatMap((line) => SEE.exec(line)?.[1] ?? []);
  const text = lines.filter((line) => !SEE.test(line)).join(' ');
  return [
    h('p', {}, text),
    references.length === 0
      ? null
      : h(
          'ul',
          { class: 'references' },
          references.map((url) => h('li', {}, h('a', { href: url, rel: 'noreferrer noopener' }, url))),
        ),
  ];
}
