import { openFirewall, readPartnerLog, showEndpoint, startEndpoint, testNetwork } from '../../model/errors/step.ts';
import { type AdviceStep, stepsOfTexts } from './step.ts';

/** The way between the ends, for an error that does not prove that it is open. */
export const networkTexts: readonly string[] = [testNetwork, openFirewall];
/** The endpoint of SQL Server, where it was not read. */
export const endpointTexts: readonly string[] = [showEndpoint, startEndpoint];

/** The primary has lost its partner: the log waits on the primary until the connection is back. */
export const disconnected: readonly AdviceStep[] = [
  {
    text: 'Watch the log of the primary: it is kept until the other end has it, whatever the log backups do. Give it room before the disk is full.',
    at: 'primary',
    sql: ['SELECT name, log_reuse_wait_desc FROM sys.databases;', 'DBCC SQLPERF(LOGSPACE);'],
  },
];

/** Connected, but a database of the other end does not follow. */
export const notHealthy: readonly AdviceStep[] = [
  ...stepsOfTexts([readPartnerLog], 'secondary'),
  {
    text: 'See that the endpoints are connected and the certificates valid, above. When the redo queue grows, the other end is too small or too busy for the load.',
  },
  {
    text: 'Watch the log of the primary: it is kept until the other end has it.',
    at: 'primary',
    sql: ['SELECT name, log_reuse_wait_desc FROM sys.databases;'],
  },
];

/** With synchronous commit: some databases follow and are not yet in step. */
export const partiallyHealthy: readonly AdviceStep[] = [
  { text: 'Wait if the databases above are SYNCHRONIZING with a falling queue: they catch up by themselves.' },
  ...notHealthy.slice(1, 2),
];

/** A stopped endpoint that still carries a connection: it refuses the next one. */
export const endpointNotStarted: readonly AdviceStep[] = [
  {
    text: 'Start the endpoint: a connection that stands goes on, the next one is refused.',
    at: 'teller',
    sql: ['ALTER ENDPOINT [endpoint] STATE = STARTED;'],
    onManagedInstance:
      "The endpoint of {end} is Azure's: open a support request. A connection that stands goes on, the next one is refused.",
  },
];

/** A setting without which the other end can't come in. */
export const endpointSettings: readonly AdviceStep[] = [
  {
    text: 'Let the endpoint accept certificates, beside what it accepts now, and encrypt with AES. The ends reconnect: see that the link is healthy again.',
    at: 'teller',
    sql: [
      'ALTER ENDPOINT [endpoint] FOR DATABASE_MIRRORING (ROLE = ALL, AUTHENTICATION = CERTIFICATE [<certificate>], ENCRYPTION = REQUIRED ALGORITHM AES);',
    ],
    onManagedInstance:
      "The endpoint of {end} is Azure's, and refuses what a link needs: open a support request before the ends reconnect.",
  },
];

/** The endpoint of a managed instance is Azure's, so the SQL Server's has to follow. */
export const endpointsDoNotMeet: readonly AdviceStep[] = [
  {
    text: 'Let the endpoint of {sql_server} use an algorithm that the other end has.',
    at: 'sql_server',
    sql: ['ALTER ENDPOINT [endpoint] FOR DATABASE_MIRRORING (ROLE = ALL, ENCRYPTION = REQUIRED ALGORITHM AES);'],
  },
];

/**
 * What an error of a connection proves. `unknown`: nothing beyond that there is none.
 * - `name`: the name of the address is not known to DNS
 * - `refused`: the machine answers, and nobody listens there
 * - `filtered`: nobody answers in time
 * - `reset`: something answered and cut the connection in the handshake
 * - `certificate`: the ends met, and one does not take the other's certificate
 * - `cipher`: the ends met, and have no signature hash or cipher in common
 */
export type ConnectClass = 'name' | 'refused' | 'filtered' | 'reset' | 'certificate' | 'cipher' | 'unknown';

interface ClassPattern {
  readonly is: ConnectClass;
  readonly numbers: readonly number[];
  readonly words: RegExp;
}

/** The inner number says more than the outer: the first that fits. Sources: Windows' system error codes, SSPI's return codes. */
const patterns: readonly ClassPattern[] = [
  { is: 'cipher', numbers: [], words: /80090331|80090308|algorithm|signature hash|cipher/i },
  {
    is: 'certificate',
    numbers: [28_047, 28_048, 28_053],
    words: /certificate|8009030[CDE]|80090325|login attempt failed/i,
  },
  { is: 'name', numbers: [11_001, 11_002, 11_004], words: /\b1100[124]\b|no such host/i },
  { is: 'refused', numbers: [10_061, 1225], words: /\b10061\b|actively refused/i },
  { is: 'reset', numbers: [10_054, 10_053], words: /\b1005[34]\b|forcibly closed|\breset\b/i },
  { is: 'filtered', numbers: [35_201, 35_206, 10_060], words: /\b10060\b|time-?out/i },
];

/** The class of a connection's last error, by its text first: an outer number like 9642 or 35207 carries another within. */
export function connectClass(number: number | null, description: string | null): ConnectClass {
  const byWords = patterns.find(({ words }) => words.test(description ?? ''));
  const byNumber = patterns.find(({ numbers }) => number !== null && numbers.includes(number));
  const isMet = byNumber?.is === 'certificate' && byWords?.is !== 'cipher';
  return (isMet ? byNumber : (byWords ?? byNumber))?.is ?? 'unknown';
}

/** Whether the error proves that TCP works both ways: steps about firewalls would only lead away. */
export function provesNetwork(is: ConnectClass): boolean {
  return is === 'certificate' || is === 'cipher';
}

/** After the tests of the network, where the error does not prove that it is good. */
export const behindListener: AdviceStep = {
  text: 'If the address of {sql_server} in the group is a listener or a load balancer: port 5022 needs a rule and a health probe of its own there, and each node has to answer. A firewall rule must allow any source port: only the destination is 5022.',
};

/** The steps that only this class needs; they come before those of the error's own number. */
export const connectSteps: Readonly<Record<ConnectClass, readonly AdviceStep[]>> = {
  name: [
    {
      text: 'The name in the address is not known to DNS at the end that tells the error. Let that end resolve it: for the managed instance a private zone or a forwarder. A managed instance whose name leads to a load balancer outside of its subnet is legal.',
    },
  ],
  refused: [
    {
      text: 'The machine answers and nobody listens on that port: the endpoint is stopped, or listens on another port or address than the group tells. No firewall drops it.',
    },
  ],
  filtered: [],
  reset: [
    {
      text: 'Something answered and cut the connection before the ends had met: a firewall that inspects, a load balancer, or the other end during a restart. Let nothing between the ends look into port 5022.',
    },
  ],
  certificate: [
    {
      text: "The network is good: the ends met, and one does not take the other's certificate. {end} tells it: look there for its copy of the other end's certificate and for the login and user behind that, which need CONNECT on the endpoint; and at the other end for the certificate that its endpoint shows. Above: valid, and the same at both ends?",
      at: 'teller',
    },
  ],
  cipher: [
    {
      text: 'The network is good: the ends met, and have no signature hash or cipher in common. A certificate signed with MD5 or SHA-1 is refused: make one with SHA-256. Else let the cipher policy of the machine of {sql_server} (Schannel, group policy) allow TLS 1.2 with RSA and AES.',
    },
  ],
  unknown: [],
};
