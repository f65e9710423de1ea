import { UserError } from '../../../../errors.ts';

/** Programs that know `state pull`. */
const PROGRAMS = ['terraform', 'tofu', 'terragrunt'] as const;
export type Program = (typeof PROGRAMS)[number];

/** `exec:[PROGRAM:]DIR`. */
export interface ExecWhere {
  readonly kind: 'exec';
  /** null: the directory and what is installed decide. */
  readonly program: Program | null;
  /** As given. */
  readonly dir: string;
}

/** Reads what stands behind `exec:`. A directory with the name of a program and a colon is written `./tofu:x`. */
export function parseExec(text: string): ExecWhere {
  const program = PROGRAMS.find((name) => text.startsWith(`${name}:`)) ?? null;
  const dir = program === null ? text : text.slice(program.length + 1);
  if (dir === '') throw new UserError('--state exec:: give the directory in which to run state pull, as exec:DIR');
  return { kind: 'exec', program, dir };
}
