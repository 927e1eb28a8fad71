const untrusted = 'nobody who is trusted vouches for the certificate of the server';
const broken = 'the certificate of the server can not be verified';
const noCommonVersion = 'the server takes none of the TLS versions that are safe, 1.2 and 1.3';
const noTls = 'the server did not answer with TLS';
const noCommonCipher = 'the server and this program have no way of encryption in common';
const weak = 'the certificate of the server, or of an authority above it, is too weak';

/**
 * What an error of TLS means, by Node's code. Sources: the names that Node gives to OpenSSL's X509_V_ERR (src/crypto/
 * crypto_common.cc; what it has no name for is UNSPECIFIED), and OpenSSL's reasons (include/openssl/sslerr.h) after `ERR_SSL_`.
 */
const wordsByCode: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  CERT_REJECTED: untrusted,
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: broken,
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: broken,
  CERT_SIGNATURE_FAILURE: broken,
  ERROR_IN_CERT_NOT_BEFORE_FIELD: broken,
  ERROR_IN_CERT_NOT_AFTER_FIELD: broken,
  UNABLE_TO_GET_CRL: broken,
  UNABLE_TO_DECRYPT_CRL_SIGNATURE: broken,
  CRL_SIGNATURE_FAILURE: broken,
  CRL_NOT_YET_VALID: broken,
  CRL_HAS_EXPIRED: broken,
  ERROR_IN_CRL_LAST_UPDATE_FIELD: broken,
  ERROR_IN_CRL_NEXT_UPDATE_FIELD: broken,
  OUT_OF_MEM: broken,
  UNSPECIFIED: 'the certificate of the server is not accepted',
  CERT_HAS_EXPIRED: 'the certificate of the server, or of an authority above it, has expired',
  CERT_NOT_YET_VALID: 'the certificate of the server, or of an authority above it, is not valid yet',
  CERT_CHAIN_TOO_LONG: 'the chain of certificates of the server is too long',
  PATH_LENGTH_EXCEEDED: 'the chain of certificates of the server is longer than an authority in it allows',
  CERT_REVOKED: 'the certificate of the server was revoked',
  INVALID_CA: 'what vouches for the certificate of the server is no authority',
  INVALID_PURPOSE: 'the certificate of the server is not meant for servers',
  HOSTNAME_MISMATCH: 'the certificate of the server is for another name',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of the server is for another name',
  ERR_SSL_UNSUPPORTED_PROTOCOL: noCommonVersion,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: noCommonVersion,
  ERR_SSL_NO_PROTOCOLS_AVAILABLE: noCommonVersion,
  ERR_SSL_VERSION_TOO_LOW: noCommonVersion,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  ERR_SSL_HTTP_REQUEST: noTls,
  ERR_SSL_NO_SHARED_CIPHER: noCommonCipher,
  ERR_SSL_NO_CIPHERS_AVAILABLE: noCommonCipher,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: noCommonCipher,
  ERR_SSL_SSL_TLS_ALERT_HANDSHAKE_FAILURE: noCommonCipher,
  ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY: noCommonCipher,
  ERR_SSL_EE_KEY_TOO_SMALL: weak,
  ERR_SSL_CA_KEY_TOO_SMALL: weak,
  ERR_SSL_CA_MD_TOO_WEAK: weak,
  ERR_SSL_DH_KEY_TOO_SMALL: noCommonCipher,
};

/** What this program finds out itself: the words are in the error. */
const ownCodes: ReadonlySet<string> = new Set(['EENCRYPT', 'ENOTDS8']);

/** Whether a code says that what came was no TLS at all: not what a server says of its TLS. */
export function isNoTls(code: string): boolean {
  return Object.hasOwn(wordsByCode, code) && wordsByCode[code] === noTls;
}

/** Whether a code is one of TLS, whatever the words beside it. */
export function isTlsCode(code: string): boolean {
  return Object.hasOwn(wordsByCode, code) || ownCodes.has(code) || /^ERR_(?:SSL|TLS|OSSL)_/.test(code);
}

/**
 * What to tell of a TLS error: our words, and OpenSSL's reason without its files and lines. Null for a code whose error
 * tells it itself.
 */
export function tlsErrorText(
  code: string,
  error: { readonly reason?: unknown; readonly message?: unknown },
): string | null {
  if (!isTlsCode(code) || ownCodes.has(code)) return null;
  const words = (Object.hasOwn(wordsByCode, code) && wordsByCode[code]) || 'the TLS handshake failed';
  const detail = [error.reason, error.message].find((text) => typeof text === 'string' && text !== '');
  return typeof detail === 'string' ? `${words} (${withoutPlace(detail)})` : words;
}

/** `C0EC...:error:0A000102:SSL routines:ssl_choose_client_version:unsupported protocol:../deps/...c:1987:` */
function withoutPlace(text: string): string {
  const [, reason] = /error:[0-9A-F]+:[^:]*:[^:]*:([^:]+)/i.exec(text) ?? [];
  return (reason ?? text).split(hintOfNode)[0]?.trim() ?? '';
}

/** Names an option of Node's command line, which is no way to configure this program: `ca_file` is. */
const hintOfNode = '; if the root CA is installed locally';
