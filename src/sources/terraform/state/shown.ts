import type { StateOrigin } from './instance.ts';
import { type Found, factsOfResource, gap, joined, modulesOf } from './resource-facts.ts';
import type { ShownModule } from './shown-modules.ts';
import { isRecord } from './values.ts';

const MODULE = /^module\../s;

/** What `terraform show -json` says of a state, of an empty one nothing: each instance is an entry of its own. */
export const factsOfShown = (root: ShownModule | undefined, origin: StateOrigin): Found =>
  root === undefined ? joined([]) : factsOfModule(root, null, 'values.root_module', origin);

function factsOfModule(module: ShownModule, address: string | null, where: string, origin: StateOrigin): Found {
  const own = module.resources.ours.map(({ at, hasType, read }) => {
    const place = `${where}.resources[${at}]`;
    return hasType ? factsOfResource(asVersion4(read(), address), place, origin) : gap(`${place} has no type`);
  });
  const inner = module.children.map((child, at) => {
    const place = `${where}.child_modules[${at}]`;
    return typeof child.address === 'string' && MODULE.test(child.address)
      ? factsOfModule(child, child.address, place, origin)
      : gap(`${place}.address is not what \`terraform show -json\` has there`);
  });
  const modules = module.resources.hasOthers && address !== null ? [address] : [];
  const damage = module.damage.map((each) => gap(`${where}.${each}`));
  return joined([...damage, ...own, modulesOf(modules, origin), ...inner]);
}

function asVersion4(entry: unknown, module: string | null): unknown {
  if (!isRecord(entry)) return entry;
  const { mode, type, name, index, tainted, deposed_key, values, sensitive_values } = entry;
  const instance = {
    index_key: index,
    status: tainted === true ? 'tainted' : null,
    deposed: deposed_key,
    attributes: values,
    sensitive_attributes: sensitivePaths(sensitive_values),
  };
  return { module, mode, type, name, instances: [instance] };
}

/**
 * `sensitive_values` has the form of the values, with true for what is sensitive (Terraform documentation, "JSON Output
 * Format"); as the paths that version 4 has, of which attribute names are enough here. What has no such form is no list
 * of paths either: then nothing but the identity is shown.
 */
function sensitivePaths(marks: unknown): unknown {
  if (marks === true) return [[]];
  if (!isRecord(marks)) return 'unreadable';
  return Object.keys(marks)
    .filter((name) => holdsMark(marks[name]))
    .map((name) => [{ type: 'get_attr', value: name }]);
}

/** Whether anything but false stands anywhere in it. A loop: what a stranger nests need not fit the stack. */
function holdsMark(marks: unknown): boolean {
  const waiting = [marks];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) {
      if (next !== false) return true;
    } else for (const part of Object.values(next)) waiting.push(part);
  }
  return false;
}
