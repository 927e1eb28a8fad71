import { seededBytes } from './guid.ts';
import type { CertificateState } from './state.ts';
import { type EndName, otherEnd, type PerEnd, type Topology } from './topology.ts';

const firstUserCertificateId = 256;
const dayMilliseconds = 86_400_000;

/** When each end's endpoint certificate ends, in Unix milliseconds, and which others stand beside them. */
export interface CertificateOptions {
  readonly expiryMilliseconds: PerEnd<number>;
  /** When SQL Server's begins to be valid; two years before its end unless given. */
  readonly startMilliseconds?: number;
  readonly unrelated: boolean;
  /** When the certificate ended that signs modules on SQL Server: self-signed, public part only. None unless given. */
  readonly moduleSigningExpiryMilliseconds?: number;
  /** Ends whose endpoint certificate the login may not see. None unless given. */
  readonly hidden?: readonly EndName[];
  /** Ends that hold a former certificate of their partner. */
  readonly staleImports: readonly EndName[];
}

type CertificateFacts = Omit<CertificateState, 'certificateId'>;

/**
 * The certificates in each end's master database: its own endpoint certificate, the partner's public part and, on SQL Server,
 * the authorities behind the managed instance's. The managed instance's is kept under the instance's full name.
 */
export function certificatesOf(topology: Topology, options: CertificateOptions): PerEnd<readonly CertificateState[]> {
  const own: PerEnd<CertificateFacts> = {
    sqlServer: sqlServerCertificate(topology, options),
    managedInstance: managedInstanceCertificate(topology, options.expiryMilliseconds.managedInstance),
  };
  const shown = (end: EndName): CertificateFacts => ({
    ...own[end],
    isHidden: options.hidden?.includes(end) ?? false,
  });
  const importedBy = (end: EndName): CertificateFacts => {
    const present = own[otherEnd(end)];
    return imported(options.staleImports.includes(end) ? former(topology, present) : present);
  };
  const other = [
    ...(options.unrelated ? unrelated(topology) : []),
    ...(options.moduleSigningExpiryMilliseconds === undefined
      ? []
      : [moduleSigning(topology, options.moduleSigningExpiryMilliseconds)]),
  ];
  return {
    sqlServer: numbered([shown('sqlServer'), importedBy('sqlServer'), ...authorities(topology), ...other]),
    managedInstance: numbered([shown('managedInstance'), importedBy('managedInstance')]),
  };
}

/** Expiry of the endpoint certificates of a pair in good order. */
export function ordinaryExpiries(topology: Topology): PerEnd<number> {
  return {
    sqlServer: topology.startMilliseconds + 700 * dayMilliseconds,
    managedInstance: topology.startMilliseconds + 180 * dayMilliseconds,
  };
}

function sqlServerCertificate(topology: Topology, options: CertificateOptions): CertificateFacts {
  const name = topology.servers.sqlServer.hostName.split('.')[0] ?? '';
  const expiryMilliseconds = options.expiryMilliseconds.sqlServer;
  const made = certificate(topology, `Cert_${name}_endpoint`, {
    subject: `Certificate for ${name}`,
    issuer: `Certificate for ${name}`,
    expiryMilliseconds,
    lifetimeDays: 730,
    ownedBy: 'sqlServer',
  });
  return { ...made, startMilliseconds: options.startMilliseconds ?? made.startMilliseconds };
}

function managedInstanceCertificate(topology: Topology, expiryMilliseconds: number): CertificateFacts {
  const { hostName } = topology.servers.managedInstance;
  return certificate(topology, hostName, {
    subject: `C=US, S=WA, L=Redmond, O=Microsoft Corporation, CN=${hostName.replace(/^[^.]+/, '*')}`,
    issuer: 'C=US, O=Microsoft Corporation, CN=Microsoft Azure RSA TLS Issuing CA 03',
    expiryMilliseconds,
    lifetimeDays: 365,
    ownedBy: 'managedInstance',
  });
}

function authorities(topology: Topology): readonly CertificateFacts[] {
  const roots = [
    ['DigiCertPKI', 'C=US, O=DigiCert Inc, OU=www.digicert.com, CN=DigiCert Global Root G2', Date.UTC(2038, 0, 15, 12)],
    [
      'MicrosoftPKI',
      'C=US, O=Microsoft Corporation, CN=Microsoft RSA Root Certificate Authority 2017',
      Date.UTC(2042, 6, 18, 23),
    ],
  ] as const;
  return roots.map(([name, subject, expiryMilliseconds]) =>
    certificate(topology, name, { subject, issuer: subject, expiryMilliseconds, lifetimeDays: 9_131, ownedBy: null }),
  );
}

/** A certificate of another purpose, already over: nothing about the link depends on it. */
function unrelated(topology: Topology): readonly CertificateFacts[] {
  const made = certificate(topology, 'TDE_Archive', {
    subject: 'TDE of the archive',
    issuer: 'TDE of the archive',
    expiryMilliseconds: topology.startMilliseconds - 30 * dayMilliseconds,
    lifetimeDays: 365,
    ownedBy: 'sqlServer',
  });
  return [{ ...made, isEndpointCertificate: false }];
}

/** What signs stored procedures: its private key was removed after it had signed, so it looks like an imported authority. */
function moduleSigning(topology: Topology, expiryMilliseconds: number): CertificateFacts {
  const subject = 'Signs the procedures of maintenance';
  return certificate(topology, 'Sign_Maintenance', {
    subject,
    issuer: subject,
    expiryMilliseconds,
    lifetimeDays: 365,
    ownedBy: null,
  });
}

interface CertificateDetails {
  readonly subject: string;
  readonly issuer: string;
  readonly expiryMilliseconds: number;
  readonly lifetimeDays: number;
  /** The end that holds the private key; null for an imported authority. */
  readonly ownedBy: EndName | null;
}

function certificate(topology: Topology, name: string, details: CertificateDetails): CertificateFacts {
  return {
    name,
    privateKey: details.ownedBy === null ? 'NO_PRIVATE_KEY' : 'ENCRYPTED_BY_MASTER_KEY',
    issuer: details.issuer,
    subject: details.subject,
    serialNumber: serialNumberOf(topology, name, details.expiryMilliseconds),
    startMilliseconds: details.expiryMilliseconds - details.lifetimeDays * dayMilliseconds,
    expiryMilliseconds: details.expiryMilliseconds,
    isEndpointCertificate: details.ownedBy !== null,
    isHidden: false,
  };
}

/** The certificate that went before one: ended shortly after the present one began. */
function former(topology: Topology, present: CertificateFacts): CertificateFacts {
  const expiryMilliseconds = present.startMilliseconds + 30 * dayMilliseconds;
  return {
    ...present,
    serialNumber: serialNumberOf(topology, present.name, expiryMilliseconds),
    startMilliseconds: expiryMilliseconds - (present.expiryMilliseconds - present.startMilliseconds),
    expiryMilliseconds,
  };
}

function serialNumberOf(topology: Topology, name: string, expiryMilliseconds: number): string {
  const bytes = seededBytes(16, 'serial number', topology.seed, name, expiryMilliseconds);
  return Buffer.from(bytes).toString('hex');
}

function imported(original: CertificateFacts): CertificateFacts {
  return { ...original, privateKey: 'NO_PRIVATE_KEY', isEndpointCertificate: false };
}

function numbered(facts: readonly CertificateFacts[]): readonly CertificateState[] {
  return facts.map((fact, index) => ({ ...fact, certificateId: firstUserCertificateId + index }));
}
