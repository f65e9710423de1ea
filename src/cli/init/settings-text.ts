import { isAbsolute, relative, sep } from 'node:path';
import type { SurveyedRoot } from '../../sources/terraform/survey.ts';
import { accountsOf, openRegions, type Repository, regionsOf } from './repository.ts';
import { flowList, inComment, listed, scalar } from './text.ts';

/** keydrift.yaml for a repository: what was found in it, and in comments what only people know. `cwd` is where it goes. */
export function settingsText({ survey: { roots }, plans }: Repository, cwd: string): string {
  const parts = [
    '# What keydrift looks at here, and what it says of it. Every setting is optional; `keydrift config` prints all that hold.',
    rootsPart(roots, cwd),
    plansPart(plans),
    regionsPart(roots),
    ESTATE,
    '# The exit code is 1 when an open finding is at or above this: critical, high, medium, low, info or never.\nfail-on: high',
    ownershipPart(roots),
    KNOWN,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function rootsPart(roots: readonly SurveyedRoot[], cwd: string): string {
  if (roots.length === 0) return `${SAID}\n# roots:\n#   - path: infra`;
  return [FOUND, SAID, '# roots:', ...roots.flatMap((root) => rootLines(root, cwd)).map((line) => `# ${line}`)].join(
    '\n',
  );
}

const FOUND = `# Root modules are looked for below these directories, in each check and scan: one that is added later is found, too.
config-dirs: [.]
`;

const SAID = `# Their backends say where their states are. What is to be said of one otherwise is said here: \`state:\`, \`var-files:\`, …`;

function rootLines({ path, states, gaps, valueFiles }: SurveyedRoot, cwd: string): readonly string[] {
  const said = states.map((where) => `    # its state: ${inComment(shownState(where, cwd))}`);
  const unknown = gaps.map((gap) => `    # state: …  # not known: ${inComment(gap)}`);
  const none = said.length + unknown.length === 0 ? ['    # state: …  # there is none in its directory yet'] : [];
  const files = valueFiles.map((file) => shownState(file, cwd));
  const given =
    files.length === 0
      ? []
      : [
          `    # var-files: ${inComment(flowList(files))}  # those of them that its applies are given; [] where none is`,
        ];
  return [`  - path: ${scalar(path)}`, ...said, ...unknown, ...none, ...given];
}

/** The query says in what Region a bucket is, which nobody needs to read. */
const shownState = (where: string, cwd: string): string =>
  isAbsolute(where) ? relative(cwd, where).split(sep).join('/') : where.replace(/\?region=.*$/, '');

const plansPart = (plans: Repository['plans']): string =>
  plans.length === 0
    ? ''
    : [
        '# Plans say for certain what an apply does. These are made here; name them where keydrift runs after them.',
        ...plans.map(({ path, by }) => `# plans: ${flowList([path])}  # ${inComment(by)}`),
      ].join('\n');

function regionsPart(roots: readonly SurveyedRoot[]): string {
  const regions = regionsOf(roots);
  if (regions.length === 0) {
    return '# Regions to scan; no provider names one, so that the profile decides.\n# regions: [eu-west-1]';
  }
  const open = openRegions(roots);
  const more =
    open.length === 0
      ? ''
      : `\n# Not every Region is known here of ${inComment(listed(open))}; add those that are missing.`;
  return `# Regions to scan: those of the providers.${more}\nregions: ${flowList(regions)}`;
}

const ESTATE = `# complete: the states of the roots are all that manage keys in the account and Regions; a key in none of them is unmanaged
# (high). partial: there may be others, and it is unclaimed (low).
estate: partial`;

function ownershipPart(roots: readonly SurveyedRoot[]): string {
  const accounts = accountsOf(roots);
  const found = accounts.length === 0 ? '' : ` The providers are of ${listed(accounts)}.`;
  return `# Whose keys these are.${found} Roles that run applies make a key their own that is in no state.
# ownership:
#   accounts: [${accounts.length === 0 ? '"111122223333"' : accounts.map((account) => `"${account}"`).join(', ')}]
#   deployers: ["arn:aws:iam::*:role/terraform-*"]`;
}

const KNOWN = `# Findings and gaps that somebody answers for. \`keydrift baseline create\` takes in all that is known today.
# suppressions:
#   - rule: unclaimed-key
#     match: { creator: "arn:aws:iam::*:role/backup-*" }
#     reason: made and deleted by the backup tool
# accepted-gaps:
#   - source: kms
#     arn: arn:aws:kms:eu-west-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321
#     reason: its policy locks everybody out
#     expires: 2027-01-31`;
