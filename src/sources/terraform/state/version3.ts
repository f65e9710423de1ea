import type { Entry } from './entries.ts';
import type { StateOrigin } from './instance.ts';
import { type LegacyModule, legacyKey } from './legacy-modules.ts';
import { type Found, factsOfResource, gap, joined } from './resource-facts.ts';
import { isRecord } from './values.ts';

/** Module names, without what would end one in an address. */
const MODULE_NAME = /^[^\s."'[\]]+$/;

/** What a version 3 state says (Terraform before 0.12). Its attributes are text; instances are what version 4 carries over. */
export function factsOfVersion3(modules: readonly LegacyModule[], origin: StateOrigin): Found {
  return joined(modules.map((module, at) => factsOfModule(module, `modules[${at}]`, origin)));
}

function factsOfModule({ path, resources }: LegacyModule, where: string, origin: StateOrigin): Found {
  if (resources === undefined) return gap(`${where}.resources is not what a version 3 state has there`);
  const module = moduleAddress(path);
  if (module === undefined) return gap(`${where}.path is not what a version 3 state has there`);
  return joined(
    [...resources].map(([key, entry]) =>
      factsOfEntry(key, entry, { module, where: `${where}.resources[${entry.at}]`, origin }),
    ),
  );
}

/** `["root", "network", "vault"]` is `module.network.module.vault`. */
function moduleAddress(path: unknown): string | undefined {
  if (!Array.isArray(path) || path[0] !== 'root') return undefined;
  const names = path.slice(1);
  if (!names.every((name) => typeof name === 'string' && MODULE_NAME.test(name))) return undefined;
  return names.map((name) => `module.${name}`).join('.');
}

interface Within {
  readonly module: string;
  readonly where: string;
  readonly origin: StateOrigin;
}

function factsOfEntry(key: string, entry: Entry, { module, where, origin }: Within): Found {
  if (!entry.hasType) return gap(`${where} has no type`);
  const resource = entry.read();
  const named = legacyKey(key);
  if (named === undefined || !isRecord(resource) || resource['type'] !== named.type) {
    return gap(`${where} is not what a version 3 state has there`);
  }
  const { index, ...name } = named;
  const instances = instancesOf(resource).map((instance) =>
    isRecord(instance) ? { ...instance, index_key: index } : instance,
  );
  return factsOfResource({ ...name, module, instances }, where, origin);
}

/** As version 4 writes them; `primary` is null where only deposed ones are left. */
function instancesOf({ primary, deposed }: Readonly<Record<string, unknown>>): readonly unknown[] {
  const current = primary === undefined || primary === null ? [] : [current4(primary)];
  if (deposed === undefined || deposed === null) return current;
  return [...current, ...(Array.isArray(deposed) ? deposed.map(deposed4) : [deposed])];
}

function current4(instance: unknown): unknown {
  if (!isRecord(instance)) return instance;
  const { id, attributes, tainted } = instance;
  const isSound = attributes === undefined || attributes === null || isRecord(attributes);
  return {
    attributes_flat: isSound ? { id, ...attributes } : attributes,
    status: tainted === true ? 'tainted' : null,
  };
}

/** Version 3 gives deposed instances no names. */
function deposed4(instance: unknown): unknown {
  const written = current4(instance);
  return isRecord(written) ? { ...written, deposed: 'deposed' } : written;
}
