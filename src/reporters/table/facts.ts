import type { Finding, Report, ReportKey } from '../../model/report.ts';
import { cells, flow, wrap } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { actorText, day, minute, placeText } from '../words.ts';
import { beside, INDENT } from './layout.ts';
import { ownerRows } from './owner-rows.ts';
import type { Page } from './page.ts';
import { plannedParts } from './planned.ts';
import { statesRead } from './states.ts';

const LABEL_WIDTH = 15;

export type Row = readonly [label: string, parts: readonly string[]];
const TERRAFORM_FILE = /\.(tf|tofu)(\.json)?$/;

/** What of the scan one needs to say that a witness has nothing: who was asked, and which states answered. */
export interface AskedOfWitnesses {
  readonly requested: readonly string[];
  readonly states: readonly string[];
}

/** What a report says was asked for, and the states that were read. */
export const askedOfWitnesses = (report: Report): AskedOfWitnesses => ({
  requested: report.scan.requested,
  states: statesRead(report).map(({ place }) => place),
});

/** What of the finding that leads a card its rows tell. */
type Lead = Pick<Finding, 'location' | 'evidence'>;

/** Which key, who made it and how, and where each witness has it: one labelled row each. */
export function factRows(key: ReportKey, lead: Finding, asked: AskedOfWitnesses, page: Page): string[] {
  const rows: readonly Row[] = [['key', keyParts(key, page)], ...factsOf(key, lead, asked)];
  return rows.flatMap(([label, parts]) => labelledRow(label, parts.map(plainText), page));
}

/** The same but for which key it is, in words for any page; a row without parts is nothing to tell. Raw text. */
export const factsOf = (key: ReportKey, lead: Lead | undefined, asked: AskedOfWitnesses): readonly Row[] => [
  ['aliases', key.aliases.length > 1 || key.name !== undefined ? key.aliases : []],
  ['family', familyParts(key)],
  ['created', createdParts(key)],
  ...configurationRows(key, lead, asked),
  ...stateRows(key, lead, asked),
  ['live', liveParts(key)],
  ...(key.planned ?? []).map((change): Row => ['next apply', plannedParts(change)]),
  ['deletion', deletionParts(key)],
  ...ownerRows(key),
];

/** A quiet label before lines of parts; nothing where there are no parts. */
export function labelledRow(label: string, parts: readonly string[], page: Page): string[] {
  const room = page.width - LABEL_WIDTH - INDENT.length;
  const lines = flow(parts, '  ', room).flatMap((line) => (cells(line) > room ? wrap(line, room) : line));
  return beside(label, LABEL_WIDTH, lines, page);
}

/** The ARN, or where it does not fit its parts: they identify the key just as well. */
function keyParts(key: ReportKey, page: Page): string[] {
  if (key.arn === null || key.keyId === null || key.region === null || key.account === null) return [key.id];
  const fits = key.arn.length <= page.width - LABEL_WIDTH - INDENT.length;
  return fits ? [key.arn] : [key.keyId, key.region, key.account];
}

function createdParts({ created, replicated, createdAt, unknown }: ReportKey): string[] {
  const by = replicated ?? created;
  if (by !== null) return [`${minute(by.eventTime)} by ${actorText(by)}`];
  const why = unknown['created'] ?? unknown['replicated'];
  if (why === undefined) return createdAt === null ? [] : [minute(createdAt)];
  return [`${createdAt === null ? '' : `${day(createdAt)}, `}by whom is unknown: ${why}`];
}

/** Where the rest of a multi-Region key is: its members share account and id. */
function familyParts({ arn, family }: ReportKey): string[] {
  if (family === undefined) return [];
  const regionOf = (member: string): string => member.split(':')[3] ?? member;
  if (family.primary !== arn) return [`replica of the primary in ${regionOf(family.primary)}`];
  const regions = family.replicas.map(regionOf);
  return [regions.length === 0 ? 'primary without replicas' : `primary, replicas in ${regions.join(' ')}`];
}

function configurationRows(key: ReportKey, lead: Lead | undefined, asked: AskedOfWitnesses): Row[] {
  if (key.configuration.length > 0) {
    return key.configuration.map((block) => ['configuration', [placeText(block), block.address]]);
  }
  const near =
    lead !== undefined && TERRAFORM_FILE.test(lead.location.path)
      ? [`(nearest block: ${placeText(lead.location)})`]
      : [];
  const why = key.unknown['configuration'];
  if (why !== undefined) return [['configuration', [`? ${why}`, ...near]]];
  return asked.requested.includes('configuration') ? [['configuration', ['no block', ...near]]] : [];
}

/** Where a state has it; else what is said of states, such as that a crashed apply left it in an errored one. */
function stateRows(key: ReportKey, lead: Lead | undefined, asked: AskedOfWitnesses): Row[] {
  if (key.state.length > 0) {
    return key.state.map(({ source, address, serial, status }) => [
      'state',
      [source, address, `serial ${serial}`, ...(status === 'current' ? [] : [status])],
    ]);
  }
  const told = lead?.evidence.filter(({ witness }) => witness === 'state') ?? [];
  if (told.length > 0) return told.map(({ text }) => ['state', [text]]);
  if (!asked.requested.includes('state')) return [];
  const [only, ...others] = asked.states;
  const where =
    only !== undefined && others.length === 0 ? `not in ${only}` : `in none of ${asked.states.length} states`;
  return [['state', [where]]];
}

function liveParts({ live, standing, unknown }: ReportKey): string[] {
  if (live === null) {
    if (unknown['live'] !== undefined) return [`? ${unknown['live']}`];
    return standing === 'missing' || standing === 'gone' ? ['KMS says NotFound'] : [];
  }
  const { keyState, keySpec, keyUsage, origin, deletionDate, validTo, keyStoreConnection } = live;
  const why = keyState === null ? (live.unknown.enabled ?? live.unknown.keySpec) : undefined;
  return [
    keyState ?? `? ${why ?? 'not described'}`,
    ...[keySpec, keyUsage, origin === 'AWS_KMS' ? undefined : origin].filter((part) => part !== undefined),
    ...(deletionDate === null ? [] : [`gone on ${day(deletionDate)}`]),
    ...(validTo === null ? [] : [`material expires ${day(validTo)}`]),
    ...(keyStoreConnection === null ? [] : [`key store ${keyStoreConnection}`]),
  ];
}

const deletionParts = ({ deletion, unknown }: ReportKey): string[] =>
  deletion === null
    ? [unknown['deletion']].filter((why) => why !== undefined).map((why) => `? ${why}`)
    : [`scheduled ${minute(deletion.eventTime)} by ${actorText(deletion)}`];
