import { type JsonNode, NotJson, parseJsonTree } from '../../../../model/json-tree.ts';
import { NotHcl } from '../scan.ts';

/** One JSON text (RFC 8259), with or without a byte order mark. Throws NotHcl, which never quotes the text. */
export function parseJson(text: string): JsonNode {
  try {
    return parseJsonTree(text);
  } catch (error) {
    throw error instanceof NotJson ? new NotHcl(error.offset, error.message) : error;
  }
}
