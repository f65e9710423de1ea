import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { transform } from '@swc/core';

/** One file of the script: what it takes from others, and its text without types. */
interface Part {
  readonly path: string;
  readonly text: string;
}

const IMPORT = /^import \{([^}]*)\} from '(\.[^']*)';$/gm;
const EXPORT = /^export (?=(?:async )?(?:const|function)\*? ([\w$]+))/gm;

/**
 * A script and all that it imports as one text: each file a function that gives what the file exports, called before the
 * files that want it. Only what our own files do is known: named imports of files beside them.
 */
export async function bundled(entry: string): Promise<string> {
  const parts = new Map<string, Part>();
  await collect(resolve(entry), parts);
  const names = new Map([...parts.keys()].map((path, at) => [path, `file${at}`]));
  const calls = [...parts.values()].map(
    (part) => `const ${names.get(part.path)} = (() => {\n${wired(part, names)}\n})();`,
  );
  return `(() => {\n'use strict';\n${calls.join('\n')}\n})();\n`;
}

/** Files before those that import them, each once, in the order of their imports. */
async function collect(path: string, parts: Map<string, Part>): Promise<void> {
  if (parts.has(path)) return;
  const { code } = await transform(await readFile(path, 'utf8'), {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript' },
      preserveAllComments: false,
      minify: { compress: false, mangle: false, format: { comments: false } },
    },
    module: { type: 'es6' },
    isModule: true,
  });
  const text = code.replaceAll(/^import \{([^}]*)\} from "([^"]*)";$/gm, "import {$1} from '$2';");
  for (const [, , from = ''] of text.matchAll(IMPORT)) await collect(resolve(dirname(path), from), parts);
  parts.set(path, { path, text });
}

function wired({ path, text }: Part, names: ReadonlyMap<string, string>): string {
  const exported = [...text.matchAll(EXPORT)].map(([, name]) => name);
  const body = text
    .replaceAll(IMPORT, (_, named: string, from: string) => {
      const taken = named.replaceAll(/\b([\w$]+) as ([\w$]+)/g, '$1: $2');
      return `const {${taken}} = ${names.get(resolve(dirname(path), from))};`;
    })
    .replaceAll(EXPORT, '');
  if (/^(?:import|export)\b/m.test(body)) throw new Error(`${path} imports or exports in a way that is not bundled`);
  return `${body}\nreturn { ${exported.join(', ')} };`;
}
