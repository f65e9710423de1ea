import type { Coverage } from '../../model/coverage.ts';
import type { Finding, Report, ReportKey } from '../../model/report.ts';
import { flow, pad } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import type { Page } from './page.ts';
import { actorText, count, day, minute, placeText } from './words.ts';

export const LABEL_WIDTH = 15;
const INDENT = '  ';
const TERRAFORM_FILE = /\.(tf|tofu)(\.json)?$/;

/** What of the scan one needs to say that a witness has nothing: who was asked, and how many states answered. */
export interface Asked {
  readonly requested: readonly string[];
  readonly states: number;
}

export const askedOf = ({ scan, coverage }: Report): Asked => ({
  requested: scan.requested,
  states: new Set(coverage.filter(isReadState).map(({ locator }) => locator)).size,
});

const isReadState = ({ source, status, state }: Coverage): boolean =>
  source === 'state' && status === 'complete' && state !== undefined;

/** Which key, who made it and how, and where each witness has it: one labelled row each. */
export function factRows(key: ReportKey, lead: Finding, asked: Asked, page: Page): string[] {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['key', keyParts(key, page)],
    ['created', createdParts(key)],
    ...configurationRows(key, lead, asked),
    ...stateRows(key, asked),
    ['live', liveParts(key)],
    ['deletion', deletionParts(key)],
  ];
  return rows.flatMap(([label, parts]) => labelledRow(label, parts.map(plainText), page));
}

/** A quiet label before lines of parts; nothing where there are no parts. */
export function labelledRow(label: string, parts: readonly string[], page: Page): string[] {
  const lines = flow(parts, '  ', page.width - LABEL_WIDTH - INDENT.length);
  return lines.map((line, at) => `${INDENT}${page.quiet(pad(at === 0 ? label : '', LABEL_WIDTH))}${line}`);
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
  const when = createdAt === null ? [] : [minute(createdAt)];
  const why = unknown['created'] ?? unknown['replicated'];
  return why === undefined ? when : [...when, `? by whom: ${why}`];
}

function configurationRows(key: ReportKey, lead: Finding, asked: Asked): [string, string[]][] {
  if (key.configuration.length > 0) {
    return key.configuration.map((block) => ['configuration', [placeText(block), block.address]]);
  }
  if (key.unknown['configuration'] !== undefined) return [['configuration', [`? ${key.unknown['configuration']}`]]];
  if (!asked.requested.includes('configuration')) return [];
  const near = TERRAFORM_FILE.test(lead.location.path) ? [`(nearest block: ${placeText(lead.location)})`] : [];
  return [['configuration', ['no block', ...near]]];
}

function stateRows(key: ReportKey, asked: Asked): [string, string[]][] {
  if (key.state.length > 0) {
    return key.state.map(({ source, address, serial, status }) => [
      'state',
      [source, address, `serial ${serial}`, ...(status === 'current' ? [] : [status])],
    ]);
  }
  if (key.unknown['state'] !== undefined) return [['state', [`? ${key.unknown['state']}`]]];
  return asked.requested.includes('state') ? [['state', [`in none of ${count(asked.states, 'state')}`]]] : [];
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
