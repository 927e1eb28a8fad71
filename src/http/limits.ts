/** What one client may take. */
export interface ListenLimits {
  /** Beyond it a request is answered 431; a scrape's headers have a few hundred bytes. */
  readonly headerBytes: number;
  /** Beyond it a client that is still sending is answered 408, and one that still shakes hands is cut off. */
  readonly headersTimeoutMilliseconds: number;
  readonly requestTimeoutMilliseconds: number;
  /** How long a connection may stand still while it is sent an answer. */
  readonly idleTimeoutMilliseconds: number;
  /** How long a client may take for a whole answer, however steadily. */
  readonly answerTimeoutMilliseconds: number;
  /** What answers may hold in memory that clients have not taken yet, the same one counted once. */
  readonly untakenBytes: number;
  /** How long an unused connection is kept: more than common scrape intervals, so that scrapes need no new one. */
  readonly keepAliveTimeoutMilliseconds: number;
  /** Connections to one listening address at a time; for one more another is closed. */
  readonly connections: number;
  /** Of these, from one client address: an IPv4 address or a /64 network of IPv6. */
  readonly connectionsPerClient: number;
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
  answerTimeoutMilliseconds: 60_000,
  untakenBytes: 32 * 1024 * 1024,
  keepAliveTimeoutMilliseconds: 120_000,
  connections: 512,
  connectionsPerClient: 128,
  streams: 32,
  closeGraceMilliseconds: 2_000,
};
