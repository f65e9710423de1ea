import type { Step } from '../model/address.ts';

/** Stands for an index that is not known (model/facts.ts, configuration facts). */
export const ANY = '[*]';

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
