import { ALIAS_WRITES } from './aliases.ts';
import { CHANGE_WRITES } from './changes.ts';
import { CREATE_WRITES } from './create.ts';
import { DELETION_WRITES } from './deletion.ts';
import { GRANT_OPERATIONS } from './grants.ts';
import { KEY_STORE_OPERATIONS } from './key-stores.ts';
import { MATERIAL_WRITES } from './material.ts';
import { MULTI_REGION_WRITES } from './multi-region.ts';
import type { Operation } from './operation.ts';
import { READS } from './reads.ts';
import { ROTATION_OPERATIONS } from './rotation.ts';
import { TAG_WRITES } from './tags.ts';

/** Every KMS operation the emulator knows, by its name in X-Amz-Target. */
export const KMS_OPERATIONS: Readonly<Record<string, Operation>> = {
  ...READS,
  ...CREATE_WRITES,
  ...MULTI_REGION_WRITES,
  ...CHANGE_WRITES,
  ...DELETION_WRITES,
  ...TAG_WRITES,
  ...ALIAS_WRITES,
  ...ROTATION_OPERATIONS,
  ...MATERIAL_WRITES,
  ...KEY_STORE_OPERATIONS,
  ...GRANT_OPERATIONS,
};
