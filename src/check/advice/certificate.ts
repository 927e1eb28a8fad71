import { showEndpointCertificate, uploadCertificate } from '../../model/errors/step.ts';
import type { Engine } from '../../model/server.ts';
import { type AdviceStep, stepsOfTexts } from './step.ts';

/**
 * Rotation of SQL Server's endpoint certificate with the link running: the managed instance must know the new one before
 * the endpoint shows it. Source: Microsoft's best practices for the link.
 */
export const rotateEndpointCertificate: readonly AdviceStep[] = [
  {
    text: 'Make a new certificate in `master`. With several nodes do all of this on each.',
    at: 'teller',
    sql: ["CREATE CERTIFICATE [<new certificate>] WITH SUBJECT = N'<server> endpoint', EXPIRY_DATE = N'<date>';"],
  },
  {
    text: 'Read it: the whole certificate without its private key, which is what the other end wants.',
    at: 'teller',
    sql: ["SELECT CERTENCODED(CERT_ID(N'<new certificate>')) AS public_key;"],
  },
  {
    text: 'Upload that to {managed_instance} before the endpoint shows it: `New-AzSqlInstanceServerTrustCertificate` or `az sql mi partner-cert create`.',
  },
  {
    text: 'Let the endpoint use it, beside what it has: AUTHENTICATION replaces all of it, and replicas that come in by Windows authentication would be cut off. The ends reconnect: see that the link is healthy again.',
    at: 'teller',
    sql: [
      'ALTER ENDPOINT [endpoint] FOR DATABASE_MIRRORING (ROLE = ALL, AUTHENTICATION = CERTIFICATE [<new certificate>]);',
    ],
  },
  {
    text: 'Once the link is healthy and the endpoint shows the new one, the old one can go, here and on {managed_instance}: docs/runbooks/rotate-a-certificate.md.',
  },
];

/** An imported root that the managed instance's certificate is checked against. */
export const renewAuthority: readonly AdviceStep[] = [
  {
    text: 'Import the new root that Azure announces beside the old one.',
    at: 'teller',
    sql: ["CREATE CERTIFICATE [<new root>] FROM FILE = N'<file>.cer';"],
  },
  {
    text: 'Let it vouch for managed instances.',
    at: 'teller',
    sql: [
      "DECLARE @certificate int = CERT_ID(N'<new root>'); EXEC sp_certificate_add_issuer @certificate, N'*.database.windows.net';",
    ],
  },
];

/** The other end holds an old copy, by whose certificate it is. `[certificate]` is the name of the old copy. */
export const renewCopy: Readonly<Record<Engine, readonly AdviceStep[]>> = {
  sql_server: stepsOfTexts([showEndpointCertificate, uploadCertificate], 'sql_server'),
  managed_instance: [
    {
      text: 'Read the public key that the managed instance uses now.',
      at: 'managed_instance',
      sql: ['EXEC sp_get_endpoint_certificate @endpoint_type = 4;'],
    },
    {
      text: 'Drop the old copy in `master` of {end}. Until the next step the ends do not trust each other, and the old copy is lost.',
      at: 'sql_server',
      loses: {
        kind: 'drop_imported_certificate',
        proofText:
          'With the new one at hand: see that the copy to be dropped has no private key (NO_PRIVATE_KEY) and serves no endpoint here.',
        refusal: 'Do not drop the copy on {end}. ',
      },
    },
    {
      text: 'Import the new one under the same name, on every node.',
      at: 'sql_server',
      sql: ['CREATE CERTIFICATE [certificate] FROM BINARY = 0x<public key>;'],
    },
  ],
};

/** A start in the future: mostly a clock that is wrong. */
export const certificateNotValidYet: readonly AdviceStep[] = [
  {
    text: 'Wait until it is valid, where that is soon and nothing reconnects before. Else make it anew, with START_DATE in UTC: docs/runbooks/rotate-a-certificate.md. Where neither explains it, check the clock of that server.',
  },
];
