import { readFileSync } from 'node:fs';
import { z } from 'zod';

const attributeSchema = z.object({
  type: z.string(),
  is_array: z.literal(true).optional(),
  requirement: z.enum(['required', 'recommended', 'optional']),
  deprecated: z.literal(true).optional(),
  enum: z.record(z.string(), z.string()).optional(),
  sibling: z.string().optional(),
});
type Attribute = z.infer<typeof attributeSchema>;
const shapeSchema = z.object({
  attributes: z.record(z.string(), attributeSchema),
  constraints: z.object({ at_least_one: z.array(z.string()) }).optional(),
});
type Shape = z.infer<typeof shapeSchema>;

const FIXTURE = new URL('../../fixtures/ocsf/compliance-finding-1.8.0.json', import.meta.url);
const schema = z
  .object({
    version: z.string(),
    class: shapeSchema,
    objects: z.record(z.string(), shapeSchema),
    types: z.record(z.string(), z.object({ type: z.string().optional() })),
  })
  .parse(JSON.parse(readFileSync(FIXTURE, 'utf8')));

const entrySchema = z.record(z.string(), z.unknown());
export type ReadOcsfEvent = z.infer<typeof entrySchema>;

/** The events of the text; throws at the first that breaks the schema's Compliance Finding with its cloud profile. */
export const ocsfEvents = (text: string): ReadOcsfEvent[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const event = entrySchema.parse(JSON.parse(line));
      const wrong = [...violations(event, schema.class, '')];
      if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\n${line}`);
      return event;
    });

function* violations(value: unknown, shape: Shape, path: string): Iterable<string> {
  const entry = entrySchema.safeParse(value).data;
  if (entry === undefined) return yield `${path} is no object`;
  for (const [name, { requirement }] of Object.entries(shape.attributes)) {
    if (requirement === 'required' && entry[name] === undefined) yield `${path}.${name} is missing`;
  }
  const one = shape.constraints?.at_least_one;
  if (one !== undefined && !one.some((name) => entry[name] !== undefined)) yield `${path} has none of ${one}`;
  for (const [name, held] of Object.entries(entry)) {
    const attribute = shape.attributes[name];
    if (attribute === undefined) yield `${path}.${name} is unknown`;
    else yield* attributeViolations(held, attribute, entry, `${path}.${name}`);
  }
}

function* attributeViolations(
  value: unknown,
  attribute: Attribute,
  entry: ReadOcsfEvent,
  path: string,
): Iterable<string> {
  if (attribute.deprecated) yield `${path} is deprecated`;
  if (attribute.is_array) {
    if (!Array.isArray(value)) return yield `${path} is no array`;
    for (const [at, item] of value.entries()) yield* typeViolations(item, attribute, `${path}[${at}]`);
    return;
  }
  yield* typeViolations(value, attribute, path);
  if (attribute.enum === undefined) return;
  const caption = attribute.enum[String(value)];
  if (caption === undefined) yield `${path}: ${value} is not in the enum`;
  const said = attribute.sibling === undefined ? undefined : entry[attribute.sibling];
  if (value !== 99 && said !== undefined && said !== caption) yield `${path}: ${value} is ${caption}, not ${said}`;
}

function* typeViolations(value: unknown, { type }: Attribute, path: string): Iterable<string> {
  const shape = schema.objects[type];
  if (shape !== undefined) return yield* violations(value, shape, path);
  if (type === 'object' || type === 'json_t') return;
  const base = schema.types[type]?.type ?? type;
  const fits =
    base === 'string_t'
      ? typeof value === 'string'
      : base === 'boolean_t'
        ? typeof value === 'boolean'
        : Number.isSafeInteger(value);
  if (!fits) yield `${path} is no ${type}`;
}

export const OCSF_VERSION = schema.version;
