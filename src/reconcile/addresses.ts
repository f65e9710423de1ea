/** A module call or a resource within an address, and the index behind it: `module.a` and `["x"]`, `aws_kms_key.b` and null. */
export interface Step {
  readonly name: string;
  readonly index: string | null;
}

/** Stands for an index that is not known (model/facts.ts, configuration facts). */
export const ANY = '[*]';

/** The steps of an address, in one pass: an address may be as long as a hostile state makes it, and be all brackets. */
export function stepsOf(address: string): readonly Step[] {
  const steps: Step[] = [];
  let name = '';
  for (let at = 0; at < address.length; ) {
    const end = nameEnd(address, at);
    const part = address.slice(at, end);
    const past = address[end] === '[' ? indexEnd(address, end) : end;
    name += name === '' ? part : `.${part}`;
    if (past > end || address[end] === undefined || isModuleCall(name)) {
      steps.push({ name, index: past > end ? address.slice(end, past) : null });
      name = '';
    }
    at = address[past] === '.' ? past + 1 : past;
  }
  return name === '' ? steps : [...steps, { name, index: null }];
}

/** Whether one step of an address is `module.NAME`, with or without an index. */
export const isModuleCall = (name: string): boolean => name.startsWith('module.') && name.length > 'module.'.length;

function nameEnd(address: string, from: number): number {
  let at = from;
  while (at < address.length && address[at] !== '.' && address[at] !== '[') at += 1;
  return at === from ? from + 1 : at;
}

/** Past the `]`; a quoted key may hold brackets, its quotes are escaped (hashicorp/terraform, internal/addrs/instance_key.go). */
function indexEnd(address: string, from: number): number {
  let at = from + 1;
  if (address[at] === '"') {
    at += 1;
    while (at < address.length && address[at] !== '"') at += address[at] === '\\' ? 2 : 1;
  }
  const close = address.indexOf(']', at);
  return close === -1 ? address.length : close + 1;
}

/** The address without any index: the same for all instances of a block, wherever count and for_each stand. */
export const blockPath = (address: string): string =>
  address.includes('[')
    ? stepsOf(address)
        .map(({ name }) => name)
        .join('.')
    : address;

/** As Terraform prints it. */
export const spell = (steps: readonly Step[]): string => steps.map(({ name, index }) => name + (index ?? '')).join('.');

/** Whether this address is what the pattern stands for: step by step, `[*]` for any index or none. */
export function isLike(pattern: readonly Step[], address: readonly Step[]): boolean {
  return pattern.length === address.length && pattern.every((step, at) => isStepLike(step, address[at]));
}

/** Whether the address is that of a module, or lies in it; without an index a module means all its instances. */
export function isWithin(module: readonly Step[], address: readonly Step[]): boolean {
  return (
    module.length <= address.length &&
    module.every((step, at) => isStepLike(step.index === null ? { ...step, index: ANY } : step, address[at]))
  );
}

const isStepLike = (pattern: Step, step: Step | undefined): boolean =>
  step !== undefined && pattern.name === step.name && (pattern.index === ANY || pattern.index === step.index);
