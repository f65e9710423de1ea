import { RE2JS } from 're2js';
import type { Doubts } from '../doubts.ts';
import { isSimple } from '../text-order.ts';
import { STRING } from '../type.ts';
import type { Value } from '../value.ts';
import { text } from '../values.ts';

/**
 * Patterns that mean the same in Go's regexp and in re2js: printable ASCII, no flags, of escapes only punctuation and the
 * three classes. What matches empty text is left out, since Go drops an empty match that follows another.
 */
const PLAIN = /^(?:[ -[\]-~]|\\[^0-9A-Za-z]|\\[dwsDWS])*$/;

/** `replace` with a pattern between slashes; Unknown where Go may do otherwise than re2js. */
export function replaceByRegex(source: string, pattern: string, by: string, doubts: Doubts): Value {
  if (!PLAIN.test(pattern) || pattern.includes('(?') || !isSimple(source) || /[$\\]/.test(by)) return unsure(doubts);
  const regex = compile(pattern);
  if (regex === undefined || regex.matcher('').find()) return unsure(doubts);
  doubts.budget.spend(source.length * (pattern.length + by.length));
  return text(regex.matcher(source).replaceAll(by));
}

const unsure = (doubts: Doubts): Value => doubts.unsure('a regular expression is not evaluated here', STRING);

function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
}
