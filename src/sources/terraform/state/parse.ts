import type { Diagnostic } from '../../../model/coverage.ts';
import type { StateFact } from '../../../model/facts.ts';
import { decode } from './decode.ts';
import { damageOf, type StateHeader, shownSchema, version3Schema, version4Schema } from './header.ts';
import type { StateOrigin } from './instance.ts';
import { readJson } from './json.ts';
import { isOutput, type Refusal, refusalOf, unreadable } from './refusal.ts';
import type { FactOfState, Found } from './resource-facts.ts';
import { factsOfShown } from './shown.ts';
import { NOTHING_YET, type Sketch, sketchOf } from './sketch.ts';
import { factsOfVersion3 } from './version3.ts';
import { factsOfVersion4 } from './version4.ts';

/** What a state says of KMS keys, aliases, key policies and custom key stores. */
export interface ParsedState {
  readonly kind: 'state';
  readonly lineage: string;
  readonly serial: number;
  readonly terraformVersion: string | null;
  readonly facts: readonly FactOfState[];
  /** Entries that may be keys and could not be read: with any of these the state is covered only in part. */
  readonly gaps: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A state's content and where it was read. */
export interface StateContent {
  readonly bytes: Uint8Array;
  /** Makes the sha256 of the bytes: it stands in for the lineage of a state that has none. */
  readonly digest: () => string;
  readonly source: string;
  readonly errored: boolean;
  readonly readAt: StateFact['readAt'];
  /** The modules that resources of other types are in are wanted; `terraform show -json` says them without being asked. */
  readonly withModules: boolean;
}

/**
 * Reads a state of version 4 or 3, or what `terraform show -json` prints of one, in one pass over its bytes: values are
 * made of nothing but its header and the resources that are ours. Never throws on any input; nothing but the attributes
 * of our vocabulary, addresses and the state's own header is in the answer, error texts included.
 */
export function parseState(content: StateContent): ParsedState | Refusal {
  const bytes = decode(content.bytes);
  if ('kind' in bytes) return bytes;
  let sketch = NOTHING_YET;
  const fault = readJson(bytes, (walk) => {
    sketch = sketchOf(walk, content.withModules);
  });
  return fault ?? readSketch(sketch, content);
}

/** Reads a document by what was taken of it. */
export function readSketch(sketch: Sketch, content: Origin): ParsedState | Refusal {
  const refusal = refusalOf(sketch);
  if (refusal !== undefined) return refusal;
  const { header, content: found } = sketch;
  if (isOutput(header)) {
    const unnamed = { ...shownSchema.parse(header), lineage: null, serial: null };
    const state = stateWith(unnamed, content, (origin) => factsOfShown(found.shown, origin));
    return found.shown === undefined ? { ...state, diagnostics: [nothingShown(content.source)] } : state;
  }
  const isLegacy = header.version === 3;
  const checked = (isLegacy ? version3Schema : version4Schema).safeParse(header);
  if (!checked.success) return unreadable(damageOf(checked.error, header));
  return stateWith(checked.data, content, (origin) =>
    isLegacy ? factsOfVersion3(found.modules, origin) : factsOfVersion4(found.resources, origin),
  );
}

type Origin = Omit<StateContent, 'bytes'>;

function stateWith(
  { lineage, serial, terraform_version }: StateHeader,
  { digest, source, errored, readAt }: Origin,
  read: (origin: StateOrigin) => Found,
): ParsedState {
  const named = { lineage: lineage || `none:${digest().slice(0, 16)}`, serial: serial ?? 0 };
  return {
    kind: 'state',
    ...named,
    terraformVersion: terraform_version,
    ...read({ ...named, source, errored, readAt }),
    diagnostics: lineage ? [] : [noLineage(source)],
  };
}

/** Terraform 1.11.4 prints it for a state without content, and in a directory that has none. */
const nothingShown = (source: string): Diagnostic => ({
  level: 'warning',
  source: 'state',
  message: `${source} holds nothing, and terraform show -json prints the same where there is no state: give what terraform state pull prints`,
});

const noLineage = (source: string): Diagnostic => ({
  level: 'warning',
  source: 'state',
  message: `${source} has no lineage: its copies cannot be told from other states`,
});
