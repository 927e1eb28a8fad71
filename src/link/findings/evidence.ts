import type { ServerState } from '../../model/server-state.ts';
import type { Answers } from '../answer.ts';
import type { LinkInAzure } from '../azure/witness.ts';
import type { DatabaseSeeding } from '../data/database.ts';
import type { LinkEnd } from '../data/end.ts';
import type { AzureEnd, CertificateMatch } from '../data/link.ts';
import type { FoundDatabase } from '../databases.ts';
import type { Pairing } from '../pair.ts';
import type { Absence, ServerStanding } from '../standing.ts';

/** Finds a server's state by its name. */
export type ServerLookup = Pick<ReadonlyMap<string, ServerState>, 'get'>;

/** Which servers would have shown the link if they had it: only an expected link that none of them has is missing. */
export interface Answered {
  readonly servers: readonly string[];
  /** Every server that the configuration names for the link is among them. */
  readonly areAll: boolean;
}

/** All that the findings of one link rest on. */
export interface Evidence {
  readonly pairing: Pairing;
  readonly absence: Absence;
  /** Every configured server's state, by its name. What is asked of here is what the link is assessed again for. */
  readonly servers: ServerLookup;
  readonly answers: Answers;
  /** Every configured server, as far as it may matter to a link that it shows no end of. */
  readonly estate: () => readonly ServerStanding[];
  /** Null of a link with an end: there nobody asks. */
  readonly answered: Answered | null;
  readonly primaries: readonly LinkEnd[];
  readonly databases: readonly FoundDatabase[];
  /** How the first copy of each database stands, by the database's name. */
  readonly seedings: ReadonlyMap<string, DatabaseSeeding>;
  readonly certificateMatches: readonly CertificateMatch[];
  /** Null where Azure is not read of its managed instance. */
  readonly azure: LinkInAzure | null;
  /** The managed instance's end where only Azure shows it. */
  readonly azureEnd: AzureEnd | null;
}

/** Whether the first copy of this database runs or has failed: its rows then say nothing about a copy. */
export function isWithoutCopy({ seedings }: Evidence, name: string): boolean {
  const status = seedings.get(name)?.status;
  return status === 'running' || status === 'failed';
}

/** Whether the first copy of this database is being made now. */
export function isBeingSeeded({ seedings }: Evidence, name: string): boolean {
  return seedings.get(name)?.status === 'running';
}
