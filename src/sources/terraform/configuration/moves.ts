import type { Reading } from '../../../model/attributes.ts';
import type { ImportFact, MovedFact, RemovedFact } from '../../../model/facts.ts';
import { known, unknown } from '../../readings.ts';
import { derive } from '../readers.ts';
import { type Address, parseAddress, printAddress } from './address.ts';
import { type Arguments, flag, settingsOf, text } from './arguments.ts';
import { type Cut, type CutFailure, cutBody } from './blocks.ts';
import { expandImport } from './expansion.ts';
import { evaluated, NOTHING } from './expressions.ts';
import { isKeyResource, KEY_STORE } from './kept-blocks.ts';
import type { Value } from './language/value.ts';
import type { MergedBlock } from './merged-block.ts';
import type { ModuleInstance } from './module-instance.ts';

/** A fact without the root that it belongs to, which the caller knows. */
type Unrooted<F> = Omit<F, 'root'>;

/** A block that names addresses: its arguments by name, each an address. */
export interface Addressing {
  readonly block: MergedBlock;
  readonly addresses: ReadonlyMap<string, Address>;
}

/** The addresses in a block; undefined when none of them is about keys. Modules may hold keys. */
export function addressing(block: MergedBlock, names: readonly string[]): Cut<Addressing | undefined> {
  const addresses = new Map<string, Address>();
  for (const name of names) {
    const argument = block.arguments.get(name);
    if (argument === undefined) return failure(block.line, `the ${block.type} block has no ${name}`);
    const address = parseAddress(argument.text);
    if (address === undefined) return failure(argument.line, `${name} is not an address`);
    addresses.set(name, address);
  }
  const isAboutKeys = [...addresses.values()].some(
    ({ resourceType, isModule }) => isModule || (resourceType !== null && isMoved(resourceType, block.type)),
  );
  return { ok: true, value: isAboutKeys ? { block, addresses } : undefined };
}

/** A key store keeps its id when it is moved; what imports it is no import of a key. */
const isMoved = (resourceType: string, blockType: string): boolean =>
  isKeyResource(resourceType) || (resourceType === KEY_STORE && blockType !== 'import');

const failure = (line: number, reason: string): CutFailure => ({ ok: false, line, reason });

/** What an `import` block of a root asks for: one fact for each element of its for_each. */
export function importsOf(addressed: Addressing, root: ModuleInstance): readonly Unrooted<ImportFact>[] {
  const { block } = addressed;
  return expandImport(block, (argument) => root.checked(argument)).instances.map(({ repetition }) => {
    const to = absolute(addressed, 'to', '', (index) => root.indexOf(index, repetition));
    const id = importedId(settingsOf(block.arguments, (argument) => root.checked(argument, repetition)));
    const fact = { kind: 'import', to, path: block.path, line: block.line } as const;
    return id.kind === 'known' ? { ...fact, id: id.value } : { ...fact, id: null, unknownId: reasonOf(id) };
  });
}

/** A `moved` block of the module at this address. */
export const movedOf = (addressed: Addressing, module: string): Unrooted<MovedFact> => ({
  kind: 'moved',
  from: absolute(addressed, 'from', module, literalIndex),
  to: absolute(addressed, 'to', module, literalIndex),
  path: addressed.block.path,
  line: addressed.block.line,
});

/** A `removed` block of the module at this address. */
export const removedOf = (addressed: Addressing, module: string, root: ModuleInstance): Unrooted<RemovedFact> => ({
  kind: 'removed',
  from: absolute(addressed, 'from', module, literalIndex),
  destroy: destroyOf(addressed.block, root),
  path: addressed.block.path,
  line: addressed.block.line,
});

/** Nothing can be referred to in addresses that say where something was. */
const literalIndex = (index: string): Value => evaluated({ name: 'index', line: 1, text: index }, NOTHING);

function absolute({ addresses }: Addressing, name: string, module: string, indexOf: (index: string) => Value): string {
  const address = printAddress(addresses.get(name)?.steps ?? [], indexOf);
  return module === '' ? address : `${module}.${address}`;
}

/** `id`, or since Terraform 1.12 `identity`, whose form is the provider's: an `arn`, or the `id` of the key. */
function importedId(settings: Arguments): Reading<string> {
  const id = derive(text('id'), (value) => (value === '' ? unknown('id is empty') : known(value)))(settings);
  if (id.kind !== 'silent') return id;
  const identity = settings('identity');
  if (identity.kind === 'unknown') return unknown(`identity: ${identity.reason}`);
  if (identity.kind !== 'value') return unknown('the import block has no id');
  const { value } = identity;
  const entries = value.kind === 'object' || value.kind === 'map' ? value.entries : undefined;
  const named = entries?.get('arn') ?? entries?.get('id');
  if (named?.kind === 'unknown') return unknown(`identity: ${named.reason}`);
  return named?.kind === 'string' && named.value !== ''
    ? known(named.value)
    : unknown('identity has neither arn nor id');
}

const reasonOf = (reading: Reading<string>): string => (reading.kind === 'unknown' ? reading.reason : 'it has no id');

/**
 * Unset is null: Terraform destroys then, OpenTofu forgets (internal/configs/removed.go of each), and a configuration
 * does not tell which of them reads it.
 */
function destroyOf({ blocks }: MergedBlock, root: ModuleInstance): boolean | null {
  const lifecycle = blocks.find(({ block }) => block.type === 'lifecycle')?.block;
  const body = lifecycle === undefined ? undefined : cutBody(lifecycle);
  if (lifecycle === undefined || body?.ok !== true) return null;
  const given = new Map(body.value.arguments.map((argument) => [argument.name, { ...argument, block: lifecycle }]));
  const destroy = flag('destroy')(settingsOf(given, (argument) => root.checked(argument)));
  return destroy.kind === 'known' ? destroy.value : null;
}
