import { url as inspectorUrl } from 'node:inspector';

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
