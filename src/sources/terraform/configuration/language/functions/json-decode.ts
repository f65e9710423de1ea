import { normalized } from '../normal-form.ts';
import { number, parseDecimal } from '../number.ts';
import { Refused } from '../refusal.ts';
import type { Value } from '../value.ts';
import { FALSE, NULL, object, TRUE, text, tuple } from '../values.ts';

const BLANK = /[ \t\r\n]*/y;
const TOKEN = /"(?:[^"\\]|\\.)*"|-?[0-9.eE+-]+|true|false|null|[{}[\],:]/y;

/**
 * What `jsondecode` makes of a text: objects, tuples, and numbers from their digits. Undefined for what Go may read
 * otherwise: a key that comes twice or has no certain normal form, half of a surrogate pair.
 */
export function decodeJson(source: string): Value | undefined {
  try {
    JSON.parse(source);
  } catch {
    throw new Refused('a text is no JSON');
  }
  return /\\u[dD][89a-fA-F]/.test(source) ? undefined : new Decoder(source).value();
}

/** Reads text that is known to be JSON. */
class Decoder {
  private readonly source: string;
  private at = 0;

  constructor(source: string) {
    this.source = source;
  }

  value(): Value | undefined {
    const token = this.next();
    switch (token) {
      case '{':
        return this.object();
      case '[':
        return this.tuple();
      case 'true':
        return TRUE;
      case 'false':
        return FALSE;
      case 'null':
        return NULL;
      default:
        return token.startsWith('"') ? text(String(JSON.parse(token))) : numberFrom(token);
    }
  }

  private object(): Value | undefined {
    const entries = new Map<string, Value>();
    while (this.peek() !== '}') {
      const key = normalized(String(JSON.parse(this.next())));
      this.next();
      const value = this.value();
      if (key === undefined || value === undefined || entries.has(key)) return undefined;
      entries.set(key, value);
      if (this.peek() === ',') this.next();
    }
    this.next();
    return object(entries);
  }

  private tuple(): Value | undefined {
    const elements: Value[] = [];
    while (this.peek() !== ']') {
      const value = this.value();
      if (value === undefined) return undefined;
      elements.push(value);
      if (this.peek() === ',') this.next();
    }
    this.next();
    return tuple(elements);
  }

  private peek(): string {
    const before = this.at;
    const token = this.next();
    this.at = before;
    return token;
  }

  private next(): string {
    BLANK.lastIndex = this.at;
    BLANK.test(this.source);
    TOKEN.lastIndex = BLANK.lastIndex;
    const token = TOKEN.exec(this.source)?.[0] ?? '';
    this.at = TOKEN.lastIndex;
    return token;
  }
}

function numberFrom(token: string): Value {
  const decimal = parseDecimal(token);
  return number(typeof decimal === 'number' ? decimal : undefined);
}
