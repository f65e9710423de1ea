/** Below `keydrift --help`. */
export const PROGRAM_HELP = `
Examples:
  $ keydrift scan --region eu-west-1 --state terraform.tfstate --config-dir . --estate complete
  $ keydrift scan --region eu-west-1 --region us-east-1 --state states/ -o table -o json=report.json
  $ keydrift scan --region eu-west-1 --config-dir infra --estate complete
  $ terraform state pull | keydrift scan --state -
  $ keydrift collect --region eu-west-1 --state states/ --save-inventory keys.ndjson.gz
  $ keydrift report keys.ndjson.gz --fail-on medium
  $ keydrift check --config-dir infra --changed-since origin/main

keydrift reads only: it changes nothing in AWS, in state or in configuration.`;

/** Below `keydrift check --help`, before the exit codes. */
export const CHECK_HELP = `
Examples:
  $ keydrift check
  $ keydrift check --config-dir infra --changed-since origin/main
  $ terraform show -json tfplan > plan.json && keydrift check --config-dir infra --plan plan.json
  $ keydrift check --inventory keys.ndjson.gz --changed-since origin/main

What was not asked for (KMS, records, states that are elsewhere) is no gap: what it would have said is not judged.
With --changed-since, a state that the change removes is a gap unless --state gives it, and so is a directory that it
leaves without configuration, or that was a root before and is none now.`;

/** Below the help of every command that answers a gate. */
export const EXIT_CODES = `
Exit codes:
  0    no open finding at or above --fail-on
  1    there is one
  2    could not run: wrong usage or rules, no credentials, or no source gave anything
  3    none at or above --fail-on, but not everything was covered (--allow-partial: 0)
  130  interrupted (143: terminated)
  With --detailed-exitcode: 0 clean, 1 error or incomplete, 2 findings.`;

/** Below `keydrift collect --help`. */
export const COLLECT_EXIT_CODES = `
Exit codes:
  0    everything asked for was covered
  2    could not run, or no source gave anything
  3    saved, but not everything was covered (--allow-partial: 0)
  130  interrupted (143: terminated)
  With --detailed-exitcode: 0 covered, 1 all else.`;

/** Below `keydrift rules test --help`. */
export const RULE_TEST_EXIT_CODES = `
Exit codes:
  0    every test passed
  1    a test failed
  2    a rule file cannot be read, or a rule could never be evaluated as meant`;

/** Below `keydrift rules lint --help`. */
export const RULE_LINT_EXIT_CODES = `
Exit codes:
  0    nothing to say
  1    an error (a rule cannot be loaded, or nothing shows that it works) or a warning
  2    a file or directory cannot be read`;

/** Below `keydrift config --help`. */
export const CONFIG_HELP = `
What holds: a flag; else its variable (KEYDRIFT_STATE for --state; a list has one value a line);
else keydrift.yaml, the nearest from here up to the root of the repository; else the default.
No secret is shown: of headers their hosts, of addresses no query.`;

/** Below `keydrift baseline --help`. */
export const BASELINE_HELP = `
Examples:
  $ keydrift scan … -o json=report.json
  $ keydrift baseline create report.json --reason 'known when keydrift came, ACME-12'
  $ keydrift baseline prune report.json

A finding is known by its rule, key and attribute. One that has become worse since it was taken in is open again.
Each command says what it did and exits 0; 2 when it could not.`;

/** Below `keydrift completion --help`. */
export const COMPLETION_HELP = `
Where it goes:
  bash  eval "$(keydrift completion bash)"         in ~/.bashrc
  zsh   source <(keydrift completion zsh)          in ~/.zshrc, after compinit
  fish  keydrift completion fish | source          in ~/.config/fish/config.fish`;

/** Below `keydrift init --help`. */
export const INIT_HELP = `
It reads the configuration, the backends and the pipelines that are here, runs none of them and asks nobody. It writes
keydrift.yaml and keydrift-iam-policy.json here, and .github/workflows/keydrift.yml or keydrift.gitlab-ci.yml in the root
of the repository; where one of them is there already it writes nothing, and exits 2.`;
