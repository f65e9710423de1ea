import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { run } from '../../src/cli/run.ts';
import { memoryHost } from '../cli/memory-host.ts';
import { scratch } from '../cli/scratch.ts';
import fc from '../support/fast-check.ts';

const here = scratch();

/** What stands in a repository beside the quickstart's configuration and state, each of them in use. */
const FILES = {
  'keydrift.yaml': [
    'roots:',
    '  - path: infra',
    '    var-files: [infra/prod.tfvars]',
    'regions: [eu-west-1, us-west-2]',
    'ownership: { accounts: ["111122223333"], aliases: ["alias/*"] }',
    'suppressions:',
    '  - { rule: destroy-planned, match: { alias: alias/payments/* }, reason: moved, expires: 2027-01-31 }',
    'accepted-gaps:',
    '  - { source: kms, region: us-west-2, reason: closed, expires: 2027-01-31 }',
    'rules: { directories: [own], severity: { tags-drift: info }, off: [handmade-key] }',
    '',
  ].join('\n'),
  '.keydrift.baseline.json': readFileSync(resolve('test/scenarios/baseline-outgrown/.keydrift.baseline.json'), 'utf8'),
  'own/owner-tag-required.yaml': readFileSync(
    resolve('examples/custom-rules/policies/owner-tag-required.yaml'),
    'utf8',
  ),
  'infra/prod.tfvars': 'team = "payments"\nspecs = ["RSA_2048", { a = 1 }]\n',
  'infra/modules.tf': [
    'variable "team" {}',
    '# keydrift:ignore=destroy-planned until=2027-01-31 reason="moved"',
    'module "more" {',
    '  source   = "./more"',
    '  for_each = toset([for name in ["a", "b"] : upper(name) if name != "c"])',
    '  spec     = each.key == "A" ? "RSA_2048" : "RSA_4096"',
    '}',
    '',
  ].join('\n'),
  'infra/more/main.tf.json': JSON.stringify({
    variable: { spec: {} },
    resource: { aws_kms_key: { this: { key_spec: '$\u007Bvar.spec}' } } },
  }),
  'infra/.terraform/modules/modules.json':
    '{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"more","Source":"./more","Dir":"more"}]}',
  'infra/.terraform/terraform.tfstate':
    '{"version":3,"backend":{"type":"local","config":{"path":"terraform.tfstate"},"hash":1}}',
  'plan.json': readFileSync(resolve('test/scenarios/plan-of-every-action/plan.json'), 'utf8'),
};

const QUICKSTART = ['infra/main.tf', 'infra/terraform.tfstate'] as const;

/** What means something in one of the languages. */
const TOKENS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '${',
  '%{',
  '<<EOT\n',
  '\n',
  ':',
  '- ',
  '*x',
  '&x ',
  '#',
  '/*',
  'null',
  '1e999',
  '\u0000',
  '\uFEFF',
  '\uD800',
  '__proto__',
  '../',
  '\t',
  '"count": 1e6,',
  'key.live.tags',
];

interface Mutation {
  /** Thousandths of the text before it. */
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

const mutation = (): fc.Arbitrary<Mutation> =>
  fc.record({
    at: fc.integer({ min: 0, max: 999 }),
    length: fc.nat({ max: 40 }),
    text: fc.oneof(fc.constantFrom('', ...TOKENS), fc.string({ unit: 'binary', maxLength: 12 })),
  });

function mutated(text: string, mutations: readonly Mutation[]): string {
  return mutations.reduce((now, { at, length, text: put }) => {
    const from = Math.floor((at / 1000) * now.length);
    return now.slice(0, from) + put + now.slice(from + length);
  }, text);
}

describe('a file of a repository that was damaged', () => {
  it('yields a report, or one line that says what is wrong', async () => {
    cpSync(resolve('examples/quickstart/infra'), here.file('infra'), { recursive: true });
    const whole = new Map<string, string>(Object.entries(FILES));
    for (const path of QUICKSTART) whole.set(path, readFileSync(here.file(path), 'utf8'));
    for (const [path, text] of whole) put(path, text);
    expect(await check()).toMatchObject({ code: 1, stderr: expect.stringContaining('exit 1') });
    const codes = new Set<number>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...whole.keys()),
        fc.array(mutation(), { minLength: 1, maxLength: 3 }),
        async (path, mutations) => {
          const text = whole.get(path) ?? '';
          put(path, mutated(text, mutations));
          const { code, stdout, stderr } = await check();
          put(path, text);
          codes.add(code);
          if (code === 2) expect(stderr).toMatch(/^keydrift: (?!this is a bug)[^\n]+\n$/);
          else expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: '1' });
        },
      ),
      { numRuns: 100 },
    );
    expect([...codes]).toEqual(expect.arrayContaining([1, 2]));
  }, 60_000);
});

function put(path: string, text: string): void {
  mkdirSync(join(here.file(path), '..'), { recursive: true });
  writeFileSync(here.file(path), text);
}

async function check() {
  const host = memoryHost({ cwd: here.path, packageRoot: resolve('.') });
  const never = () => Promise.reject(new TypeError('AWS is not to be asked'));
  const code = await run(['check', '--plan', 'plan.json', '-o', 'json'], host, never);
  return { code, ...host.said };
}
