import type { AdviceStep } from './step.ts';

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
