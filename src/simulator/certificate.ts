import { isIP } from 'node:net';
import { generate } from 'selfsigned';

/** A key and its certificate, PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** What a certificate says. */
export interface CertificateOptions {
  readonly commonName: string;
  /** DNS names and IP addresses it is valid for. Clients look only here, not at the common name. */
  readonly altNames: readonly string[];
  /** Now by default. */
  readonly notBefore?: Date;
  /** A year after `notBefore` by default; before now for a certificate that has expired. */
  readonly notAfter?: Date;
}

const dnsName = 2;
const ipAddress = 7;
const yearMilliseconds = 365 * 86_400_000;

/** Makes a self-signed certificate that is its own authority: the same PEM serves as `ca_file`. Uses no network. */
export async function createCertificate(options: CertificateOptions): Promise<Certificate> {
  const notBefore = options.notBefore ?? new Date();
  const altNames = options.altNames.map((name) =>
    isIP(name) === 0 ? ({ type: dnsName, value: name } as const) : ({ type: ipAddress, ip: name } as const),
  );
  const made = await generate([{ name: 'commonName', value: options.commonName }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: notBefore,
    notAfterDate: options.notAfter ?? new Date(notBefore.getTime() + yearMilliseconds),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  });
  return { key: made.private, cert: made.cert };
}
