import type { PlannedFact } from '../../../model/facts.ts';

/** What a change does to its instance, and in which order. */
export interface Action {
  readonly action: PlannedFact['action'];
  readonly createsFirst: boolean;
}

/**
 * What `actions` come to (Terraform documentation, "JSON Output Format", change representation; OpenTofu has
 * `["forget", "create"]` too).
 */
const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['no-op', { action: 'none', createsFirst: false }],
  ['read', { action: 'read', createsFirst: false }],
  ['create', { action: 'create', createsFirst: false }],
  ['update', { action: 'update', createsFirst: false }],
  ['delete', { action: 'destroy', createsFirst: false }],
  ['delete,create', { action: 'replace', createsFirst: false }],
  ['create,delete', { action: 'replace', createsFirst: true }],
  ['forget', { action: 'forget', createsFirst: false }],
  ['create,forget', { action: 'replace-and-forget', createsFirst: true }],
  ['forget,create', { action: 'replace-and-forget', createsFirst: false }],
]);

/** Undefined for actions that this keydrift does not know. An import that replaces what it imported is a replacement. */
export function actionOf(actions: readonly string[], isImport: boolean): Action | undefined {
  const found = ACTIONS.get(actions.join(','));
  return isImport && (found?.action === 'none' || found?.action === 'update') ? { ...found, action: 'import' } : found;
}
