import type { Acceptance } from '../../model/acceptance.ts';
import { isOutside } from '../../model/finding-status.ts';
import type { Finding, Report } from '../../model/report.ts';
import { lapsedTexts, setAside } from '../acceptance-words.ts';
import { type DetailedFinding, holderOf, shortNameOf } from '../detailed-finding.ts';
import { fitted, fittedLines } from '../fitted.ts';
import { placeInTree, uriOf } from '../place.ts';
import type { ReporterOptions } from '../reporter.ts';
import { LEVELS } from './levels.ts';

/**
 * Texts of others, in bytes: 5,000 results stay within GitHub's 10 MB (gzip) although nothing in them can be compressed
 * (GitHub Docs, "SARIF support for code scanning": uploads).
 */
const MESSAGE_BYTES = 500;
const REMEDY_BYTES = 800;
const NAME_BYTES = 200;

/** What is the same for all results of a run. */
export interface RunContext {
  readonly ruleIndex: ReadonlyMap<string, number>;
  /** SARIF wants suppressions of all results or of none (3.27.23). */
  readonly anySuppressed: boolean;
  /** There is a baseline that findings are new against. */
  readonly hasBaseline: boolean;
  readonly options: Pick<ReporterOptions, 'tree'>;
}

export const runContext = (
  { findings, baseline }: Report,
  rules: readonly { readonly id: string }[],
  options: Pick<ReporterOptions, 'tree'>,
): RunContext => ({
  ruleIndex: new Map(rules.map(({ id }, index) => [id, index])),
  anySuppressed: findings.some(({ status }) => status !== 'open'),
  hasBaseline: baseline !== undefined || findings.some(({ status }) => status === 'baselined'),
  options,
});

/** A finding as SARIF's result (SARIF 2.1.0, 3.27). */
export function resultOf(detailed: DetailedFinding, context: RunContext) {
  const { finding, key } = detailed;
  const { fingerprint, rule, severity, status } = finding;
  return {
    ruleId: rule,
    ruleIndex: context.ruleIndex.get(rule),
    level: isOutside(finding) ? 'note' : LEVELS[severity],
    message: { text: messageOf(detailed) },
    locations: [{ ...physical(finding.location, context.options), logicalLocations: [logical(detailed)] }],
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'keydrift/v1': fingerprint },
    ...(context.anySuppressed ? { suppressions: suppressionsOf(finding, context.options) } : {}),
    ...(context.hasBaseline ? { baselineState: baselineState(finding) } : {}),
    properties: {
      severity,
      status,
      ...(finding.attribute === undefined ? {} : { attribute: finding.attribute }),
      ...(finding.outsideChange ? { outsideChange: true } : {}),
      ...(key === undefined ? {} : { standing: key.standing, account: key.account, region: key.region }),
    },
  };
}

/** What is wrong in the first sentence, which is all that GitHub's lists show; then of which key, and what to do. */
function messageOf(detailed: DetailedFinding): string {
  const { finding } = detailed;
  const holder = holderOf(detailed);
  const aside = isOutside(finding) ? setAside(finding) : undefined;
  const parts = [
    fitted(finding.message.trim(), MESSAGE_BYTES),
    fitted(finding.arn ?? finding.key, NAME_BYTES),
    ...[
      ...(holder === undefined ? [] : [holder]),
      ...(aside === undefined ? [] : [aside]),
      ...lapsedTexts(finding),
    ].map((text) => fitted(text, MESSAGE_BYTES)),
    fittedLines(finding.remediation, REMEDY_BYTES),
  ];
  return parts.map(withoutLinks).join('\n\n');
}

/** SARIF's plain text has links, `[text](address)` (3.11.6): a text of others has none. */
const withoutLinks = (text: string): string => text.replaceAll('](', '] (');

const physical = (location: Finding['location'], options: RunContext['options']) => {
  const { path, line } = placeInTree(location, options);
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' },
      region: { startLine: line },
    },
  };
};

const logical = (detailed: DetailedFinding) => ({
  name: fitted(shortNameOf(detailed), NAME_BYTES),
  fullyQualifiedName: fitted(detailed.finding.arn ?? detailed.finding.key, NAME_BYTES),
  kind: 'resource',
});

function suppressionsOf(finding: Finding, options: RunContext['options']): object[] {
  if (finding.status === 'open') return [];
  const { acceptance } = finding;
  const justification = fitted(acceptance?.reason ?? finding.justification ?? finding.status, MESSAGE_BYTES);
  return [
    {
      kind: acceptance?.by === 'comment' ? 'inSource' : 'external',
      status: 'accepted',
      justification,
      ...(acceptance === undefined
        ? {}
        : { location: physical(acceptance.place, options), properties: propertiesOf(acceptance) }),
    },
  ];
}

const propertiesOf = ({ by, owner, expires }: Acceptance) => ({
  by,
  ...(owner === undefined ? {} : { owner: fitted(owner, NAME_BYTES) }),
  ...(expires === undefined ? {} : { expires }),
});

/** Against the baseline; `updated` is one that it knew as something less (SARIF 2.1.0, 3.27.24). */
function baselineState({ status, lapsed }: Finding): 'new' | 'unchanged' | 'updated' {
  if (status === 'baselined') return 'unchanged';
  return lapsed?.by === 'baseline' ? 'updated' : 'new';
}
