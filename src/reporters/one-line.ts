/**
 * Text of a rule file as one line, its own line breaks gone: after the end of a sentence and within a command that goes
 * on they are a blank, else `; `, which parts commands in a shell too.
 */
export function inOneLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .map((line, at, all) => (at === all.length - 1 ? line : line + jointAfter(line)))
    .map((line) => line.replace(/\\ $/, ''))
    .join('');
}

const jointAfter = (line: string): string => (/[.:;,!?\\]$/.test(line) ? ' ' : '; ');
