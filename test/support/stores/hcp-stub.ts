import { type HttpStub, type StubAnswer, type StubRequest, startStub } from './http-stub.ts';

/** A workspace of the stub; `state` undefined: nothing was applied in it. */
interface StubWorkspace {
  readonly name: string;
  readonly state?: object;
  readonly mayReadStates?: boolean;
  /** Where its state is downloaded; this very server when absent. */
  readonly downloadFrom?: string;
}

/** What an organization holds; it may change while the stub runs. */
export interface StubOrganization {
  readonly token: string;
  readonly workspaces: StubWorkspace[];
  readonly stacks?: readonly string[];
  /** Items a page, however many were asked for. */
  readonly pageSize?: number;
}

/**
 * HCP Terraform's API as its documentation shows it ("Workspaces", "State Versions", "Stacks"): JSON:API documents with
 * `meta.pagination`, 401 without the token, 404 for what is not there. The organization is called `acme`. What `before`
 * answers is answered instead.
 */
export async function startHcp(
  organization: StubOrganization,
  before: (request: StubRequest) => StubAnswer | undefined = () => undefined,
): Promise<HttpStub> {
  const stub: HttpStub = await startStub(
    (request) => before(request) ?? answerOf(request, organization, () => stub.url),
  );
  return stub;
}

const NOT_FOUND: StubAnswer = { status: 404, body: { errors: [{ status: '404', title: 'not found' }] } };

function answerOf(request: StubRequest, organization: StubOrganization, self: () => string): StubAnswer {
  const { pathname, searchParams } = new URL(request.url, 'http://stub');
  if (request.headers.authorization !== `Bearer ${organization.token}`)
    return { status: 401, body: { errors: [{ status: '401', title: 'unauthorized' }] } };
  const { workspaces, stacks } = organization;
  const size = organization.pageSize ?? Number(searchParams.get('page[size]') ?? 20);
  const page = Number(searchParams.get('page[number]') ?? 1);
  if (pathname === '/api/v2/organizations/acme/workspaces') return pageOf(workspaces.map(shown), page, size);
  if (pathname === '/api/v2/organizations/acme/stacks')
    return stacks === undefined ? NOT_FOUND : pageOf(stacks.map(stackShown), page, size);
  const [, by, rest = ''] =
    /^\/api\/v2\/(organizations\/acme\/workspaces|workspaces|state)\/(.+)$/.exec(pathname) ?? [];
  const name = rest.replace(/^ws-/, '').replace(/\/.*$/, '');
  const workspace = workspaces.find((each) => each.name === name);
  if (workspace === undefined) return NOT_FOUND;
  if (by === 'organizations/acme/workspaces') return { body: { data: shown(workspace) } };
  if (workspace.state === undefined || workspace.mayReadStates === false) return NOT_FOUND;
  if (by === 'state') return { body: workspace.state };
  return { body: { data: version(workspace, workspace.state, self()) } };
}

const shown = ({ name, state, mayReadStates = true }: StubWorkspace) => ({
  id: `ws-${name}`,
  type: 'workspaces',
  attributes: { name, permissions: { 'can-read-state-versions': mayReadStates } },
  relationships: {
    'current-state-version': { data: state === undefined ? null : { id: `sv-${name}`, type: 'state-versions' } },
  },
});

const stackShown = (name: string) => ({ id: `st-${name}`, type: 'stacks', attributes: { name } });

const version = ({ name, downloadFrom }: StubWorkspace, state: object, self: string) => ({
  id: `sv-${name}-${'serial' in state ? state.serial : ''}`,
  type: 'state-versions',
  attributes: { 'hosted-state-download-url': downloadFrom ?? `${self}/api/v2/state/${name}` },
});

function pageOf(items: readonly object[], page: number, size: number): StubAnswer {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const pagination = {
    'current-page': page,
    'page-size': size,
    'prev-page': page === 1 ? null : page - 1,
    'next-page': page < pages ? page + 1 : null,
    'total-pages': pages,
    'total-count': items.length,
  };
  return { body: { data: items.slice((page - 1) * size, page * size), meta: { pagination } } };
}
