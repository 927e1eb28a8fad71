import { type AdviceStep, lookAgain } from './step.ts';

/** Both ends are SECONDARY: nobody takes writes. Legal for seconds in a planned failover. */
export const noPrimary: readonly AdviceStep[] = [
  { text: 'If a planned failover is under way, wait: it lasts seconds. Look again.' },
  {
    text: 'If it stays: find out which end should be primary, and compare the last hardened LSN of both ends, above. Where they are equal, and stay so, nothing is lost whichever becomes primary.',
  },
  {
    text: 'Make that end primary, and only that one. This statement loses what the other end alone has: see the values first.',
    sql: ['ALTER AVAILABILITY GROUP [link] FORCE_FAILOVER_ALLOW_DATA_LOSS;'],
  },
];

/** The end that takes the writes can't be asked; the other one waits for it. */
export const primaryUnreachable: readonly AdviceStep[] = [
  { text: 'Find out whether the primary end is down or only out of reach from here: try it from another machine.' },
  {
    text: 'If it is up, repair the way to it, or this login. Nothing needs to be done to the link.',
  },
  {
    text: 'If it is lost and service has to go on at {secondary}: fail over by force there. What the primary had not sent is lost, and when the old primary comes back both ends are primary: keep applications away from it, and run `milink-exporter check` before it is used.',
    at: 'secondary',
    sql: ['ALTER AVAILABILITY GROUP [link] FORCE_FAILOVER_ALLOW_DATA_LOSS;'],
  },
];

/** Expected, its servers answered, and none has it. */
export const missing: readonly AdviceStep[] = [
  {
    text: 'Ask who dropped the link or finished a cutover: both leave a writable copy on each end, and nothing is replicated between them.',
  },
  {
    text: 'See where the applications write, and that it is one end only.',
    at: 'each_end',
    sql: [
      'SELECT DB_NAME(database_id) AS name, host_name, program_name, COUNT(*) AS sessions FROM sys.dm_exec_sessions WHERE is_user_process = 1 GROUP BY database_id, host_name, program_name;',
    ],
  },
  {
    text: 'If it was wanted, take the link out of `links` in the configuration. If not, create it again: it seeds anew.',
  },
  {
    text: 'If it is on another node of an availability group, add that node to `servers`.',
  },
];

/** Not enough was seen to say anything. */
export const unknown: readonly AdviceStep[] = [
  {
    text: 'See below why servers could not be polled or views not read, and repair that: nothing is known of the link until then.',
  },
  lookAgain,
];

/** The server of the other end answers and does not have the link: what remains is half of it. */
export const droppedAtOneEnd: readonly AdviceStep[] = [
  {
    text: 'Do not fail over: the link is gone at the other end, and nothing brings it back. Let the applications use the copy that is online, and only that one.',
  },
  {
    text: 'Ask who dropped the link. If it was wanted, remove what is left of it at the end that still has it: until then the log of a primary is kept for an end that is gone. If it was not, create the link again once that is removed: it seeds anew.',
  },
];

/** The other end answered, and the login may not read what shows the link there. */
export const notRead: readonly AdviceStep[] = [
  {
    text: 'Let the login read the views that are named above on that server. It answers, so nothing says that its part of the link is lost: do not fail over for this.',
  },
];
