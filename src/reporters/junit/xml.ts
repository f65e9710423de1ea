import { plainText, uncommanding } from '../plain-text.ts';

/** Characters of Unicode that XML 1.0 has not (2.2) and that plain text leaves. */
const NO_CHARACTER = /[\ufffe\uffff]/g;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text of others in XML 1.0, one line: controls, which it cannot hold, are shown as escapes. */
const xmlText = (text: string): string =>
  plainText(text)
    .replace(NO_CHARACTER, '\ufffd')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

/** Attributes with a blank before each; what is undefined is left out. */
export const attributes = (values: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${xmlText(`${value}`)}"`))
    .join('');

/** Lines of others as the text of an element. */
export const xmlLines = (lines: readonly string[]): string =>
  lines.map((line) => uncommanding(xmlText(line))).join('\n');
