import type { AdviceStep } from './step.ts';

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
