/** Bounds that let no endpoint, however silent, hold a scan for ever. Times in milliseconds. */
export interface HttpBounds {
  readonly connectMs: number;
  /** From sending a request to its answer's first byte, and the longest silence inside an answer. */
  readonly answerMs: number;
  /** Kept-alive connections; as many as calls run side by side. */
  readonly sockets: number;
}

/** Options of the SDK's HTTP handler. Without `throwOnRequestTimeout` it warns on the console and waits on. */
export function boundedHttp(bounds: HttpBounds) {
  const agent = { keepAlive: true, maxSockets: bounds.sockets };
  return {
    connectionTimeout: bounds.connectMs,
    requestTimeout: bounds.answerMs,
    socketTimeout: bounds.answerMs,
    throwOnRequestTimeout: true,
    httpAgent: agent,
    httpsAgent: agent,
  };
}
