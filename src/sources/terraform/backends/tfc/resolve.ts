import { byText } from '../../../../model/order.ts';
import { plural } from '../../../../model/plural.ts';
import type { Env } from '../../../aws/profile.ts';
import { oneLine } from '../../../one-line.ts';
import { keyForm } from '../key-form.ts';
import { failedAt, foundAll, type Gap, type Resolved } from '../source.ts';
import { type ApiAnswer, openTfc, type TfcApi } from './api.ts';
import { workspaceSource } from './state-version.ts';
import { type TfcWhere, tfcLocator } from './where.ts';
import { stacksOf, workspaceNamed, workspacesOf } from './workspaces.ts';

/** The workspaces that one `tfc://` place means; without a token nothing is asked. */
export async function resolveTfc(
  where: TfcWhere,
  mayBeNone: boolean,
  env: Env,
  signal: AbortSignal,
): Promise<Resolved> {
  const { organization, workspace } = where;
  const locator = tfcLocator(where);
  const api = await openTfc(where.host, env);
  if ('kind' in api) return failedAt(locator, api.reason);
  const form = keyForm(workspace);
  if (form.kind !== 'pattern') {
    const find = (during: AbortSignal) => workspaceNamed(api, organization, workspace, during);
    return foundAll([workspaceSource({ api, locator, find })]);
  }
  const listed = await workspacesOf(api, organization, signal);
  if (listed.kind !== 'told') return failedAt(locator, listed.reason);
  const wanted = listed.value.filter(({ name }) => form.matches(name));
  const stacks = await stackGap(where, api, form.matches, signal);
  const gaps = stacks === undefined ? [] : [stacks];
  if (wanted.length === 0 && stacks === undefined && !mayBeNone)
    return failedAt(locator, 'no workspaces there, or none that this token may see');
  const sources = wanted.map((each) => {
    const find = async () => ({ kind: 'told', value: each }) as const;
    return workspaceSource({ api, locator: tfcLocator({ ...where, workspace: oneLine(each.name) }), find });
  });
  return { sources, gaps, notes: [] };
}

const NAMED = 5;

/** What Stacks manage stands in no workspace's state, and how to read theirs is not documented. */
async function stackGap(
  where: TfcWhere,
  api: TfcApi,
  matches: (name: string) => boolean,
  signal: AbortSignal,
): Promise<Gap | undefined> {
  const told: ApiAnswer<readonly string[]> = await stacksOf(api, where.organization, signal);
  const locator = tfcLocator({ ...where, workspace: `${where.workspace} (Stacks)` });
  if (told.kind !== 'told')
    return { locator, status: 'partial', reason: `whether there are Stacks is not known: ${told.reason}` };
  const names = told.value.filter(matches).sort(byText);
  if (names.length === 0) return undefined;
  const shown = [...names.slice(0, NAMED).map((name) => oneLine(name)), ...(names.length > NAMED ? ['…'] : [])];
  const reason = `${plural(names.length, 'Stack')} not read (${shown.join(', ')}): keydrift reads workspaces alone`;
  return { locator, status: 'partial', reason };
}
