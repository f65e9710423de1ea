import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRuleFiles } from '../../src/config/rule-files.ts';
import { actionBundle } from './generate/action-bundle.ts';
import { gateWalkthrough } from './generate/gate.ts';
import { pageAssets } from './generate/page-assets.ts';
import { readmeFile } from './generate/readme.ts';
import { rulesReadme } from './generate/rules-readme.ts';
import { type GeneratedFile, schemaFiles } from './generate/schemas.ts';

/** Every file of the repository that is made from others. */
export async function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
  const files = await readRuleFiles(join(root, 'rules'));
  const text = (path: string) => readFile(join(root, path), 'utf8');
  const [readme, quickstart] = await Promise.all([text('README.md'), text('examples/quickstart/expected.txt')]);
  return [
    ...schemaFiles(),
    await pageAssets(root),
    rulesReadme(files),
    readmeFile({ readme, quickstart, rules: files.map(({ rule }) => rule), gate: await gateWalkthrough(root) }),
  ];
}

/** Renews them all below `root`; the action is made of the others. */
export async function generate(root: string): Promise<void> {
  for (const { path, text } of await generatedFiles(root)) await writeFile(join(root, path), text);
  for (const { path, text } of await actionBundle(root)) await writeFile(join(root, path), text);
}
