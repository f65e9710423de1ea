import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { githubText } from '../../src/cli/init/github-text.ts';
import { gitlabText } from '../../src/cli/init/gitlab-text.ts';
import type { Repository } from '../../src/cli/init/repository.ts';
import { scratch } from '../cli/scratch.ts';
import { commandLines, parseArguments } from '../support/command-lines.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const here = scratch();

/** What keydrift init writes is an example as well. */
const REPOSITORY: Repository = { survey: { roots: [], notes: [] }, plans: [], directory: 'infra' };
const ACTION = 'OWNER/keydrift/.github/actions/keydrift@v0.1.0';
const WRITTEN: Readonly<Record<string, string>> = {
  'keydrift init: GitHub': githubText(REPOSITORY, ACTION, 'policy.json'),
  'keydrift init: GitLab': gitlabText(REPOSITORY, '0.1.0', 'policy.json'),
};

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);

const textOf = (name: string): string => WRITTEN[name] ?? readFileSync(join(ROOT, name), 'utf8');

const PIPELINES = [
  ...[...filesBelow('examples'), ...filesBelow('.github/workflows')].filter((name) => /\.ya?ml$/.test(name)),
  ...Object.keys(WRITTEN),
];

/** Everything with commands in it that somebody may type or copy. */
const TEXTS = [
  ...PIPELINES,
  ...filesBelow('examples').filter((name) => /\.md$|Containerfile$/.test(name)),
  ...['README.md', 'src/config/README.md', 'src/policy/acceptance/README.md', '.pre-commit-hooks.yaml'].filter((name) =>
    existsSync(join(ROOT, name)),
  ),
];

describe('examples', () => {
  it.each(PIPELINES)('%s is YAML', (name) => {
    expect(
      parseAllDocuments(textOf(name)).flatMap((document) => ('errors' in document ? document.errors : [])),
    ).toEqual([]);
  });

  const lines = TEXTS.flatMap((name) =>
    commandLines(textOf(name)).map((args) => [name, args.join(' '), args] as const),
  );

  it('have commands in them', () => {
    const named = new Set(lines.map(([name]) => name));
    for (const name of [
      'README.md',
      'keydrift init: GitLab',
      'examples/gitlab/templates/keydrift.yml',
      'examples/atlantis/repos.yaml',
    ]) {
      expect(named).toContain(name);
    }
  });

  it.each(lines)('%s: keydrift %s', async (_, __, args) => {
    await expect(parseArguments(args)).resolves.toBeUndefined();
  });

  it('are told apart from what only speaks of one', () => {
    const text = 'With `keydrift collect` and `keydrift scan --all`:\n\n    keydrift collect\n';
    expect(commandLines(text)).toEqual([['scan', '--all'], ['collect']]);
  });

  it('with a misspelt flag would be told', async () => {
    const [args = []] = commandLines('  - keydrift scan --fail-om high # gate');
    await expect(parseArguments(args)).rejects.toThrow("unknown option '--fail-om'");
  });
});

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly name?: string;
}
interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}
const WORKFLOWS = PIPELINES.filter((name) => /github/i.test(name));
const stepsOf = (name: string): readonly Step[] =>
  Object.values((parse(textOf(name)) as Workflow).jobs).flatMap(({ steps }) => steps);

describe.each(WORKFLOWS)('%s', (name) => {
  const { inputs, outputs } = parse(readFileSync(join(ROOT, '.github/actions/keydrift/action.yml'), 'utf8'));

  it('gives the action inputs that it has', () => {
    for (const step of stepsOf(name).filter(({ uses }) => uses?.includes('/keydrift/.github/'))) {
      expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
    }
  });

  it('reads outputs that the action has', () => {
    const read = [...textOf(name).matchAll(/steps\.keydrift\.outputs\.([\w-]+)/g)].map(([, output]) => output);
    expect(Object.keys(outputs)).toEqual(expect.arrayContaining(read));
  });

  it('says what it may do, pins what it uses, and puts no expression into a script', () => {
    expect((parse(textOf(name)) as Workflow).permissions).toEqual({ contents: 'read' });
    for (const { uses, run = '' } of stepsOf(name)) {
      if (uses !== undefined) expect(uses).toMatch(/@v\d[\w.]*$/);
      expect(run).not.toContain('${{');
    }
  });
});

describe('the comment on a pull request', () => {
  const script = stepsOf('examples/github/pull-request.yml').find(({ name }) => name === 'Comment')?.run ?? '';

  /** Runs the script as a runner does, with a gh that answers the ids that its --jq would have found. */
  async function comment(ids: string): Promise<readonly string[]> {
    await writeFile(
      here.file('gh'),
      `#!/bin/sh\necho "$@" >> "${here.file('calls')}"\ncase "$*" in *--paginate*) printf '${ids}' ;; esac\n`,
    );
    await chmod(here.file('gh'), 0o755);
    const env = {
      PATH: `${here.path}:${process.env['PATH']}`,
      GITHUB_REPOSITORY: 'acme/platform',
      PULL: '7',
      REPORT: '/t/k.md',
    };
    await promisify(execFile)('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { env });
    return (await readFile(here.file('calls'), 'utf8')).trimEnd().split('\n').slice(1);
  }

  it.each([
    ['is made where there is none', '', 'POST repos/acme/platform/issues/7/comments'],
    ['is renewed where there is one', '42\\n43\\n', 'PATCH repos/acme/platform/issues/comments/42'],
  ])('%s', async (_, ids, call) => {
    expect(await comment(ids)).toEqual([`api --silent --method ${call} -F body=@/t/k.md`]);
  });

  it('is known by the marker that reports in Markdown begin with', async () => {
    const [marker = ''] = /<!-- keydrift:/.exec(script) ?? [];
    const sample = await readFile(join(ROOT, 'test/golden/reporters/sample.md'), 'utf8');
    expect(marker !== '' && sample.startsWith(marker)).toBe(true);
  });
});

describe('the component of GitLab', () => {
  const [spec, jobs] = parseAllDocuments(textOf('examples/gitlab/templates/keydrift.yml')).map((document) =>
    document.toJS(),
  );
  const user = parse(textOf('examples/gitlab/.gitlab-ci.yml'));

  it('uses the inputs that it declares, and is given no others', () => {
    const used = [...textOf('examples/gitlab/templates/keydrift.yml').matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)];
    expect([...new Set(used.map(([, name]) => name))].toSorted()).toEqual(Object.keys(spec.spec.inputs).toSorted());
    expect(Object.keys(spec.spec.inputs)).toEqual(expect.arrayContaining(Object.keys(user.include[0].inputs)));
  });

  it('puts no input into a script', () => {
    for (const job of Object.values<{ script?: string[]; after_script?: string[] }>(jobs)) {
      expect([...(job.script ?? []), ...(job.after_script ?? [])].join('\n')).not.toContain('$[[');
    }
  });

  it.each([
    ['is made where there is none', [], 'POST /p/projects/3/merge_requests/7/notes'],
    [
      'is renewed where there is one',
      [{ id: 9, author: { id: 1 }, body: '<!-- keydrift: x -->' }],
      'PUT /p/projects/3/merge_requests/7/notes/9',
    ],
    [
      'of somebody else is left alone',
      [{ id: 9, author: { id: 2 }, body: '<!-- keydrift: x -->' }],
      'POST /p/projects/3/merge_requests/7/notes',
    ],
  ])('its note %s', async (_, notes, call) => {
    const calls: string[] = [];
    const server = createServer(async (request, response) => {
      const body = (await request.toArray()).join('');
      calls.push(`${request.method} ${request.url} ${request.headers['private-token']} ${body}`);
      response.end(JSON.stringify(request.url === '/p/user' ? { id: 1 } : request.method === 'GET' ? notes : {}));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await writeFile(here.file('keydrift.md'), '<!-- keydrift: new -->');
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/p`;
      const env = {
        PATH: process.env['PATH'],
        NOTE: 'true',
        CI_PROJECT_DIR: here.path,
        CI_API_V4_URL: url,
        CI_PROJECT_ID: '3',
        CI_MERGE_REQUEST_IID: '7',
        GITLAB_NOTE_TOKEN: 'token',
      };
      await promisify(execFile)(
        'bash',
        ['-c', jobs['keydrift-change'].after_script[0].replaceAll('/tmp/note.mjs', here.file('note.mjs'))],
        { env },
      );
    } finally {
      server.close();
    }
    expect(calls.at(-1)).toBe(`${call} token {"body":"<!-- keydrift: new -->"}`);
  });
});

describe('the container file', () => {
  const text = textOf('examples/container/Containerfile');
  const lines = text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line));
  const those = (word: string): readonly string[] =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

  it('starts from images with a version', () => {
    for (const image of those('FROM')) expect(image).toMatch(/^[\w./-]+:\d+\.\d+[\w.-]*( AS \w+)?$/);
  });

  it('runs as nobody in particular, last of all that it sets', () => {
    expect(those('USER').at(-1)).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(lines.findLastIndex((line) => line.startsWith('RUN '))).toBeLessThan(
      lines.findLastIndex((line) => line.startsWith('USER ')),
    );
  });

  it('takes nothing from the network but packages, keeps no secret, and needs no health check', () => {
    expect(those('ADD')).toEqual([]);
    expect(text).not.toMatch(/\b(curl|wget|sudo)\b/);
    expect(those('ENV').concat(those('ARG')).join('\n')).not.toMatch(/KEY|TOKEN|SECRET/);
    expect(those('HEALTHCHECK')).toEqual(['NONE']);
  });

  it('holds what the package needs: packages without those for development, rules and the program', () => {
    expect(text).toContain('npm ci --omit=dev');
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
    for (const name of ['node_modules', 'dist', 'rules', 'package.json']) {
      expect(last.some((line) => line.startsWith('COPY ') && line.includes(name))).toBe(true);
    }
    for (const source of those('COPY').flatMap((copy) => (copy.startsWith('--') ? [] : copy.split(' ').slice(0, -1)))) {
      expect(existsSync(join(ROOT, source))).toBe(true);
    }
  });
});
