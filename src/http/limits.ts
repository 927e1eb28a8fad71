/** What one client may take. */
export interface ListenLimits {
  /** Beyond it a request is answered 431; a scrape's headers have a few hundred bytes. */
  readonly headerBytes: number;
  /** Beyond it a client that is still sending is answered 408, and one that still shakes hands is cut off. */
  readonly headersTimeoutMilliseconds: number;
  readonly requestTimeoutMilliseconds: number;
  /** How long a connection may stand still while it is sent an answer. */
  readonly idleTimeoutMilliseconds: number;
  /** How long an unused connection is kept: more than common scrape intervals, so that scrapes need no new one. */
  readonly keepAliveTimeoutMilliseconds: number;
  /** Connections to one address at a time; what comes beyond is closed at once. */
  readonly connections: number;
  /** Requests of one HTTP/2 connection at a time; what comes beyond is refused. */
  readonly streams: number;
  /** How long closing waits for answers that are under way before it cuts them off. */
  readonly closeGraceMilliseconds: number;
}

export const defaultLimits: ListenLimits = {
  headerBytes: 8 * 1024,
  headersTimeoutMilliseconds: 10_000,
  requestTimeoutMilliseconds: 15_000,
  idleTimeoutMilliseconds: 30_000,
  keepAliveTimeoutMilliseconds: 120_000,
  connections: 256,
  streams: 32,
  closeGraceMilliseconds: 2_000,
};
