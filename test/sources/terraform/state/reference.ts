import type { Entries } from '../../../../src/sources/terraform/state/entries.ts';
import type { ParsedState } from '../../../../src/sources/terraform/state/parse.ts';
import { readSketch } from '../../../../src/sources/terraform/state/parse.ts';
import type { Refusal } from '../../../../src/sources/terraform/state/refusal.ts';
import type { Sketch } from '../../../../src/sources/terraform/state/sketch.ts';
import { CONTENT, digestOf, type Fields } from './state-text.ts';

const OURS =
  /^(aws_kms_(key|external_key|replica_key|replica_external_key|alias|key_policy|custom_key_store)|awscc_kms_(key|replica_key|alias))$/;
const HEADER = new Set([
  ...['version', 'lineage', 'serial', 'terraform_version', 'resources', 'modules', 'backend'],
  ...['encryption_version', 'encrypted_data', 'sops', 'format_version', 'values', 'checks'],
  ...['planned_values', 'resource_changes', 'ID', 'Operation', 'Who', 'deployment', 'checkpoint', 'stack', 'latest'],
]);

/**
 * What a plain reader makes of a state: JSON.parse of the whole text, then the same facts from its values. Undefined
 * where the text is not JSON.
 */
export function readPlainly(bytes: Uint8Array): ParsedState | Refusal | undefined {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  return readSketch(sketchOf(document), { ...CONTENT, digest: () => digestOf(bytes) });
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function sketchOf(document: unknown): Sketch {
  const fields = isObject(document) ? document : {};
  const header = Object.entries(fields).filter(([name]) => HEADER.has(name));
  const { root_module: root } = isObject(fields['values']) ? fields['values'] : {};
  return {
    isObject: isObject(document),
    header: Object.fromEntries(header.map(([name, value]) => [name, hollow(value)])),
    hasOthers: header.length < Object.keys(fields).length,
    content: {
      resources: entriesOf(fields['resources']),
      modules: listOf(fields['modules']).map((module) => {
        const { path, resources } = isObject(module) ? module : {};
        return { path, resources: isObject(resources) ? new Map(legacyEntriesOf(resources)) : undefined };
      }),
      shown: isObject(root) ? shownOf(root) : undefined,
    },
  };
}

const hollow = (value: unknown): unknown => (Array.isArray(value) ? [] : isObject(value) ? {} : value);

const entryOf = (value: unknown, at: number) => {
  const type = isObject(value) ? value['type'] : undefined;
  return { at, hasType: typeof type === 'string', type: typeof type === 'string' ? type : '', read: () => value };
};

function entriesOf(list: unknown): Entries {
  const all = listOf(list).map((value, at) => ({ ...entryOf(value, at), value }));
  const isOther = ({ hasType, type }: ReturnType<typeof entryOf>): boolean => hasType && !OURS.test(type);
  const others = all.filter(isOther).map(({ value }) => (isObject(value) ? value['module'] : undefined));
  return {
    ours: all.filter((entry) => !isOther(entry)),
    modules: [...new Set(others.filter((module) => typeof module === 'string'))],
    hasOthers: others.length > 0,
  };
}

const legacyEntriesOf = (resources: Fields) =>
  Object.entries(resources)
    .map(([key, value], at) => [key, entryOf(value, at)] as const)
    .filter(([key, { hasType, type }]) => !hasType || OURS.test(type) || isOurKey(key));

function isOurKey(key: string): boolean {
  const parts = key.replace(/^data\./, '').split('.');
  const [type = '', name = '', index = '0'] = parts;
  return OURS.test(type) && name !== '' && parts.length < 4 && /^\d{1,9}$/.test(index);
}

type Shown = NonNullable<Sketch['content']['shown']>;

function shownOf(module: unknown): Shown {
  const { address, resources, child_modules: children } = isObject(module) ? module : {};
  const damage = [['resources', resources] as const, ['child_modules', children] as const].flatMap(([name, list]) =>
    list === undefined || list === null || Array.isArray(list)
      ? []
      : [`${name} is not what \`terraform show -json\` has there`],
  );
  return { address, resources: entriesOf(resources), children: listOf(children).map(shownOf), damage };
}
