import { ATTRIBUTE_NAMES } from '../../../model/attributes.ts';
import { COUNTED_AS, countedAs } from '../../../model/finding-status.ts';
import { grouped } from '../../../model/grouped.ts';
import { STANDINGS } from '../../../model/key-record.ts';
import type { Finding, Report, ReportKey } from '../../../model/report.ts';
import { SEVERITIES } from '../../../model/rule.ts';
import { askedOfWitnesses } from '../../table/facts.ts';
import { actorText, day, nameOf, placeText } from '../../words.ts';
import type { Contents, FindingRow, KeyRow } from '../rows.ts';

/** Where each name stands in a list of names. */
type Places = ReadonlyMap<string, number>;

const placesOf = (names: readonly string[]): Places => new Map(names.map((name, at) => [name, at]));

const NONE = '';

/** What stands once for all rows. */
export function contentsOf(report: Report): Contents {
  const rules = new Set(report.rules.map(({ id }) => id));
  for (const { rule } of report.findings) rules.add(rule);
  return {
    accounts: distinct(report.keys, ({ account }) => account ?? NONE),
    regions: distinct(report.keys, ({ region }) => region ?? NONE),
    standings: STANDINGS,
    severities: SEVERITIES,
    statuses: COUNTED_AS,
    rules: [...rules].sort(),
    setting: {
      ...askedOfWitnesses(report),
      attributes: ATTRIBUTE_NAMES,
      help: report.rules.map(({ id, help }) => [id, help]),
    },
  };
}

const distinct = (keys: readonly ReportKey[], nameOfKey: (key: ReportKey) => string): string[] =>
  [...grouped(keys, nameOfKey).keys()].sort();

/** A row for each key, in the report's order. */
export function* keyRows({ keys }: Report, contents: Contents): Iterable<KeyRow> {
  const [standings, accounts, regions] = [contents.standings, contents.accounts, contents.regions].map(placesOf);
  for (const key of keys) {
    yield [
      key.id,
      nameOf(key),
      standings?.get(key.standing) ?? 0,
      accounts?.get(key.account ?? NONE) ?? 0,
      regions?.get(key.region ?? NONE) ?? 0,
      key.live?.keyState ?? '',
      key.live?.keySpec ?? '',
      key.createdAt === null ? '' : day(key.createdAt),
      makerOf(key),
      searchText(key),
    ];
  }
}

function makerOf({ created, replicated }: ReportKey): string {
  const by = replicated ?? created;
  return by === null ? '' : actorText(by);
}

function searchText({ aliases, configuration, state, created, replicated, owners = [] }: ReportKey): string {
  const texts = [
    ...aliases,
    ...configuration.flatMap((block) => [block.address, placeText(block)]),
    ...state.flatMap(({ address, source }) => [address, source]),
    created?.principal ?? '',
    replicated?.principal ?? '',
    ...owners.map(({ name }) => name),
  ];
  return [...new Set(texts)].join(' ').trim();
}

/** A row for each finding, in the report's order: worst first. */
export function* findingRows({ keys, findings }: Report, contents: Contents): Iterable<FindingRow> {
  const places = placesOf(keys.map(({ id }) => id));
  const [rules, severities, statuses] = [contents.rules, contents.severities, contents.statuses].map(placesOf);
  for (const finding of findings) {
    yield [
      keyPlace(finding, places),
      rules?.get(finding.rule) ?? 0,
      severities?.get(finding.severity) ?? 0,
      statuses?.get(countedAs(finding)) ?? 0,
      finding.fingerprint,
      finding.message.trim(),
      placeText(finding.location),
      finding.lapsed === undefined ? 0 : 1,
    ];
  }
}

function keyPlace({ key, rule }: Finding, places: Places): number {
  const at = places.get(key);
  if (at === undefined) throw new Error(`a finding of ${rule} names a key that the report does not hold: ${key}`);
  return at;
}
