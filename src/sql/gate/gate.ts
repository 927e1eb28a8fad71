import type { EventEmitter } from 'node:events';
import { isIP } from 'node:net';
import type { ServerConfig } from '../../config/config.ts';
import { defaultLimits } from '../../config/limits.ts';
import { protocolFault } from './broken-limit.ts';
import { gatedMessage } from './message-gate.ts';
import { type DriverToken, type Meter, meter } from './meter.ts';
import { guardUtf16 } from './utf16.ts';

/** The parts of tedious 19 and 20 that messages go through (lib/message-io.js). */
interface MessageIo extends Partial<EventEmitter> {
  readonly socket?: EventEmitter;
  packetSize(...sizes: number[]): number;
  readMessage(): Promise<AsyncIterable<Buffer>>;
}

/** The parts of tedious' connection that are gated (lib/connection.js). */
interface GatedConnection extends EventEmitter {
  messageIo?: unknown;
  readonly debug?: { token?: (token: DriverToken) => void };
  readonly routingData?: { readonly server?: string } | undefined;
}

interface GateOptions {
  readonly server: Pick<ServerConfig, 'host' | 'tls' | 'limits'>;
  /** Called once something came that must not come; what is said is also thrown into the driver. */
  readonly onFault: (error: Error) => void;
}

/** MS-TDS 2.2.7.9: the sizes that a packet may have. The driver takes any, and turns for ever at less than nine. */
const packetSizes = { least: 512, most: 32_767 } as const;

/**
 * Stands between what a server sends and what the driver makes of it, on the one connection given, before it connects.
 * Throws when the driver does not look as expected any more: without the gate it must not be used.
 */
export function gateDriver(connection: GatedConnection, options: GateOptions): Meter {
  guardUtf16();
  const counts = meter(options.server.limits ?? defaultLimits);
  const refuse = refusal(options.onFault);
  gateTokens(connection, refuse(counts.token));
  gateMessages(connection, { ...counts, bytes: refuse(counts.bytes) }, refuse(checkPacketSize));
  connection.on(
    'rerouting',
    refuse(() => checkRedirect(options.server, connection.routingData?.server ?? '')),
  );
  connection.on('connect', (error?: Error) => {
    if (!error) counts.loggedIn();
  });
  return counts;
}

/** Tells of what is thrown before the driver wraps it into words of its own. */
function refusal(onFault: (error: Error) => void) {
  return <Values extends unknown[]>(check: (...values: Values) => void) =>
    (...values: Values): void => {
      try {
        check(...values);
      } catch (error) {
        onFault(error as Error);
        throw error;
      }
    };
}

/** Both versions say each token to their debug output before they act on it. */
function gateTokens({ debug }: GatedConnection, check: (token: DriverToken) => void): void {
  const say = debug?.token?.bind(debug);
  if (debug === undefined || say === undefined) throw new Error('the driver has no debug.token: it can not be gated');
  debug.token = (token) => {
    check(token);
    say(token);
  };
}

/** The driver makes a new `messageIo` for each socket: for the first, and for the one that it is sent on to. */
function gateMessages(connection: GatedConnection, counts: Meter, checkSize: (size: unknown) => void): void {
  let current: unknown = connection.messageIo;
  Object.defineProperty(connection, 'messageIo', {
    configurable: true,
    enumerable: true,
    get: () => current,
    set: (io: MessageIo) => {
      for (const method of ['packetSize', 'readMessage'] as const) {
        if (typeof io?.[method] !== 'function') throw new Error(`the driver has no ${method}: it can not be gated`);
      }
      hearErrors(io);
      const [packetSize, readMessage] = [io.packetSize.bind(io), io.readMessage.bind(io)];
      io.packetSize = (...sizes) => {
        if (sizes.length > 0) checkSize(sizes[0]);
        return packetSize(...sizes);
      };
      io.readMessage = async () => gatedMessage(await readMessage(), counts);
      current = io;
    },
  });
}

/**
 * The driver stops listening to its socket when it closes it, and the error that the socket was destroyed with comes after:
 * with TLS that is an event that nobody hears, and the end of the process.
 */
function hearErrors(io: MessageIo): void {
  io.socket?.on('error', ignore);
  io.once?.('secure', (cleartext: EventEmitter) => cleartext.on('error', ignore));
}

function ignore(): void {}

function checkPacketSize(size: unknown): void {
  const { least, most } = packetSizes;
  if (typeof size === 'number' && Number.isInteger(size) && size >= least && size <= most) return;
  throw protocolFault(`a packet size of ${String(size)}, and only ${least} to ${most} is one`);
}

function checkRedirect(server: GateOptions['server'], target: string): void {
  if (isAllowedRedirect(server, target)) return;
  const message = `it sent the login on to ${target.slice(0, 253)}, which is outside of the domain of ${server.host}: `;
  throw protocolFault(`${message}set tls.server_name to the name that the certificate there carries if that is right`);
}

/**
 * Whether a server may send the login on to another name. The driver verifies the second certificate against that name
 * unless `tls.server_name` is set, so the name must be one that the configuration stands for: the host itself, a name in
 * its own domain, or, where the name to verify is configured, any.
 */
export function isAllowedRedirect({ host, tls }: Pick<ServerConfig, 'host' | 'tls'>, target: string): boolean {
  if (tls.serverName !== null && tls.mode !== 'off' && !tls.trustServerCertificate) return true;
  const [from, to] = [plain(host), plain(target)];
  if (from === to) return true;
  const domain = domainOf(from);
  return domain !== null && isIP(to) === 0 && to.endsWith(domain);
}

function plain(name: string): string {
  const lower = name.trim().toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/**
 * `.database.windows.net` of a managed instance, whose gateway sends clients on to a node elsewhere in that domain
 * (redirect connection type); else what follows the first label. Null for an address and for a bare name.
 */
function domainOf(host: string): string | null {
  if (isIP(host) !== 0) return null;
  const azure = host.indexOf('.database.');
  if (azure >= 0) return host.slice(azure);
  const rest = host.slice(Math.max(0, host.indexOf('.')));
  // A top level domain alone is everybody's.
  return host.includes('.') && rest.indexOf('.', 1) > 0 ? rest : null;
}
