import type { Certificate } from '../model/endpoint.ts';
import type { ServerHistory } from '../model/history.ts';
import type { ServerFacts } from '../model/server.ts';
import type { ServerState } from '../model/server-state.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type CertificateUsage, certificateUsage, type LinkCertificate, ownCertificates } from './certificate-usage.ts';
import { indexLogs, type LogIndex } from './log-space.ts';

/** What all links of an answered server share, made once for all of them. */
export interface ServerAnswer {
  readonly facts: ServerFacts;
  /** When the rows of sys.dm_hadr_database_replica_states were read, by the server's UTC clock. */
  readonly databasesReadTimestampSeconds: number;
  readonly history: ServerHistory;
  readonly logs: LogIndex;
  /** Those that links use. */
  readonly certificates: readonly UsedCertificate[];
  /** Those without a private key here, whatever they are for. */
  readonly imported: readonly Certificate[];
}

/** A certificate in master with its part in a link. */
export interface UsedCertificate {
  readonly usage: CertificateUsage;
  readonly row: LinkCertificate;
}

/** By the server's configured name; a server that did not answer is not among them. */
export type Answers = Pick<ReadonlyMap<string, ServerAnswer>, 'get'>;

export function answersOf(servers: readonly ServerState[]): Answers {
  return new Map(
    servers.flatMap((server) => {
      const answer = answerOf(server);
      return answer === null ? [] : [[server.name, answer]];
    }),
  );
}

/** Null of a server that did not answer. */
function answerOf({ outcome, views, history }: ServerState): ServerAnswer | null {
  if (outcome.kind !== 'ok') return null;
  const { snapshot } = outcome;
  const readAt = views.get('database_replica_states')?.readTimestampSeconds ?? null;
  const usages = certificateUsage(snapshot);
  const rows = snapshot.views.certificates ?? [];
  const certificates = rows.flatMap((row) => {
    const usage = usages.get(row.certificateId);
    return usage === undefined ? [] : [{ usage, row }];
  });
  return {
    facts: snapshot.server,
    databasesReadTimestampSeconds: serverClock(snapshot, readAt),
    history,
    logs: indexLogs(snapshot.views, history.logs),
    certificates: withOwn(certificates, snapshot),
    imported: rows.filter((row) => row.privateKeyEncryption === 'NA'),
  };
}

/** The answers of servers, put together once for each poll. Not pure: it remembers those of the latest polls. */
export interface KeptAnswers {
  readonly of: (server: ServerState) => ServerAnswer | null;
  /** Forgets the servers that are not among these. */
  readonly keepOnly: (servers: ReadonlyMap<string, ServerState>) => void;
}

export function createAnswers(): KeptAnswers {
  const made = new Map<string, { readonly server: ServerState; readonly answer: ServerAnswer | null }>();
  return {
    of: (server) => {
      const former = made.get(server.name);
      if (former?.server === server) return former.answer;
      const answer = answerOf(server);
      made.set(server.name, { server, answer });
      return answer;
    },
    keepOnly: (servers) => {
      for (const name of made.keys()) if (!servers.has(name)) made.delete(name);
    },
  };
}

/** A view may be older than the poll: it is not read in every one. */
function serverClock({ server, clockOffsetSeconds }: Snapshot, readAt: number | null): number {
  return readAt === null ? server.utcTimestampSeconds : readAt + (clockOffsetSeconds ?? 0);
}

function withOwn(catalog: readonly UsedCertificate[], snapshot: Snapshot): readonly UsedCertificate[] {
  if (catalog.some(({ usage }) => usage === 'endpoint')) return catalog;
  return [...catalog, ...ownCertificates(snapshot).map((row) => ({ usage: 'endpoint' as const, row }))];
}
