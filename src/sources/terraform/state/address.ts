const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
  // A template would begin here, so the introducer is doubled.
  '${': '$${',
  '%{': '%%{',
};

/** What names one instance within a state. */
export interface InstanceName {
  /** Module path as the state spells it, `module.a["x"].module.b[0]`; empty for the root module. */
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** From count or for_each; undefined when the resource has neither. */
  readonly index: number | string | undefined;
}

/** The address of an instance, spelt as Terraform prints it (hashicorp/terraform, internal/addrs/instance_key.go). */
export function addressOf({ module, mode, type, name, index }: InstanceName): string {
  const path = [...(module === '' ? [] : [module]), ...(mode === 'data' ? ['data'] : []), type, name].join('.');
  return index === undefined ? path : indexed(path, index);
}

/** A path with the index of one instance behind it. */
export const indexed = (path: string, index: number | string): string =>
  `${path}[${typeof index === 'number' ? index : quoted(index)}]`;

function quoted(key: string): string {
  const pieces = key.match(/[$%]\{|./gsu) ?? [];
  return `"${pieces.map((piece) => ESCAPES[piece] ?? printable(piece)).join('')}"`;
}

function printable(character: string): string {
  if (PRINTABLE.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');
