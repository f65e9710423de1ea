import fc from '../../support/fast-check.ts';
import { type Draw, Expressions, type Kind, type Name } from './expressions.ts';

/** A module's text, and how it can be called. */
interface Module {
  readonly text: string;
  /** Variables that a call may set; those without a default must be. */
  readonly variables: readonly { readonly name: string; readonly kind: Kind; readonly isRequired: boolean }[];
}

const TYPES: Readonly<Record<Kind, string>> = {
  string: 'string',
  int: 'number',
  bool: 'bool',
  strings: 'list(string)',
  tags: 'map(string)',
};
const KINDS = Object.keys(TYPES) as readonly Kind[];

const PROVIDER = 'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n';

/** Files of a root module by their paths: modules two deep around key blocks, each drawn at random. */
export function generatedRoot(draw: Draw, modules: number): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const calls: string[] = [];
  for (let n = 0; n < modules; n += 1) {
    const inner = moduleOf(draw, [], []);
    const outer = moduleOf(draw, [callText(draw, new Expressions(draw, []), inner, 'inner', './inner')], INNER_OUTPUT);
    files.set(`case_${n}/main.tf`, outer.text);
    files.set(`case_${n}/inner/main.tf`, inner.text);
    calls.push(callText(draw, new Expressions(draw, ROOT_NAMES), outer, `case_${n}`, `./case_${n}`, true));
  }
  files.set('main.tf', `${ROOT}\n${calls.join('\n')}`);
  files.set('terraform.tfvars', 'team = "Orders"\nregions = ["eu-west-1", "us-east-1"]\n');
  return files;
}

const ROOT = `${PROVIDER}
provider "aws" {
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}
variable "team" {
  type    = string
  default = "overridden by terraform.tfvars"
}
variable "regions" { type = list(string) }
locals {
  shared = merge({ Name0 = var.team }, { for region in var.regions : region => upper(region) })
}
`;
const ROOT_NAMES: readonly Name[] = [
  { text: 'var.team', kind: 'string' },
  { text: 'var.regions', kind: 'strings' },
  { text: 'local.shared', kind: 'tags' },
];
const INNER_OUTPUT: readonly Name[] = [
  { text: 'module.inner.text', kind: 'string' },
  { text: 'module.inner.list', kind: 'strings' },
];

function moduleOf(draw: Draw, calls: readonly string[], from: readonly Name[]): Module {
  const variables = KINDS.map((kind, n) => ({ name: `v${n}`, kind, isRequired: draw(fc.boolean) }));
  const given: readonly Name[] = [...variables.map(({ name, kind }) => ({ text: `var.${name}`, kind })), ...from];
  const locals: Name[] = [];
  const lines: string[] = [];
  for (const kind of KINDS) {
    lines.push(`  l_${kind} = ${new Expressions(draw, [...given, ...locals]).of(kind)}`);
    locals.push({ text: `local.l_${kind}`, kind });
  }
  const names = new Expressions(draw, [...given, ...locals]);
  const text = [
    PROVIDER,
    ...variables.map(({ name, kind, isRequired }) => {
      const fallback = isRequired ? '' : `\n  default = ${new Expressions(draw, []).of(kind, 0)}`;
      return `variable "${name}" {\n  type = ${TYPES[kind]}${fallback}\n}`;
    }),
    // Terraform resolves locals in any order.
    `locals {\n${draw(fc.shuffledSubarray<string>, lines, { minLength: lines.length }).join('\n')}\n}`,
    ...calls,
    ...['first', 'second'].map((name) => keyBlock(draw, names, name)),
    `output "text" {\n  value = ${names.of('string')}\n}`,
    `output "list" {\n  value = ${names.of('strings')}\n}`,
  ].join('\n');
  return { text, variables };
}

/** How often something is made: its meta-argument, and what it adds to the names. */
function repeated(all: Expressions): { readonly meta: string; readonly inside: Expressions } {
  const index: Name = { text: 'count.index', kind: 'int' };
  const key: Name = { text: 'each.key', kind: 'string' };
  const value: Name = { text: 'each.value', kind: 'string' };
  return all.one([
    { meta: '', inside: all },
    { meta: `  count = ${all.of('bool')} ? 1 : 0\n`, inside: all.with(index) },
    { meta: `  count = min(${all.of('int')}, 3)\n`, inside: all.with(index) },
    { meta: `  for_each = toset(${all.of('strings')})\n`, inside: all.with(key, value) },
    { meta: `  for_each = ${all.of('tags')}\n`, inside: all.with(key, value) },
  ]);
}

function callText(
  draw: Draw,
  all: Expressions,
  { variables }: Module,
  name: string,
  source: string,
  isRepeatable = false,
): string {
  const { meta, inside } = isRepeatable ? repeated(all) : { meta: '', inside: all };
  const set = variables.filter(({ isRequired }) => isRequired || draw(fc.boolean));
  const args = set.map((variable) => `  ${variable.name} = ${inside.of(variable.kind, 2)}\n`);
  return `module "${name}" {\n  source = "${source}"\n${meta}${args.join('')}}\n`;
}

function keyBlock(draw: Draw, all: Expressions, name: string): string {
  const { meta, inside } = repeated(all);
  const policy = `jsonencode({ Version = "2012-10-17", Statement = [for each_sid in ${inside.of('strings', 1)} : {
    Sid = each_sid, Effect = "Allow", Principal = { AWS = "*" }, Action = ${inside.of('strings', 1)}, Resource = "*"
  }] })`;
  const heredoc = `<<-EOT\n      key \${${inside.of('string', 1)}}\n        %{~ if ${inside.of('bool', 1)} ~}\n        indented $\${more}\n      %{~ endif ~}\n    EOT`;
  const args: readonly (readonly [string, string])[] = [
    ['description', inside.one([inside.of('string'), inside.of('int'), inside.of('bool'), heredoc])],
    ['customer_master_key_spec', `["SYMMETRIC_DEFAULT", "RSA_2048", "ECC_NIST_P256"][${inside.of('int')} % 3]`],
    ['key_usage', `${inside.of('bool')} ? "ENCRYPT_DECRYPT" : "SIGN_VERIFY"`],
    ['is_enabled', inside.one([inside.of('bool'), `${inside.of('bool')} ? true : null`, '"false"'])],
    // The provider wants the first of these beside the second.
    [
      'enable_key_rotation',
      `${inside.of('bool')}\n  rotation_period_in_days = max(90, min(2560, ${inside.of('int')}))`,
    ],
    ['multi_region', inside.one([inside.of('bool'), 'null'])],
    ['deletion_window_in_days', `max(7, min(30, ${inside.of('int')}))`],
    ['tags', inside.of('tags')],
    ['policy', policy],
  ];
  const set = args.filter(() => !draw(fc.boolean) || !draw(fc.boolean));
  return `resource "aws_kms_key" "${name}" {\n${meta}${set.map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
}
