import {
  ATTRIBUTE_NAMES,
  type Attested,
  type AttributeName,
  type KeyAttributes,
  reading,
} from '../model/attributes.ts';
import { type Difference, type KeyRecord, WITNESSES, type Witness } from '../model/key-record.ts';
import { byText } from '../model/order.ts';
import { policyChange } from '../model/policy-change.ts';
import type { ReportKey } from '../model/report.ts';

type Value = KeyAttributes[AttributeName];
type DifferenceRow = ReportKey['differences'][number];

/** One row an attribute: what every witness that knows it says, the disagreeing ones first heard. */
export function differenceRows(record: KeyRecord): DifferenceRow[] {
  if (record.differences.length === 0) return [];
  const facts: Readonly<Record<Witness, readonly Attested[]>> = {
    created: record.created === null ? [] : [record.created],
    configuration: record.configuration,
    state: record.state,
    live: record.live === null ? [] : [record.live],
  };
  return ATTRIBUTE_NAMES.flatMap((attribute) => {
    const differing = record.differences.filter((difference) => difference.attribute === attribute);
    return differing.length === 0 ? [] : [differenceRow(attribute, differing, facts)];
  });
}

function differenceRow(
  attribute: AttributeName,
  differing: readonly Difference[],
  facts: Readonly<Record<Witness, readonly Attested[]>>,
): DifferenceRow {
  const values: Partial<Record<Witness, Value>> = {};
  for (const witness of WITNESSES) {
    const said = differing.map(({ values }) => values[witness]).find((value) => value !== undefined);
    const value = said === undefined ? knownBy(facts[witness], attribute) : said;
    if (value !== undefined) values[witness] = value;
  }
  return {
    attribute,
    between: [...new Set(differing.map(({ pair }) => pair))].sort(byText),
    ...values,
    replaces: differing.some(({ replaces }) => replaces),
    ...changeIn(differing),
  };
}

function changeIn(differing: readonly Difference[]): Pick<DifferenceRow, 'change'> {
  const policy = differing.find(({ attribute, pair }) => attribute === 'policy' && pair === 'state/live');
  const { state, live } = policy?.values ?? {};
  const change = typeof state === 'string' && typeof live === 'string' ? policyChange(state, live) : undefined;
  return change === undefined ? {} : { change };
}

function knownBy(facts: readonly Attested[], attribute: AttributeName): Value | undefined {
  for (const fact of facts) {
    const said = reading(fact, attribute);
    if (said.kind === 'known') return said.value;
  }
  return undefined;
}
