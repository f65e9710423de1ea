import { InvalidArgumentError, Option } from 'commander';
import { CODE_HOSTS } from '../sources/code-host.ts';
import type { Subcommand } from './commands.ts';
import { INIT_HELP } from './help.ts';
import type { InitFlags } from './init.ts';

type Given = Pick<InitFlags, 'host'> & Partial<InitFlags>;

/** `keydrift init`. */
export const addInit: Subcommand = (program, { host }, answer) => {
  const action = `OWNER/keydrift@v${host.package.version}`;
  program
    .command('init')
    .description('write keydrift.yaml, a workflow and the IAM policy for the repository here')
    .addOption(
      new Option('--host <name>', 'where code is reviewed (default: what the repository shows)').choices([
        ...CODE_HOSTS,
        'none',
      ]),
    )
    .addOption(
      new Option('--action <owner/repository@ref>', `keydrift, for workflows of GitHub (default: ${action})`).argParser(
        actionIn,
      ),
    )
    .addOption(new Option('--dry-run', 'print what would be written, and write nothing'))
    .addHelpText('after', INIT_HELP)
    .action((given: Given) =>
      answer(import('./init.ts').then(({ init }) => init({ action, dryRun: false, ...given }, host))),
    );
};

/** What GitHub takes behind `uses:`, without the path (GitHub Docs, "Workflow syntax": jobs.<job_id>.steps[*].uses). */
function actionIn(text: string): string {
  if (/^[\w-]+\/[\w.-]+@[\w./-]+$/.test(text)) return text;
  throw new InvalidArgumentError('A published action is written like owner/repository@v1.');
}
