/** A scalar of YAML: plain where that is plainly text, else quoted as JSON, which YAML reads. */
export const scalar = (text: string): string =>
  /^[A-Za-z.][\w./-]*$/.test(text) &&
  !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text) &&
  !/^[.]+(inf|nan)$/i.test(text)
    ? text
    : JSON.stringify(text);

/** A list on one line. */
export const flowList = (texts: readonly string[]): string => `[${texts.map(scalar).join(', ')}]`;

/** What comes from a repository may hold anything: in a comment it is one line. */
export const inComment = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').trim();

/** Several words with commas, and before the last "and". */
export const listed = (texts: readonly string[]): string =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
