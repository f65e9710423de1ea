import { ATTRIBUTE_NAMES } from '../../../src/model/attributes.ts';
import { type Rule, type RuleFile, severityRank } from '../../../src/model/rule.ts';
import { FUNCTIONS } from '../../../src/policy/cel.ts';
import { DIFFERENCE_VARIABLES } from '../../../src/policy/compile.ts';
import { celType, type FieldType, type Shape, type ViewType } from '../../../src/policy/view.ts';
import type { GeneratedFile } from './schemas.ts';

const INTRODUCTION = `# Rules

Generated from the files beside it by \`npm run generate\`; \`keydrift rules test\` runs the tests in them.

A rule is one YAML file named after its \`id\`. \`when\` is [CEL](https://cel.dev): true where there is something to report, once
for each key or, with \`subject: difference\`, once for each attribute on which two witnesses disagree. \`needs\` lists what the
rule reads and decides what is looked up. \`severityWhen\` gives another severity where its \`when\` holds. \`message\` and
\`remediation\` have \`\${CEL}\` holes (\`$\${\` is a plain \`\${\`).

- What a key does not have is left out: ask with \`has()\` or \`.?\` before reading it.
- What is **Unknown** (denied, not asked for, an expression, older than the records) stops the evaluation when it is read, also
  under \`has()\`. \`&&\` and \`||\` go on where the other side decides. Where they cannot, the rule is *not evaluated* for that
  key, and the report counts it with the reason. In a hole it reads \`unknown\`; a \`severityWhen\` that is Unknown does not hold.
- Fields that a rule must have: \`id title severity about subject needs when message why remediation tests\`. Others: \`enabled parameters
  severityWhen references\` (web pages).
- A misspelt field or word, a field outside \`needs\`, and a pattern that RE2 does not take are errors when rules are loaded.
- Keys that are out of scope or AWS managed are never judged.
- \`parameters\` (\`type\`: \`int\`, \`string\`, \`bool\` or \`strings\`; \`default\`; of an \`int\` also \`least\` and \`most\`; \`description\`) are read
  as \`parameters.NAME\`. A rule with \`enabled: false\` judges only where settings switch it on.

[Settings](../src/config/README.md#rules) give rules of one's own, other severities and parameters, and switch rules on and off.
\`keydrift rules lint\` says what keeps a rule from being loaded, all of a file at once, and what it would be better without.
`;

/** rules/README.md: every rule in a table and a section of its own, then all that a rule can read. */
export const rulesReadme = (files: readonly RuleFile[]): GeneratedFile => {
  const rules = files.map(({ rule }) => rule).sort(worstFirst);
  const parts = [INTRODUCTION, table(rules), ...rules.map(section), reference()];
  return { path: 'rules/README.md', text: `${parts.join('\n').trimEnd()}\n` };
};

const worstFirst = (a: Rule, b: Rule): number =>
  severityRank(a.severity) - severityRank(b.severity) || (a.id < b.id ? -1 : 1);

const table = (rules: readonly Rule[]): string =>
  lines(
    '| rule | severity | about | says |',
    '|---|---|---|---|',
    ...rules.map(
      (rule) => `| [${rule.id}](#${rule.id}) | ${severities(rule)}${offOf(rule)} | ${rule.about} | ${rule.title} |`,
    ),
  );

const severities = ({ severity, severityWhen = [] }: Rule): string =>
  [severity, ...severityWhen.map((entry) => entry.severity)].join(' or ');

const offOf = ({ enabled }: Rule): string => (enabled === false ? ', off' : '');

const section = (rule: Rule): string =>
  lines(
    `## ${rule.id}`,
    '',
    `${rule.title}. **${severities(rule)}**${offOf(rule)}, needs ${rule.needs.map((need) => `\`${need}\``).join(', ')}.`,
    '',
    rule.why.trim(),
    '',
    '```cel',
    rule.when.trim(),
    ...(rule.severityWhen ?? []).flatMap(({ severity, when }) => [`// ${severity}:`, when.trim()]),
    '```',
    '',
    ...parameterRows(rule),
    'What to do:',
    '',
    '```text',
    rule.remediation.trim(),
    '```',
    '',
    rule.references.map((url) => `<${url}>`).join(' · '),
  );

const parameterRows = ({ parameters = {} }: Rule): readonly string[] => {
  const rows = Object.entries(parameters).map(
    ([name, { type, default: usual, least, most, description }]) =>
      `- \`parameters.${name}\` (\`${type}\`, \`${JSON.stringify(usual)}\`${boundsOf(least, most)}): ${description}`,
  );
  return rows.length === 0 ? [] : [...rows, ''];
};

function boundsOf(least: number | undefined, most: number | undefined): string {
  if (least === undefined) return most === undefined ? '' : `, at most ${most}`;
  return most === undefined ? `, at least ${least}` : `, ${least} to ${most}`;
}

function reference(): string {
  const views = new Map<string, ViewType>();
  for (const shape of Object.values(DIFFERENCE_VARIABLES)) collect(shape, views);
  return lines(
    '## What a rule can read',
    '',
    ...Object.entries(DIFFERENCE_VARIABLES).map(([name, shape]) => `- \`${name}\`: ${typeText(shape)}`),
    ...Object.entries(FUNCTIONS).map(([signature, says]) => `- \`${signature}\`: ${says}`),
    '',
    ...[...views.values()].flatMap((view) => fieldTable(view.name, ownFields(view))),
    'Created, Configuration, State and Live also have the attributes; what is needed, is needed for Live alone:',
    '',
    ...fieldTable('Attributes', attributesOf(views)),
  );
}

type Fields = readonly (readonly [string, FieldType])[];

const isAttribute = ([field]: readonly [string, FieldType]): boolean => ATTRIBUTE_NAMES.some((name) => name === field);

const ownFields = ({ fields }: ViewType): Fields => Object.entries(fields).filter((field) => !isAttribute(field));

/** As Live has them: only there do they need a look-up of their own. */
const attributesOf = (views: ReadonlyMap<string, ViewType>): Fields =>
  Object.entries(views.get('Live')?.fields ?? {}).filter(isAttribute);

function collect(shape: Shape, views: Map<string, ViewType>): void {
  if (shape.kind === 'list') collect(shape.of, views);
  if (shape.kind !== 'view' || views.has(shape.view.name)) return;
  views.set(shape.view.name, shape.view);
  for (const field of Object.values(shape.view.fields)) collect(field.shape, views);
}

const fieldTable = (title: string, fields: Fields): readonly string[] => [
  `### ${title}`,
  '',
  '| field | type | what it is | needs |',
  '|---|---|---|---|',
  ...fields.map(
    ([field, { shape, says, needs = [] }]) =>
      `| \`${field}\` | ${typeText(shape)} | ${says} | ${needs.map((need) => `\`${need}\``).join(', ')} |`,
  ),
  '',
];

const typeText = (shape: Shape): string =>
  shape.kind === 'enum' ? shape.values.map((value) => `\`"${value}"\``).join(', ') : `\`${celType(shape)}\``;

const lines = (...texts: readonly string[]): string => `${texts.join('\n')}\n`;
