import { type Child, h } from '../node.ts';

const SEE = /^See (https:\/\/\S+)$/;

/** Why a rule matters, and the documents that it refers to as links. */
export function why(help: string): Child {
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
