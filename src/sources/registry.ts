/** Every source a scan looks with. Loaded as one when something is to be looked at: judging a saved inventory needs no AWS SDK. */
export { openAccount } from './aws/account.ts';
export { openSession } from './aws/session.ts';
export { facetsOf } from './kms/facets.ts';
export { lookAtPulumi } from './owners/pulumi/look.ts';
export { stateHeadersIn } from './terraform/backends/http/headers.ts';
export { lookAtConfiguration } from './terraform/configuration/look.ts';
export { locateStates } from './terraform/state/locate.ts';
export { lookAtStates } from './terraform/state/look.ts';
export { byFlag } from './terraform/state/where.ts';
