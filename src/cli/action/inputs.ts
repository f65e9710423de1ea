import { UserError } from '../../errors.ts';
import { truthOf } from '../truth.ts';

/** How the words of an input become flags: as one value, one value a line, a switch, or a switch that `--no-` takes back. */
type Form = 'one' | 'lines' | 'switch' | 'either';

/** The inputs that are flags of the same name; action.yml has the same, in words. */
const FLAGS = {
  region: 'lines',
  state: 'lines',
  'config-dir': 'lines',
  'var-file': 'lines',
  plan: 'lines',
  pulumi: 'lines',
  'changed-since': 'one',
  inventory: 'one',
  estate: 'one',
  events: 'one',
  since: 'one',
  grace: 'one',
  config: 'one',
  baseline: 'one',
  'fail-on': 'one',
  'allow-partial': 'either',
  'show-suppressed': 'switch',
  'save-inventory': 'one',
} as const satisfies Readonly<Record<string, Form>>;

const COMMANDS = ['scan', 'check'] as const;

/** What a step asks for. */
export interface ActionRequest {
  /** As on a command line, outputs left out. */
  readonly args: readonly string[];
  /** `-o` values, in their order. */
  readonly outputs: readonly string[];
  /** From the workspace. */
  readonly directory: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Every input that the action reads. */
export const INPUTS: readonly string[] = ['command', 'working-directory', 'output', ...Object.keys(FLAGS)];

/**
 * The inputs of a step, which the runner gives as variables (GitHub Docs, "Metadata syntax": `inputs.<input_id>`). Each
 * value stays one argument whatever is in it: no shell sees it, and none can become a flag of another name. Throws
 * UserError for a command that is none, and for a switch that is neither true nor false.
 */
export function actionRequest(env: Environment): ActionRequest {
  const command = inputOf('command', env) || 'scan';
  if (!COMMANDS.some((name) => name === command)) throw new UserError(`command: give ${COMMANDS.join(' or ')}`);
  return {
    args: [command, ...Object.entries(FLAGS).flatMap(([name, form]) => flagsOf(name, form, inputOf(name, env)))],
    outputs: linesOf(inputOf('output', env) || 'github'),
    directory: inputOf('working-directory', env) || '.',
  };
}

/** The runner writes names in capitals and keeps their hyphens (actions/runner, `Handler.AddInputsToEnvironment`). */
const inputOf = (name: string, env: Environment): string => env[`INPUT_${name.toUpperCase()}`]?.trim() ?? '';

function flagsOf(name: string, form: Form, text: string): readonly string[] {
  if (text === '') return [];
  if (form === 'one') return [`--${name}=${text}`];
  if (form === 'lines') return linesOf(text).map((line) => `--${name}=${line}`);
  if (truthOf(text, name)) return [`--${name}`];
  // Settings may say otherwise of those that can be taken back.
  return form === 'either' ? [`--no-${name}`] : [];
}

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
