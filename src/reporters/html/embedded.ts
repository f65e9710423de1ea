import { plainText } from '../plain-text.ts';

/** What could end the script element or begin another (HTML standard, "Restrictions for contents of script elements"). */
const MARKUP = /[<>&]/g;
const ESCAPES: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };

/** A value as JSON that stands in a script element: the same JSON, nothing of it read by HTML, a terminal or JavaScript. */
export const embeddedJson = (value: unknown): string =>
  plainText(JSON.stringify(value)).replace(MARKUP, (character) => ESCAPES[character] ?? character);

/** A list as the content of a data block with this id, an element a line. */
export function* dataBlock(id: string, values: Iterable<unknown>): Iterable<string> {
  yield `<script type="application/json" id="${id}">[`;
  let before = '\n';
  for (const value of values) {
    yield `${before}${embeddedJson(value)}`;
    before = ',\n';
  }
  yield '\n]</script>\n';
}
