import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';

/** A directory of its own for each test of a file, to be filled with files and links. */
export interface Tree {
  readonly path: string;
  /** Files by their paths and texts; `-> TARGET` is a link. */
  readonly put: (files: Readonly<Record<string, string>>) => Promise<void>;
}

export function tree(): Tree {
  let path = '';
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'keydrift-roots-'));
  });
  afterEach(() => rm(path, { recursive: true }));
  return {
    get path() {
      return path;
    },
    put: async (files) => {
      for (const [name, text] of Object.entries(files)) {
        const file = join(path, name);
        await mkdir(dirname(file), { recursive: true });
        if (text.startsWith('-> ')) await symlink(text.slice('-> '.length), file);
        else await writeFile(file, text);
      }
    },
  };
}

export const BACKEND = 'terraform {\n  backend "s3" {}\n}\n';
export const backend = (type: string, body: string): string => `terraform {\n  backend "${type}" {\n${body}\n  }\n}\n`;
export const CLOUD = 'terraform {\n  cloud {}\n}\n';
export const PROVIDER = 'provider "aws" {}\n';
export const KEY = 'resource "aws_kms_key" "this" {}\n';
export const calling = (source: string): string => `module "called" {\n  source = "${source}"\n}\n`;

/** What `terraform init` leaves of a backend with these settings. */
export const initialised = (type: string, config: object): string =>
  JSON.stringify({ version: 3, serial: 1, lineage: 'x', backend: { type, config, hash: 1 } });
