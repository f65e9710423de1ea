import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { z } from 'zod';

const require = createRequire(import.meta.url);

/** OASIS's JSON Schema of SARIF 2.1.0, as Microsoft's SARIF tools ship it. */
const SCHEMA = new URL(
  '../assets/sarif-2.1.0.schema.json',
  `file://${require.resolve('@microsoft/sarif-multitool-ts')}`,
);

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));

/** What SARIF's schema has against a log; empty where nothing. */
export function sarifProblems(text: string): readonly string[] {
  const isValid = validate(JSON.parse(text));
  return isValid ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const location = z.looseObject({
  physicalLocation: z.looseObject({
    artifactLocation: z.looseObject({ uri: z.string(), uriBaseId: z.literal('%SRCROOT%') }),
    region: z.looseObject({ startLine: z.number() }),
  }),
});

const logSchema = z.looseObject({
  runs: z.array(
    z.looseObject({
      tool: z.looseObject({
        driver: z.looseObject({
          rules: z.array(
            z.looseObject({
              id: z.string(),
              help: z.looseObject({ text: z.string(), markdown: z.string() }),
              helpUri: z.string().optional(),
              defaultConfiguration: z.looseObject({ level: z.string() }),
              properties: z.looseObject({ tags: z.array(z.string()), 'security-severity': z.string().optional() }),
            }),
          ),
        }),
      }),
      invocations: z.tuple([
        z.looseObject({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(
            z.looseObject({
              level: z.string(),
              message: z.looseObject({ text: z.string() }),
              descriptor: z.looseObject({ id: z.string() }),
            }),
          ),
        }),
      ]),
      results: z.array(
        z.looseObject({
          ruleId: z.string(),
          ruleIndex: z.number(),
          level: z.string(),
          message: z.looseObject({ text: z.string() }),
          locations: z.tuple([
            location.extend({ logicalLocations: z.array(z.looseObject({ fullyQualifiedName: z.string() })) }),
          ]),
          partialFingerprints: z.looseObject({ primaryLocationLineHash: z.string() }),
          suppressions: z
            .array(
              z.looseObject({
                kind: z.string(),
                status: z.string(),
                justification: z.string(),
                location: location.optional(),
              }),
            )
            .optional(),
          baselineState: z.string().optional(),
          properties: z.looseObject({ severity: z.string() }),
        }),
      ),
    }),
  ),
});
export type SarifRun = z.infer<typeof logSchema>['runs'][number];

/** The one run of a log. */
export function sarifRun(text: string): SarifRun {
  const [run] = logSchema.parse(JSON.parse(text)).runs;
  if (run === undefined) throw new Error('a log without a run');
  return run;
}
