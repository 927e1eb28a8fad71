import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A name in a certificate; the types are those of RFC 5280's GeneralName. */
export type AlternativeName =
  | { readonly type: 1 | 2 | 6; readonly value: string }
  | { readonly type: 7; readonly ip: string };

/** An authority for a test, whose certificates are files of one folder. */
export interface TestAuthority {
  readonly file: string;
  /** Writes NAME.crt and NAME.key, for servers and clients. */
  readonly issue: (
    name: string,
    names?: readonly AlternativeName[],
  ) => Promise<{ readonly cert: string; readonly key: string }>;
}

const loopback: readonly AlternativeName[] = [
  { type: 2, value: 'localhost' },
  { type: 7, ip: '127.0.0.1' },
];

/** Makes an authority and writes its certificate as NAME.crt. */
export async function testAuthority(folder: string, name = 'ca'): Promise<TestAuthority> {
  const common = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;
  const own = await generate([{ name: 'commonName', value: `authority ${name}` }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const file = join(folder, `${name}.crt`);
  await writeFile(file, own.cert);
  return {
    file,
    issue: async (subject, names = loopback) => {
      const issued = await generate([{ name: 'commonName', value: subject }], {
        ...common,
        ca: { key: own.private, cert: own.cert },
        extensions: [
          { name: 'basicConstraints', cA: false },
          { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
          { name: 'subjectAltName', altNames: [...names] },
        ],
      });
      await writeFile(join(folder, `${subject}.crt`), issued.cert);
      await writeFile(join(folder, `${subject}.key`), issued.private);
      return { cert: issued.cert, key: issued.private };
    },
  };
}
