import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileError } from '../../../errors.ts';
import { joinLooks, type Look } from '../../../model/inventory.ts';
import type { PulumiFile } from '../../../model/named.ts';
import type { Looking } from '../../source.ts';
import { lookAtPulumi } from './look.ts';

/** The keys of Pulumi stacks, each under the name that the settings give it. A file that is named twice is read once. */
export async function lookAtPulumiFiles(files: readonly PulumiFile[], cwd: string, looking: Looking): Promise<Look> {
  const byFile = new Map(files.map((each) => [each.file, each]));
  const looks: Look[] = [];
  for (const { file, name, from } of byFile.values()) {
    const look = await lookAtPulumi({ where: [file], from, cwd }, looking);
    const facts = look.facts.map((fact) => (fact.kind === 'owner' && name !== undefined ? { ...fact, name } : fact));
    looks.push({ ...look, facts });
  }
  return joinLooks(looks);
}

/**
 * Throws a UserError for a file that is not there: a misspelt name is told before AWS is asked for minutes. The files are
 * read after the live keys nevertheless, as states are.
 */
export async function assertPulumiFiles(files: readonly PulumiFile[], cwd: string): Promise<void> {
  for (const { file, from } of files) {
    try {
      await access(resolve(cwd, file));
    } catch (error) {
      throw fileError(`${from === 'flag' ? '--pulumi' : 'keydrift.yaml: owners: pulumi:'} ${file}`, error);
    }
  }
}
