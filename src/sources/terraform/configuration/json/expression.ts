import type { JsonNode } from '../../../../model/json-tree.ts';
import { identifierEnd, isLineEnd, NotHcl, skipBrackets, skipExpression, skipInline } from '../scan.ts';

/**
 * What a string in JSON means where it stands (Terraform language, "JSON Configuration Syntax", "Expression Mapping"):
 * `template`, as everywhere; `literal` where Terraform takes it as it is; `reference`, the text of an address or type.
 */
export type Meaning = 'template' | 'literal' | 'reference';

/** A JSON value as an expression of the native syntax that means the same. Throws NotHcl for a template that never ends. */
export function nativeExpression(node: JsonNode, meaning: Meaning): string {
  switch (node.kind) {
    case 'plain':
      return node.text;
    case 'string':
      return nativeString(node.value, meaning, node.start);
    case 'array':
      return `[${node.items.map((item) => nativeExpression(item, meaning)).join(', ')}]`;
    case 'object': {
      const entries = node.entries.map(
        ({ name, start, value }) => `${nativeString(name, meaning, start)} = ${nativeExpression(value, meaning)}`,
      );
      return `{${entries.join(', ')}}`;
    }
  }
}

function nativeString(text: string, meaning: Meaning, start: number): string {
  if (meaning === 'reference') return isOneExpression(text) ? text : quotedLiteral(text);
  return meaning === 'literal' ? quotedLiteral(text) : quotedTemplate(text, start);
}

/** Whether the text can stand for itself: it begins with a name and ends where its expression does, on one line. */
function isOneExpression(text: string): boolean {
  if (identifierEnd(text, 0) === undefined) return false;
  try {
    return skipExpression(text, 0) === text.length && isLineEnd(text, skipInline(text, text.length));
  } catch (error) {
    if (error instanceof NotHcl) return false;
    throw error;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (text: string): string => text.replace(/["\\\n\r\t]/g, (character) => ESCAPES[character] ?? character);

const quotedLiteral = (text: string): string => `"${escaped(text).replace(/([$%])(?=\{)/g, '$1$1')}"`;

/** The templates in it stay as they are: the text around them alone is escaped. */
function quotedTemplate(text: string, start: number): string {
  let native = '';
  for (let at = 0; at < text.length; ) {
    const introducer = introducerAt(text, at);
    let end = introducer ?? text.length;
    native += escaped(text.slice(at, end));
    if (introducer !== undefined) {
      end = templateEnd(text, introducer, start);
      native += text.slice(introducer, end);
    }
    at = end;
  }
  return `"${native}"`;
}

const INTRODUCER = /([$%])\1?\{/g;

function introducerAt(text: string, from: number): number | undefined {
  INTRODUCER.lastIndex = from;
  return INTRODUCER.exec(text)?.index;
}

/** Past `$${`, which introduces nothing, or past the bracket that closes the template. */
function templateEnd(text: string, introducer: number, start: number): number {
  if (text[introducer + 1] !== '{') return introducer + 3;
  try {
    return skipBrackets(text, introducer + 1);
  } catch (error) {
    throw error instanceof NotHcl ? new NotHcl(start, 'a template in a JSON string is not closed') : error;
  }
}
