import { type AdviceStep, lookAgain } from './step.ts';

/** Both ends are SECONDARY: nobody takes writes. Legal for seconds in a planned failover. */
export const noPrimary: readonly AdviceStep[] = [
  { text: 'If a planned failover is under way, wait: it lasts seconds. Look again.' },
  {
    text: 'If it stays: find out which end should be primary, and compare the last hardened LSN of both ends, above. Where they are equal, and stay so, nothing is lost whichever becomes primary.',
  },
  {
    text: 'Make {end} primary. What the other end alone has is lost then.',
    at: 'each_end',
    loses: {
      kind: 'force_failover',
      proofText:
        'If {end} is to become primary: see first that its last_hardened_lsn is not behind that of the other end, and that it stands still. Run it twice, at both ends.',
      refusal: 'Do not make {end} primary by force now. ',
    },
  },
];

/** The end that takes the writes can't be asked; the other one waits for it. */
export const primaryUnreachable: readonly AdviceStep[] = [
  { text: 'Find out whether the primary end is down or only out of reach from here: try it from another machine.' },
  {
    text: 'If it is up, repair the way to it, or this login. Nothing needs to be done to the link.',
  },
  {
    text: 'Fail over by force to {end}, if somebody who may has decided it. What the primary had not sent is lost, and when the old primary comes back both ends are primary: keep applications away from it, and run `milink-exporter check` before it is used.',
    at: 'secondary',
    loses: {
      kind: 'force_failover',
      proofText:
        'Only if the primary is lost and service has to go on at {end}: see first that it is still DISCONNECTED, that each database is ONLINE and neither REVERTING nor INITIALIZING, and that last_received_time and last_hardened_time stand still. Run it twice.',
      refusal: 'Do not force a failover. ',
    },
  },
];

/** A link of that name is on another managed instance, which the finding names. */
export const wrongName: AdviceStep = {
  text: 'If the link is the one that is named above: correct `managed_instance` in the configuration. Nothing is wrong with the link then.',
};

/** Expected, its servers answered, and none has it. */
export const missing: readonly AdviceStep[] = [
  {
    text: 'Ask who dropped the link or finished a cutover: nothing is replicated between the ends any more. A copy that is ONLINE in no group takes writes, at either end or at both; one that is RESTORING takes none.',
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
    text: 'Do not fail over: the link is gone at the other end, and nothing brings it back. Let the applications write to one copy only, one that is online: where both are, find out first which of them they have used.',
  },
  {
    text: 'Ask who dropped the link. If it was not wanted, create it again once what is left of it is removed: it seeds anew.',
  },
  {
    text: 'Remove what is left of the link on {end}: until then the log of a primary is kept for an end that is gone.',
    at: 'seen_ends',
    loses: {
      kind: 'drop_group',
      proofText:
        'Before what is left of the link on {end} is removed: see that it is not connected, and that the applications work where their database is ONLINE.',
      refusal: 'Do not drop the availability group on {end} by hand. ',
    },
  },
];

/** The other end answered, and the login may not read what shows the link there. */
export const notRead: readonly AdviceStep[] = [
  {
    text: 'Let the login read the views that are named above on that server. It answers, so nothing says that its part of the link is lost: do not fail over for this.',
  },
];
