import { errorText } from '../../model/errors/catalogue.ts';
import type { SeedingAttempt } from '../../model/seeding.ts';
import type { ToldAttempt } from '../data/database.ts';
import { type Finding, finding } from '../data/finding.ts';
import { isWaiting, stallSeconds } from '../seeding.ts';
import { describeEnd } from '../words.ts';
import type { Evidence } from './evidence.ts';

/** The first copy of each database towards its present partner: runs, has failed, waits for its turn or does not move. */
export function seeding({ seedings, databases }: Evidence): readonly Finding[] {
  return [...seedings].flatMap(([name, { status, told }]) => {
    const database = nameText(name, databases);
    switch (status) {
      case 'failed':
        return told.map((each) => failed(each, name, database, 'seeding_failed'));
      case 'running':
        return told.flatMap((each) => [running(each, name, database), ...stillness(each, name, database)]);
      case 'none':
        return told.map((each) => failed(each, name, database, 'seeding_failed_before'));
      default:
        return [];
    }
  });
}

function nameText(name: string, databases: Evidence['databases']): string {
  const found = databases.find((each) => each.name === name);
  const isId = found === undefined || found.groupDatabaseId === name;
  return isId ? `the database with group_database_id ${name}` : `database ${name}`;
}

function failed(
  { end, attempt }: ToldAttempt,
  database: string,
  text: string,
  code: 'seeding_failed' | 'seeding_failed_before',
): Finding {
  const since = attempt.completionTimestampSeconds ?? attempt.startTimestampSeconds;
  const said = `${describeEnd(end)} says that the newest seeding of ${text} failed${failureText(attempt)}`;
  // The copy came another way since then, as by a restore: the view keeps what once was.
  const ending = code === 'seeding_failed' ? '.' : '. The copy is there all the same: this is history.';
  return finding(code, { server: end.server, database, text: `${said}${ending}`, since });
}

function failureText(attempt: SeedingAttempt): string {
  const parts = [
    // 0 is no error: the failure state alone says what happened.
    ...(attempt.errorCode ? [`error ${errorText(attempt.errorCode)}`] : []),
    ...(attempt.failureStateDescription === null ? [] : [attempt.failureStateDescription]),
  ];
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

function running({ end, attempt }: ToldAttempt, database: string, text: string): Finding {
  return finding('seeding_running', {
    server: end.server,
    database,
    text: `${describeEnd(end)} says that the seeding of ${text} is under way, in state ${attempt.currentState ?? 'not reported'}.`,
    since: attempt.startTimestampSeconds,
  });
}

function stillness({ end, attempt, transfer }: ToldAttempt, database: string, text: string): readonly Finding[] {
  const name = describeEnd(end);
  if (isWaiting(attempt)) {
    const said = `${name} says that the seeding of ${text} waits for its turn (${attempt.currentState}): a server copies only a few databases at a time.`;
    return [finding('seeding_waiting', { server: end.server, database, text: said })];
  }
  if (transfer?.isStalled !== true) return [];
  const said = `${name} says that the seeding of ${text} is at ${transfer.row.transferredBytes} bytes, the same for ${stallSeconds} seconds and more.`;
  return [
    finding('seeding_stalled', {
      server: end.server,
      database,
      text: said,
      since: transfer.lastProgressTimestampSeconds,
    }),
  ];
}
