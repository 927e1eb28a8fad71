import { generate } from 'selfsigned';

/** The PEM certificate of an application and its key, RSA: Entra ID takes no other. */
export async function createClientCertificate(name: string): Promise<{ readonly cert: string; readonly key: string }> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'rsa',
    keySize: 2048,
    algorithm: 'sha256',
  });
  return { cert, key };
}
