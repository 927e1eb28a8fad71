import type { SessionOptions } from './sql/session-options.ts';

/** A connection as its client named it and as it stands, for sys.dm_exec_sessions. */
export interface ConnectedSession {
  readonly login: string;
  /** Empty when the client named none. */
  readonly hostName: string;
  readonly applicationName: string;
  readonly interfaceName: string;
  readonly driverVersion: number;
  /** Of the client's program. */
  readonly processId: number;
  /** The name of the database that it is in. */
  readonly database: string;
  /** Unix milliseconds of the server's clock. */
  readonly loginMilliseconds: number;
  /** Of the last request. */
  readonly startMilliseconds: number;
  readonly isRunning: boolean;
  readonly options: SessionOptions;
  readonly openTransactions: number;
  readonly previousError: number;
  readonly rowCount: number;
}
