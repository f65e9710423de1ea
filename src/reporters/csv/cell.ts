import { plainText } from '../plain-text.ts';

/**
 * What spreadsheets take for the start of a formula, full-width forms too, wherever blanks before it may be trimmed
 * (OWASP, "CSV Injection"; tabs and line breaks are escapes by then), and `'` itself, so that every mark is ours.
 */
const FORMULA = /^\s*['=+\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe63\ufe62\ufe66\ufe6b]/u;
const QUOTED = /[",]|^\s|\s$/;

/** A cell: one line of plain text, marked as text where a spreadsheet would calculate it, quoted where RFC 4180 asks for it. */
export function cell(text: string): string {
  const plain = plainText(text);
  const marked = FORMULA.test(plain) ? `'${plain}` : plain;
  return QUOTED.test(marked) ? `"${marked.replaceAll('"', '""')}"` : marked;
}
