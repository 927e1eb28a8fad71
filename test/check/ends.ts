import type { ServerState } from '../../src/model/server-state.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { type DatabaseAtEnd, managedInstanceWithDatabase, sqlServerWithDatabase } from '../link/database-rows.ts';
import { certificate, mirroringEndpoint, now } from '../link/server-state.ts';

export const day = 86_400;
export const miHost = 'mi-prod.0123abcd.database.windows.net';
const imported = { privateKeyEncryption: 'NA', issuer: 'CN=Root', subject: 'CN=Root' } as const;

/** Certificates in order: own, imported, two roots. */
export function trust(ownExpirySeconds = now + 185 * day): Partial<Snapshot['views']> {
  return {
    certificates: [
      certificate({ expiryTimestampSeconds: ownExpirySeconds }),
      certificate({
        certificateId: 2,
        name: miHost,
        ...imported,
        subject: 'CN=mi',
        expiryTimestampSeconds: now + 300 * day,
      }),
      certificate({ certificateId: 3, name: 'DigiCert', ...imported, expiryTimestampSeconds: now + 4000 * day }),
      certificate({ certificateId: 4, name: 'Microsoft RSA', ...imported, expiryTimestampSeconds: now + 5000 * day }),
    ],
    database_mirroring_endpoints: [mirroringEndpoint()],
  };
}

/** The ends of one link in order, but for what is given. */
export interface Ends {
  readonly sql?: DatabaseAtEnd;
  readonly mi?: DatabaseAtEnd;
  readonly sqlViews?: Partial<Snapshot['views']>;
  readonly miViews?: Partial<Snapshot['views']>;
}

export function pair({ sql = {}, mi = {}, sqlViews = {}, miViews = {} }: Ends = {}): readonly ServerState[] {
  return [
    sqlServerWithDatabase(sql, { views: { ...trust(), ...sqlViews } }),
    managedInstanceWithDatabase(mi, { views: miViews }),
  ];
}
