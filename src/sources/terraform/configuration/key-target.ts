import { parseSteps, printAddress, type Step } from './address.ts';
import type { Repetition } from './expansion.ts';
import { isKeyResource } from './kept-blocks.ts';
import { parseExpression } from './language/parse.ts';
import { references } from './language/references.ts';
import type { PlacedArgument } from './merged-block.ts';
import type { ModuleInstance } from './module-instance.ts';

/** For an index that is not known. */
export const ANY = '[*]';

/** Addresses are from the root module; `block` is that of a key without its last index. */
export type Target =
  /** `isCertain` false where there may be no such instance. */
  | { readonly kind: 'key'; readonly address: string; readonly block: string; readonly isCertain: boolean }
  /** It may be any instance of these, or any key where they are not known. */
  | { readonly kind: 'open'; readonly blocks: readonly string[] | null };

/**
 * The key that an argument such as `key_id = aws_kms_key.x["a"].id` names; of everything else it is not clear which key it
 * comes to. `isCertain` false where there may be no such instance.
 */
export function targetOf(
  argument: PlacedArgument | undefined,
  module: ModuleInstance,
  repetition: Repetition,
  isCertain: boolean,
): Target {
  const written = argument?.text ?? '';
  const [type, name, attribute, ...more] = parseSteps(unwrapped(written)) ?? [];
  if (type === undefined || name === undefined || more.length > 0 || !isKeyOf(type, attribute)) {
    return { kind: 'open', blocks: mentionedKeys(written)?.map((key) => withModule(module, key)) ?? null };
  }
  const printed = printAddress([type, name], (index) => module.indexOf(index, repetition));
  const key = withModule(module, `${type.name}.${name.name}`);
  if (printed.endsWith(ANY)) return { kind: 'open', blocks: [key] };
  return { kind: 'key', address: withModule(module, printed), block: key, isCertain };
}

const isKeyOf = (type: Step, attribute: Step | undefined): boolean =>
  type.index === undefined &&
  isKeyResource(type.name) &&
  ['id', 'key_id', 'arn'].includes(attribute?.name ?? '') &&
  attribute?.index === undefined;

const withModule = ({ address }: ModuleInstance, resource: string): string =>
  address === '' ? resource : `${address}.${resource}`;

/** Before Terraform 0.12 a reference was written as `"${aws_kms_key.x.id}"`. */
const unwrapped = (written: string): string => /^"\$\{([^{}"]*)\}"$/.exec(written)?.[1]?.trim() ?? written;

/** The key blocks that an expression names where it names nothing else that a key could come from; else undefined. */
function mentionedKeys(written: string): readonly string[] | undefined {
  const parsed = parseExpression(written);
  if (!parsed.ok) return undefined;
  // A number is the id of no key: it chooses among those that are named.
  const sources = references(parsed.value).filter(({ root }) => root !== 'count');
  const keys = sources.filter(({ root, name }) => isKeyResource(root) && name !== undefined);
  return keys.length > 0 && keys.length === sources.length
    ? keys.map(({ root, name }) => `${root}.${name}`)
    : undefined;
}
