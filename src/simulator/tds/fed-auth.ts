import { createAnswer } from './answer.ts';
import { createByteReader } from './byte-reader.ts';
import type { HandshakeContext } from './handshake-context.ts';
import { expectMessage } from './inbox.ts';
import { packetSizeBytes, packetType } from './names.ts';
import { ProtocolError } from './protocol-error.ts';
import { encodeFedAuthInfo } from './tokens.ts';

/** What a real server names: the authority of its tenant, and itself. */
const info = {
  authority: 'https://login.windows.net/00000000-0000-0000-0000-000000000000',
  resource: 'https://database.windows.net/',
} as const;

/** Tells the client where to get a token and takes what it brings (MS-TDS 3.3.5.3, 2.2.6.3); null for a client that left. */
export async function askForToken({ send, processId, inbox }: HandshakeContext): Promise<string | null> {
  const answer = createAnswer({ packetSizeBytes: packetSizeBytes.initial, processId, send });
  encodeFedAuthInfo(answer.tokens, info);
  await answer.end();
  const message = await expectMessage(inbox, packetType.fedAuthToken);
  if (message === null) return null;
  const reader = createByteReader(message.payload);
  reader.uint32();
  const sizeBytes = reader.uint32();
  if (sizeBytes % 2 !== 0) throw new ProtocolError(`login: a token of ${sizeBytes} bytes is not UTF-16`);
  return reader.bytes(sizeBytes).toString('utf16le');
}
