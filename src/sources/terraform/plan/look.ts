import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileError, UserError } from '../../../errors.ts';
import type { Coverage } from '../../../model/coverage.ts';
import type { Fact } from '../../../model/facts.ts';
import { joinLooks, type Look } from '../../../model/inventory.ts';
import type { NamedBy } from '../../../model/named.ts';
import { by } from '../../../model/order.ts';
import type { Env } from '../../aws/profile.ts';
import { isTracked } from '../../git/tracked.ts';
import { shownPath } from '../../shown-path.ts';
import type { Looking } from '../../source.ts';
import { leavesRepository } from '../configuration/bounds.ts';
import { readState } from '../state/content.ts';
import { decode } from '../state/decode.ts';
import { type PlanDocument, readDocument } from './document.ts';
import { driftIn, type PlanOrigin, plannedBy } from './facts.ts';

/** The plans to read: what `terraform show -json PLAN` printed into files. */
export interface PlanAsk {
  /** Each as `--plan` has it, and the root that it is a plan of, where that is known. */
  readonly where: readonly { readonly where: string; readonly from: NamedBy; readonly root: string | null }[];
  readonly cwd: string;
  readonly env: Env;
}

/**
 * What plans would do to keys. Throws UserError for what is no file, and for a saved plan that was not converted: told
 * before anything else is asked. A plan that cannot be read is failed coverage, one that is damaged or not complete
 * partial.
 */
export async function lookAtPlans({ where, cwd, env }: PlanAsk, looking: Looking): Promise<Look> {
  const places: Place[] = [];
  for (const each of where) places.push(await placeOf(each, cwd));
  const once = new Map(places.map((place) => [`${place.path}\0${place.root ?? ''}`, place]));
  const looks: Look[] = [];
  for (const place of [...once.values()].sort(by(({ locator }) => locator))) {
    looking.onProgress({ source: 'plan', text: `${looks.length + 1} of ${once.size}: ${place.locator}` });
    looks.push(await readPlan(place, { cwd, env }, looking));
  }
  return joinLooks(looks);
}

interface Place {
  /** As given. */
  readonly argument: string;
  readonly path: string;
  readonly locator: string;
  readonly root: string | null;
  readonly from: NamedBy;
  readonly isOpened: boolean;
}

const ADDRESS = /^[a-z][a-z0-9+.-]+:\/\//i;
const HOW = 'give the file that `terraform show -json PLAN` was written to';

async function placeOf({ where, from, root }: PlanAsk['where'][number], cwd: string): Promise<Place> {
  if (where === '' || where === '-') throw new UserError(`--plan ${where || 'is empty'}: ${HOW}`);
  // An address may carry a token, so it is not repeated.
  if (ADDRESS.test(where)) throw new UserError(`--plan takes no address: ${HOW}`);
  const path = resolve(cwd, where);
  const found = await statusOf(path, where);
  if (found.isDirectory()) throw new UserError(`--plan ${where}: it is a directory; ${HOW}`);
  // A pipe or device may never end: only whoever runs keydrift may name one.
  const isOpened = found.isFile() || from === 'flag';
  return { argument: where, path, locator: shownPath(path, cwd), root, from, isOpened };
}

async function statusOf(path: string, where: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (error) {
    throw fileError(`--plan ${where}`, error);
  }
}

async function readPlan(place: Place, { cwd, env }: Pick<PlanAsk, 'cwd' | 'env'>, looking: Looking): Promise<Look> {
  const { now, signal } = looking;
  const origin: PlanOrigin = { plan: place.locator, root: place.root, readAt: now() };
  if (!place.isOpened) return unreadLook(origin, 'it is no regular file');
  const outside = await leavesRepository(place.path, cwd);
  if (outside !== undefined) return unreadLook(origin, outside);
  const bytes = await readState(place.path, signal);
  if ('kind' in bytes) return unreadLook(origin, bytes.reason);
  if (isArchive(bytes)) throw notConverted(place);
  const text = decode(bytes, 'plan');
  const document = 'kind' in text ? text : readDocument(text);
  if (document.kind !== 'plan') return unreadLook(origin, document.reason);
  return lookOf(document, (await isCommitted(place, env, signal)) ? { ...origin, committed: true } : origin);
}

/** Where git cannot tell, a plan that a file of the repository names is taken for the repository's. */
const isCommitted = async ({ path, from }: Place, env: Env, signal: AbortSignal): Promise<boolean> =>
  (await isTracked(path, env, signal)) ?? from === 'repository';

/** A saved plan is a zip archive (hashicorp/terraform, internal/plans/planfile); only the version that wrote it reads it. */
const isArchive = ([first, second]: Uint8Array): boolean => first === 0x50 && second === 0x4b;

const notConverted = ({ argument }: Place): UserError =>
  new UserError(
    `--plan ${argument}: a saved plan, which only Terraform can read; convert it first: terraform show -json ${argument} > ${argument}.json`,
  );

const unreadLook = ({ plan, readAt }: PlanOrigin, reason: string): Look => ({
  facts: [],
  coverage: [{ source: 'plan', locator: plan, status: 'failed', reason, readAt }],
  diagnostics: [],
});

function lookOf({ changes, drift, shortfall, isWhole, gaps, providerRegion }: PlanDocument, origin: PlanOrigin): Look {
  const planned = changes.map((entry) => plannedBy(entry, origin, providerRegion(entry)));
  const made = planned.flatMap(({ facts }) => facts.filter(({ action }) => action === 'create'));
  const remade = new Map(made.map((fact) => [fact.address, fact]));
  const drifted = drift.map((entry) => driftIn(entry, origin, remade));
  const facts: Fact[] = [...planned, ...drifted].flatMap((found): readonly Fact[] => found.facts);
  const damage = [...gaps, ...[...planned, ...drifted].flatMap((found) => found.gaps)];
  return { facts, coverage: [coverageOf(origin, { shortfall, isWhole, damage })], diagnostics: [] };
}

function coverageOf(
  { plan, root, committed, readAt }: PlanOrigin,
  { shortfall, isWhole, damage }: Pick<PlanDocument, 'shortfall' | 'isWhole'> & { readonly damage: readonly string[] },
): Coverage {
  const [first, ...rest] = damage;
  const damaged =
    first === undefined ? undefined : `damaged: ${first}${rest.length === 0 ? '' : `, and ${rest.length} more`}`;
  const reasons = [shortfall, damaged].filter((reason) => reason !== undefined);
  return {
    source: 'plan',
    locator: plan,
    ...(reasons.length === 0 ? { status: 'complete' } : { status: 'partial', reason: reasons.join('; ') }),
    plan: { root, whole: isWhole && reasons.length === 0, ...(committed === undefined ? {} : { committed }) },
    readAt,
  };
}
