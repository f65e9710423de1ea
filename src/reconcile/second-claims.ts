import type { PlannedFact, StateFact } from '../model/facts.ts';
import type { Declarations } from './declarations.ts';
import type { Gathered } from './gather.ts';

/** Where an import brings a key to. */
interface Target {
  /** null where nobody knows whose plan says so. */
  readonly root: string | null;
  readonly address: string;
}

/**
 * The instances that have a key still where an import brings it to another place, in the order of their states: by a plan of
 * their root, which names what it keeps, or by the block that declares them. Terraform looks into no other root's state, and
 * in its own at the target alone. Of what is let go of, or may be, none.
 */
export function stillHeldBy(
  { root, address }: Target,
  { state, planned }: Pick<Gathered, 'state' | 'planned'>,
  { fateOf, placeOf, ownerOf }: Pick<Declarations, 'fateOf' | 'placeOf' | 'ownerOf'>,
): readonly StateFact[] {
  return state.filter((instance) => {
    const owner = ownerOf(instance);
    if (owner === null || instance.status === 'deposed') return false;
    const place = placeOf(instance, owner).address;
    const isTarget = [place, instance.address].includes(address) && (root === null || root === owner);
    if (isTarget) return false;
    const said = planned.filter((fact) => isOf(fact, owner) && namesPlace(fact, [place, instance.address]));
    if (said.length > 0) return said.every(({ action }) => KEEPING.has(action));
    const fate = fateOf(instance);
    return fate.kind === 'declared' && fate.isCertain;
  });
}

const isOf = ({ root, committed }: PlannedFact, owner: string): boolean =>
  committed !== true && (root === null || root === owner);

const namesPlace = ({ address, previousAddress, deposed }: PlannedFact, places: readonly string[]): boolean =>
  !deposed && (places.includes(address) || (previousAddress != null && places.includes(previousAddress)));

/** After them the instance has the same key as before. */
const KEEPING: ReadonlySet<PlannedFact['action']> = new Set(['none', 'read', 'update']);
