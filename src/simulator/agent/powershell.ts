import type { Reached } from '../world/state.ts';

/** What a step of PowerShell printed, and how long it took. */
export interface Ran {
  readonly output: string;
  readonly milliseconds: number;
  /** The subsystem's; a test that finds nothing ends with 0 all the same. */
  readonly exitCode: number;
}

/** Connects from where the job runs. */
export type ConnectFrom = (
  host: string,
  port: number,
) => { readonly outcome: Reached; readonly address: string | null };

/** How long an attempt takes that is answered, refused after Windows' own repetitions, or not answered at all. */
export interface ProbeDurations {
  readonly answeredMilliseconds: number;
  readonly refusedMilliseconds: number;
  readonly silentMilliseconds: number;
}

/** About as long as on Windows; the silent one is its time limit for a SYN. */
export const windowsDurations: ProbeDurations = {
  answeredMilliseconds: 400,
  refusedMilliseconds: 2_500,
  silentMilliseconds: 21_000,
};

const cmdlet = /^\s*(?:tnc|Test-NetConnection)\s+(\S+)\s+-port\s+(\d{1,5})\b/i;
const client = /\.ConnectAsync\(\s*'([^']+)'\s*,\s*(\d{1,5})\s*\)/;
const waits = /\.Wait\(\s*(\d+)\s*\)/;

/**
 * Runs what network tests consist of: Test-NetConnection, as Microsoft's scripts call it, and a TcpClient with a time limit.
 * Anything else fails, as an unknown command does.
 */
export function runPowerShell(command: string, connect: ConnectFrom, durations: ProbeDurations): Ran {
  const test = cmdlet.exec(command);
  if (test !== null) return testConnection([...test, command.slice(test[0].length)], connect, durations);
  const [, host = '', port = '0'] = client.exec(command) ?? [];
  if (host !== '') return tcpClient(command, connect(host, Number(port)), durations);
  return { output: 'The term is not recognized as the name of a cmdlet.', milliseconds: 200, exitCode: 1 };
}

/** A filtered port takes the time limit, and a ping more; names of properties are not translated. */
function testConnection(
  [, host = '', port = '', rest = '']: readonly string[],
  connect: ConnectFrom,
  durations: ProbeDurations,
): Ran {
  const { outcome, address } = connect(host, Number(port));
  const isOpen = outcome === 'open';
  const milliseconds = durationOf(outcome, durations);
  if (/-InformationLevel\s+Quiet/i.test(rest))
    return { output: `${isOpen ? 'True' : 'False'}\r\n`, milliseconds, exitCode: 0 };
  const lines = [
    '',
    '',
    `ComputerName     : ${host}`,
    `RemoteAddress    : ${address ?? ''}`,
    ...(/select\s/i.test(rest) ? [] : [`RemotePort       : ${port}`]),
    `TcpTestSucceeded : ${isOpen ? 'True' : 'False'}`,
    '',
    '',
    '',
  ];
  const warning =
    outcome === 'unresolved'
      ? `WARNING: Name resolution of ${host} failed\r\n`
      : isOpen
        ? ''
        : `WARNING: TCP connect to (${address} : ${port}) failed\r\n`;
  return { output: `${warning}${lines.join('\r\n')}`, milliseconds, exitCode: 0 };
}

const socketErrors: Readonly<Record<Exclude<Reached, 'open'>, string>> = {
  refused: 'ConnectionRefused',
  filtered: 'TimedOut',
  unresolved: 'HostNotFound',
};

/** The texts that the script prints itself: the simulator only says which of them comes. */
function tcpClient(command: string, { outcome }: ReturnType<ConnectFrom>, durations: ProbeDurations): Ran {
  const limit = Number(waits.exec(command)?.[1] ?? Number.POSITIVE_INFINITY);
  const milliseconds = Math.min(durationOf(outcome, durations), limit);
  const word = /'(\w+:\s?)'\s*\+/.exec(command)?.[1] ?? '';
  const isLate = outcome === 'filtered' && limit <= durations.silentMilliseconds;
  const said = outcome === 'open' ? 'Connected' : isLate ? 'NoAnswer' : socketErrors[outcome];
  return { output: `${word}${said}\r\n`, milliseconds, exitCode: 0 };
}

function durationOf(outcome: Reached, durations: ProbeDurations): number {
  if (outcome === 'filtered') return durations.silentMilliseconds;
  return outcome === 'refused' ? durations.refusedMilliseconds : durations.answeredMilliseconds;
}
