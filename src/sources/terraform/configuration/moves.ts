import type { Reading } from '../../../model/attributes.ts';
import type { ImportFact, MovedFact, RemovedFact } from '../../../model/facts.ts';
import { known, unknown } from '../../readings.ts';
import { derive } from '../readers.ts';
import { type Address, parseAddress } from './address.ts';
import { type Arguments, flag, readBlock, text } from './arguments.ts';
import { type Block, type Body, type Cut, type CutFailure, cutBody } from './blocks.ts';
import type { HclValue, ParseHcl } from './hcl.ts';
import { KEY_TYPES } from './key-types.ts';

/** A fact without its place, which the caller knows. */
type Unplaced<F> = Omit<F, 'root' | 'path' | 'line'>;

/** An `import` block; undefined when what it imports is no key. */
export function importOf(block: Block, parse: ParseHcl): Cut<Unplaced<ImportFact> | undefined> {
  const to = addressIn(block, 'to');
  if (!to.ok) return to;
  if (!concernsKeys(to.value)) return { ok: true, value: undefined };
  const reading = readBlock(block, parse);
  if (!reading.ok) return reading;
  const id = importedId(reading.value.settings);
  const fact = { kind: 'import', to: to.value.text } as const;
  return {
    ok: true,
    value: id.kind === 'known' ? { ...fact, id: id.value } : { ...fact, id: null, unknownId: reasonOf(id) },
  };
}

/** A `moved` block; undefined when neither end is a key or a module. */
export function movedOf(block: Block): Cut<Unplaced<MovedFact> | undefined> {
  const from = addressIn(block, 'from');
  if (!from.ok) return from;
  const to = addressIn(block, 'to');
  if (!to.ok) return to;
  const concerns = concernsKeys(from.value) || concernsKeys(to.value);
  return { ok: true, value: concerns ? { kind: 'moved', from: from.value.text, to: to.value.text } : undefined };
}

/** A `removed` block; undefined when what it removes is neither a key nor a module. */
export function removedOf(block: Block, parse: ParseHcl): Cut<Unplaced<RemovedFact> | undefined> {
  const from = addressIn(block, 'from');
  if (!from.ok) return from;
  if (!concernsKeys(from.value)) return { ok: true, value: undefined };
  const reading = readBlock(block, parse);
  if (!reading.ok) return reading;
  const destroy = destroyOf(reading.value.body, parse);
  return destroy.ok ? { ok: true, value: { kind: 'removed', from: from.value.text, destroy: destroy.value } } : destroy;
}

/** Modules may hold keys. */
const concernsKeys = ({ resourceType, isModule }: Address): boolean =>
  isModule || (resourceType !== null && KEY_TYPES.has(resourceType));

function addressIn(block: Block, name: string): Cut<Address> {
  const body = cutBody(block);
  if (!body.ok) return body;
  const argument = body.value.arguments.find((candidate) => candidate.name === name);
  if (argument === undefined) return failure(block.startLine, `the ${block.type} block has no ${name}`);
  const value = parseAddress(argument.text);
  return value === undefined ? failure(argument.line, `${name} is not an address`) : { ok: true, value };
}

const failure = (line: number, reason: string): CutFailure => ({ ok: false, line, reason });

/** `id`, or since Terraform 1.12 `identity`, whose form is the provider's: an `arn`, or the `id` of the key. */
function importedId(settings: Arguments): Reading<string> {
  if (settings('for_each').kind !== 'unset') return unknown('the import block has for_each');
  const id = derive(text('id'), (value) => (value === '' ? unknown('id is empty') : known(value)))(settings);
  if (id.kind !== 'silent') return id;
  const identity = settings('identity');
  if (identity.kind === 'expression') return unknown(`identity is an expression: ${identity.text}`);
  return identity.kind === 'literal' ? identified(identity.value) : unknown('the import block has no id');
}

function identified(identity: HclValue): Reading<string> {
  const { arn, id } = typeof identity === 'object' && identity !== null && !Array.isArray(identity) ? identity : {};
  const value = arn ?? id;
  return typeof value === 'string' && value !== '' ? known(value) : unknown('identity has neither arn nor id');
}

const reasonOf = (reading: Reading<string>): string => (reading.kind === 'unknown' ? reading.reason : 'it has no id');

/**
 * Unset is null: Terraform destroys then, OpenTofu forgets (internal/configs/removed.go of each), and a configuration
 * does not tell which of them reads it.
 */
function destroyOf(body: Body, parse: ParseHcl): Cut<boolean | null> {
  const lifecycle = body.blocks.find(({ type }) => type === 'lifecycle');
  if (lifecycle === undefined) return { ok: true, value: null };
  const reading = readBlock(lifecycle, parse);
  if (!reading.ok) return reading;
  const destroy = flag('destroy')(reading.value.settings);
  return { ok: true, value: destroy.kind === 'known' ? destroy.value : null };
}
