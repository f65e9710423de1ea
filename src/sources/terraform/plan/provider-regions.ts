import type { PlannedRegion } from '../../../model/facts/plan.ts';
import { isRegionName } from '../../aws/region.ts';
import type { JsonWalk, Span } from '../state/json-walk.ts';
import { KEY_RESOURCES } from '../state/key-types.ts';
import { isRecord } from '../state/values.ts';
import { Words } from '../state/words.ts';

/** What a plan's `configuration` says of the providers of its key resources; of nothing else in it a value is made. */
export interface PlanProviders {
  /** By the address of a resource without any index: its `provider_config_key`. */
  readonly ofResources: Map<string, string>;
  /** By that key: the expression of the Region, where the provider has any expression. */
  readonly regions: Map<string, unknown>;
}

const CONFIGURATION = new Words(['provider_config', 'root_module']);
const PROVIDER = new Words(['expressions']);
const EXPRESSIONS = new Words(['region']);
const MODULE = new Words(['resources', 'module_calls']);
const CALL = new Words(['module']);
const RESOURCE = new Words(['mode', 'type', 'name', 'provider_config_key']);
const MANAGED = new Words(['managed']);
const TYPES = new Words([...KEY_RESOURCES.keys()]);

/** No configuration nests its modules this deep; what a hostile plan nests need not fit the stack. */
const DEEPEST = 100;

/** Reads the `configuration` at which the walk stands (Terraform documentation, "JSON Output Format"). */
export function providersIn(walk: JsonWalk): PlanProviders {
  const found: PlanProviders = { ofResources: new Map(), regions: new Map() };
  walk.members(() => {
    const name = walk.name(CONFIGURATION);
    if (name === 'provider_config') readProviders(walk, found);
    else if (name === 'root_module') readModule(walk, '', found);
  });
  return found;
}

function readProviders(walk: JsonWalk, { regions }: PlanProviders): void {
  walk.members(() => {
    const key = walk.anyName();
    walk.members(() => {
      if (walk.name(PROVIDER) === undefined || key === undefined) return;
      regions.set(key, null);
      walk.members(() => {
        if (walk.name(EXPRESSIONS) !== undefined) regions.set(key, walk.parse(walk.take()));
      });
    });
  });
}

function readModule(walk: JsonWalk, path: string, found: PlanProviders, depth = 0): void {
  walk.members(() => {
    const member = walk.name(MODULE);
    if (member === 'resources') walk.elements(() => readResource(walk, path, found));
    if (member !== 'module_calls' || depth === DEEPEST) return;
    walk.members(() => {
      const called = `${path}module.${walk.anyName() ?? ''}.`;
      walk.members(() => {
        if (walk.name(CALL) !== undefined) readModule(walk, called, found, depth + 1);
      });
    });
  });
}

function readResource(walk: JsonWalk, path: string, { ofResources }: PlanProviders): void {
  const texts = new Map<string, unknown>();
  walk.members(() => {
    const member = walk.name(RESOURCE);
    if (member === 'mode') texts.set(member, walk.word(MANAGED));
    else if (member === 'type') texts.set(member, walk.word(TYPES));
    else if (member !== undefined) texts.set(member, walk.parse(walk.take()));
  });
  const [mode, type, name, key] = ['mode', 'type', 'name', 'provider_config_key'].map((each) => texts.get(each));
  if (mode !== 'managed' || typeof type !== 'string' || type === 'other text') return;
  if (typeof name === 'string' && typeof key === 'string') ofResources.set(`${path}${type}.${name}`, key);
}

/** The variables of the root, each where it stands. */
export type PlanVariables = ReadonlyMap<string, Span>;

const VARIABLE = new Words(['value']);

/** Reads the names in the `variables` at which the walk stands, and where the value of each is. */
export function variablesIn(walk: JsonWalk): PlanVariables {
  const found = new Map<string, Span>();
  walk.members(() => {
    const name = walk.anyName();
    walk.members(() => {
      if (walk.name(VARIABLE) !== undefined && name !== undefined) found.set(name, walk.take());
    });
  });
  return found;
}

/**
 * The Region of the provider of a resource, by its address without any index, as far as the plan tells it. Terraform gives a resource the key of the provider
 * that was passed to its module; one that a module has of its own and that has no expressions is its caller's.
 */
export function providerRegion(
  address: string,
  { ofResources, regions }: PlanProviders,
  variables: { readonly names: PlanVariables; readonly textOf: (span: Span) => unknown },
): PlannedRegion | undefined {
  let key = ofResources.get(address);
  while (key !== undefined && !regions.has(key)) key = ofCaller(key);
  const expression = key === undefined ? undefined : regions.get(key);
  if (!isRecord(expression)) return undefined;
  const { constant_value: constant, references } = expression;
  if (isRegion(constant)) return { name: constant, by: 'provider' };
  if (variables.names.size === 0) return { name: null, by: 'code' };
  const [only, ...others] = Array.isArray(references) ? references : [];
  const variable = others.length === 0 && typeof only === 'string' ? /^var\.([^.[]+)$/.exec(only)?.[1] : undefined;
  // Of a module's own provider, the variable is the module's.
  const span = variable === undefined || key?.includes(':') ? undefined : variables.names.get(variable);
  const value = span === undefined ? undefined : variables.textOf(span);
  return isRegion(value) ? { name: value, by: 'variable' } : undefined;
}

const isRegion = (value: unknown): value is string => typeof value === 'string' && isRegionName(value);

/** `module.a.module.b:aws` is `module.a:aws` to the caller; another than the default one is passed or declared, never taken over. */
function ofCaller(key: string): string | undefined {
  const [, path, name] = /^(module\..*):([^.:]+)$/s.exec(key) ?? [];
  if (path === undefined || name === undefined) return undefined;
  const end = path.lastIndexOf('.module.');
  return end < 0 ? name : `${path.slice(0, end)}:${name}`;
}
