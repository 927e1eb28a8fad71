import type { MessageDescription } from './description.ts';

/** What tools say around a link without a number of SQL Server. */
export const messageCatalogue: readonly MessageDescription[] = [
  {
    text: 'Invalid public blob specified',
    name: 'invalid_public_blob',
    severity: 'warning',
    meaning: "Azure was given something else than a certificate as SQL Server's certificate.",
    likelyCauses: [
      'The bare public key was given: the bytes of the key alone, as .NET and openssl show them.',
      'The text was cut, or has no `0x` in front.',
    ],
    whatToDo: [
      "Read the whole certificate on SQL Server, in `master`: `USE master; SELECT CERTENCODED(CERT_ID(N'<certificate>')) AS certificate;`",
      'Give all of it, from `0x30` to its end, as the public key: `New-AzSqlInstanceServerTrustCertificate`, or `az sql mi partner-cert create`.',
      'If the tool cuts it, write it to a file first, and read it from there.',
    ],
    seenIn: ['azure_resource_manager'],
    end: 'managed_instance',
    unverified: 'That a text which was cut, or which lacks `0x`, is answered alike is inferred.',
  },
];
