import { grouped } from '../../model/grouped.ts';
import type { Report, ReportKey } from '../../model/report.ts';
import { flow } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { count, digits, placeText } from './words.ts';

type Planned = NonNullable<ReportKey['planned']>[number];

/** What each action does to the key of the card. */
const DOES: Readonly<Record<Planned['action'], string>> = {
  create: 'makes it',
  update: 'updates it in place',
  replace: 'replaces it',
  destroy: 'destroys it',
  forget: 'takes it out of the state',
  'replace-and-forget': 'makes another, takes it out of the state',
  recreate: 'makes another key',
  import: 'imports it',
};

/** The same of keys that are counted. */
const DONE: Readonly<Record<Planned['action'], string>> = {
  create: 'to make',
  update: 'to update',
  replace: 'to replace',
  destroy: 'to destroy',
  forget: 'to forget',
  'replace-and-forget': 'to replace and forget',
  recreate: 'to make again',
  import: 'to import',
};

const ENDS_A_KEY: readonly Planned['action'][] = ['replace', 'destroy'];

/** What KMS takes where nothing sets it (AWS KMS API reference, ScheduleKeyDeletion). */
const DEFAULT_WAITING_DAYS = 30;

/** What an apply does to the key, why, how long KMS waits then, and where that is said. */
export function plannedParts({ action, because, reason, deletionWindowInDays, ...change }: Planned): string[] {
  const why = [...because, ...(reason === undefined ? [] : [reason])].join(', ');
  const block =
    change.path === undefined || change.line === undefined ? [] : [{ path: change.path, line: change.line }];
  return [
    why === '' ? DOES[action] : `${DOES[action]}: ${why}`,
    ...(ENDS_A_KEY.includes(action)
      ? [`gone ${count(deletionWindowInDays ?? DEFAULT_WAITING_DAYS, 'day')} later`]
      : []),
    change.address,
    ...(change.plan === undefined ? block.map(placeText) : [`by ${change.plan}`]),
  ];
}

/** Which plans were read and what each does to how many keys. Plain text. */
export function planTexts({ coverage, keys }: Report, room: number): string[] {
  const read = coverage.filter(({ source, status }) => source === 'plan' && status !== 'failed');
  if (read.length === 0) return [];
  const told = read.map(({ locator }) => `${plainText(locator ?? 'a plan')} (${tally(keys, locator)})`);
  return flow(
    [`${digits(told.length)} read:`, ...told.map((text, at) => (at < told.length - 1 ? `${text},` : text))],
    ' ',
    room,
  );
}

function tally(keys: Report['keys'], plan: string | undefined): string {
  const changes = keys.flatMap(({ planned = [] }) => planned.filter((change) => change.plan === plan));
  const byAction = [...grouped(changes, ({ action }) => action)];
  return (
    byAction.map(([action, alike]) => `${count(alike.length, 'key')} ${DONE[action]}`).join(', ') || 'no key changes'
  );
}
