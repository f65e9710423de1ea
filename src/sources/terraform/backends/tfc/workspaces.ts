import { z } from 'zod';
import type { ApiAnswer, TfcApi } from './api.ts';

const linkSchema = z.object({ data: z.object({ id: z.string() }).nullable() });

const workspaceSchema = z.object({
  id: z.string().min(1),
  attributes: z.object({
    name: z.string(),
    permissions: z.object({ 'can-read-state-versions': z.boolean() }).partial().nullish(),
  }),
  relationships: z.object({ 'current-state-version': linkSchema }).partial().nullish(),
});

/** A workspace as the API shows it (HCP Terraform API documentation, "Workspaces": Show workspace). */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** undefined: not said. */
  readonly mayReadStates: boolean | undefined;
  /** undefined: not said. */
  readonly hasState: boolean | undefined;
}

function workspaceOf({ id, attributes, relationships }: z.infer<typeof workspaceSchema>): Workspace {
  const current = relationships?.['current-state-version'];
  return {
    id,
    name: attributes.name,
    mayReadStates: attributes.permissions?.['can-read-state-versions'],
    hasState: current === undefined ? undefined : current.data !== null,
  };
}

/** One workspace by its name. */
export async function workspaceNamed(
  api: TfcApi,
  organization: string,
  name: string,
  signal: AbortSignal,
): Promise<ApiAnswer<Workspace>> {
  const path = `/organizations/${encodeURIComponent(organization)}/workspaces/${encodeURIComponent(name)}`;
  const told = await api.ask(path, z.object({ data: workspaceSchema }), signal);
  return told.kind === 'told' ? { kind: 'told', value: workspaceOf(told.value.data) } : told;
}

/** Every workspace of an organization that the token may see. */
export async function workspacesOf(
  api: TfcApi,
  organization: string,
  signal: AbortSignal,
): Promise<ApiAnswer<readonly Workspace[]>> {
  const told = await everyPage(api, `/organizations/${encodeURIComponent(organization)}/workspaces`, signal);
  if (told.kind !== 'told') return told;
  const workspaces = z.array(workspaceSchema).safeParse(told.value);
  return workspaces.success
    ? { kind: 'told', value: workspaces.data.map(workspaceOf) }
    : { kind: 'unreadable', reason: 'the list of workspaces cannot be read' };
}

const stackSchema = z.object({ attributes: z.object({ name: z.string() }) });

/** The names of an organization's Stacks (HCP Terraform API documentation, "Stacks": List Stacks). */
export async function stacksOf(
  api: TfcApi,
  organization: string,
  signal: AbortSignal,
): Promise<ApiAnswer<readonly string[]>> {
  const told = await everyPage(api, `/organizations/${encodeURIComponent(organization)}/stacks`, signal);
  // A host without Stacks has no such address; nor has one for a token that may not see them.
  if (told.kind !== 'told') return told.status === 404 ? { kind: 'told', value: [] } : told;
  const stacks = z.array(stackSchema).safeParse(told.value);
  return stacks.success
    ? { kind: 'told', value: stacks.data.map(({ attributes }) => attributes.name) }
    : { kind: 'unreadable', reason: 'the list of Stacks cannot be read' };
}

const pageSchema = z.object({
  data: z.array(z.unknown()),
  meta: z.object({ pagination: z.object({ 'next-page': z.number().int().nullish() }).nullish() }).nullish(),
});

/** The most that the API gives at once (HCP Terraform API documentation, "Pagination"). */
const PAGE_SIZE = 100;

async function everyPage(api: TfcApi, path: string, signal: AbortSignal): Promise<ApiAnswer<readonly unknown[]>> {
  const items: unknown[] = [];
  for (let page = 1; ; ) {
    const query = new URLSearchParams({ 'page[number]': `${page}`, 'page[size]': `${PAGE_SIZE}` });
    const told = await api.ask(`${path}?${query}`, pageSchema, signal);
    if (told.kind !== 'told') return told;
    items.push(...told.value.data);
    const next = told.value.meta?.pagination?.['next-page'];
    if (next == null) return { kind: 'told', value: items };
    if (next <= page) return { kind: 'unreadable', reason: 'its pages lead back to where they began' };
    page = next;
  }
}
