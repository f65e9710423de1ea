const io =
  '^(node:)?(fs|fs/promises|net|http|https|http2|tls|dns|dgram|child_process|worker_threads|cluster|os|readline|process|timers|timers/promises)$';

/** Which folder may know which: the architecture of src/README.md, each rule with its reason. */
export default {
  forbidden: [
    {
      name: 'one-seed',
      comment: 'Properties draw the same cases each time only with the seed that this module sets.',
      severity: 'error',
      from: { path: '^(test|examples)/', pathNot: '^test/support/fast-check\\.ts$' },
      to: { path: '^node_modules/fast-check/' },
    },
    {
      name: 'no-cycles',
      comment: 'Data flows one way; a cycle means two files are one idea.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'model-knows-zod-only',
      comment: 'The vocabulary is shared by everything, so it may depend on nothing of ours.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { pathNot: ['^src/model/', '^node_modules/zod/'] },
    },
    {
      name: 'sources-never-judge',
      comment: 'Sources look; judging is for reconcile and policy. They see the vocabulary and the error classes.',
      severity: 'error',
      from: { path: '^src/sources/' },
      to: { path: '^src/', pathNot: ['^src/(sources|files|model)/', '^src/errors\\.ts$'] },
    },
    {
      name: 'config-is-a-boundary',
      comment: 'Settings and rule files become data here; nothing else of ours is needed for that.',
      severity: 'error',
      from: { path: '^src/config/' },
      to: { path: '^src/', pathNot: ['^src/(config|files|model)/', '^src/errors\\.ts$'] },
    },
    {
      name: 'files-know-nothing',
      comment: 'What keeps reading within a repository and its bounds is in one place, for sources and config alike.',
      severity: 'error',
      from: { path: '^src/files/' },
      to: { path: '^src/', pathNot: ['^src/files/', '^src/errors\\.ts$'] },
    },
    {
      name: 'reconcile-is-pure',
      comment: 'The same inventory must give the same key records: facts in, key records out.',
      severity: 'error',
      from: { path: '^src/reconcile/' },
      to: { pathNot: ['^src/(reconcile|model)/'] },
    },
    {
      name: 'reporters-are-pure',
      comment: 'Every format is a function of the report alone.',
      severity: 'error',
      from: { path: '^src/reporters/' },
      to: { pathNot: ['^src/(reporters|model)/', '^node_modules/picocolors/'] },
    },
    {
      name: 'reporters-take-the-report',
      comment:
        'What the report does not say no format says: facts and inventories are not theirs, but for the words of how keys are made.',
      severity: 'error',
      from: { path: '^src/reporters/' },
      to: { path: '^src/model/(facts|inventory|named|ownership)', pathNot: '^src/model/facts/cloudtrail\\.ts$' },
    },
    {
      name: 'client-runs-in-the-browser',
      comment:
        'The script of the HTML report reaches the page as text (assets.ts): nothing that runs here may load it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/reporters/html/client/' },
      to: { path: '^src/reporters/html/client/' },
    },
    {
      name: 'policy-is-pure',
      comment: 'Rules see key records and their own text; what a rule cannot see it cannot leak or wait for.',
      severity: 'error',
      from: { path: '^src/policy/' },
      to: {
        pathNot: [
          '^src/(policy|model)/',
          '^src/errors\\.ts$',
          '^node_modules/(@marcbachmann/cel-js|re2js|zod)/',
          '^(node:)?crypto$',
        ],
      },
    },
    {
      name: 'scan-joins-the-three',
      comment: 'scan.ts, its second look and check.ts read like the data flow: sources, reconcile, policy.',
      severity: 'error',
      from: { path: '^src/(scan|second-look|check)\\.ts$' },
      to: { path: '^src/(cli|config|reporters)/' },
    },
    {
      name: 'assessing-looks-at-nothing',
      comment: 'A saved inventory is judged again to the same bytes: reconcile and policy alone.',
      severity: 'error',
      from: { path: '^src/assess\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(model|reconcile|policy)/' },
    },
    {
      name: 'io-at-the-edges',
      comment: 'Files, network, processes and timers belong to sources, config and the host of the command line.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(sources|config|files)/', '^src/cli/(host|main)\\.ts$'] },
      to: { dependencyTypes: ['core'], path: io },
    },
    {
      name: 'kms-client-in-one-place',
      comment: 'KMS is asked in one folder, so that its calls can be counted and its permissions listed.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sources/kms/' },
      to: { path: '^node_modules/@aws-sdk/client-kms/' },
    },
    {
      name: 'cloudtrail-client-in-one-place',
      comment: 'CloudTrail allows two look-ups a second: one folder, one pacer.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sources/cloudtrail/' },
      to: { path: '^node_modules/@aws-sdk/client-cloudtrail/' },
    },
    {
      name: 's3-client-in-one-place',
      comment: 'S3 is asked for states alone: one folder, so that nothing else of a bucket is ever read.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sources/terraform/backends/s3/' },
      to: { path: '^node_modules/@aws-sdk/client-s3/' },
    },
    {
      name: 'cloudformation-client-in-one-place',
      comment:
        'CloudFormation is asked whose a key is, and nothing else: its calls stay countable and its permissions listed.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sources/owners/cloudformation/' },
      to: { path: '^node_modules/@aws-sdk/client-cloudformation/' },
    },
    {
      name: 'programs-in-one-file',
      comment:
        'Programs are run for `--state exec:DIR`, and git for `--changed-since`, without a shell: one file to look at.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sources/programs/run\\.ts$' },
      to: { dependencyTypes: ['core'], path: '^(node:)?child_process$' },
    },
    {
      name: 'one-hcl-parser',
      comment: 'hcl2-parser has surprises; one file knows them.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sources/terraform/configuration/hcl\\.ts$' },
      to: { path: '^node_modules/hcl2-parser/' },
    },
    {
      name: 'one-cel-engine',
      comment: 'The expression engine stands behind one file, so that it can be replaced.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/policy/cel\\.ts$' },
      to: { path: '^node_modules/@marcbachmann/cel-js/' },
    },
    {
      name: 'src-stands-alone',
      comment: 'What ships never needs tests or examples.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|examples)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
