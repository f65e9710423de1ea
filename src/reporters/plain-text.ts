/**
 * What a terminal obeys or hides instead of showing: controls, bidi overrides and other format characters, zero-width
 * and filler characters (Unicode 16, DerivedCoreProperties.txt, Default_Ignorable_Code_Point), line and paragraph
 * separators, lone surrogates.
 */
const OBEYED_OR_HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * `##[` and `##vso[`, wherever they stand in a line of a step's log, are commands to GitHub's and Azure's runners
 * (actions/runner, ActionCommand.cs; Azure Pipelines documentation, "Logging commands").
 */
const COMMAND = /#(?=#(?:vso)?\[)/gi;

/**
 * Text from AWS or the repository as one harmless line: what is not plainly visible becomes an escape such as `\u001b`.
 * The escapes are JSON's, so JSON text stays the same JSON.
 */
export const plainText = (text: string): string => text.replace(OBEYED_OR_HIDDEN, escaped).replace(COMMAND, escaped);

/** A line of output, coloured or not, its first `:` as an escape where it begins with `::`, which is a command to GitHub's runner. */
export const uncommanding = (line: string): string => line.replace(/^((?:\s|\p{Cc}\[\d+m)*):(?=:)/u, '$1\\u003a');

/** The character as an escape that JSON and JavaScript read too. */
const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
