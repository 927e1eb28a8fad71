import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readClientPem } from '../file/pem.ts';
import { readSecret, type Secret, SecretError } from '../secret/secret.ts';
import type { Context } from '../value/mapping.ts';
import type { ClientCertificate } from './authentication.ts';
import { type SecretKeys, secretInFile } from './secret-place.ts';

const file = { key: 'client_certificate_file', what: 'client certificate' } as const;
const password = { key: 'client_certificate_password_file', what: "client certificate's password" } as const;

/** The certificate of `client_certificate_file`; null when there is none. What can't be used is reported. */
export async function readClientCertificate(keys: SecretKeys, context: Context): Promise<ClientCertificate | null> {
  const pem = await secretInFile(keys, file, context);
  const secret = await secretInFile(keys, password, context);
  const given = keys.given(file.key);
  const givenPassword = keys.given(password.key);
  if (givenPassword !== null && given === null) {
    context.report(givenPassword.path, givenPassword.line, 'belongs to client_certificate_file, which is not given');
  }
  if (pem === null || given === null) return null;
  const problem = await problemOf(pem, secret);
  if (problem !== null) context.report(given.path, given.line, problem);
  return { kind: 'certificate', pem, password: secret };
}

/** Why Entra ID's library could not use it; null when it can, and for a file that is already reported. */
async function problemOf(pem: Secret, passwordSecret: Secret | null): Promise<string | null> {
  const [text, passphrase] = await Promise.all([
    readableText(pem),
    passwordSecret === null ? null : readableText(passwordSecret),
  ]);
  if (text === null) return null;
  const { certificates, privateKey } = readClientPem(text);
  const certificate = certificateOf(certificates[0] ?? '');
  if (certificate === null) return 'the file holds no PEM certificate (-----BEGIN CERTIFICATE-----)';
  if (privateKey === null) {
    return 'the file holds no PEM private key (-----BEGIN PRIVATE KEY-----) beside the certificate';
  }
  if (passphrase === null && /ENCRYPTED/.test(privateKey)) {
    return 'the private key is encrypted: give client_certificate_password_file';
  }
  const key = keyOf(privateKey, passphrase);
  if (key === null) return 'the private key can not be read: it is damaged, or its password is another';
  return certificate.checkPrivateKey(key) ? null : 'the private key is not that of the certificate';
}

async function readableText(secret: Secret): Promise<string | null> {
  try {
    return await readSecret(secret);
  } catch (error) {
    if (error instanceof SecretError) return null;
    throw error;
  }
}

function certificateOf(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

function keyOf(pem: string, passphrase: string | null): KeyObject | null {
  try {
    return createPrivateKey({ key: pem, format: 'pem', ...(passphrase === null ? {} : { passphrase }) });
  } catch {
    return null;
  }
}
