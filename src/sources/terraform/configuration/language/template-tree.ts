import type { Reader } from './reader.ts';
import type { Node } from './syntax.ts';
import type { Token } from './template-tokens.ts';
import { text } from './values.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The tree of a template. One sequence and nothing else keeps the type of its value; text alone is a literal
 * (hashicorp/hcl, hclsyntax/parser_template.go).
 */
export function buildTemplate(reader: Reader, tokens: readonly Token[], span: Span): Node {
  const melded = meld(tokens);
  const [only] = melded;
  if (only === undefined) return { kind: 'literal', value: text(''), ...span };
  if (melded.length === 1 && only.kind === 'value') return { kind: 'parentheses', inner: only.node, ...span };
  if (melded.length === 1 && only.kind === 'text') return { kind: 'literal', value: text(only.text), ...span };
  const rest = new Rest(reader, melded);
  const parts = rest.until([]);
  return { kind: 'template', parts, ...span };
}

function meld(tokens: readonly Token[]): readonly Token[] {
  const melded: Token[] = [];
  for (const token of tokens) {
    const last = melded.at(-1);
    if (last?.kind === 'text' && token.kind === 'text') {
      melded[melded.length - 1] = { ...last, text: last.text + token.text, end: token.end };
    } else melded.push(token);
  }
  return melded;
}

type Directive = 'else' | 'endif' | 'endfor';

/** The tokens that no tree has taken yet. */
class Rest {
  private readonly reader: Reader;
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(reader: Reader, tokens: readonly Token[]) {
    this.reader = reader;
    this.tokens = tokens;
  }

  /** The nodes before one of these directives, which is left; with none given, all that is left. */
  until(closers: readonly Directive[]): Node[] {
    const nodes: Node[] = [];
    for (;;) {
      const token = this.tokens[this.at];
      if (token === undefined) {
        if (closers.length > 0) this.reader.fail('a template directive is not closed');
        return nodes;
      }
      if (isDirective(token)) {
        if (!closers.includes(token.kind)) this.reader.fail('a template directive closes nothing', token.start);
        return nodes;
      }
      this.at += 1;
      nodes.push(this.reader.deeper(() => this.node(token)));
    }
  }

  private node(token: Exclude<Token, { kind: Directive }>): Node {
    const { start, end } = token;
    switch (token.kind) {
      case 'text':
        return { kind: 'literal', value: text(token.text), start, end };
      case 'value':
        return token.node;
      case 'if':
        return this.conditional(token.condition, start);
      default:
        return this.loop(token);
    }
  }

  private conditional(condition: Node, start: number): Node {
    const yes = this.template(['else', 'endif'], start);
    const isElse = this.tokens[this.at]?.kind === 'else';
    if (isElse) this.at += 1;
    const no = isElse ? this.template(['endif'], start) : literal('', start);
    const end = this.close();
    return { kind: 'conditional', condition, yes, no, start, end };
  }

  private loop(token: Extract<Token, { kind: 'for' }>): Node {
    const { start, collection, valueName, keyName } = token;
    const value = this.template(['endfor'], start);
    const end = this.close();
    const names = keyName === undefined ? { valueName } : { keyName, valueName };
    const parts: Node = { kind: 'for', collection, value, isGrouped: false, ...names, start, end };
    return { kind: 'join', parts, start, end };
  }

  /** Past the closing directive. */
  private close(): number {
    const end = this.tokens[this.at]?.end ?? this.reader.at;
    this.at += 1;
    return end;
  }

  private template(closers: readonly Directive[], start: number): Node {
    const parts = this.until(closers);
    return { kind: 'template', parts, start, end: parts.at(-1)?.end ?? start };
  }
}

const isDirective = (token: Token): token is Extract<Token, { kind: Directive }> =>
  token.kind === 'else' || token.kind === 'endif' || token.kind === 'endfor';

const literal = (value: string, at: number): Node => ({ kind: 'literal', value: text(value), start: at, end: at });
