import { z } from 'zod';

const nodeSchema = z.record(z.string(), z.unknown());
type Node = z.infer<typeof nodeSchema>;

const nodeOf = (value: unknown): Node => nodeSchema.parse(value ?? {});
const nodesOf = (value: unknown): Node[] => z.array(nodeSchema).parse(value ?? []);

/** Texts that have a form: what a schema lets through of these is not free. */
const FORMED: Readonly<Record<string, string>> = { 'date-time': '2026-11-23T05:51:26.000Z', date: '2026-11-23' };

/**
 * A value of the schema with every optional field there, one item in each list and entry in each record, and `text` in
 * every string that the schema leaves free, names of records' entries too. New fields are filled by themselves.
 */
export function filled(schema: z.ZodType, text: string): unknown {
  const root = nodeOf(z.toJSONSchema(schema, { unrepresentable: 'any' }));
  const definitions = nodeOf(root['$defs']);
  const value = (node: Node): unknown => {
    const { $ref, anyOf, type } = node;
    if (typeof $ref === 'string') return value(nodeOf(definitions[$ref.split('/').at(-1) ?? '']));
    if (anyOf !== undefined) return value(nodesOf(anyOf).find((each) => each['type'] !== 'null') ?? {});
    if ('const' in node) return node['const'];
    if (Array.isArray(node['enum'])) return node['enum'][0];
    if (type === 'array') return [value(nodeOf(node['items']))];
    if (type === 'object') return object(node);
    if (type === 'boolean') return true;
    if (type === 'integer' || type === 'number') return 1;
    return typeof node['format'] === 'string' ? (FORMED[node['format']] ?? text) : text;
  };
  const object = (node: Node): unknown => {
    const fields = Object.entries(nodeOf(node['properties'])).map(([name, field]) => [name, value(nodeOf(field))]);
    const others = node['additionalProperties'];
    if (others === undefined || others === false) return Object.fromEntries(fields);
    const { enum: names = [text] } = nodeOf(node['propertyNames']);
    const entries = z.array(z.string()).parse(names);
    return Object.fromEntries([...fields, ...entries.map((name) => [name, value(nodeOf(others))])]);
  };
  return value(root);
}
