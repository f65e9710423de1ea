import {
  ATTRIBUTE_NAMES,
  type Attested,
  type AttributeName,
  type KeyAttributes,
  reading,
} from '../model/attributes.ts';
import type { ConfigurationFact, LiveFact, StateFact } from '../model/facts.ts';
import type { AliasDrift, KeyRecord, Owner, PlannedChange } from '../model/key-record.ts';
import { plural } from '../model/plural.ts';
import { policyChange } from '../model/policy-change.ts';
import { policyChangeTexts } from '../model/policy-change-text.ts';
import { policyMeaning } from '../model/policy-meaning.ts';
import type { Finding } from '../model/report.ts';
import { usageText } from './owner-views.ts';
import { causeOf, type PlannedSource } from './planned-view.ts';
import { actorEvidence, displayValue, oneLine } from './words.ts';

type Evidence = Finding['evidence'][number];

/** Long texts that identify nothing; a finding about one of them names it. */
const BULKY: ReadonlySet<AttributeName> = new Set(['policy', 'tags']);

/** What each witness said of the key, one sentence each: in the order of a key's life. */
export function evidenceOf(record: KeyRecord, about: AttributeName | undefined): Evidence[] {
  return [
    ...policyEvidence(record, about),
    createdEvidence(record),
    replicatedEvidence(record),
    ...record.configuration.map((block) => said('configuration', blockText(block, about))),
    ...record.state.map((instance) => said('state', instanceText(instance, about))),
    ...record.planned.map((change) => said(change.by, plannedText({ change, record }))),
    ...record.errored.map((instance) => said('state', `errored state: ${instanceText(instance, about)}`)),
    liveEvidence(record, about),
    keyStoreEvidence(record),
    ...record.missingKeyStores.map((id) => said('key store', `KMS lists no custom key store ${id}`)),
    ...record.aliasDrifts.map((drift) => said('alias', aliasText(drift))),
    ...record.owners.map((owner) => said('owner', ownerText(owner))),
    ...(record.lastUsage === null ? [] : [said('last use', usageText(record.lastUsage))]),
    deletionEvidence(record),
    ...unsaid(record),
  ].filter((entry) => entry !== undefined);
}

/** Texts of others are kept to one line; escaping them is for each reporter. */
const said = (witness: string, text: string): Evidence => ({ witness, text: oneLine(text) });

/** More statements than any policy has that somebody reads line by line. */
const STATEMENTS = 10;

/** In what the policies differ: their texts may have other orders, and are too long to be shown whole. */
function policyEvidence({ differences }: KeyRecord, about: AttributeName | undefined): Evidence[] {
  const values = differences.find(({ attribute, pair }) => attribute === 'policy' && pair === 'state/live')?.values;
  const { state, live } = values ?? {};
  if (about !== 'policy' || typeof state !== 'string' || typeof live !== 'string') return [];
  const change = policyChange(state, live);
  const texts = change === undefined ? [] : policyChangeTexts(change);
  const left = texts.length - STATEMENTS;
  return [...texts.slice(0, STATEMENTS), ...(left > 0 ? [`and ${plural(left, 'more statement')}`] : [])].map((text) =>
    said('difference', text),
  );
}

function createdEvidence({ created }: KeyRecord): Evidence | undefined {
  if (created === null) return undefined;
  const agent = created.actor.userAgent === null ? '' : `, user agent ${created.actor.userAgent}`;
  return said(
    'created',
    `made ${created.eventTime} by ${actorEvidence(created.actor)} (event ${created.eventId}${agent})`,
  );
}

function replicatedEvidence({ replicated }: KeyRecord): Evidence | undefined {
  if (replicated === null) return undefined;
  const { eventTime, eventId, actor, primaryArn } = replicated;
  return said('replicated', `replicated from ${primaryArn} ${eventTime} by ${actorEvidence(actor)} (event ${eventId})`);
}

const blockText = (block: ConfigurationFact, about: AttributeName | undefined): string =>
  `${block.address} at ${block.path}:${block.line} declares ${attributesText(block, about)}`;

function instanceText(instance: StateFact, about: AttributeName | undefined): string {
  const status = instance.status === 'current' ? '' : ` (${instance.status})`;
  const { address, source, serial } = instance;
  return `${address}${status} in ${source}, serial ${serial}: ${attributesText(instance, about)}`;
}

/** What each action does to the instance at its address. */
const VERBS: Readonly<Record<PlannedChange['action'], string>> = {
  create: 'makes',
  update: 'updates in place',
  replace: 'replaces',
  destroy: 'destroys',
  forget: 'takes out of the state',
  'replace-and-forget': 'makes another key and takes out of the state the one of',
  recreate: 'no longer finds, and makes another key at',
  import: 'imports into',
};

function plannedText(source: PlannedSource): string {
  const { action, address, plan } = source.change;
  const subject = plan === null ? 'the next apply' : `${plan}: the apply`;
  const cause = ['replace', 'destroy', 'replace-and-forget'].includes(action) ? ` (${causeOf(source)})` : '';
  return `${subject} ${VERBS[action]} ${address}${cause}`;
}

function liveEvidence({ live, absent }: KeyRecord, about: AttributeName | undefined): Evidence | undefined {
  if (live !== null) return said('live', `${liveText(live)}${attributesText(live, about)}`);
  return absent === null ? undefined : said('live', `KMS, asked ${absent.readAt}, says NotFound`);
}

function liveText({ keyState, createdAt, deletionDate, validTo }: LiveFact): string {
  const parts = [
    keyState ?? 'not described',
    createdAt === null ? undefined : `made ${createdAt}`,
    deletionDate === null ? undefined : `deleted ${deletionDate}`,
    validTo === null ? undefined : `material expires ${validTo}`,
  ];
  return `${parts.filter((part) => part !== undefined).join(', ')}: `;
}

function keyStoreEvidence({ keyStore }: KeyRecord): Evidence | undefined {
  if (keyStore === null) return undefined;
  return said('key store', `${keyStore.id} is ${keyStore.connectionState ?? 'in an unknown connection state'}`);
}

function deletionEvidence({ deletion }: KeyRecord): Evidence | undefined {
  if (deletion === null) return undefined;
  const { eventTime, eventId, actor, pendingWindowInDays } = deletion;
  const wait = pendingWindowInDays === null ? '' : `, to wait ${pendingWindowInDays} days`;
  return said('deletion', `scheduled ${eventTime} by ${actorEvidence(actor)}${wait} (event ${eventId})`);
}

const aliasText = ({ name, address, source, target }: AliasDrift): string =>
  `${address} in ${source} binds ${name} to this key; KMS has it ${target === null ? 'nowhere' : `on ${target}`}`;

function ownerText({ name, by, strength, status }: Owner): string {
  const claim = `${name}, by ${by}${status === 'left' ? ', which let go of it' : ''}`;
  return strength === 'weak' ? `${claim} (weak: whoever made the key wrote it)` : claim;
}

/** Facets that could not be asked, each with why: their silence proves nothing. */
const MORE_FACETS = ['missingKeyStores', 'aliasDrifts', 'owners', 'lastUsage', 'policyDeclared'] as const;

const FACET_NAMES: Readonly<Record<string, string>> = {
  keyStore: 'key store',
  missingKeyStores: 'key store',
  aliasDrifts: 'alias',
  owners: 'owner',
  lastUsage: 'last use',
  policyDeclared: 'policy',
};

function unsaid({ unknown }: KeyRecord): Evidence[] {
  const facets = [
    'created',
    'replicated',
    'configuration',
    'state',
    'live',
    'keyStore',
    'deletion',
    ...MORE_FACETS,
  ] as const;
  return facets.flatMap((name) => {
    const reason = unknown[name];
    return reason === undefined ? [] : [said(FACET_NAMES[name] ?? name, `unknown: ${reason}`)];
  });
}

/** A policy as every witness would write it, for texts of one meaning to read the same. */
const inOneOrder = (value: KeyAttributes[AttributeName]): KeyAttributes[AttributeName] =>
  typeof value === 'string' ? (policyMeaning(value) ?? value) : value;

function attributesText(witness: Attested, about: AttributeName | undefined): string {
  const parts = ATTRIBUTE_NAMES.flatMap((name) => {
    if (BULKY.has(name) && name !== about) return [];
    const value = reading(witness, name);
    if (value.kind === 'unknown') return name === about ? [`${name} unknown (${value.reason})`] : [];
    return value.kind === 'silent' || (value.value === null && name !== about)
      ? []
      : [`${name} ${displayValue(name === 'policy' ? inOneOrder(value.value) : value.value)}`];
  });
  return parts.length === 0 ? 'no attributes known' : parts.join(', ');
}
