/**
 * What an attacker writes into a description, an alias or a state: terminal escapes, line breaks, bidi and hiding, and
 * commands that GitHub's and Azure's runners read from the log of a step.
 */
export const HOSTILE =
  '\u001b[2J\u001b]0;owned\u0007\u009b31m\r\nCRITICAL  forged-rule\u202egnp.exe\u2066\u200b\u00ad\ufeff\u2028\u0000\u007f\ud800 ::add-mask::a ##[add-mask]b ##vso[task.setvariable variable=c]d';

/** The same value with hostile text planted in every string that `takes` says yes to; it gets the path of field names. */
export function planted(
  value: unknown,
  takes: (path: readonly string[]) => boolean,
  path: readonly string[] = [],
): unknown {
  if (typeof value === 'string') return takes(path) ? `${value}${HOSTILE}` : value;
  if (Array.isArray(value)) return value.map((item) => planted(item, takes, path));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, planted(field, takes, [...path, name])]),
  );
}
