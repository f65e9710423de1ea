import fc from '../../../support/fast-check.ts';

/** Argument values as people write them, with everything in them that could mislead a scanner. */
export const VALUES = [
  '1',
  '-7',
  'true',
  'null',
  '"plain"',
  '""',
  String.raw`"quote \" brace } and \\"`,
  '"a # no comment // nor this /* nor this"',
  '"price $5, 5%, $ {"',
  `"$\${literal}"`,
  '"%%{literal}"',
  `"$$\${literal}"`,
  '"$"',
  '"%"',
  `"\${var.x}"`,
  `"a-\${lookup(var.m, "}")}-b"`,
  `"\${"\${"deep"}"}"`,
  '"%{ if var.on }}%{ else }{%{ endif }"',
  '"%{ if var.on }yes%{ endif }"',
  `"\${join(",", [for k, v in { a = "}" } : "\${k}{"])}"`,
  'var.list[0].name',
  'var.a ? "{" : "}"',
  'jsonencode({ Statement = [{ Effect = "Allow" }] })',
  '[1, "two", [3]]',
  '[\n    "a", # one ]\n    "b", // two "\n  ]',
  '{\n    a = 1\n    "b" = "}"\n  }',
  '{ for k, v in var.m : k => v }',
  '<<EOT\nplain { "text"\nEOT',
  '<<-EOT\n    indented } # no comment\n    EOTX\n    EOT',
  '<<EOT\n  EOT',
  `<<EOT\n\${jsonencode({\n  a = "}"\n})} EOT\n$\${x} %{ if true }\n%{ endif }\nEOT`,
  `<<A\n\${<<B\ninner }\nB\n}\nA`,
  'f(<<EOT\n"unbalanced\nEOT\n  )',
  '"ünï\u00a0cödé"',
  'a.b.c[*].d',
  '1 + 2 / 3',
] as const;

const COMMENTS = ['', ' # it is "odd {', ' // {{{ <<EOT', ` /* } " \${ */`, ' /* two\n lines } */'] as const;
const LINES = ['', '\n', '# }\n', '// "\n', '/* { \n " */\n', '  \t\n'] as const;
const NAMES = ['a', 'key_usage', 'for_each', 'é', 'a-b', '_x'] as const;

/** Every block has another header, so that hcl2-parser keeps them apart. */
const headers = (n: number): readonly string[] => [
  `a${n}`,
  `a${n} "x"`,
  `resource "aws_kms_key" "k${n}"`,
  `a${n} x "y" z`,
];

const argumentsOf = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(...NAMES),
    value: fc.constantFrom(...VALUES),
    comment: fc.constantFrom(...COMMENTS),
  }),
  { selector: ({ name }) => name, maxLength: 4 },
);

const nested = fc.oneof(
  fc.constantFrom('', '  timeouts {}\n', '  b "l" { c = 1 }\n'),
  fc.constantFrom(...VALUES).map((value) => `  lifecycle {\n    ignore_changes = [a["}"], ${value}\n    ]\n  }\n`),
);

const block = fc.record({ header: fc.nat(3), gap: fc.constantFrom(...LINES), items: argumentsOf, nested });

/** Configurations of a few blocks, LF or CRLF, with or without a byte order mark. */
export const configurations = fc
  .record({
    blocks: fc.array(block, { maxLength: 4 }),
    eol: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '\ufeff'),
  })
  .map(({ blocks, eol, mark }) => {
    const texts = blocks.map(({ header, gap, items, nested: inner }, n) => {
      const lines = items.map(
        ({ name, value, comment }) => `  ${name} = ${value}${value.startsWith('<<') ? '' : comment}\n`,
      );
      return `${gap}${headers(n)[header]} {\n${lines.join('')}${inner}}\n`;
    });
    return mark + texts.join('').replaceAll('\n', eol);
  });

const SNIPPETS = [
  '"',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '$',
  '%',
  `\${`,
  '%{',
  '\n',
  '\r',
  '#',
  '/*',
  '*/',
  '//',
  '<<EOT\n',
  'EOT\n',
  '\\',
  '=',
  ' ',
];

/** The same, with a few characters taken out or put in. */
export const damagedConfigurations = fc
  .tuple(
    configurations,
    fc.array(fc.record({ at: fc.nat(2000), drop: fc.nat(3), put: fc.constantFrom('', ...SNIPPETS) }), { maxLength: 3 }),
  )
  .map(([text, edits]) =>
    edits.reduce((edited, { at, drop, put }) => {
      const from = at % (edited.length + 1);
      return edited.slice(0, from) + put + edited.slice(from + drop);
    }, text),
  );
