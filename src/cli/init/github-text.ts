import { UserError } from '../../errors.ts';
import { fetchCommand, fetchingRoots, type Repository, regionsOf, remoteRoots, servedRoots } from './repository.ts';
import { scalar } from './text.ts';

/** Where the workflow goes, from the root of the repository. */
export const GITHUB_WORKFLOW = '.github/workflows/keydrift.yml';

/** The workflow of a GitHub repository. `action` is OWNER/REPOSITORY/PATH@REF; `policy` the file with the permissions. */
export function githubText(repository: Repository, action: string, policy: string): string {
  const regions = regionsOf(repository.survey.roots);
  const inputs = repository.directory === '.' ? '' : `\n          working-directory: ${literal(repository.directory)}`;
  const fetching = fetchingRoots(repository.survey.roots).length > 0 ? fetchStep(repository) : '';
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
${fetching}${isRemote ? PLAN_STEP : ''}      - uses: ${action}
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
${fetching}      # A role that this repository may assume by OIDC, with the permissions of ${policy}.
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: \${{ vars.KEYDRIFT_ROLE_ARN }}
          aws-region: ${regions[0] ?? 'eu-west-1'}
      - uses: ${action}${inputs === '' ? '' : `\n        with:${inputs}`}
${servedRoots(repository.survey.roots).length > 0 ? SERVED : ''}`;
}

/** Nothing of a module runs when it is installed; those that are private need a step with credentials before. */
const fetchStep = (
  repository: Repository,
): string => `      # Modules come from elsewhere: what they declare is not known until they are installed.
      - uses: hashicorp/setup-terraform@v3
      - run: ${JSON.stringify(plain(fetchCommand(repository)))}
`;

const SERVED = `        # States are on an HTTP server; 'HOST=Name: value', or TF_HTTP_ADDRESS, TF_HTTP_USERNAME and TF_HTTP_PASSWORD:
        # env:
        #   KEYDRIFT_STATE_HEADERS: \${{ secrets.KEYDRIFT_STATE_HEADERS }}
`;

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
const literal = (directory: string): string => scalar(plain(directory));

function plain(text: string): string {
  if (text.includes('${{')) throw new UserError('the name of a directory here would be an expression in a workflow');
  return text;
}
