import { randomBytes } from 'node:crypto';
import type { WindowsProof } from '../session.ts';
import { createAnswer } from './answer.ts';
import type { HandshakeContext } from './handshake-context.ts';
import { expectMessage } from './inbox.ts';
import { packetSizeBytes, packetType } from './names.ts';
import { checkNegotiate, decodeAuthenticate, encodeChallenge } from './ntlm/message.ts';
import { provesPassword } from './ntlm/proof.ts';
import { encodeSspi } from './tokens.ts';

/** Of the simulated servers' Windows; a client's domain is its own matter. */
const domain = 'CORP';

const challengeSizeBytes = 8;

/** Challenges the client and takes its answer (MS-TDS 3.3.5.2, MS-NLMP 1.3.1.1); null for a client that left. */
export async function askForProof(context: HandshakeContext, negotiate: Buffer): Promise<WindowsProof | null> {
  checkNegotiate(negotiate);
  const { send, processId, server, inbox } = context;
  const challenge = randomBytes(challengeSizeBytes);
  const answer = createAnswer({ packetSizeBytes: packetSizeBytes.initial, processId, send });
  encodeSspi(answer.tokens, encodeChallenge(challenge, { domain, computer: server.serverName }));
  await answer.end();
  const message = await expectMessage(inbox, packetType.sspi);
  if (message === null) return null;
  const authenticate = decodeAuthenticate(message.payload);
  return {
    domain: authenticate.domain,
    userName: authenticate.userName,
    isProofOf: (password) => provesPassword(authenticate, challenge, password),
  };
}
