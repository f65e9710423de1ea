import { fetchCommand, fetchingRoots, quoted, type Repository, remoteRoots, servedRoots } from './repository.ts';
import { inComment } from './text.ts';

/** Where the jobs go, from the root of the repository. */
export const GITLAB_JOBS = 'keydrift.gitlab-ci.yml';

/** Jobs of GitLab, for .gitlab-ci.yml to include. `version` is keydrift's; `policy` the file with the permissions. */
export function gitlabText(repository: Repository, version: string, policy: string): string {
  const { directory, survey } = repository;
  const enter = directory === '.' ? '' : `\n    - ${JSON.stringify(`cd ${quoted(directory)}`)}`;
  return `# Include it in .gitlab-ci.yml:
#   include:
#     - local: ${GITLAB_JOBS}
.keydrift:
  stage: test
  image:
    # An image with keydrift in it: examples/container of keydrift builds one.
    name: registry.example.com/platform/keydrift:${version}
    entrypoint: ['']${fetchingRoots(survey.roots).length > 0 ? fetchScript(repository) : ''}

# What the change does to keys, without AWS.
keydrift-change:
  extends: .keydrift
  variables:
    GIT_DEPTH: 0
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:${enter}
${remoteRoots(survey.roots).length > 0 ? PLAN_JOB : ''}    - keydrift check --changed-since "$CI_MERGE_REQUEST_DIFF_BASE_SHA" -o table -o codequality=keydrift-quality.json -o junit=keydrift-junit.xml
  artifacts:
    when: always
    reports:
      codequality: ${inDirectory(directory, 'keydrift-quality.json')}
      junit: ${inDirectory(directory, 'keydrift-junit.xml')}

# Every key of the account beside what is declared, in scheduled pipelines. The variable AWS_ROLE_ARN of the project is a role
# that it may assume by its id token, with the permissions of ${policy}.
${servedRoots(survey.roots).length > 0 ? SERVED : ''}keydrift-account:
  extends: .keydrift
  id_tokens:
    AWS_ID_TOKEN:
      aud: sts.amazonaws.com
  variables:
    AWS_WEB_IDENTITY_TOKEN_FILE: /tmp/aws-id-token
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  script:
    - (umask 077 && printf '%s' "$AWS_ID_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE")${enter}
    - keydrift scan -o table -o html=keydrift.html
  artifacts:
    when: always
    paths:
      - ${inDirectory(directory, 'keydrift.html')}
`;
}

/** In comments, for keydrift's image need have no terraform in it. */
const fetchScript = (repository: Repository): string => `
  # Modules come from elsewhere: what they declare is not known until they are installed. Where the image has terraform:
  # before_script:
  #   - ${inComment(JSON.stringify(fetchCommand(repository)))}`;

const SERVED = `# States are on an HTTP server: KEYDRIFT_STATE_HEADERS of the project, masked, is for its credentials: 'HOST=Name: value', or
# TF_HTTP_ADDRESS, TF_HTTP_USERNAME and TF_HTTP_PASSWORD as Terraform has them.
`;

/** In comments, for a plan takes credentials, which only people can say. */
const PLAN_JOB = `    # States are elsewhere: without a state or a plan nobody can tell what the change destroys. Let a job before this one
    # make \`terraform show -json tfplan > ROOT/plan.json\` an artifact, and add to the next line: --plan ROOT/plan.json
`;

const inDirectory = (directory: string, name: string): string =>
  directory === '.' ? name : JSON.stringify(`${directory}/${name}`);
