import type { Operation } from './operation.ts';
import { READS } from './reads.ts';

/** Every KMS operation the emulator knows, by its name in X-Amz-Target. */
export const KMS_OPERATIONS: Readonly<Record<string, Operation>> = { ...READS };
