import { z } from 'zod';
import { type Outcome, type StateSource, unreadableFor } from '../source.ts';
import type { ApiAnswer, TfcApi } from './api.ts';
import type { Workspace } from './workspaces.ts';

const currentSchema = z.object({
  data: z.object({
    id: z.string().min(1),
    attributes: z.object({ 'hosted-state-download-url': z.string().nullish() }),
  }),
});

/** What is asked of one workspace; `find` looks it up by its name where no list brought it. */
export interface WorkspaceAsk {
  readonly api: TfcApi;
  readonly locator: string;
  readonly find: (signal: AbortSignal) => Promise<ApiAnswer<Workspace>>;
}

/** The current state version of one workspace (HCP Terraform API documentation, "State Versions"). */
export function workspaceSource({ api, locator, find }: WorkspaceAsk): StateSource {
  const current = (workspace: Workspace, signal: AbortSignal) =>
    api.ask(`/workspaces/${encodeURIComponent(workspace.id)}/current-state-version`, currentSchema, signal);
  return {
    locator,
    named: true,
    read: async (signal) => {
      const found = await find(signal);
      if (found.kind !== 'told') return unreadableFor(found.reason);
      if (found.value.mayReadStates === false) return unreadableFor(NOT_FOR_THIS_TOKEN);
      const version = await current(found.value, signal);
      if (version.kind !== 'told') return withoutVersion(version, found.value);
      return download(api, version.value.data, signal);
    },
    isStill: async ({ mark }, signal) => {
      const found = await find(signal);
      if (found.kind !== 'told') return false;
      const version = await current(found.value, signal);
      return version.kind === 'told' && version.value.data.id === mark;
    },
  };
}

const NOT_FOR_THIS_TOKEN =
  'the token may see this workspace but not its state versions: it needs the permission to read state versions';

/** A workspace that nothing was applied in has none, and the API says 404, as it does of what the token may not see. */
function withoutVersion(
  version: Extract<ApiAnswer<unknown>, { kind: 'unreadable' }>,
  { hasState }: Workspace,
): Outcome {
  if (version.status !== 404) return unreadableFor(version.reason);
  return hasState === true
    ? unreadableFor(NOT_FOR_THIS_TOKEN)
    : { kind: 'none', reason: 'the workspace has no state version yet' };
}

async function download(
  api: TfcApi,
  { id, attributes }: z.infer<typeof currentSchema>['data'],
  signal: AbortSignal,
): Promise<Outcome> {
  const address = attributes['hosted-state-download-url'];
  if (address == null || address === '') return unreadableFor('its current state version has no download address yet');
  const answer = await api.download(address, signal);
  if (answer.kind !== 'answer') return answer;
  const { status, bytes } = answer;
  return status === 200
    ? { kind: 'content', bytes, mark: id }
    : unreadableFor(`HTTP ${status} instead of the state, from the address that the API gave for it`);
}
