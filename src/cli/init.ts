import { join, relative, resolve, sep } from 'node:path';
import { directoriesUp, SETTINGS_NAME } from '../config/find-settings.ts';
import { NO_SETTINGS } from '../config/settings.ts';
import { neededFacets } from '../policy/compile.ts';
import { plainText } from '../reporters/plain-text.ts';
import type { CodeHost } from '../sources/code-host.ts';
import type { NewFile } from '../sources/new-files.ts';
import type { Survey } from '../sources/terraform/survey.ts';
import type { Host } from './host.ts';
import { GITHUB_WORKFLOW, githubText } from './init/github-text.ts';
import { GITLAB_JOBS, gitlabText } from './init/gitlab-text.ts';
import { openRegions, type Repository, regionsOf, remoteRoots, servedRoots } from './init/repository.ts';
import { settingsText } from './init/settings-text.ts';
import { listed } from './init/text.ts';
import { heldRules } from './rule-set.ts';

/** `keydrift init`'s flags. */
export interface InitFlags {
  /** For whom pipelines are written; undefined: for those that are found. */
  readonly host?: CodeHost | 'none';
  /** OWNER/REPOSITORY@REF of keydrift, for workflows of GitHub. */
  readonly action: string;
  readonly dryRun: boolean;
}

/** The permissions that keydrift needs here. */
const POLICY_NAME = 'keydrift-iam-policy.json';

/** Where the action is in keydrift's repository. */
const ACTION_PATH = '.github/actions/keydrift';

/** `keydrift init`: looks at the repository, and writes what a gate needs. Resolves to the exit code. */
export async function init(flags: InitFlags, host: Host): Promise<number> {
  const { cwd } = host;
  const [{ surveyTerraform }, { reviewsOf }] = await Promise.all([
    import('../sources/terraform/survey.ts'),
    import('../sources/code-host.ts'),
  ]);
  const top = (await directoriesUp(cwd)).at(-1) ?? cwd;
  const { signal, now } = host;
  const survey = await surveyTerraform(cwd, { signal, now, onProgress: () => {} });
  const reviews = await reviewsOf(top);
  const hosts = flags.host === undefined ? reviews.hosts : [flags.host];
  const repository = { survey, plans: reviews.plans, directory: relative(top, cwd).split(sep).join('/') || '.' };
  const texts: readonly Pipeline[] = [
    [resolve(cwd, SETTINGS_NAME), settingsText(repository, cwd)],
    ...pipelines(hosts, repository, { ...flags, version: host.package.version }).map(
      ([path, text]): Pipeline => [join(top, path), text],
    ),
    [resolve(cwd, POLICY_NAME), await policyText(survey, host)],
  ];
  const files = texts.map(([path, text]) => ({ path, shown: relative(cwd, path).split(sep).join('/'), text }));
  if (!flags.dryRun) {
    const { writeNewFiles } = await import('../sources/new-files.ts');
    await writeNewFiles(files, signal);
  }
  const shown = (path: string): string => relative(cwd, path).split(sep).join('/');
  const { unignoredSecrets } = await import('../sources/unignored.ts');
  const secrets = await unignoredSecrets(
    top,
    survey.roots.map(({ dir }) => dir),
  );
  const pipelineAt = (path: string): string => shown(join(top, path));
  await host.stdout.write(
    flags.dryRun ? files.map(shownFile) : [told(files, repository, hosts, { pipelineAt, secrets: secrets.map(shown) })],
  );
  for (const note of survey.notes) host.stderr.write(`keydrift: ${plainText(note)}\n`);
  return 0;
}

type Pipeline = readonly [path: string, text: string];

function pipelines(
  hosts: readonly (CodeHost | 'none')[],
  repository: Repository,
  { action, version }: InitFlags & { readonly version: string },
): readonly Pipeline[] {
  const [name = '', ref = ''] = action.split('@');
  const written: Readonly<Record<CodeHost, () => Pipeline>> = {
    github: () => [GITHUB_WORKFLOW, githubText(repository, `${name}/${ACTION_PATH}@${ref}`, POLICY_NAME)],
    gitlab: () => [GITLAB_JOBS, gitlabText(repository, version, POLICY_NAME)],
  };
  return hosts.flatMap((host) => (host === 'none' ? [] : [written[host]()]));
}

/** The least that the rules which judge need, and the states that were found. */
async function policyText({ roots }: Survey, host: Host): Promise<string> {
  const [{ leastPolicy }, { statePermissions }] = await Promise.all([
    import('../sources/aws/permissions.ts'),
    import('../sources/terraform/backends/s3/permissions.ts'),
  ]);
  const { judging } = await heldRules({ settings: NO_SETTINGS, file: undefined }, host);
  const { Version, Statement } = leastPolicy(neededFacets(judging));
  const states = statePermissions(
    roots.map(({ states, stateKey, reach }) => ({ states, stateKey, region: reach.regions?.[0] })),
  );
  return `${JSON.stringify({ Version, Statement: [...Statement, ...states] }, null, 2)}\n`;
}

const shownFile = ({ shown, text }: NewFile): string => `# ${shown}\n${text}\n`;

interface Seen {
  /** How a file of the repository is called from here. */
  readonly pipelineAt: (path: string) => string;
  /** States and plans that git would take in. */
  readonly secrets: readonly string[];
}

function told(
  files: readonly NewFile[],
  { survey }: Repository,
  hosts: readonly string[],
  { pipelineAt, secrets }: Seen,
): string {
  const { roots } = survey;
  const regions = regionsOf(roots);
  const found =
    roots.length === 0
      ? 'no root module'
      : `${roots.length === 1 ? 'root' : 'roots'} ${listed(roots.map(({ path }) => path))}`;
  const where = regions.length === 0 ? 'no Region' : listed(regions);
  const open = openRegions(roots);
  const more =
    regions.length === 0 || open.length === 0
      ? ''
      : `\nNot every Region of ${plainText(listed(open))} is known here: add those that are missing to regions in ${SETTINGS_NAME}.`;
  return `Found ${plainText(found)}; ${where}.${more}
${files.map(({ shown }) => `wrote ${shown}\n`).join('')}${hosts.length === 0 ? NO_HOST : ''}
Next:${files.some(({ text }) => text.includes(`uses: ${NOBODY}/`)) ? who(pipelineAt(GITHUB_WORKFLOW)) : ''}${hosts.includes('gitlab') ? whereAt(pipelineAt) : ''}
${roots.length === 0 ? NOTHING_YET : CHECK}
  keydrift scan               looks at AWS, with the permissions of ${POLICY_NAME}
${servedRoots(roots).length > 0 ? SERVED : ''}${remoteRoots(roots).length > 0 ? UNCOMPARED : ''}${secrets.length > 0 ? uncovered(secrets) : ''}`;
}

/** Stands for whoever publishes keydrift, where nobody said who that is. */
const NOBODY = 'OWNER';

const who = (workflow: string): string => `
  edit ${workflow}   ${NOBODY} is whoever publishes keydrift for you (--action)`;

const whereAt = (at: Seen['pipelineAt']): string => `
  edit ${at(GITLAB_JOBS)}     its image is to be one with keydrift in it; then include it in ${at('.gitlab-ci.yml')}:
                              include: [{ local: ${GITLAB_JOBS} }]`;

const CHECK = '  keydrift check              judges what is here, without AWS';

const NOTHING_YET = `  keydrift check              judges what is here, without AWS, once there is Terraform configuration (.tf files):
                              there is none yet, so that check is exit 2, and so is the pipeline's`;

/** Files that are named; of more it is said how many. */
const MOST_NAMED = 3;

function uncovered(secrets: readonly string[]): string {
  const more = secrets.length - MOST_NAMED;
  const names = [...secrets.slice(0, MOST_NAMED).map(plainText), ...(more > 0 ? [`${more} more`] : [])];
  return `
Before git add: no .gitignore names ${listed(names)}.
States and plans hold secrets in plain text: *.tfstate, *.tfstate.* and plans are for .gitignore, unless they are meant to be seen.
`;
}

const SERVED = `                              and states on an HTTP server with KEYDRIFT_STATE_HEADERS or TF_HTTP_*, as for Terraform
`;

const UNCOMPARED = `States are elsewhere: without a state or a plan a check cannot tell what the next apply destroys. Give it
terraform show -json with --plan, as the comments of the pipeline show.
`;

const NO_HOST = 'no workflow: neither GitHub nor GitLab was found (--host github or gitlab writes one)\n';
