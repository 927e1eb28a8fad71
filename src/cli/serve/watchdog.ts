import { execFile } from 'node:child_process';
import type { Terminal } from '../command.ts';

/** Two signs of life in each period, as sd_watchdog_enabled(3) advises. */
const signsInPeriod = 2;

/** A program that hangs itself must not be joined by others. */
const programLimitMilliseconds = 10_000;

/**
 * Tells systemd again and again that the event loop goes on, if the unit asks for that with WatchdogSec (NOTIFY_SOCKET and
 * WATCHDOG_USEC): a service whose loop stands still is restarted then. By the program `systemd-notify`, since Node.js has no
 * Unix datagram sockets; `onFailure` is called once if it does not work. Returns what ends it.
 */
export function keepWatchdog(environment: Terminal['environment'], onFailure: (error: Error) => void): () => void {
  const { NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID = String(process.pid), PATH } = environment;
  const periodMilliseconds = Number(WATCHDOG_USEC) / 1000;
  // The variables are inherited: what was asked of a parent is not asked of this process.
  const isAsked = NOTIFY_SOCKET !== undefined && WATCHDOG_PID === String(process.pid) && periodMilliseconds > 0;
  if (!isAsked) return () => undefined;
  let isTold = false;
  const tell = (): void => {
    const options = {
      env: { NOTIFY_SOCKET, ...(PATH === undefined ? {} : { PATH }) },
      timeout: programLimitMilliseconds,
    };
    execFile('systemd-notify', ['WATCHDOG=1'], options, (error) => {
      if (error === null || isTold) return;
      isTold = true;
      onFailure(error);
    });
  };
  tell();
  const timer = setInterval(tell, periodMilliseconds / signsInPeriod);
  return () => clearInterval(timer);
}
