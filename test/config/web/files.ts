import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCertificate } from '../../../src/simulator/certificate.ts';

/** bcrypt hashes of `opensesame`, under the names of htpasswd and of OpenBSD. */
export const hashes = {
  y: '$2y$10$IX7TYkSQhRkwHos38KyZ.uOyfuFEyZPkLEyYXcCfUUsEhOqbkpp0m',
  b: '$2b$04$6XJjRzRXBH8gri/pOdJYbOg4qAvbBMwzPehSxKlpQ/b8q2co8iC6G',
} as const;

/** Puts the files into a folder that the web configurations of the tests name. */
export async function writeCertificateFiles(folder: string): Promise<{ readonly cert: string; readonly key: string }> {
  const options = { commonName: 'exporter', altNames: ['localhost', '127.0.0.1'] };
  const [first, second] = [await createCertificate(options), await createCertificate(options)];
  const files = {
    'server.crt': first.cert,
    'server.key': first.key,
    'other.key': second.key,
    'ca.crt': second.cert,
    'none.pem': 'no certificate in here\n',
    'damaged.crt': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    'locked.key': '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await chmod(join(folder, 'server.key'), 0o600);
  return first;
}
