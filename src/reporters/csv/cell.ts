import { plainText } from '../plain-text.ts';

/**
 * What a spreadsheet takes for the start of a formula, full-width and other forms of it too, wherever blanks before it
 * may be trimmed (OWASP, "CSV Injection"; tabs and line breaks are escapes by then). Where `;` parts cells, which
 * depends on a reader's locale, a cell may begin after each one. `'` itself is marked too, so that the first is ours.
 */
const SIGNS = '=+\\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b';
const FORMULA = new RegExp(`(^[\\s"]*|;[\\s"]*)(?=[${SIGNS}])|^(?=')`, 'gu');
const QUOTED = /[",;]|^\s|\s$/;

/** A cell: one line of plain text, marked as text where a spreadsheet would calculate it, quoted where RFC 4180 asks for it. */
export function cell(text: string): string {
  const marked = plainText(text).replace(FORMULA, "$1'");
  return QUOTED.test(marked) ? `"${marked.replaceAll('"', '""')}"` : marked;
}
