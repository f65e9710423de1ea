/** Every source a scan looks with. Loaded as one when something is to be looked at: judging a saved inventory needs no AWS SDK. */
export { openAccount } from './account.ts';
export { openSession } from './aws/session.ts';
export { facetsOf } from './kms/facets.ts';
export { assertPulumiFiles, lookAtPulumiFiles } from './owners/pulumi/named.ts';
export { stateHeadersIn } from './terraform/backends/http/headers.ts';
export { lookAtTerraform } from './terraform/look.ts';
