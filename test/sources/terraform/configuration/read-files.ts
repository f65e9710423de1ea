import type { ConfigurationFact, Fact } from '../../../../src/model/facts.ts';
import type { Look } from '../../../../src/model/inventory.ts';
import { sortFiles } from '../../../../src/sources/terraform/configuration/files.ts';
import { loadHcl } from '../../../../src/sources/terraform/configuration/hcl.ts';
import { cutRoot, readRoot } from '../../../../src/sources/terraform/configuration/root.ts';

export const READ_AT = '2026-11-23T12:00:10.000Z';

/** What a root module of these files says, by file name. */
export async function readFiles(contents: Readonly<Record<string, string>>): Promise<Look> {
  const files = sortFiles(Object.keys(contents));
  const texts = files.read.map((name) => ({ name, path: name, text: contents[name] ?? '' }));
  return readRoot(cutRoot({ root: '.', files, texts, readAt: READ_AT }), await loadHcl());
}

/** The facts of a root module of one file that can be read in full. */
export async function factsIn(text: string): Promise<readonly Fact[]> {
  const { facts, coverage } = await readFiles({ 'main.tf': text });
  if (coverage.some(({ status }) => status !== 'complete')) throw new Error(JSON.stringify(coverage));
  return facts;
}

/** What one key resource with these arguments declares. */
export async function declared(type: string, ...body: readonly string[]): Promise<ConfigurationFact> {
  const [fact] = await factsIn(`resource "${type}" "this" {\n${body.join('\n')}\n}\n`);
  if (fact?.kind !== 'configuration') throw new Error('no key is declared');
  return fact;
}
