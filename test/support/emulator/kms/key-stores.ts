import { z } from 'zod';
import type { Call } from '../call.ts';
import { type Cloud, contentsOf, type EmulatedKey, type KeyStore, type XksProxy } from '../cloud.ts';
import { AwsError, validation } from '../errors.ts';
import { seconds } from './metadata.ts';
import { type Operation, reads, writes } from './operation.ts';
import { pageOf, pagingShape } from './paging.ts';

const storeInput = z.object({ CustomKeyStoreId: z.string() });

const notFound = (what: string): AwsError =>
  new AwsError('CustomKeyStoreNotFoundException', `Custom key store ${what} is not found`);

function storeOf(cloud: Cloud, call: Call, id: string): KeyStore {
  const store = contentsOf(cloud, call.realm).keyStores.get(id);
  if (store === undefined) throw notFound(id);
  return store;
}

function refuseUnless(store: KeyStore, ...states: readonly string[]): void {
  if (states.includes(store.connectionState)) return;
  throw new AwsError('CustomKeyStoreInvalidStateException', `Custom key store ${store.id} is ${store.connectionState}`);
}

const keysOf = (cloud: Cloud, call: Call, store: KeyStore): readonly EmulatedKey[] =>
  [...contentsOf(cloud, call.realm).keys.values()].filter((key) => key.keyStoreId === store.id);

const proxyEntry = (proxy: XksProxy) => ({
  Connectivity: proxy.connectivity,
  AccessKeyId: proxy.accessKeyId,
  UriEndpoint: proxy.uriEndpoint,
  UriPath: proxy.uriPath,
  ...(proxy.vpcEndpointServiceName === undefined ? {} : { VpcEndpointServiceName: proxy.vpcEndpointServiceName }),
});

const storeEntry = (store: KeyStore) => ({
  CustomKeyStoreId: store.id,
  CustomKeyStoreName: store.name,
  ...(store.clusterId === undefined ? {} : { CloudHsmClusterId: store.clusterId }),
  ...(store.trustAnchorCertificate === undefined ? {} : { TrustAnchorCertificate: store.trustAnchorCertificate }),
  ConnectionState: store.connectionState,
  CreationDate: seconds(store.createdAt),
  CustomKeyStoreType: store.type,
  ...(store.xksProxy === undefined ? {} : { XksProxyConfiguration: proxyEntry(store.xksProxy) }),
});

const describeSchema = z.object({
  CustomKeyStoreId: z.string().optional(),
  CustomKeyStoreName: z.string().optional(),
  ...pagingShape,
});

const describeCustomKeyStores = reads(describeSchema, (cloud, call, input) => {
  const { CustomKeyStoreId: id, CustomKeyStoreName: name } = input;
  const found = [...contentsOf(cloud, call.realm).keyStores.values()].filter(
    (store) => (id === undefined || store.id === id) && (name === undefined || store.name === name),
  );
  if (found.length === 0 && (id ?? name) !== undefined) throw notFound(id ?? name ?? '');
  const { items, ...page } = pageOf(found, input, 1000, 1000);
  return { CustomKeyStores: items.map(storeEntry), ...page };
});

const createSchema = z.object({
  CustomKeyStoreName: z.string().min(1).max(256),
  CustomKeyStoreType: z.enum(['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE']).default('AWS_CLOUDHSM'),
  CloudHsmClusterId: z.string().optional(),
  TrustAnchorCertificate: z.string().optional(),
  KeyStorePassword: z.string().optional(),
  XksProxyConnectivity: z.enum(['PUBLIC_ENDPOINT', 'VPC_ENDPOINT_SERVICE']).optional(),
  XksProxyUriEndpoint: z.string().optional(),
  XksProxyUriPath: z.string().optional(),
  XksProxyVpcEndpointServiceName: z.string().optional(),
  XksProxyAuthenticationCredential: z.object({ AccessKeyId: z.string(), RawSecretAccessKey: z.string() }).optional(),
});
type CreateInput = z.infer<typeof createSchema>;

function xksProxyOf(input: CreateInput): XksProxy {
  const { XksProxyConnectivity: connectivity, XksProxyUriEndpoint: uriEndpoint, XksProxyUriPath: uriPath } = input;
  const accessKeyId = input.XksProxyAuthenticationCredential?.AccessKeyId;
  if (connectivity === undefined || uriEndpoint === undefined || uriPath === undefined || accessKeyId === undefined) {
    throw validation('An external key store needs connectivity, URI endpoint, URI path and credential of its proxy');
  }
  return {
    connectivity,
    uriEndpoint,
    uriPath,
    accessKeyId,
    vpcEndpointServiceName: input.XksProxyVpcEndpointServiceName,
  };
}

function backingOf(input: CreateInput): Pick<KeyStore, 'clusterId' | 'trustAnchorCertificate' | 'xksProxy'> {
  if (input.CustomKeyStoreType === 'EXTERNAL_KEY_STORE') {
    return { clusterId: undefined, trustAnchorCertificate: undefined, xksProxy: xksProxyOf(input) };
  }
  const {
    CloudHsmClusterId: clusterId,
    TrustAnchorCertificate: trustAnchorCertificate,
    KeyStorePassword: password,
  } = input;
  if (clusterId === undefined || trustAnchorCertificate === undefined || password === undefined) {
    throw validation('An AWS CloudHSM key store needs cluster, trust anchor certificate and password');
  }
  return { clusterId, trustAnchorCertificate, xksProxy: undefined };
}

const createCustomKeyStore = writes(createSchema, (cloud, call, input) => {
  const { keyStores } = contentsOf(cloud, call.realm);
  const stores = [...keyStores.values()];
  if (stores.some((store) => store.name === input.CustomKeyStoreName)) {
    throw new AwsError('CustomKeyStoreNameInUseException', `The name ${input.CustomKeyStoreName} is in use`);
  }
  const backing = backingOf(input);
  if (backing.clusterId !== undefined && stores.some((store) => store.clusterId === backing.clusterId)) {
    throw new AwsError('CloudHsmClusterInUseException', `Cluster ${backing.clusterId} backs another custom key store`);
  }
  const id = `cks-${cloud.nextId().replaceAll('-', '').slice(0, 17)}`;
  const { CustomKeyStoreName: name, CustomKeyStoreType: type } = input;
  keyStores.set(id, { id, name, type, connectionState: 'DISCONNECTED', ...backing, createdAt: cloud.clock.now() });
  // Records say clusterId where the request says CloudHsmClusterId (AWS KMS developer guide, CreateCustomKeyStore record).
  const { CloudHsmClusterId: clusterId, ...said } = input;
  const request = { ...said, ...(clusterId === undefined ? {} : { clusterId }) };
  return { output: { CustomKeyStoreId: id }, request, response: { customKeyStoreId: id }, resources: [] };
});

/** Connecting takes AWS minutes and this emulator no time. */
const connectCustomKeyStore = writes(storeInput, (cloud, call, input) => {
  const store = storeOf(cloud, call, input.CustomKeyStoreId);
  refuseUnless(store, 'DISCONNECTED', 'FAILED');
  store.connectionState = 'CONNECTED';
  for (const key of keysOf(cloud, call, store))
    if (key.state === 'Unavailable') key.state = key.whenAvailable ?? 'Enabled';
  return { resources: [] };
});

/** Keys of a disconnected store are Unavailable; those pending deletion stay so (AWS KMS developer guide, "Key states"). */
const disconnectCustomKeyStore = writes(storeInput, (cloud, call, input) => {
  const store = storeOf(cloud, call, input.CustomKeyStoreId);
  refuseUnless(store, 'CONNECTED', 'FAILED');
  store.connectionState = 'DISCONNECTED';
  for (const key of keysOf(cloud, call, store)) {
    if (key.state !== 'Enabled' && key.state !== 'Disabled') continue;
    key.whenAvailable = key.state;
    key.state = 'Unavailable';
  }
  return { resources: [] };
});

const updateSchema = z.object({
  CustomKeyStoreId: z.string(),
  NewCustomKeyStoreName: z.string().optional(),
  CloudHsmClusterId: z.string().optional(),
  KeyStorePassword: z.string().optional(),
});

const updateCustomKeyStore = writes(updateSchema, (cloud, call, input) => {
  const store = storeOf(cloud, call, input.CustomKeyStoreId);
  refuseUnless(store, 'DISCONNECTED');
  store.name = input.NewCustomKeyStoreName ?? store.name;
  store.clusterId = input.CloudHsmClusterId ?? store.clusterId;
  return { resources: [] };
});

const deleteCustomKeyStore = writes(storeInput, (cloud, call, input) => {
  const store = storeOf(cloud, call, input.CustomKeyStoreId);
  if (keysOf(cloud, call, store).length > 0) {
    throw new AwsError('CustomKeyStoreHasCMKsException', `Custom key store ${store.id} holds KMS keys`);
  }
  refuseUnless(store, 'DISCONNECTED', 'FAILED');
  contentsOf(cloud, call.realm).keyStores.delete(store.id);
  return { resources: [] };
});

export const KEY_STORE_OPERATIONS: Readonly<Record<string, Operation>> = {
  DescribeCustomKeyStores: describeCustomKeyStores,
  CreateCustomKeyStore: createCustomKeyStore,
  ConnectCustomKeyStore: connectCustomKeyStore,
  DisconnectCustomKeyStore: disconnectCustomKeyStore,
  UpdateCustomKeyStore: updateCustomKeyStore,
  DeleteCustomKeyStore: deleteCustomKeyStore,
};
