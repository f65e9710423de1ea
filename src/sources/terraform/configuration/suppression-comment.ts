import type { SuppressionComment } from '../../../model/facts/configuration.ts';
import { didYouMean } from '../../../model/nearest.ts';
import { daySchema } from '../../../model/time.ts';

/** What one comment says, without where; or why it says nothing that holds. The reason never quotes the comment. */
export type SaidByComment =
  | { readonly ok: true; readonly suppressions: readonly Pick<SuppressionComment, 'rule' | 'until' | 'reason'>[] }
  | { readonly ok: false; readonly reason: string };

const FORM = 'write keydrift:ignore=RULE until=YYYY-MM-DD reason="…"';
/** Meant for keydrift, well spelt or not; prose that begins with its name is not. */
const MEANT = /^keydrift(?::\S|\s*:\s*ignore\b)/i;
const START = /^keydrift:([\w-]*)=?/;
const RULE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const WORD = /\s+([\w-]+)=("(?:[^"\\]|\\["\\])*"|[^\s"]*)(?=\s|$)/y;

/** The text of a comment of one line without its marks; undefined where it is for people. */
export function saidByComment(text: string): SaidByComment | undefined {
  const said = text.trim();
  if (!MEANT.test(said)) return undefined;
  const [start = '', verb = ''] = START.exec(said) ?? [];
  if (verb !== 'ignore' || !start.endsWith('=')) {
    const meant = verb === 'ignore' ? '' : didYouMean(verb, ['ignore']);
    return fault(`names nothing that a comment can ask for${meant}: ${FORM}`);
  }
  const names = /^[^\s]*/.exec(said.slice(start.length))?.[0] ?? '';
  const rules = [...new Set(names.split(','))];
  if (!rules.every((rule) => RULE.test(rule))) return fault(`names no rule, or one that none can be named: ${FORM}`);
  const words = wordsIn(said, start.length + names.length);
  return typeof words === 'string' ? fault(words) : withWords(rules, words);
}

const fault = (reason: string): SaidByComment => ({ ok: false, reason });

type Words = ReadonlyMap<string, string>;

const KNOWN = ['until', 'reason'];

/** `until=… reason="…"` in any order, each once; a text says what is wrong. */
function wordsIn(said: string, from: number): Words | string {
  const words = new Map<string, string>();
  for (let at = from; at < said.length; at = WORD.lastIndex) {
    WORD.lastIndex = at;
    const [, name, value] = WORD.exec(said) ?? [];
    if (name === undefined || value === undefined) return `has something after the rule that cannot be read: ${FORM}`;
    if (!KNOWN.includes(name)) return `has a word that there is not${didYouMean(name, KNOWN)}: ${FORM}`;
    if (words.has(name)) return `has ${name} twice`;
    words.set(name, value);
  }
  return words;
}

function withWords(rules: readonly string[], words: Words): SaidByComment {
  const quoted = words.get('reason');
  if (quoted === undefined) return fault(`has no reason: ${FORM}`);
  if (!quoted.startsWith('"')) return fault('has a reason without quotes around it');
  const reason = quoted
    .slice(1, -1)
    .replaceAll(/\\(["\\])/g, '$1')
    .trim();
  if (reason === '') return fault('has an empty reason');
  const until = words.get('until');
  if (until !== undefined && !daySchema.safeParse(until).success)
    return fault('has an until that is no day: write it like 2027-01-31');
  return {
    ok: true,
    suppressions: rules.map((rule) => ({ rule, ...(until === undefined ? {} : { until }), reason })),
  };
}
