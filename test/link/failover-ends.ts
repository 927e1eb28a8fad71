import type { ServerState } from '../../src/model/server-state.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { type DatabaseAtEnd, managedInstanceWithDatabase, sqlServerWithDatabase } from './database-rows.ts';
import { certificate, mirroringEndpoint } from './server-state.ts';

export const miHost = 'mi-prod.0123abcd.database.windows.net';
export const imported = certificate({ certificateId: 2, name: miHost, privateKeyEncryption: 'NA', issuer: 'CN=Azure' });
export const trust: Partial<Snapshot['views']> = {
  certificates: [certificate(), imported],
  database_mirroring_endpoints: [mirroringEndpoint()],
};

export interface Ends {
  readonly sql?: DatabaseAtEnd;
  readonly mi?: DatabaseAtEnd;
  readonly sqlViews?: Partial<Snapshot['views']>;
  readonly version?: string;
}

/** Both ends of one link with one database, ready for a planned failover unless told otherwise. */
export function ends({ sql = {}, mi = {}, sqlViews = {}, version = '16.0.4175.1' }: Ends = {}): readonly ServerState[] {
  return [
    sqlServerWithDatabase(sql, { facts: { version }, views: { ...trust, ...sqlViews } }),
    managedInstanceWithDatabase(mi),
  ];
}
