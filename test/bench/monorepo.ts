import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Chance, chance } from './chance.ts';
import { fillerText } from './configuration-text.ts';

/** How large a monorepo is to be. Of its directories every fifth is a module that others call, the rest are roots. */
export interface MonorepoSize {
  readonly directories: number;
  /** In all files together. */
  readonly bytes: number;
  /** aws_kms_* blocks in the text; what calls multiply is not counted. */
  readonly keyBlocks: number;
}

/** What was written. */
export interface Monorepo {
  /** Absolute paths of the root modules. */
  readonly roots: readonly string[];
  readonly texts: readonly string[];
  readonly bytes: number;
}

const FILES = 4;
const MODULE_EVERY = 5;

/** Writes a monorepo as platform teams have them: `live/TEAM/STAGE-N` roots that call `modules/N`, which call one another. */
export async function writeMonorepo(dir: string, size: MonorepoSize): Promise<Monorepo> {
  const roots: string[] = [];
  const texts: string[] = [];
  for (let n = 0; n < size.directories; n += 1) {
    const isModule = n % MODULE_EVERY === 0;
    const to = join(dir, isModule ? `modules/m${n / MODULE_EVERY}` : `live/team-${n % 97}/${n}`);
    await mkdir(to, { recursive: true });
    if (!isModule) roots.push(to);
    for (const [name, text] of Object.entries(directoryFiles(n, isModule, size))) {
      texts.push(text);
      await writeFile(join(to, name), text);
    }
  }
  return { roots, texts, bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) };
}

function directoryFiles(n: number, isModule: boolean, size: MonorepoSize): Readonly<Record<string, string>> {
  const luck = chance(n + 1);
  const fileSize = size.bytes / (size.directories * FILES);
  const filler = (file: number, own: string): string =>
    `${own}\n${fillerText(`d${n}_${file}`, fileSize - own.length, luck)}`;
  return {
    'main.tf': filler(0, isModule ? nestedCall(n, size) : rootHead(n, luck, size)),
    'variables.tf': filler(1, VARIABLES),
    'locals.tf': filler(2, LOCALS),
    'keys.tf': filler(3, keysOf(n, size)),
  };
}

const VARIABLES = `variable "stage" {
  type    = string
  default = "production"
}
`;

const LOCALS = `locals {
  tags = merge({ stage = var.stage }, var.stage == "production" ? { critical = "true" } : {})
  name = format("%s-keys", lower(var.stage))
}
`;

const modulesOf = ({ directories }: MonorepoSize): number => Math.ceil(directories / MODULE_EVERY);

const rootHead = (n: number, luck: Chance, size: MonorepoSize): string => `terraform {
  backend "s3" {
    bucket = "states"
    key    = "live/${n}/terraform.tfstate"
    region = "eu-west-1"
  }
}

provider "aws" {
  region              = "${luck.pick(['eu-west-1', 'eu-central-1', 'us-east-1'])}"
  allowed_account_ids = ["111122223333"]
}

module "shared" {
  source = "../../../modules/m${luck.below(modulesOf(size))}"
  stage  = var.stage
}
`;

/** Every other module calls the next: three deep at most. */
function nestedCall(n: number, size: MonorepoSize): string {
  const module = n / MODULE_EVERY;
  if (module % 3 === 2 || module + 1 >= modulesOf(size)) return '';
  return `module "next" {
  source = "../m${module + 1}"
  stage  = var.stage
}
`;
}

/** Prime to the number of directories, so that roots and modules alike have key blocks, one each. */
const STRIDE = 2003;

const keysOf = (n: number, { directories, keyBlocks }: MonorepoSize): string =>
  (n * STRIDE) % directories < keyBlocks ? keyBlock(n) : '';

const keyBlock = (n: number): string => `resource "aws_kms_key" "data_${n}" {
  for_each                = toset(["orders", "payments"])
  description             = "\${local.name}: \${each.key} ${n}"
  enable_key_rotation     = var.stage == "production"
  deletion_window_in_days = 30
  tags                    = merge(local.tags, { Name = each.key })
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "root", Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }]
  })
}
`;
