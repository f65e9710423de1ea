import type { Value } from './language/value.ts';
import type { PlacedArgument } from './merged-block.ts';
import { type Module, mergedBlock } from './module.ts';
import type { ModuleCall } from './module-tree.ts';
import { ANY_PROVIDER, awsProviders, type ProviderConfig, passedProviders, providerConfig } from './providers.ts';

/** What of a module's instance decides which providers it has. */
interface Inheriting {
  readonly address: string;
  readonly module: Module;
  readonly call: ModuleCall | undefined;
  readonly parent: Pick<Inheriting, 'provider'> | undefined;
  provider(reference: string | undefined): ProviderConfig;
  checked(argument: PlacedArgument): Value;
}

/** The provider that a reference means in a module: passed by the call, else a block of the module, else the caller's default. */
export function inheritedProvider(instance: Inheriting, reference: string): ProviderConfig {
  const { module, call, parent } = instance;
  const written = call?.block?.arguments.get('providers')?.text;
  if (written !== undefined && parent !== undefined) {
    const passed = passedProviders(written);
    if (passed === undefined) return ANY_PROVIDER;
    if (passed.has(reference)) return parent.provider(passed.get(reference));
  }
  const declared = awsProviders(module).get(reference);
  if (declared !== undefined) {
    const block = mergedBlock(declared);
    if (!block.ok) return ANY_PROVIDER;
    const config = providerConfig(block.value, (argument) => instance.checked(argument));
    return { ...config, from: { block: block.value, address: instance.address } };
  }
  // Only default configurations are inherited (Terraform language, "Providers Within Modules").
  return reference.includes('.') || parent === undefined ? ANY_PROVIDER : parent.provider(reference);
}
