import { z } from 'zod';
import { settingsSchema } from '../../../src/config/settings-schema.ts';
import { baselineSchema } from '../../../src/model/baseline.ts';
import { reportSchema } from '../../../src/model/report.ts';
import { ruleSchema } from '../../../src/model/rule.ts';
import { inventoryLineSchema } from '../../../src/sources/inventory/line.ts';

/** A file that is written from something else in the repository; `path` is relative to its root. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** JSON Schemas of what other programs read and write, from the zod schemas that keydrift itself checks them with. */
export const schemaFiles = (): readonly GeneratedFile[] => [
  schemaFile('report', 'The report of keydrift, schemaVersion "1"', reportSchema),
  schemaFile('inventory-line', 'One line of a keydrift inventory, inventoryVersion "1" (NDJSON)', inventoryLineSchema),
  schemaFile('keydrift', 'keydrift.yaml: the settings of keydrift', settingsSchema),
  schemaFile('rule', 'A rule of keydrift: one YAML file, named after its id', ruleSchema),
  schemaFile('baseline', '.keydrift.baseline.json: findings known from before, version "1"', baselineSchema),
];

const schemaFile = (name: string, title: string, schema: z.ZodType): GeneratedFile => ({
  path: `src/schemas/${name}.schema.json`,
  text: `${JSON.stringify({ title, ...z.toJSONSchema(schema) }, null, 2)}\n`,
});
