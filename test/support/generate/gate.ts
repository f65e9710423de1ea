import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../src/cli/run.ts';
import { memoryHost } from '../../cli/memory-host.ts';
import { NOBODY } from '../git.ts';

/** A line that somebody types, and what of its output the README shows. */
interface Step {
  readonly types: string;
  /** What a comment above it says. */
  readonly why?: string;
  /** The exit code it has to have; 0 when absent. */
  readonly exits?: number;
  /** Shown from the first line that begins with this; from the start when absent. */
  readonly from?: string;
  /** Shown until before the first line after it that begins with this, or is blank when empty; to the end when absent. */
  readonly until?: string;
}

const STEPS: readonly Step[] = [
  { types: 'cp -r ../keydrift/examples/quickstart/infra . && git init -q -b main' },
  { types: 'keydrift init --host github', until: '' },
  {
    why: 'Fails for what was there before, which becomes a baseline:',
    types: 'keydrift check -o json=../report.json',
    exits: 1,
  },
  { types: "keydrift baseline create ../report.json --reason 'known when keydrift came, ACME-12'", from: '.keydrift' },
  { types: "git add . && git commit -q -m 'Keys, and a gate for them'" },
  {
    why: 'Somebody renames a block, which is another key to Terraform: fails.',
    types: 'sed -i.bak \'s/"refunds"/"refund"/; s/key[.]refunds/key.refund/\' infra/main.tf && rm infra/*.bak',
  },
  {
    types: 'keydrift check --changed-since main',
    exits: 1,
    from: 'CRITICAL',
    until: '                 If the key is to',
  },
  {
    why: 'The remedy: passes.',
    types: "printf 'moved {\\n  from = aws_kms_key.refunds\\n  to   = aws_kms_key.refund\\n}\\n' >> infra/main.tf",
  },
  { types: 'keydrift check --changed-since main', from: '  findings', until: '  keys' },
];

/**
 * The walk-through of README.md, typed in an empty directory `payments` beside a checkout `keydrift`: what a terminal
 * shows. Rejects when a line exits as it should not, or does not print what is to be shown.
 */
export async function gateWalkthrough(root: string): Promise<string> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'keydrift-gate-')));
  const cwd = join(directory, 'payments');
  await mkdir(cwd);
  await symlink(root, join(directory, 'keydrift'), 'dir');
  try {
    return await terminal(STEPS, cwd, root);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function terminal(steps: readonly Step[], cwd: string, root: string): Promise<string> {
  const lines: string[] = [];
  for (const step of steps) {
    const { types, why } = step;
    const said = types.startsWith('keydrift ') ? await keydrift(step, cwd, root) : shell(types, cwd);
    lines.push(...(why === undefined ? [] : [`# ${why}`]), `$ ${types}`, ...said);
  }
  return lines.join('\n');
}

const shell = (line: string, cwd: string): readonly string[] =>
  linesOf(execFileSync('sh', ['-c', line], { cwd, env: NOBODY, stdio: ['ignore', 'pipe', 'pipe'] }).toString());

async function keydrift(step: Step, cwd: string, root: string): Promise<readonly string[]> {
  const { types, exits = 0 } = step;
  const host = memoryHost({ cwd, packageRoot: root, env: NOBODY });
  const code = await run(wordsOf(types).slice(1), host);
  if (code !== exits) throw new Error(`${types}: exit ${code}, not ${exits}: ${host.said.stderr}`);
  return [...shown(linesOf(host.said.stdout), step), ...linesOf(host.said.stderr)];
}

/** How many lines are left out stands where they are. */
function shown(lines: readonly string[], { types, from = '', until }: Step): readonly string[] {
  const start = lines.findIndex((line) => line.startsWith(from));
  const end = until === undefined ? lines.length : lines.findIndex((line, at) => at > start && starts(line, until));
  if (lines.length > 0 && (start < 0 || end < 0)) throw new Error(`${types} does not print "${from}" … "${until}"`);
  const left = (count: number) => (count === 0 ? [] : [`… ${count} lines`]);
  return lines.length === 0 ? [] : [...left(start), ...lines.slice(start, end), ...left(lines.length - end)];
}

/** An empty beginning is that of a blank line. */
const starts = (line: string, text: string): boolean => (text === '' ? line === '' : line.startsWith(text));

/** Blank lines that end an output are nothing to look at. */
const linesOf = (text: string): readonly string[] => (text.trimEnd() === '' ? [] : text.trimEnd().split('\n'));

/** As a shell cuts them, with single quotes alone. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|([^\s']+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
