import { facet, facets, type KeySource } from './key-facets.ts';
import { aliasDriftView, lastUsageView, ownerView, stateKeyStoreView } from './owner-views.ts';
import { raiseUnknown } from './unknown.ts';
import { bool, type Field, listOf, text, viewOf } from './view.ts';

/** What a key says of its owners, aliases, policy, key stores and last use. */
export const ownerFields = {
  declaredAliases: {
    shape: listOf(text),
    needs: ['state', 'configuration'],
    says: 'aliases that a state or a configuration binds to it, without those that only KMS has',
    read: ({ record: { declaredAliases, unknown } }) => {
      const gap = unknown.declaredAliases ?? unknown.state ?? unknown.configuration;
      return declaredAliases.length === 0 && gap !== undefined ? raiseUnknown(gap) : declaredAliases;
    },
  },
  aliasDrifts: {
    shape: listOf(viewOf(aliasDriftView)),
    needs: ['state', 'live.aliases'],
    says: 'aliases that a state binds to it and that KMS has elsewhere',
    read: ({ record }) => facets(record, 'aliasDrifts', record.aliasDrifts, aliasDriftView.of),
  },
  owners: {
    shape: listOf(viewOf(ownerView)),
    needs: ['owners'],
    says: 'who else has it; CloudFormation is asked about keys that nobody else claims',
    read: ({ record }) => facets(record, 'owners', record.owners, ownerView.of),
  },
  isLeftBehind: {
    shape: bool,
    needs: ['owners'],
    says: 'another tool had it and let go of it',
    read: ({ record }) => facets(record, 'owners', record.owners, ({ status }) => status === 'left').includes(true),
  },
  isByDeployer: {
    shape: bool,
    needs: ['created'],
    says: "one of the settings' deployers made it; false where that is not known",
    read: ({ record }) => record.isByDeployer,
  },
  policyDeclared: {
    shape: bool,
    needs: ['configuration', 'state'],
    says: 'configuration or state sets its policy',
    read: ({ record }) =>
      record.policyDeclared ?? raiseUnknown(record.unknown.policyDeclared ?? 'who sets its policy is not known'),
  },
  stateKeyStores: {
    shape: listOf(viewOf(stateKeyStoreView)),
    needs: ['state'],
    says: 'instances of its custom key store in states',
    read: ({ record }) => record.stateKeyStores.map(stateKeyStoreView.of),
  },
  missingKeyStores: {
    shape: listOf(text),
    needs: ['live.keyStore', 'state', 'configuration'],
    says: 'custom key stores that a state or a configuration puts it in and that KMS does not have',
    read: ({ record }) => facets(record, 'missingKeyStores', record.missingKeyStores, (id) => id),
  },
  lastUsage: {
    shape: viewOf(lastUsageView),
    needs: ['live.lastUsage'],
    says: 'its last use; asked for keys that nobody manages or that are about to go, left out of others',
    read: ({ record, asOf }) =>
      facet(record, 'lastUsage', record.lastUsage, (usage) => lastUsageView.of({ usage, asOf })),
  },
} as const satisfies Record<string, Field<KeySource>>;
