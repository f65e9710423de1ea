import { UserError } from '../../errors.ts';
import { type Repository, regionsOf, remoteRoots } from './repository.ts';
import { scalar } from './text.ts';

/** Where the workflow goes, from the root of the repository. */
export const GITHUB_WORKFLOW = '.github/workflows/keydrift.yml';

/** The workflow of a GitHub repository. `action` is OWNER/REPOSITORY/PATH@REF; `policy` the file with the permissions. */
export function githubText(repository: Repository, action: string, policy: string): string {
  const regions = regionsOf(repository.survey.roots);
  const inputs = repository.directory === '.' ? '' : `\n          working-directory: ${literal(repository.directory)}`;
  const isRemote = remoteRoots(repository.survey.roots).length > 0;
  return `name: keydrift

on:
  pull_request:
  schedule:
    - cron: '17 3 * * *'
  workflow_dispatch:

permissions:
  contents: read

jobs:
  # What the change does to keys, without AWS: for pull requests of forks too.
  change:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          persist-credentials: false
${isRemote ? PLAN_STEP : ''}      - uses: ${action}
        with:
          command: check${inputs}
          changed-since: \${{ github.event.pull_request.base.sha }}
${isRemote ? PLAN_INPUT : ''}
  # Every key of the account beside what is declared.
  account:
    if: github.event_name != 'pull_request'
    runs-on: ubuntu-latest
    permissions:
      contents: read
      id-token: write
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      # A role that this repository may assume by OIDC, with the permissions of ${policy}.
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: \${{ vars.KEYDRIFT_ROLE_ARN }}
          aws-region: ${regions[0] ?? 'eu-west-1'}
      - uses: ${action}${inputs === '' ? '' : `\n        with:${inputs}`}
`;
}

/** In comments, for a plan takes credentials, which only people can say. */
const PLAN_STEP = `      # States are elsewhere: without a state or a plan nobody can tell what the change destroys. Make one in each root:
      # - run: |
      #     terraform init -input=false
      #     terraform plan -input=false -out=tfplan
      #     terraform show -json tfplan > plan.json
      #   working-directory: ROOT
`;

const PLAN_INPUT = `          # plan: ROOT/plan.json
`;

/** GitHub reads \`\${{\` everywhere in a workflow: what is called so would be evaluated. */
function literal(directory: string): string {
  if (directory.includes('${{')) throw new UserError('the name of this directory would be an expression in a workflow');
  return scalar(directory);
}
