import { cp } from 'node:fs/promises';
import { applied, type Estate } from './estate.ts';

/** How Terraform and keydrift are told the variables of ./written that no file there sets by itself. */
export const WRITTEN = {
  planArgs: ['-var-file=production.tfvars'],
  scanFlags: ['--var-file', 'production.tfvars'],
  environment: { TF_VAR_recovery_region: 'eu-central-1' },
} as const;

const copyWritten = (to: string): Promise<void> => cp(new URL('written', import.meta.url), to, { recursive: true });

/** ./written: a configuration as people write it, with modules two deep. */
export const writtenEstate = (): Estate => applied({ copy: copyWritten, ...WRITTEN });
