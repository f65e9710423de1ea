import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { grouped } from '../../../src/model/grouped.ts';
import type { GeneratedFile } from './schemas.ts';

const FOLDER = '.github/actions/keydrift/dist';

/** The parser of HCL weighs more than all the rest, and never changes: it has a file of its own. */
const APART = 'hcl2-parser';

/** Some packages are CommonJS, and ask for modules of Node.js by `require`. */
const REQUIRE = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

const OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  minify: true,
  // Names in the stack of a bug report.
  keepNames: true,
  charset: 'ascii',
  legalComments: 'none',
  write: false,
  metafile: true,
  logLevel: 'warning',
  banner: { js: REQUIRE },
} as const satisfies BuildOptions;

const apart: Plugin = {
  name: 'apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: new RegExp(`^${APART}$`) }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: `./${APART}.js`, external: true },
    );
  },
};

/** The GitHub action in two files, and the licences of what is in them. Same sources, same bytes. */
export async function actionBundle(root: string): Promise<readonly GeneratedFile[]> {
  const parts = await Promise.all([
    build({ ...OPTIONS, absWorkingDir: root, entryPoints: ['src/cli/action/main.ts'], plugins: [apart] }),
    build({ ...OPTIONS, absWorkingDir: root, entryPoints: [APART] }),
  ]);
  const inputs = parts.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  return [
    { path: `${FOLDER}/index.js`, text: textOf(parts[0]) },
    { path: `${FOLDER}/${APART}.js`, text: textOf(parts[1]) },
    { path: `${FOLDER}/LICENSES.txt`, text: await licences(root, inputs) },
  ];
}

type Built = { readonly outputFiles: readonly { readonly text: string }[] };

function textOf({ outputFiles: [file, ...others] }: Built): string {
  if (file === undefined || others.length > 0) throw new Error('a bundle is one file');
  return file.text;
}

/** What the licences of packages ask of whoever passes them on: their text, each once with the packages that it is of. */
async function licences(root: string, inputs: readonly string[]): Promise<string> {
  const folders = inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const all = await Promise.all([...new Set(folders)].sort().map((folder) => licenceOf(join(root, folder))));
  const parts = [...grouped(all, ({ text }) => text)].map(
    ([text, packages]) => `${packages.map(({ name }) => name).join(', ')}\n\n${text}`,
  );
  return `index.js and ${APART}.js hold code of these packages, under these licences.\n\n${parts.join('\n\n---\n\n')}\n`;
}

interface Licence {
  readonly name: string;
  readonly text: string;
}

/** Where a package has no file of its own for it, the name of its licence is all it says. */
async function licenceOf(folder: string): Promise<Licence> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((each) => /^licen[cs]e(\.\w+)?$/i.test(each));
  const text = file === undefined ? `${license}` : (await readFile(join(folder, file), 'utf8')).trim();
  return { name: `${name} ${version}`, text };
}
