import type { SqlErrorInfo } from './session.ts';

/** Azure SQL's "is not supported in this version of SQL Server": no error of a server that one may take it for. */
export const notSimulatedNumber = 40_514;

/** How the simulator says that a real server could do this. */
export function notSimulatedMessage(what: string): string {
  return `not simulated: ${what}. A real server may know it; docs/simulator.md of milink-exporter lists what this simulator answers.`;
}

/** The error of a request, or of a login, that is not simulated; the connection lives on. */
export function notSimulated(what: string): SqlErrorInfo {
  return { number: notSimulatedNumber, state: 1, class: 16, message: notSimulatedMessage(what), line: 1 };
}
