import type { Coverage } from '../model/coverage.ts';
import type { OwnerFact } from '../model/facts.ts';
import { creatorArns, hasTag } from '../model/fit.ts';
import { fitsAny, fitsGlob } from '../model/glob.ts';
import { grouped } from '../model/grouped.ts';
import type { Inventory } from '../model/inventory.ts';
import type { KeyArnParts } from '../model/key-arn.ts';
import type { Owner } from '../model/key-record.ts';
import { isBeforeRecords } from '../model/not-asked.ts';
import { by, inTurn } from '../model/order.ts';
import type { OwnerEntry, Ownership } from '../model/ownership.ts';
import { creatorOf, primaryRealm } from './creator.ts';
import type { Gathered, Gathering } from './gather.ts';
import type { Proofs } from './proofs.ts';
import { realmGaps } from './realm-gaps.ts';

/**
 * Tells each key who else has it: by word of CloudFormation and Pulumi, and of the settings. Where one of them could not
 * be asked, `ownersGap` says why it is not known that nobody has it.
 */
export function joinOwners(inventory: Inventory, { keys }: Gathering, proofs: Proofs): void {
  const { header, facts, coverage } = inventory;
  const entries = header.ownership.owners;
  const told = facts.filter((fact): fact is OwnerFact => fact.kind === 'owner');
  const gapOf = header.requested.includes('owners') ? toolGap(coverage) : undefined;
  if (told.length === 0 && entries.length === 0 && gapOf === undefined) return;
  const byArn = grouped(told, ({ arn }) => arn);
  const byCreator = entries.filter((entry) => 'creator' in entry);
  for (const gathered of keys.values()) {
    const tools = byArn.get(gathered.key.arn) ?? [];
    const owners = [...tools.map(toolOwner), ...entries.flatMap((entry) => settingsOwner(entry, gathered, tools))];
    if (owners.length > 0) gathered.owners = distinct(owners);
    const gap = gapOf?.(gathered.key) ?? (byCreator.length === 0 ? undefined : creatorGap(gathered, proofs));
    if (gap !== undefined) gathered.ownersGap = gap;
  }
}

/** A claim that changes how a key stands. */
export const isStrongClaim = ({ strength, status }: Owner): boolean => strength === 'strong' && status === 'active';

/** Who has it, for people. */
export function ownerText({ name, by: how }: Owner): string {
  if (how === 'cloudformation') return `the CloudFormation stack ${name} has it`;
  return how === 'pulumi' ? `the Pulumi stack ${name} has it` : `${name} has it, by its ${how}`;
}

/** Whether one of the settings' deployers asked for a key: the caller, or the role behind the caller's session. */
export function isByDeployer(gathered: Gathered, { deployers }: Ownership): boolean {
  if (deployers.length === 0) return false;
  return creatorArns(creatorOf(gathered)).some((arn) => fitsAny(deployers, arn));
}

const toolOwner = ({ name, tool, status }: OwnerFact): Owner => ({ name, by: tool, strength: 'strong', status });

function settingsOwner(entry: OwnerEntry, gathered: Gathered, tools: readonly OwnerFact[]): Owner[] {
  const { name } = entry;
  if ('stack' in entry) {
    const { stack } = entry;
    return tools
      .filter((fact) => fitsGlob(stack, fact.name) || fitsGlob(stack, fact.source))
      .map(({ status }) => ({ name, by: 'stack', strength: 'strong', status }));
  }
  if ('creator' in entry) {
    const fits = creatorArns(creatorOf(gathered)).some((arn) => fitsGlob(entry.creator, arn));
    return fits ? [{ name, by: 'creator', strength: 'strong', status: 'active' }] : [];
  }
  if ('alias' in entry) {
    const { alias } = entry;
    const fits = gathered.live?.aliases?.some((text) => fitsGlob(alias, text)) ?? false;
    return fits ? [{ name, by: 'alias', strength: 'weak', status: 'active' }] : [];
  }
  const fits = hasTag([entry.tag], gathered.live?.attributes.tags ?? {});
  return fits ? [{ name, by: 'tag', strength: 'weak', status: 'active' }] : [];
}

/** What decides first. */
const distinct = (owners: readonly Owner[]): readonly Owner[] =>
  [...new Map(owners.map((owner) => [`${owner.by} ${owner.status} ${owner.name}`, owner])).values()].sort(
    inTurn<Owner>(
      by(({ strength }) => strength),
      by(({ status }) => status),
      by(({ name, by: how }) => `${name} ${how}`),
    ),
  );

/**
 * Why it is not known that no tool has a key: a Pulumi export that was not read in full may hold any key; CloudFormation
 * answers for one key at a time.
 */
function toolGap(coverage: readonly Coverage[]): (key: KeyArnParts) => string | undefined {
  const entries = coverage.filter(({ source, status }) => source === 'owners' && status !== 'complete');
  const pulumi = entries.find(({ operation }) => operation === 'pulumi');
  const unread = pulumi && `whether Pulumi has it is not known: ${pulumi.locator}: ${pulumi.reason ?? pulumi.status}`;
  const byKey = new Map(entries.map(({ locator, reason, status }) => [locator ?? '', reason ?? status]));
  const inRealm = realmGaps(coverage, 'owners', 'DescribeStackResources');
  return (key) => {
    if (unread !== undefined) return unread;
    const reason = byKey.get(key.arn) ?? inRealm(key);
    return reason === undefined ? undefined : `whether a CloudFormation stack has it is not known: ${reason}`;
  };
}

/** A key older than the records has no known creator, and no creator claims it; of any other, one could have. */
function creatorGap(gathered: Gathered, proofs: Proofs): string | undefined {
  const reason = whyNoCreator(gathered, proofs);
  return reason === undefined || isBeforeRecords(reason)
    ? undefined
    : `whether an owner's creator made it is not known: ${reason}`;
}

function whyNoCreator(gathered: Gathered, proofs: Proofs): string | undefined {
  const { key, created, replicated, live } = gathered;
  if (created === null && replicated === null) return proofs.creationGap(key, live?.createdAt ?? null);
  const isReplicaOfSomebody =
    creatorOf(gathered)?.principal === null && replicated === null && primaryRealm(gathered) !== undefined;
  return isReplicaOfSomebody ? proofs.replicationGap(primaryRealm(gathered) ?? key) : undefined;
}
