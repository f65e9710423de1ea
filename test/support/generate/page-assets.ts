import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { minify } from '@swc/core';
import { bundled } from './bundle.ts';
import type { GeneratedFile } from './schemas.ts';

const FOLDER = 'src/reporters/html';

/** In the order in which they count: screens that are narrow, and paper, say otherwise than those before. */
const STYLES = ['base', 'frame', 'summary', 'lists', 'labels', 'findings', 'tables', 'sheet', 'narrow', 'media'];

/** assets.ts: script and style of the HTML report in one piece each, and the hashes that its policy lets through. */
export async function pageAssets(root: string): Promise<GeneratedFile> {
  const sheets = await Promise.all(STYLES.map((name) => readFile(join(root, FOLDER, `style/${name}.css`), 'utf8')));
  const style = smaller(sheets.join('\n'));
  const script = await minified(await bundled(join(root, FOLDER, 'client/main.ts')));
  const lines = [
    '// Made by `npm run generate` from client/ and style/.',
    '',
    constant('STYLE', style),
    constant('STYLE_HASH', hashOf(style)),
    constant('SCRIPT', script),
    constant('SCRIPT_HASH', hashOf(script)),
  ];
  return { path: `${FOLDER}/assets.ts`, text: `${lines.join('\n')}\n` };
}

async function minified(script: string): Promise<string> {
  const { code } = await minify(script, { compress: true, mangle: true, ecma: 2022, format: { asciiOnly: true } });
  if (/<[/!]/.test(code)) throw new Error('the script would end or hide its own element');
  return code.trim();
}

/** Without comments and indentation. */
const smaller = (style: string): string =>
  style
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim();

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const constant = (name: string, text: string): string => `export const ${name} =\n  ${quoted(text)};`;

const quoted = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
