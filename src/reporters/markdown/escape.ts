import { plainText, uncommanding } from '../plain-text.ts';

/**
 * A zero-width space, where code hosts would otherwise make a link or notify somebody. They look for these in what
 * Markdown has become, when escapes are gone: only another character in between helps.
 */
const BREAK = '&#8203;';

/**
 * Punctuation that Markdown or HTML gives a meaning anywhere in a line (CommonMark 0.31.2, GFM 0.29); `_` has none
 * within a word.
 */
const PUNCTUATION = /[\\`*[\]<>&|~#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;

/** Mathematics (GitHub Docs, "Writing mathematical expressions": a dollar sign stands in a span). */
const DOLLAR = /\$/g;

/**
 * What begins a list, a rule or a heading where it begins a line, and what GitLab does on the word of whoever posts the
 * line: `/approve`, `/merge` (GitLab Docs, "GitLab quick actions").
 */
const LINE_START = /^(\d{1,9}(?=[.)])|(?=[-+=:/]))(.)/;

/**
 * What links without brackets, as GitHub and GitLab have it: people and teams, issues, merge requests, labels and the
 * like, `GH-1`, addresses (GitHub Docs, "Autolinked references and URLs"; GitLab Docs, "GitLab-specific references"); and
 * what becomes a picture, such as a check mark: `:name:`, but for parts of an ARN, which people copy.
 */
const REFERENCE =
  /(?<!\barn(?::aws[a-z-]*(?::(?:cloudformation|iam|kms|lambda|s3|sts)(?::[a-z0-9-]*)?)?)?):(?=(?:[\w+-]*[a-z][\w+-]*|[+-]1|100):)|@(?=\S)|[#!$&%~^](?=["'\w])|\bGH-(?=\d)|:(?=\/\/)|\b(?:mailto|xmpp):(?=\S)|\bwww(?=\.)/gi;

/** Stands for a BREAK until everything else is escaped; plain text never holds it. */
const MARK = '\u200b';

/** Text of others as one line of prose, for Markdown and for HTML within it: shown as it is, and nothing but shown. */
export const prose = (text: string): string => {
  const marked = plainText(text.trim()).replace(REFERENCE, (found) => found + MARK);
  return marked
    .replace(PUNCTUATION, entity)
    .replace(DOLLAR, '<span>$</span>')
    .replace(LINE_START, (_, digits: string, character: string) => digits + entity(character))
    .replaceAll(MARK, BREAK);
};

const entity = (character: string): string => `&#${character.charCodeAt(0)};`;

/** Text of others as code, to be copied as it is: within it nothing is Markdown, a link or a mention. */
export function code(text: string): string {
  const plain = verbatim(text.trim()) || ' ';
  const fence = '`'.repeat(longestRun(plain) + 1);
  const space = /^`|`$/.test(plain) ? ' ' : '';
  return `${fence}${space}${plain}${space}${fence}`;
}

/** The same in a cell of a table, which `|` would end: even in code, and a backslash before it may itself be escaped. */
export const cellCode = (text: string): string => (text.includes('|') ? `<code>${prose(text)}</code>` : code(text));

/** Text that is shown as it is, but for the start of a comment: programs look for a marker wherever it stands. */
const verbatim = (text: string): string => plainText(text).replaceAll('<!--', '\\u003c!--');

/** Lines of others as a block to be copied. */
export function codeBlock(lines: readonly string[]): string {
  const plain = lines.map((line) => uncommanding(verbatim(line)));
  const fence = '`'.repeat(Math.max(3, longestRun(plain.join('\n')) + 1));
  return [fence, ...plain, fence].join('\n');
}

/** The most backticks in a row: code begins and ends with one more. */
function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0);
}
