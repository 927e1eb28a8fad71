import { randomUUID } from 'node:crypto';
import { generate } from 'selfsigned';

const lifetimeMilliseconds = 3650 * 86_400_000;
const clockToleranceMilliseconds = 3_600_000;

/** Key and certificate of a server, PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

/** An authority made for one pair; `certificate` (PEM) is what its clients trust. */
export interface Authority {
  readonly certificate: string;
  /** A certificate for these DNS names, and for the loopback addresses. */
  issue(names: readonly string[]): Promise<TlsIdentity>;
}

/** Makes an authority with a key of its own: nothing that is kept anywhere. */
export async function createAuthority(): Promise<Authority> {
  // A client that trusts several pairs tells their authorities apart by name.
  const authority = await generate([{ name: 'commonName', value: `milink simulator authority ${randomUUID()}` }], {
    ...common(),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return {
    certificate: authority.cert,
    issue: async (names) => {
      const issued = await generate([{ name: 'commonName', value: names[0] ?? 'localhost' }], {
        ...common(),
        ca: { key: authority.private, cert: authority.cert },
        extensions: [
          { name: 'basicConstraints', cA: false },
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: alternativeNames(names) },
        ],
      });
      return { key: issued.private, cert: issued.cert };
    },
  };
}

function common(): { keyType: 'ec'; algorithm: string; notBeforeDate: Date; notAfterDate: Date } {
  const now = Date.now();
  return {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - clockToleranceMilliseconds),
    notAfterDate: new Date(now + lifetimeMilliseconds),
  };
}

function alternativeNames(names: readonly string[]): { type: 2 | 7; value?: string; ip?: string }[] {
  return [
    ...names.map((value) => ({ type: 2 as const, value })),
    ...['127.0.0.1', '::1'].map((ip) => ({ type: 7 as const, ip })),
  ];
}
