import { openFirewall, readPartnerLog, showEndpoint, startEndpoint, testNetwork } from '../../model/errors/step.ts';
import type { AdviceStep } from './step.ts';
import { stepsOfTexts } from './text.ts';

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
