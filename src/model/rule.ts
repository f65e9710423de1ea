import { z } from 'zod';

/** Worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** 0 is the worst. */
export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** Findings at or above this severity fail the gate. */
export const FAIL_ON = [...SEVERITIES, 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** What a gate answers that nobody configured; told where `--fail-on never` asks for no answer. */
export const DEFAULT_FAIL_ON: FailOn = 'high';

/** Witnesses and facets a rule reads. They decide what the sources fetch. */
export const NEEDS = [
  'created',
  'configuration',
  'state',
  'live',
  'live.aliases',
  'live.keyStore',
  'live.rotation',
  'live.tags',
  'live.policy',
  'live.lastUsage',
  'plan',
  'owners',
  'deletion',
] as const;
export type Need = (typeof NEEDS)[number];

/** Types of parameters, and how messages call them. */
const PARAMETER_TYPES = {
  int: 'a whole number',
  string: 'text',
  bool: 'true or false',
  strings: 'a list of texts',
} as const;
type ParameterType = keyof typeof PARAMETER_TYPES;

export const parameterValueSchema = z.union([z.number().int(), z.string(), z.boolean(), z.array(z.string())]);
export type ParameterValue = z.infer<typeof parameterValueSchema>;

/** What a rule may be told: its type, its value where nobody says another, and what it is. */
const parameterSchema = z
  .strictObject({
    type: z.enum(Object.keys(PARAMETER_TYPES) as ParameterType[]),
    default: parameterValueSchema,
    /** Of a whole number: the least and the most that makes sense, both themselves allowed. */
    least: z.number().int().optional(),
    most: z.number().int().optional(),
    description: z.string().min(1),
  })
  .superRefine((parameter, context) => {
    const wanted = unfit(parameter.default, parameter);
    if (wanted !== undefined) context.addIssue({ code: 'custom', path: ['default'], message: `must be ${wanted}` });
    for (const bound of ['least', 'most'] as const) {
      if (parameter.type === 'int' || parameter[bound] === undefined) continue;
      context.addIssue({ code: 'custom', path: [bound], message: 'only a whole number (type: int) has bounds' });
    }
  });
export type RuleParameter = z.infer<typeof parameterSchema>;

/** Expressions read it as a field, and objects have some of their own. */
const parameterName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/, 'a parameter is named in camelCase')
  .refine((name) => !(name in Object.prototype), 'this name is taken');

/** What a value of the parameter must be and this one is not, as the end of a sentence; undefined where it fits. */
export function unfit(
  value: ParameterValue,
  { type, least, most }: Pick<RuleParameter, 'type' | 'least' | 'most'>,
): string | undefined {
  if (typeOf(value) !== type) return PARAMETER_TYPES[type];
  if (typeof value !== 'number') return undefined;
  if (least !== undefined && value < least) return `at least ${least}`;
  return most !== undefined && value > most ? `at most ${most}` : undefined;
}

function typeOf(value: ParameterValue): ParameterType {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'int';
  return typeof value === 'boolean' ? 'bool' : 'strings';
}

/** What settings make of the rules, by id. */
export interface RuleSwitches {
  readonly severity: Readonly<Record<string, Severity>>;
  readonly on: readonly string[];
  readonly off: readonly string[];
  readonly parameters: Readonly<Record<string, Readonly<Record<string, ParameterValue>>>>;
  /** Where one of these stands, as `path:line:column`; a path from `rules` down, its last step an id, a name or an index. */
  readonly at: (path: readonly (string | number)[]) => string;
}

const ruleTestSchema = z.strictObject({
  name: z.string(),
  /** A key, as the rule's CEL sees it, in plain YAML; absent facets are left out, Unknown ones stand in `unknown`. */
  given: z.record(z.string(), z.unknown()),
  /** Other values of parameters than their defaults. */
  parameters: z.record(z.string(), parameterValueSchema).optional(),
  /** `finding`, `none`, or `not-evaluated`; with `message` the exact text. */
  expect: z.strictObject({
    result: z.enum(['finding', 'none', 'not-evaluated']),
    severity: z.enum(SEVERITIES).optional(),
    message: z.string().optional(),
  }),
});

/** One rule file: about one thing that is wrong, with why, what to do and its own tests. */
export const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'kebab-case, says what is wrong'),
  title: z.string().min(1),
  severity: z.enum(SEVERITIES),
  /** false: judges only where settings switch it on. */
  enabled: z.boolean().optional(),
  /** What settings may change; expressions read `parameters.NAME`. */
  parameters: z.record(parameterName, parameterSchema).optional(),
  /** change: what this code would do. estate: what is. */
  about: z.enum(['change', 'estate']),
  /** One finding a key, or one for each difference. */
  subject: z.enum(['key', 'difference']),
  needs: z.array(z.enum(NEEDS)).min(1),
  /** CEL, true when there is something to report. */
  when: z.string(),
  /** Another severity where this CEL holds; the first that does counts. */
  severityWhen: z.array(z.strictObject({ when: z.string(), severity: z.enum(SEVERITIES) })).optional(),
  /** Text with `${CEL}` holes. */
  message: z.string(),
  why: z.string(),
  /** Text with `${CEL}` holes: what to do, commands included. */
  remediation: z.string(),
  /** Web pages; a house's own rule need not have any. */
  references: z.array(z.url()).default([]),
  tests: z.array(ruleTestSchema).min(1),
});
export type Rule = z.infer<typeof ruleSchema>;

/** Why a rule does not judge: settings say so, or it does only where they say so. */
type Off = 'switched-off' | 'not-switched-on';

/** A rule as settings have it, for people. */
export interface ToldRule {
  /** With the severity and the values of parameters that count. */
  readonly rule: Rule;
  /** Its file; null of a built-in rule. */
  readonly origin: string | null;
  /** undefined: it judges. */
  readonly off: Off | undefined;
  /** The severity that its file gives it, where settings give it another. */
  readonly ownSeverity: Severity | undefined;
  /** Values of parameters that settings give. */
  readonly values: Readonly<Record<string, ParameterValue>>;
}

/** A rule as read from its file, with where each text stands: errors name path and line. */
export interface RuleFile {
  readonly path: string;
  readonly rule: Rule;
  /** 1-based line of a field such as `when`, `message` or `severityWhen.0.when`. */
  readonly lineOf: (field: string) => number;
  /** The same as `path:line:column`. */
  readonly placeOf: (field: string) => string;
}
