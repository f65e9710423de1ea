import { grouped } from '../../model/grouped.ts';
import type { Report, ReportKey } from '../../model/report.ts';
import { flow } from '../cells.ts';
import { plainText } from '../plain-text.ts';
import { count, digits, placeText } from '../words.ts';

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

/** The same of keys that are counted, those first that one should know of. */
const TO_DO: Readonly<Record<Planned['action'], string>> = {
  replace: 'to replace',
  destroy: 'to destroy',
  recreate: 'to make again',
  'replace-and-forget': 'to replace and forget',
  forget: 'to forget',
  import: 'to import',
  update: 'to update',
  create: 'to make',
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
  // What it does where nobody looked has entries of its own.
  const read = coverage.filter(
    ({ source, operation, status }) => source === 'plan' && operation === undefined && status !== 'failed',
  );
  if (read.length === 0) return [];
  const changes = grouped(
    keys.flatMap(({ planned = [] }) => planned.filter(({ by }) => by === 'plan')),
    ({ plan }) => plan ?? '',
  );
  const told = read.map(({ locator = '' }) => `${plainText(locator)} (${tally(changes.get(locator) ?? [])})`);
  return flow(`${digits(told.length)} read: ${told.join(', ')}`.split(/(?<=,) /), ' ', room);
}

function tally(changes: readonly Planned[]): string {
  const byAction = grouped(changes, ({ action }) => action);
  const [first, ...more] = ACTIONS.flatMap((action) => {
    const alike = byAction.get(action)?.length ?? 0;
    return alike === 0 ? [] : [{ alike, action }];
  });
  if (first === undefined) return 'no key changes';
  const rest = more.map(({ alike, action }) => `, ${digits(alike)} ${TO_DO[action]}`).join('');
  return `${count(first.alike, 'key')} ${TO_DO[first.action]}${rest}`;
}

const ACTIONS = Object.keys(TO_DO) as Planned['action'][];
