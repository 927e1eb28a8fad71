import { reasonWord } from './job.ts';
import type { Target } from './target.ts';

/** What a test of a place came to. Only `reached` is a yes. */
export type Finding =
  | 'reached'
  | 'name_not_resolved'
  | 'refused'
  | 'filtered'
  | 'no_route'
  | 'not_reached'
  | 'other_port'
  | 'no_result'
  | 'old_result';

/** Why a direction could not be tested at all. */
export type Obstacle =
  | 'agent_stopped'
  | 'agent_xps_off'
  | 'no_agent'
  | 'no_right'
  | 'no_powershell'
  | 'linux'
  | 'no_endpoint'
  | 'no_address'
  | 'no_parameters'
  | 'not_connected'
  | 'interrupted'
  | 'late'
  | 'refused_by_server';

export interface TargetOutcome {
  readonly target: Target;
  readonly finding: Finding;
  /** The address that the name stands for, as the tested end sees it; null: it did not say. */
  readonly address: string | null;
  readonly text: string;
}

/** What the two steps of a place wrote, and whether the run is the one that was started. */
export interface StepLogs {
  readonly test: string | null;
  readonly reason: string | null;
  readonly isOld: boolean;
}

const sockets: Readonly<Record<string, Finding>> = {
  ConnectionRefused: 'refused',
  TimedOut: 'filtered',
  NoAnswer: 'filtered',
  HostNotFound: 'name_not_resolved',
  NoData: 'name_not_resolved',
  TryAgain: 'name_not_resolved',
  NetworkUnreachable: 'no_route',
  HostUnreachable: 'no_route',
};

const words: Readonly<Record<Finding, string>> = {
  reached: 'reached',
  name_not_resolved: 'the name is not resolved there',
  refused: 'refused: the address answers, and nothing listens on the port, or something rejects it',
  filtered: 'no answer: something on the way drops it',
  no_route: 'no route to the address',
  not_reached: 'not reached; why, the test did not say',
  other_port: 'not reached, but another port of it answers',
  no_result: 'the job wrote no result',
  old_result: 'the result is of an earlier run, and says nothing',
};

/** Reads the logs of a place. Reached means TcpTestSucceeded, nothing else. */
export function outcomeOf(target: Target, { test, reason, isOld }: StepLogs): TargetOutcome {
  const made = (finding: Finding, address: string | null = null): TargetOutcome => ({
    target,
    finding,
    address,
    text: words[finding],
  });
  if (test === null) return made('no_result');
  if (isOld) return made('old_result');
  const succeeded = /TcpTestSucceeded\s*:\s*(True|False)/.exec(test)?.[1];
  if (succeeded === undefined) return made('no_result');
  const address = /RemoteAddress[ \t]*:[ \t]*([0-9A-Fa-f.:]+)/.exec(test)?.[1] ?? null;
  if (succeeded === 'True') return made('reached', address);
  const at = reason?.indexOf(reasonWord) ?? -1;
  const said = at < 0 ? '' : (/^\w+/.exec(reason?.slice(at + reasonWord.length) ?? '')?.[0] ?? '');
  const finding = sockets[said] ?? (address === null ? 'name_not_resolved' : 'not_reached');
  return made(finding, address);
}

/** Where the endpoint's own port answers and the one of the address does not, the address is what is wrong. */
export function withOtherPorts(outcomes: readonly TargetOutcome[]): readonly TargetOutcome[] {
  const other = outcomes.find(({ target, finding }) => target.place === 'other' && finding === 'reached');
  return outcomes.map((outcome) => {
    const isWrong = outcome.target.place === 'endpoint' && outcome.finding !== 'reached' && other !== undefined;
    return isWrong ? { ...outcome, finding: 'other_port', text: `${words.other_port}: ${other.target.port}` } : outcome;
  });
}

const obstacles: Readonly<Record<Obstacle, string>> = {
  agent_stopped: 'SQL Server Agent is not running: start its service, and test again.',
  agent_xps_off:
    "the option Agent XPs is off, which is not the same as a stopped Agent: EXEC sp_configure 'Agent XPs', 1; RECONFIGURE.",
  no_agent: 'this edition has no SQL Server Agent, and does not support the link.',
  no_right: 'the login may not make such a job: a PowerShell step takes sysadmin, on a managed instance always.',
  no_powershell: 'SQL Server Agent has no PowerShell there.',
  linux: 'SQL Server on Linux: its Agent runs no PowerShell.',
  no_endpoint:
    'SQL Server has no mirroring endpoint, so nothing listens: test with --create-test-endpoint, or after the endpoint is made.',
  no_address:
    'where the managed instance reaches SQL Server is not known: no link tells it, and the configuration has an address that is the machine itself. Give --sql-server.address=HOST[:PORT].',
  no_parameters: 'the server did not say what to test.',
  not_connected: 'no connection to the server that has to test.',
  interrupted: 'it was interrupted.',
  late: 'the job did not end within the limit.',
  refused_by_server: 'the server refused a statement.',
};

export function obstacleText(obstacle: Obstacle): string {
  return obstacles[obstacle];
}

/** The obstacle that an error of the server's means, by its number. */
export function obstacleOf(errorNumber: number | null): Obstacle {
  switch (errorNumber) {
    case 22_022:
      return 'agent_stopped';
    case 15_281:
      return 'agent_xps_off';
    case 14_234:
      return 'no_powershell';
    case 229:
    case 262:
    case 14_516:
    case 14_517:
    case 15_247:
    case 916:
      return 'no_right';
    default:
      return 'refused_by_server';
  }
}

/** The one line that tests a place by hand on the host of SQL Server. */
export function hostLines({ host, port }: Target): readonly string[] {
  return [`nc -vz -w 10 ${host} ${port}`, `timeout 10 bash -c '</dev/tcp/${host}/${port}' && echo reached`];
}
