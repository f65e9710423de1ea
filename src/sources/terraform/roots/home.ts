import type { GivenWhere } from '../state/where.ts';
import type { Backend } from './backend.ts';

/** Where the states of one root are. With neither states nor gaps nothing is known of them. */
export interface StateHome {
  readonly states: readonly GivenWhere[];
  /** Why states that there may be are not read, each one line. */
  readonly gaps: readonly string[];
  /** Nothing says that those are elsewhere: a gap also where only files here are asked for. */
  readonly mayBeHere?: true;
  /** What `terraform.workspace` is; null when it is not known, or not the same in all the states. */
  readonly workspace: string | null;
}

/** What decides where a backend keeps states. */
export interface HomeAsk {
  /** Absolute directory of the root, and its name in reports. */
  readonly dir: string;
  readonly root: string;
  readonly backend: Backend;
  /** The workspace whose state alone is asked for; undefined: those of all. */
  readonly only: string | undefined;
  /** The one that is selected, where something says so. */
  readonly selected: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Real paths of the directories that it may name something in. */
  readonly within: readonly string[];
}

/** No state, and why. */
export const homeless = (...gaps: readonly string[]): StateHome => ({ states: [], gaps, workspace: null });

/** The same, of a state that may be a file here. */
export const unplaced = (gap: string): StateHome => ({ ...homeless(gap), mayBeHere: true });

/** A place that the repository under review names: it is trusted with nothing. */
export const fromRepository = (where: string): GivenWhere => ({ where, from: 'repository' });

/** What can always be done about a state that is not found. */
export const pipeIn = (root: string): string =>
  `give what terraform -chdir=${quoted(root)} state pull prints, with --state - or as a file in keydrift.yaml (roots)`;

/** A directory may be called anything: in a command it is one word. */
const quoted = (text: string): string => (/^[\w./@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** Why a setting that decides the place is not known here (Terraform documentation, "Partial Configuration"). */
export const notSaid = (type: string, name: string): string =>
  `its ${type} backend names no ${name} here (given to terraform init with -backend-config?): run terraform init, or say where the state is with --state or in keydrift.yaml`;

/** Why a backend does not say where the state is: an expression decides it, which is not evaluated here. */
export const isExpression = (type: string, name: string): string =>
  `the ${name} of its ${type} backend is an expression: run terraform init, or say where the state is with --state or in keydrift.yaml`;
