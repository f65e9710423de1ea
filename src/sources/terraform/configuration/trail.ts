import { type Block, cutBody } from './blocks.ts';
import { type Following, followArguments, type Written } from './following.ts';
import type { Reference } from './language/references.ts';
import type { Value } from './language/value.ts';
import { attributeIn, type FileCall, mentionsOf, REPEATED } from './mentions.ts';
import { localsOf, mergedBlock } from './module.ts';
import type { ModuleInstance } from './module-instance.ts';
import { isRead } from './module-tree.ts';
import { type Naming, namingOf, pathsIn } from './named-files.ts';
import { NO_OTHERS, type OtherBlocks } from './other-blocks.ts';
import { EVERYTHING, type Leaving, LIFECYCLE, leavingOf, PASSING } from './passing.ts';
import { followProvider } from './provider-trail.ts';
import { readBy } from './read-paths.ts';

/** What an expression follows from, as far as it is written down. */
export interface Followed {
  /** Every text on the way, named by what it is of. */
  readonly texts: readonly string[];
  /** Files and directories, from the working directory, whose content is read. */
  readonly reads: readonly string[];
  /** Those of which only matters what is there. */
  readonly lists: readonly string[];
}

/** All other blocks of a module, by its directory. */
export type OthersOf = (dir: string) => OtherBlocks | undefined;

/** Where an expression stands, and what is asked of what it refers to. */
interface Place extends Pick<Written, 'repetition'> {
  readonly module: ModuleInstance;
  readonly isWhole: boolean;
}

/** No configuration that people write comes near; of more, any change in the root's directory counts. */
const FARTHEST = 2_000;

/**
 * Follows expressions through locals, variables, calls of modules, outputs, resources and data sources to all that is
 * written down of what they come to. Nothing is evaluated but the paths that functions read.
 */
export class Trail implements Following {
  readonly #othersOf: OthersOf;
  readonly #texts = new Set<string>();
  readonly #reads = new Set<string>();
  readonly #lists = new Set<string>();
  readonly #seen = new Set<string>();

  constructor(othersOf: OthersOf) {
    this.#othersOf = othersOf;
  }

  get followed(): Followed {
    return { texts: [...this.#texts].sort(), reads: [...this.#reads].sort(), lists: [...this.#lists].sort() };
  }

  follow(name: string, { text, repetition }: Written, module: ModuleInstance, isWhole = false): void {
    if (!this.#isNew(`${module.address}\n${name}\n${text}`, module)) return;
    const { plain, references, files, words } = mentionsOf(module.module, text);
    this.#texts.add(`${name} = ${plain}`);
    const at = { module, repetition, isWhole };
    for (const reference of references) this.#refer(reference, at);
    for (const call of files) this.#file(call, module);
    if (words.size > 0) this.#mayRefer(words, at);
  }

  followBlock(name: string, block: Block, module: ModuleInstance): void {
    this.#block(name, block, [], module, EVERYTHING);
  }

  followFiles(text: string, module: ModuleInstance, { isDirectory }: Naming = {}, from?: Value): boolean {
    const paths = pathsIn(module.indexOf(text), from);
    for (const value of paths ?? []) {
      const read = readBy('file', [{ kind: 'string', value }], module.top.module.source);
      if (read !== undefined) this.#reads.add(isDirectory ? `${read.place}/` : read.place);
    }
    return paths !== undefined;
  }

  #isNew(key: string, module: ModuleInstance): boolean {
    if (this.#seen.has(key)) return false;
    if (this.#seen.size >= FARTHEST) {
      this.#reads.add(module.top.module.source.path);
      return false;
    }
    this.#seen.add(key);
    return true;
  }

  #refer({ root, name = '', steps }: Reference, at: Place): void {
    const { module, isWhole, repetition } = at;
    const [second, ...others] = steps;
    switch (root) {
      case 'each':
      case 'count':
        followArguments(this, repetition, REPEATED, module);
        break;
      case 'var':
        this.#variable(name, module);
        break;
      case 'local':
        this.#local(name, module);
        break;
      case 'module':
        this.#outputs(name, steps, module);
        break;
      case 'data':
        this.#blocks(`data.${name}.${second ?? ''}`, [], module, EVERYTHING);
        break;
      // The long form of a reference to a resource (Terraform, internal/addrs/parse_ref.go).
      case 'resource':
        this.#blocks(`${name}.${second ?? ''}`, others, module, isWhole ? EVERYTHING : undefined);
        break;
      default:
        this.#blocks(`${root}.${name}`, steps, module, isWhole ? EVERYTHING : undefined);
    }
  }

  /** Where it is not known what a text refers to, that is all that is called by one of its words. */
  #mayRefer(words: ReadonlySet<string>, at: Place): void {
    const { module } = at;
    const { addresses } = this.#othersOf(module.module.source.dir) ?? NO_OTHERS;
    for (const name of words) {
      for (const root of ['var', 'local', 'module', 'each']) this.#refer({ root, name, steps: [] }, at);
    }
    // Of data sources in JSON no address is known.
    if (words.has('data')) this.#refer({ root: 'data', name: '', steps: [] }, at);
    for (const address of addresses) {
      if (words.has(address.split('.').at(-1) ?? '')) this.#blocks(address, [], module, EVERYTHING);
    }
  }

  #variable(name: string, module: ModuleInstance): void {
    const declared = module.module.named('variable').get(name);
    const block = declared === undefined ? undefined : mergedBlock(declared);
    if (block?.ok !== true) return;
    const passed = module.call?.block?.arguments.get(name);
    if (passed !== undefined && module.parent !== undefined) {
      this.follow(
        `var.${name}`,
        { text: passed.text, repetition: module.call?.block?.arguments ?? new Map() },
        module.parent,
      );
    }
    const given = module.givenTo(name, block.value);
    if (given !== undefined) this.#texts.add(`var.${name} is ${JSON.stringify(given, plainMaps)}`);
    followArguments(this, block.value.arguments, VARIABLE, module, `var.${name}.`);
  }

  #local(name: string, module: ModuleInstance): void {
    const argument = localsOf(module.module).get(name);
    if (argument === undefined || argument === 'refused') return;
    this.follow(`local.${name}`, argument, module);
  }

  #outputs(name: string, steps: Reference['steps'], module: ModuleInstance): void {
    const call = module.node.calls.get(name);
    if (call?.block === undefined) return;
    const { target, block } = call;
    followArguments(this, block.arguments, isRead(target) ? CALLING : undefined, module, `module.${name}.`);
    if (!isRead(target)) return;
    const child = module.standIn(call, target, '');
    const outputs = target.module.named('output');
    const output = attributeIn(steps, block.arguments);
    const wanted = output !== undefined && outputs.has(output) ? [output] : outputs.keys();
    for (const each of wanted) {
      const declared = outputs.get(each);
      const merged = declared === undefined ? undefined : mergedBlock(declared);
      const value = merged?.ok === true ? merged.value.arguments.get('value') : undefined;
      if (value !== undefined) this.follow(`module.${name}.output.${each}`, value, child);
    }
  }

  /** An attribute that is set as an argument is that; any other may follow from all of them. */
  #blocks(name: string, steps: Reference['steps'], module: ModuleInstance, leaving: Leaving | undefined): void {
    const others = this.#othersOf(module.module.source.dir) ?? NO_OTHERS;
    const blocks = others.named(name);
    if (blocks.length === 0) {
      // Of data sources in JSON only the whole text is known, and most of JSON is an expression as well.
      if (name.startsWith('data.')) for (const text of others.json) this.follow('json', { text }, module);
      return;
    }
    for (const block of blocks) this.#block(name, block, steps, module, leaving);
  }

  #block(name: string, block: Block, steps: Reference['steps'], module: ModuleInstance, wanted?: Leaving): void {
    const body = cutBody(block);
    if (!body.ok) {
      this.#texts.add(`${name} = ${block.text}`);
      return;
    }
    const given = new Map(body.value.arguments.map((argument) => [argument.name, argument]));
    const attribute = attributeIn(steps, given);
    const set = attribute === undefined ? undefined : given.get(attribute);
    const leaving = wanted ?? leavingOf(attribute);
    const [type = ''] = name.split('.');
    const evaluatedAt = (argument = ''): Value | undefined => {
      const found = given.get(argument);
      return found && module.indexOf(found.text);
    };
    const isCounted = (each: string): boolean =>
      set !== undefined ? each === attribute || REPEATED.has(each) : leaving.counts(type, each);
    for (const [each, { text }] of given) {
      if (!isCounted(each)) continue;
      this.follow(`${name}.${each}`, { text, repetition: given }, module);
      const naming = type === 'data' ? namingOf(name.split('.')[1] ?? '', each, evaluatedAt('backend')) : undefined;
      if (naming && !this.followFiles(text, module, naming, evaluatedAt(naming.from))) this.#anywhere(module);
    }
    for (const [at, inner] of body.value.blocks.entries()) {
      if (inner.type === 'lifecycle') this.#lifecycle(name, inner, module);
      else if (set === undefined && leaving.counts(type, inner.type))
        this.#block(`${name}.${inner.type}.${at}`, inner, [], module, EVERYTHING);
    }
    const isResource = name.split('.').length === (type === 'data' ? 3 : 2);
    if (isResource && set === undefined) {
      const isTagged = type === 'data' ? name.startsWith('data.aws_default_tags.') : leaving !== PASSING;
      followProvider(this, { name, given, isTagged }, module);
    }
  }

  #lifecycle(name: string, block: Block, module: ModuleInstance): void {
    const body = cutBody(block);
    for (const { name: each, text } of body.ok ? body.value.arguments : []) {
      if (LIFECYCLE.has(each)) this.follow(`${name}.${each}`, { text }, module, each === 'replace_triggered_by');
    }
  }

  /** A path that is not known may be anywhere in the module, or in the root, from where Terraform has it. */
  #file({ name, arguments: given }: FileCall, module: ModuleInstance): void {
    const values = given?.map((text) => module.indexOf(text)) ?? [];
    const read = readBy(name, values, module.top.module.source);
    if (read === undefined) this.#anywhere(module);
    else (read.kind === 'lists' ? this.#lists : this.#reads).add(read.place);
  }

  #anywhere(module: ModuleInstance): void {
    for (const { module: each } of [module, module.top]) this.#reads.add(each.source.path);
  }
}

const plainMaps = (_: string, value: unknown): unknown => (value instanceof Map ? [...value] : value);

const VARIABLE: ReadonlySet<string> = new Set(['default', 'type', 'nullable']);
const CALLING: ReadonlySet<string> = new Set(['source', 'version', 'count', 'for_each']);
