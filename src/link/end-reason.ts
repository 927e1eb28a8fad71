import { errorText } from '../model/errors/error-text.ts';
import type { SeedingAttempt } from '../model/seeding.ts';
import type { LinkEnd, VerdictReason } from './link.ts';
import { describeEnd } from './reason.ts';
import { attemptStatus } from './seeding.ts';
import { stallSeconds } from './transfers.ts';

/** The link's databases by group_database_id. */
export type DatabaseNames = ReadonlyMap<string, string>;

/** One reason per database whose newest attempt failed, as this end tells. */
export function seedingFailures(end: LinkEnd, names: DatabaseNames): readonly VerdictReason[] {
  return attemptsWith(end, 'failed').map((attempt) => ({
    code: 'seeding_failed',
    text: `${describeEnd(end)} says that the newest seeding of ${databaseText(attempt, names)} failed${failureText(attempt)}.`,
  }));
}

/** One reason per database that is being seeded, as this end tells. */
export function seedingsRunning(end: LinkEnd, names: DatabaseNames): readonly VerdictReason[] {
  return attemptsWith(end, 'running').map((attempt) => ({
    code: 'seeding_running',
    text: `${describeEnd(end)} says that the seeding of ${databaseText(attempt, names)} is under way, in state ${attempt.currentState ?? 'not reported'}.`,
  }));
}

/** One reason per transfer whose bytes do not move although it runs. */
export function seedingsStalled(end: LinkEnd, names: DatabaseNames): readonly VerdictReason[] {
  return end.transfers
    .filter(({ isStalled }) => isStalled === true)
    .map(({ row, attempt }) => {
      const database = attempt === null ? (row.localDatabaseName ?? 'a database') : databaseText(attempt, names);
      const text = `${describeEnd(end)} says that the seeding of ${database} is at ${row.transferredBytes} bytes, the same for ${stallSeconds} seconds and more.`;
      return { code: 'seeding_stalled', text };
    });
}

function attemptsWith(end: LinkEnd, status: ReturnType<typeof attemptStatus>): readonly SeedingAttempt[] {
  return end.seedingAttempts.filter((attempt) => attemptStatus(attempt) === status);
}

function databaseText({ groupDatabaseId }: SeedingAttempt, names: DatabaseNames): string {
  if (groupDatabaseId === null) return 'a database';
  const name = names.get(groupDatabaseId) ?? groupDatabaseId;
  return name === groupDatabaseId ? `the database with group_database_id ${groupDatabaseId}` : `database ${name}`;
}

function failureText(attempt: SeedingAttempt): string {
  const parts = [
    // 0 is no error: the failure state alone says what happened.
    ...(attempt.errorCode ? [`error ${errorText(attempt.errorCode)}`] : []),
    ...(attempt.failureStateDescription === null ? [] : [attempt.failureStateDescription]),
  ];
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

export function partnerDisconnected(primary: LinkEnd): VerdictReason {
  const text = `${describeEnd(primary)} is PRIMARY and reports its partner DISCONNECTED. A new link reads like this until the managed instance has joined.`;
  return { code: 'partner_disconnected', text };
}

/** The last connection error that an end has, whichever of its rows carries it: which side knows the cause depends on who could not connect. */
export function lastConnectErrors(end: LinkEnd): readonly VerdictReason[] {
  const row = [end.partner, end.local].find((each) => (each?.lastConnectErrorNumber ?? null) !== null);
  const number = row?.lastConnectErrorNumber ?? null;
  if (row === undefined || row === null || number === null) return [];
  const description = row.lastConnectErrorDescription?.trim() ?? '';
  const text = `${describeEnd(end)} has error ${errorText(number)} as its last connection error${description === '' ? '' : `: ${description}`}`;
  return [{ code: 'last_connect_error', text: text.endsWith('.') ? text : `${text}.` }];
}

/** A connected state that SQL Server's documents don't have: carried, never judged. Empty when it is a known one. */
export function connectionNotRecognised(primary: LinkEnd): readonly VerdictReason[] {
  const state = primary.partner?.connectedState ?? null;
  if (state === null || state === 'CONNECTED' || state === 'DISCONNECTED') return [];
  const text = `${describeEnd(primary)} reports its partner in the connection state ${JSON.stringify(state)}, which is not known here.`;
  return [{ code: 'connection_not_recognised', text }];
}

const healthCodes = {
  NOT_HEALTHY: 'partner_not_healthy',
  PARTIALLY_HEALTHY: 'partner_partially_healthy',
  HEALTHY: 'partner_healthy',
} as const;

/** What a primary end says of its partner's synchronization health. */
export function partnerHealth(primary: LinkEnd): VerdictReason {
  const name = describeEnd(primary);
  if (primary.partner === null) {
    const text = `${name} is PRIMARY and has no row for its partner: the partner has not joined yet, or left the link.`;
    return { code: 'no_partner_row', text };
  }
  const health = primary.partner.synchronizationHealth;
  if (health === null) {
    return {
      code: 'health_not_reported',
      text: `${name} is PRIMARY and reports no synchronization health of its partner.`,
    };
  }
  if (isKnownHealth(health)) {
    return { code: healthCodes[health], text: `${name} is PRIMARY and reports its partner ${health}.` };
  }
  const text = `${name} reports its partner's synchronization health as ${JSON.stringify(health)}, which is not known here.`;
  return { code: 'health_not_recognised', text };
}

function isKnownHealth(health: string): health is keyof typeof healthCodes {
  return Object.hasOwn(healthCodes, health);
}
