import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Call, ServiceName } from './call.ts';
import { callerOf, credentialScope } from './caller.ts';
import type { Cloud } from './cloud.ts';
import { AwsError } from './errors.ts';
import { queryError } from './query.ts';

/** A request as the emulator saw and answered it. */
export interface LoggedRequest {
  readonly service: string;
  readonly api: string;
  readonly account: string;
  readonly region: string;
  /** Epoch milliseconds of the machine's clock. */
  readonly time: number;
  readonly input: Readonly<Record<string, unknown>>;
  readonly status: number;
  /** AWS's error code, of a call that failed. `ConnectionReset` when it got no answer. */
  readonly error?: string;
}

/** What a call comes to. */
export type Outcome =
  | { readonly kind: 'answer'; readonly body: string }
  | { readonly kind: 'error'; readonly error: AwsError }
  | { readonly kind: 'reset' };

/** The body; undefined when the client went away before it was through. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
  } catch (error) {
    if (request.destroyed) return undefined;
    throw error;
  }
  return Buffer.concat(chunks).toString();
}

const inputSchema = z.record(z.string(), z.unknown());

function jsonInput(body: string): Readonly<Record<string, unknown>> {
  try {
    return inputSchema.parse(JSON.parse(body === '' ? '{}' : body));
  } catch (cause) {
    throw new AwsError(
      'SerializationException',
      `The body is no JSON object: ${cause instanceof Error ? cause.message : ''}`,
    );
  }
}

const TARGETS: Readonly<Record<string, ServiceName>> = {
  TrentService: 'kms',
  'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101': 'cloudtrail',
  CloudTrail_20131101: 'cloudtrail',
};

type RequestedCall = Pick<Call, 'service' | 'api' | 'input'>;

/** Of the services that speak the query protocol, the one that the signature is for. */
const queryService = (request: IncomingMessage): ServiceName =>
  credentialScope(request.headers.authorization).service === 'cloudformation' ? 'cloudformation' : 'sts';

const isQuery = (service: ServiceName | undefined): boolean => service === 'sts' || service === 'cloudformation';

/** AWS JSON 1.1 names service and API in X-Amz-Target, the query protocol the API in its form. */
function askedOf(request: IncomingMessage, body: string): RequestedCall {
  const target = request.headers['x-amz-target'];
  if (typeof target !== 'string') {
    const form = Object.fromEntries(new URLSearchParams(body));
    if (form['Action'] !== undefined) return { service: queryService(request), api: form['Action'], input: form };
    throw new AwsError(
      'UnknownOperationException',
      `Neither X-Amz-Target nor Action (${request.headers['content-type'] ?? 'no content type'})`,
      404,
    );
  }
  const dot = target.lastIndexOf('.');
  const service = TARGETS[target.slice(0, dot)];
  if (service === undefined) throw new AwsError('UnknownOperationException', `The emulator has no ${target}`, 404);
  return { service, api: target.slice(dot + 1), input: jsonInput(body) };
}

function callOf(cloud: Cloud, request: IncomingMessage, asked: RequestedCall, requestId: string): Call {
  const scope = credentialScope(request.headers.authorization);
  const { principal, partition, account } = callerOf(cloud, scope, asked.service);
  return {
    ...asked,
    realm: { partition, account, region: scope.region },
    principal,
    accessKeyId: scope.accessKeyId,
    userAgent: request.headers['user-agent'] ?? '',
    sourceIp: (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
    requestId,
  };
}

function send(response: ServerResponse, outcome: Outcome, service: ServiceName | undefined, requestId: string): number {
  if (outcome.kind === 'reset') {
    response.socket?.resetAndDestroy();
    return 0;
  }
  const status = outcome.kind === 'answer' ? 200 : outcome.error.status;
  const type = isQuery(service) ? 'text/xml' : 'application/x-amz-json-1.1';
  const body = outcome.kind === 'answer' ? outcome.body : errorBody(outcome.error, service, requestId);
  const errorType = outcome.kind === 'error' && !isQuery(service) ? { 'x-amzn-errortype': outcome.error.code } : {};
  response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': requestId, ...errorType }).end(body);
  return status;
}

const errorBody = (error: AwsError, service: ServiceName | undefined, requestId: string): string =>
  isQuery(service) ? queryError(error, requestId) : JSON.stringify({ __type: error.code, message: error.message });

/** An answer to wait for, or what AWS says instead. */
export type Answering = (call: Call) => { readonly delayMs: number; readonly outcome: () => Outcome };

const loggedError = (outcome: Outcome): { error?: string } => {
  if (outcome.kind === 'answer') return {};
  return { error: outcome.kind === 'reset' ? 'ConnectionReset' : outcome.error.code };
};

/** An HTTP server that turns requests into calls; what they come to is for `answer`. */
export function awsServer(cloud: Cloud, answer: Answering, log: (request: LoggedRequest) => void): Server {
  const server = createServer(async (request, response) => {
    const time = Date.now();
    const requestId = cloud.nextId();
    const body = await bodyOf(request);
    if (body === undefined) return;
    let asked: RequestedCall | undefined;
    let call: Call | undefined;
    let outcome: Outcome;
    try {
      asked = askedOf(request, body);
      call = callOf(cloud, request, asked, requestId);
      const due = answer(call);
      if (due.delayMs > 0) await sleep(due.delayMs, undefined, { ref: false });
      outcome = due.outcome();
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      outcome = { kind: 'error', error };
    }
    log({
      service: asked?.service ?? '',
      api: asked?.api ?? '',
      account: call?.realm.account ?? '',
      region: call?.realm.region ?? '',
      time,
      input: asked?.input ?? {},
      status: send(response, outcome, asked?.service, requestId),
      ...loggedError(outcome),
    });
  });
  // Longer than any client's pause, so that no call meets a connection that is just being closed.
  server.keepAliveTimeout = 60_000;
  return server;
}
