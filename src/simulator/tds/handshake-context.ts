import type { Login } from '../session.ts';
import type { WireFaults } from './faults.ts';
import type { Inbox } from './inbox.ts';
import type { EncryptionPolicy } from './prelogin.ts';
import type { Send } from './sender.ts';
import type { Transport } from './transport.ts';

/** What the handshake needs of the connection it is on. */
export interface HandshakeContext {
  readonly server: ServerIdentity;
  readonly transport: Transport;
  readonly inbox: Inbox;
  readonly processId: number;
  readonly faults: () => WireFaults;
  readonly send: Send;
  /** Aborted when the connection is gone. */
  readonly closed: AbortSignal;
  /** The client has had its PRELOGIN answered: from now on it reads tokens. */
  readonly onPrelogin: () => void;
}

/** What a server is and does, the same for all of its connections. */
export interface ServerIdentity {
  readonly login: Login;
  readonly encryption: EncryptionPolicy;
  /** As `16.0.4175.1`. */
  readonly productVersion: string;
  /** The name in ERROR and INFO tokens. */
  readonly serverName: string;
  /** Whether logins with a token of Entra ID are offered. */
  readonly fedAuth: boolean;
  /** Where a client that got in is sent on to, as the gateway of a managed instance does; null: nowhere. */
  readonly redirect: { readonly host: string; readonly port: number } | null;
}
