import fc from '../../support/fast-check.ts';
import { REFERENCES } from './definitions.ts';

const KINDS = ['text', 'number', 'flag', 'list', 'texts', 'set', 'map', 'object'] as const;

/** Kinds of expressions; what is generated for one is mostly of it, so that most are not refused. */
type Kind = (typeof KINDS)[number] | 'any';

type Grammar = Record<Kind, string>;
type Tie = (kind: Kind) => fc.Arbitrary<string>;

const pick = (...choices: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...choices);

/** `@` stands for the next argument in a form such as `upper(@)`. */
const form = (pattern: string, ...holes: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...holes).map((values) => {
    let at = 0;
    return pattern.replaceAll('@', () => values[at++] ?? '');
  });

const quoted = fc
  .string({
    unit: fc.constantFrom('a', 'B', '0', ' ', '-', '.', '/', '<', '&', '\\t', '\\"', '\\\\', '$', '%', 'é', '\\u00e9'),
    maxLength: 5,
  })
  .filter((text) => !/[$%]$/.test(text))
  .map((text) => `"${text}"`);

const name = pick('a', 'b', 'c', 'k', 'v', 'zz', '__proto__', 'constructor');

const LEAVES: Readonly<Record<Kind, fc.Arbitrary<string>>> = {
  text: fc.oneof(
    quoted,
    pick('local.s', 'local.empty', 'local.digits', 'local.accent', 'var.name', 'local.l[1]', 'local.o.a', 'var.null'),
  ),
  number: fc.oneof(
    fc.integer({ min: -20, max: 20 }).map((n) => (n < 0 ? `(${n})` : String(n))),
    pick('local.n', 'local.half', 'var.amount', '0', '1.5', '0.25', '1e3', 'local.big', '0.1', 'length(local.t)'),
  ),
  flag: pick('true', 'false', 'local.b', 'var.flag'),
  list: pick(
    'local.l',
    'local.nums',
    'local.none',
    'local.t',
    'var.list',
    'var.anys',
    '[]',
    'tolist([1])',
    'local.lo',
    'var.tuple',
  ),
  texts: pick('local.l', 'var.list', 'var.anys', 'tolist(["b", "", "a"])', '["x", 1, true]', 'var.set'),
  set: pick('local.st', 'var.set', 'toset([])', 'toset(["q"])'),
  map: pick('local.m', 'var.map', 'tomap({})', 'var.objects'),
  object: pick('local.o', 'var.object', '{}', 'local.lo[0]', 'var.any', '{ a = 1 }'),
  any: fc.oneof(
    { weight: 8, arbitrary: pick(...REFERENCES) },
    { weight: 3, arbitrary: pick('null') },
    { weight: 1, arbitrary: pick('local.unk') },
  ),
};

const pair = (tie: Tie, pattern: string, kind: Kind): fc.Arbitrary<string> => form(pattern, tie(kind), tie(kind));

const RULES: Readonly<Record<Kind, (tie: Tie) => readonly fc.Arbitrary<string>[]>> = {
  text: (tie) => [
    form('"@#{@}@#{@}"', pick('', 'x ', '- '), tie('any'), pick('', ' y'), tie('text')),
    form('"#{@ ~} z%{ if @ }@%{ else }#{@}%{ endif ~} w"', tie('text'), tie('flag'), pick('yes', ''), tie('text')),
    form('"%{ for x in @ ~} #{x},%{ endfor }"', tie('list')),
    form(
      '@(@)',
      pick(
        'upper',
        'lower',
        'title',
        'trimspace',
        'tostring',
        'strrev',
        'chomp',
        'sha256',
        'md5',
        'base64encode',
        'base64decode',
      ),
      tie('text'),
    ),
    form('@(@, @)', pick('trimprefix', 'trimsuffix', 'trim'), tie('text'), tie('text')),
    form(
      'replace(@, @, @)',
      tie('text'),
      fc.oneof(tie('text'), pick('"/[a-c]+/"', '"/\\\\d/"', '"/b|x*/"')),
      tie('text'),
    ),
    form('substr(@, @, @)', tie('text'), tie('number'), tie('number')),
    form('join(@, @)', tie('text'), tie('texts')),
    form('jsonencode(@)', tie('any')),
    form(
      'format(@, @, @)',
      pick('"%s-%s"', '"%v/%d"', '"%5s|%-4v"', '"%q%%%t"', '"%s"', '"%05d%03d"'),
      tie('any'),
      tie('any'),
    ),
    form('lookup(@, @, @)', tie('map'), tie('text'), tie('text')),
    form('coalesce(@, @)', tie('text'), tie('any')),
  ],
  number: (tie) => [
    form('(@ @ @)', tie('number'), pick('+', '-', '*', '/', '%'), tie('number')),
    form('-@', tie('number')),
    form('length(@)', fc.oneof(tie('list'), tie('map'), tie('set'), tie('text'), tie('object'))),
    form('@(@, @)', pick('min', 'max'), tie('number'), tie('number')),
    form('@(@)', pick('abs', 'ceil', 'floor', 'signum', 'tonumber'), fc.oneof(tie('number'), tie('text'))),
    form('sum(@)', fc.oneof(pick('local.nums', 'var.set', '[1, "2", 0.5]'), tie('list'))),
    form('index(@, @)', pick('local.l', 'local.t', '[1, "a", true]'), pick('"a"', '1', 'true', 'null')),
    form('index(@, @)', tie('list'), tie('any')),
    form('parseint(@, @)', fc.oneof(pick('"12"', '"-101"', '"fF"', '"zz"'), tie('text')), pick('10', '16', '2', '36')),
  ],
  flag: (tie) => [
    form('(@ @ @)', tie('any'), pick('==', '!='), tie('any')),
    form('(@ @ @)', tie('text'), pick('==', '!='), tie('text')),
    form('(@ @ @)', tie('number'), pick('<', '<=', '>', '>='), tie('number')),
    form('(@ @ @)', tie('flag'), pick('&&', '||'), tie('flag')),
    form('!@', tie('flag')),
    form('can(@)', tie('any')),
    form('contains(@, @)', fc.oneof(tie('list'), tie('set')), tie('any')),
    form('@(@, @)', pick('startswith', 'endswith', 'strcontains'), tie('text'), tie('text')),
    form('@(@)', pick('alltrue', 'anytrue'), tie('list')),
    form('tobool(@)', tie('any')),
  ],
  list: (tie) => [
    pair(tie, '[@, @]', 'any'),
    form('tolist(@)', fc.oneof(tie('list'), tie('set'), pair(tie, '[@, @]', 'text'))),
    form('[for x in @ : @]', fc.oneof(tie('list'), tie('any')), pick('x', '"#{x}!"', 'x == "a"', '[x]')),
    form(
      '[for k, x in @ : @ if @]',
      fc.oneof(tie('map'), tie('object'), tie('list'), tie('set')),
      pick('k', 'x', '{ (k) = x }'),
      fc.oneof(pick('x != null', 'k != "a"', 'x == "a"', 'true'), tie('flag')),
    ),
    form('split(@, @)', pick('","', '""', '"-"', '"b"'), tie('text')),
    form('concat(@, @)', tie('list'), tie('list')),
    form(
      '@(@)',
      pick('reverse', 'distinct', 'sort', 'compact', 'flatten', 'values', 'keys'),
      fc.oneof(tie('list'), tie('map'), tie('object')),
    ),
    form('flatten([@, [@]])', tie('list'), tie('list')),
    form('slice(@, @, @)', tie('list'), pick('0', '1'), pick('1', '2', '3')),
    form('@[*]', tie('any')),
    form('@[*].@', tie('list'), name),
    form('@.*.@', pick('local.lo', 'local.o', 'local.t', 'local.none', 'local.nothing'), name),
    form('range(@, @)', tie('number'), tie('number')),
    form('coalescelist(@, @)', tie('list'), tie('list')),
    form('formatlist(@, @, @)', pick('"%s:%s"', '"%v%d"'), tie('list'), tie('any')),
    form('setproduct(@, @)', fc.oneof(tie('list'), tie('set')), tie('list')),
    form('chunklist(@, @)', tie('list'), pick('1', '2', '0')),
  ],
  texts: (tie) => [
    pair(tie, '[@, @]', 'text'),
    form('[for x in @ : "#{x}-@"]', tie('texts'), pick('', 'x')),
    form('[for x in @ : upper(x) if @]', tie('texts'), fc.oneof(pick('x != "a"', 'length(x) > 0'), tie('flag'))),
    form('split(@, @)', pick('","', '"-"', '"b"'), tie('text')),
    form('@(@)', pick('sort', 'compact', 'distinct', 'reverse', 'tolist'), tie('texts')),
    form('keys(@)', fc.oneof(tie('map'), tie('object'))),
    form('concat(@, @)', tie('texts'), tie('texts')),
    form('formatlist(@, @, @)', pick('"%s:%s"', '"%v/%q"'), tie('texts'), tie('text')),
    form('flatten([@, @])', tie('texts'), tie('texts')),
  ],
  set: (tie) => [
    form('toset(@)', fc.oneof(tie('list'), tie('any'))),
    form(
      '@(@, @)',
      pick('setunion', 'setintersection', 'setsubtract'),
      fc.oneof(tie('set'), tie('list')),
      fc.oneof(tie('set'), tie('list')),
    ),
  ],
  map: (tie) => [
    form('tomap({ @ = @, @ = @ })', name, tie('text'), name, tie('any')),
    form('tomap(@)', tie('object')),
    form('merge(@, @)', tie('map'), fc.oneof(tie('map'), tie('object'))),
    form('zipmap(@, @)', tie('texts'), tie('list')),
    form('zipmap(["a", "b"], [@, @])', tie('text'), tie('any')),
    form('{ for x in @ : x => length(x) }', tie('texts')),
  ],
  object: (tie) => [
    form('{ @ = @, @ = @ }', name, tie('any'), name, tie('any')),
    form('{ (@) = @ }', tie('text'), tie('any')),
    form(
      '{ for k, x in @ : @ => x }',
      fc.oneof(tie('map'), tie('object'), tie('list')),
      pick('k', '"#{k}"', '"same"', 'x'),
    ),
    form('{ for x in @ : "#{x}" => x... }', tie('list')),
    form('merge(@, @)', tie('object'), fc.oneof(tie('map'), tie('object'), tie('any'))),
    form('jsondecode(@)', fc.oneof(tie('text'), form('jsonencode(@)', tie('any')))),
  ],
  any: (tie) => [
    ...KINDS.map(tie),
    form('(@ ? @ : @)', tie('flag'), tie('any'), tie('any')),
    pair(tie, '(local.b ? @ : @)', 'object'),
    pair(tie, '(var.flag ? @ : @)', 'list'),
    pair(tie, '(var.flag ? @ : @)', 'map'),
    form('try(@, @)', tie('any'), tie('any')),
    form('try(@.@, @)', tie('object'), name, tie('any')),
    form('@[@]', fc.oneof(tie('list'), tie('any')), fc.oneof(pick('0', '1', '"a"', '"1"'), tie('number'))),
    form('@.@', tie('object'), name),
    form('@["@"]', fc.oneof(tie('map'), tie('object')), name),
    form('element(@, @)', tie('list'), tie('number')),
    form('one(@)', fc.oneof(tie('list'), tie('set'))),
    form('coalesce(@, @, @)', tie('any'), tie('any'), tie('any')),
    form('lookup(@, @, @)', fc.oneof(tie('map'), tie('object')), tie('text'), tie('any')),
  ],
};

/** Now and then something of any kind stands where another is wanted. */
function ruleOf(kind: Kind, tie: Tie): fc.Arbitrary<string> {
  const noise = kind === 'any' ? [] : [{ weight: 1, arbitrary: tie('any') }];
  const rules = RULES[kind](tie).map((arbitrary) => ({ weight: 2, arbitrary }));
  const choices = [form('(@ ? @ : @)', tie('flag'), tie(kind), tie(kind)), form('try(@, @)', tie(kind), tie(kind))].map(
    (arbitrary) => ({ weight: 3, arbitrary }),
  );
  const leaf = { weight: 4 * rules.length, arbitrary: LEAVES[kind] };
  return fc.oneof({ maxDepth: 3, depthIdentifier: 'expression' }, leaf, ...rules, ...choices, ...noise);
}

/** `#{` stands for the template introducer, so that no template here looks like one of ours. */
const asTemplate = (text: string): string => text.replaceAll('#{', '$'.concat('{'));

const parts = fc.letrec<Grammar>((tie) => ({
  text: ruleOf('text', tie),
  number: ruleOf('number', tie),
  flag: ruleOf('flag', tie),
  list: ruleOf('list', tie),
  texts: ruleOf('texts', tie),
  set: ruleOf('set', tie),
  map: ruleOf('map', tie),
  object: ruleOf('object', tie),
  any: ruleOf('any', tie),
}));

/** Expressions over the definitions, deep enough that their parts meet in every combination; none a mere leaf. */
export const expression: fc.Arbitrary<string> = fc
  .oneof(...[...KINDS, 'any' as const, 'any' as const].map((kind) => fc.oneof(...RULES[kind]((inner) => parts[inner]))))
  .map(asTemplate);
