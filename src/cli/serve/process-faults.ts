import { url as inspectorUrl } from 'node:inspector';

/** A span of versions of Node.js with a fault that a server can make use of. */
interface Fault {
  readonly major: number;
  /** Minor versions, both included. */
  readonly from: number;
  readonly to: number;
  readonly use: string;
}

/**
 * nodejs/node pull request 64697: a text of UTF-16 with an odd number of bytes is written past its end. Found by trial:
 * 24.0 to 24.15, 25.9, 26.0 and 26.10 hold, and so do 22.23 and 20.20. The minor versions between 26.0 and 26.5 and
 * between 26.5 and 26.10 were not tried: they count as faulty.
 */
const faults: readonly Fault[] = [
  { major: 24, from: 16, to: 21, use: '24.15, or 26.10 and later' },
  { major: 26, from: 1, to: 9, use: '26.10 or later' },
];

/** What to tell at the start about a version of Node.js, as in `24.21.0`; null when nothing is known against it. */
export function nodeFault(version: string): string | null {
  const [major, minor] = version.split('.').map(Number);
  const fault = faults.find((each) => each.major === major && each.from <= Number(minor) && Number(minor) <= each.to);
  if (fault === undefined) return null;
  return `this Node.js writes past the end of memory when it decodes some texts (nodejs/node pull request 64697); the exporter refuses such texts before: use ${fault.use}`;
}

/** Options of Node.js that let others read the memory, passwords in it, over a port or from a file. */
const revealing =
  /^--(?:inspect(?:-brk|-wait)?(?:=|$)|heapsnapshot-signal(?:=.|$)|heapsnapshot-near-heap-limit=[1-9]|heap-prof$|abort-on-uncaught-exception$)/;

type ReportingProcess = Pick<NodeJS.Process, 'env' | 'execArgv' | 'report'>;

/**
 * Why the daemon must not run in a process that is told to show its memory; null when it is not. SIGUSR1, which has Node
 * open its inspector to every user of the machine, is taken in src/early.js.
 */
export function memoryRefusal(process: ReportingProcess): string | null {
  keepReportsPrivate(process);
  const given = [...(process.env.NODE_OPTIONS ?? '').split(/[\s"]+/), ...process.execArgv];
  const option = given.find((each) => revealing.test(each.replaceAll('_', '-')));
  if (option === undefined && inspectorUrl() === undefined) return null;
  const [name] = (option ?? '--inspect').split('=');
  return `${name}, an option of Node.js (NODE_OPTIONS, or before the program's name), shows others the memory of this process, passwords in it: leave it out`;
}

/** Reports, which --report-on-fatalerror and others ask for, list the environment, where passwords may stand. */
function keepReportsPrivate({ report }: ReportingProcess): void {
  report.excludeEnv = true;
}
