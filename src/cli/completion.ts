import type { Command } from 'commander';
import { bashCompletion } from './completion/bash.ts';
import { fishCompletion } from './completion/fish.ts';
import type { Shell } from './completion/shells.ts';
import { commandWords } from './completion/tree.ts';
import { zshCompletion } from './completion/zsh.ts';
import type { Host } from './host.ts';

const SCRIPTS = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
} as const satisfies Record<Shell, unknown>;

/** `keydrift completion SHELL`: a script for the shell, on stdout. Resolves to the exit code. */
export async function completion(program: Command, shell: Shell, { stdout }: Host): Promise<number> {
  await stdout.write([SCRIPTS[shell](commandWords(program))]);
  return 0;
}
