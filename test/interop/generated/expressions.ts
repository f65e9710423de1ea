import fc from '../../support/fast-check.ts';
import { hclString } from './literals.ts';

/** Draws from fast-check, so that one seed gives one text. */
export type Draw = fc.GeneratorValue;

/** Kinds of values that expressions are made of. Lists and maps have at least one element; `int` is not negative. */
export type Kind = 'string' | 'int' | 'bool' | 'strings' | 'tags';
export interface Name {
  readonly text: string;
  readonly kind: Kind;
}

/** Draws expressions from what can be named where they stand. */
export class Expressions {
  readonly #draw: Draw;
  readonly #names: readonly Name[];

  constructor(draw: Draw, names: readonly Name[]) {
    this.#draw = draw;
    this.#names = names;
  }

  /** The same with more names. */
  with(...names: readonly Name[]): Expressions {
    return new Expressions(this.#draw, [...this.#names, ...names]);
  }

  /** An expression of one kind, which Terraform accepts. */
  of(kind: Kind, depth = 3): string {
    if (depth === 0 || this.#luck(3)) return this.#leaf(kind);
    return this.one(MAKERS[kind])((other) => this.of(other, depth - 1), this);
  }

  string(): string {
    return hclString(this.one(WORDS));
  }

  int(): string {
    return String(this.#draw(fc.nat, { max: 400 }));
  }

  /** True once in so many times. */
  #luck(times: number): boolean {
    return this.#draw(fc.nat, { max: times - 1 }) === 0;
  }

  one<T>(choices: readonly T[]): T {
    const chosen = choices[this.#draw(fc.nat, { max: choices.length - 1 })];
    if (chosen === undefined) throw new RangeError('nothing to choose from');
    return chosen;
  }

  #leaf(kind: Kind): string {
    const named = this.#names.filter((name) => name.kind === kind);
    if (named.length > 0 && !this.#luck(3)) return this.one(named).text;
    switch (kind) {
      case 'string':
        return this.string();
      case 'int':
        return this.int();
      case 'bool':
        return this.one(['true', 'false']);
      case 'strings':
        return `[${this.#some(() => this.string()).join(', ')}]`;
      case 'tags':
        return `{ ${this.#some((n) => `${this.one(KEYS)}${n} = ${this.string()}`).join(', ')} }`;
    }
  }

  #some(make: (n: number) => string): readonly string[] {
    return Array.from({ length: 1 + this.#draw(fc.nat, { max: 2 }) }, (_, n) => make(n));
  }
}

type Make = (of: (kind: Kind) => string, all: Expressions) => string;

const conditional =
  (kind: Kind): Make =>
  (of) =>
    `(${of('bool')} ? ${of(kind)} : ${of(kind)})`;

/** Elements of a `for` are named so that no scope has the same name. */
const ELEMENT: Name = { text: 'element', kind: 'string' };

const MAKERS: Readonly<Record<Kind, readonly Make[]>> = {
  string: [
    conditional('string'),
    (of) => `"\${${of('string')}}/\${${of('int')}}:\${${of('bool')}}"`,
    (of) => `"%{if ${of('bool')}}on%{else}off \${${of('string')}}%{endif}"`,
    (of) => `"%{for each_word in ${of('strings')}}<\${each_word}>%{endfor}"`,
    (of) => `upper(${of('string')})`,
    (of) => `lower(${of('string')})`,
    (of) => `format("%s-%d-%t", ${of('string')}, ${of('int')}, ${of('bool')})`,
    (of) => `join("+", ${of('strings')})`,
    (of) => `coalesce(${of('string')}, "last")`,
    (of) => `coalesce(null, "", ${of('string')}, "last")`,
    (of) => `try(${of('tags')}.absent, ${of('string')})`,
    (of) => `try(${of('strings')}[0], ${of('string')})`,
    (of) => `lookup(${of('tags')}, "Name0", ${of('string')})`,
    (of) => `replace(${of('string')}, "a", ${of('string')})`,
    (of) => `trimspace(${of('string')})`,
    (of) => `element(${of('strings')}, ${of('int')})`,
    (of) => `${of('strings')}[0]`,
    (of) => `tostring(${of('int')})`,
    (of) => `one([${of('string')}])`,
    (of) => `jsonencode({ a = ${of('strings')}, b = ${of('tags')}, c = ${of('int')}, d = null })`,
  ],
  int: [
    conditional('int'),
    (of) => `(${of('int')} + ${of('int')})`,
    (of) => `${of('int')} % 7`,
    (of) => `max(${of('int')}, ${of('int')})`,
    (of) => `min(${of('int')}, ${of('int')})`,
    (of) => `length(${of('strings')})`,
    (of) => `length(${of('tags')})`,
    (of) => `length(${of('string')})`,
    (of) => `tonumber("4") * ${of('int')}`,
    (of) => `floor(${of('int')} / 2)`,
  ],
  bool: [
    conditional('bool'),
    (of) => `!${of('bool')}`,
    (of) => `(${of('bool')} && ${of('bool')})`,
    (of) => `(${of('bool')} || ${of('bool')})`,
    (of) => `(${of('string')} == ${of('string')})`,
    (of) => `(${of('string')} != ${of('string')})`,
    (of) => `(${of('int')} <= ${of('int')})`,
    (of) => `(${of('int')} > ${of('int')})`,
    (of) => `(${of('string')} == null)`,
    (of) => `contains(${of('strings')}, ${of('string')})`,
    (of) => `contains(keys(${of('tags')}), "Name0")`,
    (of) => `can(${of('tags')}.absent)`,
    (of) => `startswith(${of('string')}, "a")`,
    () => 'tobool("true")',
  ],
  strings: [
    conditional('strings'),
    (of) => `concat(${of('strings')}, ${of('strings')})`,
    (of, all) => `[for element in ${of('strings')} : ${all.with(ELEMENT).of('string', 1)}]`,
    (of) => `split(",", ${of('string')})`,
    (of) => `keys(${of('tags')})`,
    (of) => `values(${of('tags')})`,
    (of) => `distinct(${of('strings')})`,
    (of) => `tolist(toset(${of('strings')}))`,
    (of) => `flatten([${of('strings')}, [${of('strings')}]])`,
    (of) => `coalescelist(${of('strings')}, ["last"])`,
    (of) => `reverse(${of('strings')})`,
    (of) => `sort(${of('strings')})`,
  ],
  tags: [
    conditional('tags'),
    (of) => `merge(${of('tags')}, ${of('tags')})`,
    (of, all) => `{ for name, element in ${of('tags')} : name => ${all.with(ELEMENT).of('string', 1)} }`,
    (of) => `{ for element in distinct(${of('strings')}) : "k\${element}" => element }`,
    (of) => `tomap(${of('tags')})`,
  ],
};

const KEYS = ['Name', 'Team', 'cost_center'] as const;

/** Words in which templates, quotes, escapes and letters of more than one code unit stand. */
const WORDS = [
  'a',
  'orders',
  'Payments',
  'a,b,c',
  ' padded ',
  '',
  'true',
  '12',
  '007',
  'a "quoted" word',
  'back\\slash',
  '$' + '{not.a.template}',
  '%' + '{ neither }',
  'line\nbreak\tand tab',
  'Straße',
  'ÅNGSTRÖM',
  'e\u0301 decomposed',
  '鍵🔑',
  '<&>',
  "it's",
  '# no comment // at all',
] as const;
