import { type Evaluation, oneDeeper } from './evaluation.ts';
import { type Expansion, expand, type Instance, type Repetition, unknownExpansion } from './expansion.ts';
import { inheritedProvider } from './inherited-provider.ts';
import type { Scope, Value } from './language/value.ts';
import { text, unknown } from './language/values.ts';
import type { MergedBlock, PlacedArgument } from './merged-block.ts';
import { type Declared, localsOf, type Module, mergedBlock } from './module.ts';
import { isRead, type ModuleCall, type ModuleNode } from './module-tree.ts';
import { kept } from './named-value.ts';
import { gathered, OutputValues } from './output-values.ts';
import { ANY_PROVIDER, type ProviderConfig } from './providers.ts';
import type { Room } from './room.ts';
import { type Given, secrecy, variableValue } from './variables.ts';

/** A called module's instances: the expansion of its call, each with its module where that could be read. */
interface Called {
  readonly expansion: Expansion;
  readonly instances: readonly { readonly instance: Instance; readonly module: ModuleInstance | undefined }[];
}

/** One instance of a module: what its variables were given, and all that its expressions can refer to, worked out when asked for. */
export class ModuleInstance {
  /** `module.a["x"]`, empty for the root. */
  readonly address: string;
  readonly node: ModuleNode;
  readonly parent: ModuleInstance | undefined;
  /** The call that made it; undefined for the root. */
  readonly call: ModuleCall | undefined;
  /** What `each` and `count` are in the arguments of that call. */
  readonly repetition: Repetition;
  readonly #evaluation: Evaluation;
  readonly #given: Given;
  readonly #values = new Map<string, Value>();
  readonly #called = new Map<string, Called>();
  readonly #providers = new Map<string, ProviderConfig>();

  constructor(
    node: ModuleNode,
    evaluation: Evaluation,
    given: Given,
    at: {
      readonly address: string;
      readonly parent?: ModuleInstance;
      readonly call?: ModuleCall;
      readonly repetition?: Repetition;
    } = { address: '' },
  ) {
    this.node = node;
    this.address = at.address;
    this.parent = at.parent;
    this.call = at.call;
    this.repetition = at.repetition ?? {};
    this.#evaluation = evaluation;
    this.#given = given;
  }

  get module(): Module {
    return this.node.module;
  }

  /** What references mean here, within one instance of a block. */
  scope({ each, count }: Repetition = {}): Scope {
    return (root, name) => {
      if (root === 'each')
        return (name === 'key' ? each?.key : name === 'value' ? each?.value : undefined) ?? notHere(root, name);
      if (root === 'count') return (name === 'index' ? count : undefined) ?? notHere(root, name);
      return this.#named(root, name);
    };
  }

  /** What an argument comes to, literals checked against hcl2-parser. */
  checked(argument: PlacedArgument, repetition?: Repetition): Value {
    return this.#evaluation.gate.checked(argument, this.scope(repetition));
  }

  /** What the index of an address comes to here. */
  indexOf(text: string, repetition?: Repetition): Value {
    const { gate, indexes } = this.#evaluation;
    const argument = indexes.get(text) ?? { name: 'index', line: 1, text };
    indexes.set(text, argument);
    return gate.evaluated(argument, this.scope(repetition));
  }

  /** The provider that a reference means here: passed by the call, else a block of the module, else the caller's default. */
  provider(reference: string | undefined): ProviderConfig {
    if (reference === undefined) return ANY_PROVIDER;
    const known = this.#providers.get(reference) ?? inheritedProvider(this, reference);
    this.#providers.set(reference, known);
    return known;
  }

  /** The root's own module. */
  get top(): ModuleInstance {
    return this.parent?.top ?? this;
  }

  /** For instances of modules and resources of its root. */
  get room(): Room {
    return this.#evaluation.room;
  }

  /** The instances of a module that is called here. */
  called(call: ModuleCall): Called {
    const known = this.#called.get(call.name) ?? this.#expanded(call);
    this.#called.set(call.name, known);
    return known;
  }

  /** What whoever runs the root gives one of its variables; undefined where that is nothing, and in a called module. */
  givenTo(name: string, block: MergedBlock): Value | undefined {
    return this.parent === undefined ? this.#given(name, block) : undefined;
  }

  #expanded(call: ModuleCall): Called {
    const { block, target, name } = call;
    const expansion =
      block === undefined
        ? unknownExpansion('its block could not be read')
        : this.room.for(
            expand(block, (argument) =>
              oneDeeper(this.#evaluation, `module.${name}`, () =>
                this.#evaluation.gate.evaluated(argument, this.scope()),
              ),
            ),
          );
    const instances = expansion.instances.map((instance) => ({
      instance,
      module: isRead(target) ? this.#child(call, target, instance) : undefined,
    }));
    return { expansion, instances };
  }

  #child(call: ModuleCall, node: ModuleNode, { index, repetition }: Instance): ModuleInstance {
    const scope = this.scope(repetition);
    const given: Given = (name) => {
      const argument = call.block?.arguments.get(name);
      return argument === undefined ? undefined : this.#evaluation.gate.evaluated(argument, scope);
    };
    return new ModuleInstance(node, this.#evaluation, given, {
      address: this.#addressOf(call, index),
      parent: this,
      call,
      repetition,
    });
  }

  /** A module that stands for all that a call may come to: `[*]`, or for one that it does not come to: no index. */
  standIn(call: ModuleCall, node: ModuleNode, index: '[*]' | ''): ModuleInstance {
    const { instances } = unknownExpansion('it stands for any instance');
    return this.#child(call, node, { ...(instances[0] ?? { key: null, repetition: {} }), index });
  }

  #addressOf(call: ModuleCall, index: string): string {
    return `${this.address === '' ? '' : `${this.address}.`}module.${call.name}${index}`;
  }

  #named(root: string, name: string): Value {
    const key = `${root}.${name}`;
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    this.#values.set(key, unknown(`${key} refers to itself`));
    const value = kept(
      key,
      oneDeeper(this.#evaluation, key, () => this.#evaluated(root, name)),
    );
    this.#values.set(key, value);
    return value;
  }

  #evaluated(root: string, name: string): Value {
    switch (root) {
      case 'var':
        return this.#variable(name);
      case 'local':
        return this.#local(name);
      case 'module':
        return this.#outputs(name);
      case 'output':
        return this.#output(name);
      case 'path':
        return this.#path(name);
      case 'terraform':
        return name === 'workspace' && this.#evaluation.workspace !== null
          ? text(this.#evaluation.workspace)
          : unknown(`${root}.${name} is not known`);
      default:
        return unknown(`${root}.${name} is known to Terraform alone`);
    }
  }

  #variable(name: string): Value {
    const declared = this.module.named('variable').get(name);
    if (declared === undefined) return unknown(`var.${name} is not declared`);
    const block = mergedBlock(declared);
    return block.ok
      ? variableValue(name, block.value, this.#given, this.#evaluation.gate)
      : unknown(`var.${name} cannot be read: ${block.reason}`);
  }

  #local(name: string): Value {
    const argument = localsOf(this.module).get(name);
    if (argument === undefined) return unknown(`local.${name} is not declared`);
    return argument === 'refused'
      ? unknown(`local.${name} is declared twice`)
      : this.#evaluation.gate.evaluated(argument, this.scope());
  }

  #output(name: string): Value {
    const block = mergedBlock(this.module.named('output').get(name) ?? NOWHERE);
    if (!block.ok) return unknown(`output ${name} cannot be read: ${block.reason}`);
    const secret = secrecy(block.value, this.#evaluation.gate);
    const argument = block.value.arguments.get('value');
    if (secret !== undefined || argument === undefined)
      return unknown(`output ${name} is ${secret ?? 'given no value'}`);
    return this.#evaluation.gate.evaluated(argument, this.scope());
  }

  /** From the root's directory, as Terraform has it; where it was started from is not known (`path.cwd`). */
  #path(name: string): Value {
    if (name === 'root') return text('.');
    return name === 'module' && this.node.fromRoot !== null
      ? text(this.node.fromRoot)
      : unknown(`path.${name} is not known`);
  }

  #outputs(name: string): Value {
    const call = this.node.calls.get(name);
    if (call === undefined) return unknown(`module.${name} is not declared`);
    const { expansion, instances } = this.called(call);
    return gathered(
      name,
      expansion,
      instances.map(({ module }) => module?.outputs() ?? unknown(`module.${name} could not be read`)),
    );
  }

  /** What the module gives to whoever calls it; each output is worked out when it is asked for. */
  outputs(): Value {
    return {
      kind: 'object',
      entries: new OutputValues(this.module.named('output').keys(), (name) => this.#named('output', name)),
    };
  }
}

const NOWHERE: Declared = { base: [], overrides: [] };

const notHere = (root: string, name: string): Value => unknown(`${root}.${name} is not known here`);
