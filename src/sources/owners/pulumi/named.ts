import { joinLooks, type Look } from '../../../model/inventory.ts';
import type { Looking } from '../../source.ts';
import { lookAtPulumi } from './look.ts';

/** A Pulumi export or checkpoint; its path starts from the working directory. */
export interface PulumiFile {
  readonly file: string;
  /** Who answers for its keys, in place of `PROJECT/STACK`. */
  readonly name: string | undefined;
}

/** The keys of Pulumi stacks, each under the name that the settings give it. A file that is named twice is read once. */
export async function lookAtPulumiFiles(files: readonly PulumiFile[], cwd: string, looking: Looking): Promise<Look> {
  const names = new Map(files.map(({ file, name }) => [file, name]));
  const looks: Look[] = [];
  for (const [file, name] of names) {
    const look = await lookAtPulumi({ where: [file], cwd }, looking);
    const facts = look.facts.map((fact) => (fact.kind === 'owner' && name !== undefined ? { ...fact, name } : fact));
    looks.push({ ...look, facts });
  }
  return joinLooks(looks);
}
