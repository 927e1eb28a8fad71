import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import type { FailureReason } from '../../../src/model/failure-reason.ts';
import type { ServerState } from '../../../src/model/server-state.ts';
import type { ViewName } from '../../../src/model/snapshot.ts';
import {
  areAllUp,
  type Harness,
  type HarnessOptions,
  isUp,
  managedInstanceName as mi,
  sqlServerName as sql,
  startHarness,
} from '../harness.ts';
import { familyLines, linkLines, seriesValue, stateLines } from '../page-lines.ts';

/** How a poll fails: the view that it was reading, null while connecting, and why. */
export type PollFailure = readonly [ViewName | null, FailureReason];

/** Something that makes the polls of the SQL Server fail, while the managed instance is in order. */
export interface PollFault {
  readonly options?: HarnessOptions;
  /** Begins right after a poll of the server. */
  readonly begin: (harness: Harness) => void | Promise<void>;
  readonly end: (harness: Harness) => void | Promise<void>;
  /** How to come to the end of a poll that hangs; left out for one that ends by itself. */
  readonly hang?: Hang;
}

/** A poll that ends at its time limit only, which the test holds in its hand. */
export interface Hang {
  /** Lets the time limit of every poll under way come. */
  readonly expire: () => void;
}

/** A fault by its name, with the failures that come of it in their order; the last one stays while the fault does. */
export interface PollFaultCase {
  readonly name: string;
  readonly failures: readonly [PollFailure, ...PollFailure[]];
  /** What the log's last line about it says. */
  readonly message?: RegExp;
  /** Only a person mends it, so that it is rarely tried again: the end of it is noticed by itself, or when a poll is asked for. */
  readonly rests?: 'until_noticed' | 'until_asked';
  /** Logins that the server sees for the recovery: 1 unless given. */
  readonly recoveryLogins?: number;
  readonly fault: (context: TestContext) => PollFault | Promise<PollFault>;
}

/** What the page says of the link while its primary end can't be polled, whatever the reason. */
const primaryUnseen = [
  'milink_link_ends_observed{link="DAG_Sales",managed_instance="mi-prod"} 1',
  'milink_link_expected{link="DAG_Sales",managed_instance="mi-prod"} 1',
  'milink_link_database_expected{link="DAG_Sales",managed_instance="mi-prod",database="Sales"} 1',
  'milink_link_database_present{link="DAG_Sales",managed_instance="mi-prod",database="Sales"} 1',
];

/** Declares the test of a fault: what /metrics says meanwhile, what is logged, and that all is as before when it is over. */
export function itSurvives(given: PollFaultCase): void {
  const course = given.failures.map(([view, reason]) => `${reason} in ${view ?? 'connecting'}`).join(', then ');
  it(`${given.name}: ${course}`, async (context) => {
    const fault = await given.fault(context);
    const harness = await startHarness(context, fault.options);
    await harness.until('both servers polled', areAllUp);
    const before = await harness.scrape();
    await harness.morePolls(sql, 1);
    await fault.begin(harness);
    await checkFailing(harness, { given, fault, before });
    await fault.end(harness);
    await checkRecovery(harness, given, before);
    checkLog(harness, given);
  });
}

interface Failing {
  readonly given: PollFaultCase;
  readonly fault: PollFault;
  readonly before: string;
}

/** Ends right after a failing poll. */
async function checkFailing(harness: Harness, { given, fault, before }: Failing): Promise<void> {
  const last = given.failures.at(-1);
  const nextPoll = pollByPoll(harness, fault);
  for (const _ of given.failures) await nextPoll();
  assert.deepEqual(failureOf(harness.server(sql)), last);
  await checkFaultyPage(harness, given, before);
  await harness.morePolls(mi, given.rests ? 5 : 1);
  if (given.rests) checkRest(harness.server(sql));
  else await nextPoll();
  assert.deepEqual(failureOf(harness.server(sql)), last, 'the failure stays');
}

/** The interval is a tenth of a second; minutes pass before what was refused is sent again. */
function checkRest({ lastPollTimestampSeconds, nextPollTimestampSeconds }: ServerState): void {
  assert.ok((nextPollTimestampSeconds ?? 0) - (lastPollTimestampSeconds ?? 0) > 30, `${nextPollTimestampSeconds}`);
}

function failureOf({ outcome }: ServerState): PollFailure | null {
  return outcome.kind === 'failed' ? [outcome.view, outcome.failure.reason] : null;
}

/**
 * To be called at the end of a poll. What it gives resolves right at the end of another one. A poll that hangs is ended
 * between two polls of the other server, once it was found waiting after two of them.
 */
function pollByPoll({ server, until, morePolls, exporter, pair }: Harness, { hang }: PollFault): () => Promise<void> {
  let last = server(sql).polls;
  exporter.onChange(() => {
    last = server(sql).polls;
  });
  const isWaiting = (): boolean => pair.sqlServer.counts().connections === 1;
  return async () => {
    const polls = last;
    const ended = until(`poll ${polls + 1}`, () => server(sql).polls > polls);
    let wasWaiting = false;
    while (hang && server(sql).polls === polls) {
      await Promise.race([ended, morePolls(mi, 1)]);
      if (wasWaiting && isWaiting()) hang.expire();
      wasWaiting = isWaiting();
    }
    await ended;
  };
}

async function checkFaultyPage(harness: Harness, { failures }: PollFaultCase, before: string): Promise<void> {
  const page = await harness.scrape();
  const reason = failures.at(-1)?.[1];
  assert.deepEqual(stateLines(page, sql), [], 'no series of its state remains');
  assert.equal(seriesValue(page, `milink_up{server="${sql}"}`), 0);
  assert.deepEqual(familyLines(page, 'milink_poll_failed'), [
    `milink_poll_failed{server="${sql}",reason="${reason}"} 1`,
  ]);
  const lastSuccess = `milink_last_success_timestamp_seconds{server="${sql}"}`;
  const lastPoll = `milink_last_poll_timestamp_seconds{server="${sql}"}`;
  assert.ok((seriesValue(page, lastSuccess) ?? 0) < (seriesValue(page, lastPoll) ?? 0));
  assert.ok((seriesValue(page, lastSuccess) ?? 0) >= (seriesValue(before, lastSuccess) ?? 1));
  assert.equal(seriesValue(page, `milink_up{server="${mi}"}`), 1);
  assert.deepEqual(stateLines(page, mi), ofOneEnd(stateLines(before, mi)), 'the other server is shown as before');
  const lines = linkLines(page);
  assert.deepEqual(
    lines.filter((line) => !/^milink_link_(verdict|finding|failover_check)/.test(line)),
    primaryUnseen,
  );
  assert.deepEqual(
    lines.filter((line) => line.startsWith('milink_link_verdict') && line.endsWith(' 1')),
    ['milink_link_verdict{link="DAG_Sales",managed_instance="mi-prod",verdict="primary_unreachable"} 1'],
  );
}

/** A secondary stamps commits with its primary's clock: without the primary nobody knows the zone of that. */
function ofOneEnd(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !line.startsWith('milink_database_last_commit_timestamp_seconds'));
}

async function checkRecovery(harness: Harness, fault: PollFaultCase, before: string): Promise<void> {
  // The exporter's own count: a server that comes to life again also finds logins whose senders have long gone.
  const logins = (): number => harness.server(sql).logins;
  const loginsBefore = logins();
  const loginsOfOther = harness.server(mi).logins;
  if (fault.rests === 'until_asked') await harness.pollNow(sql);
  await harness.until('the recovery', isUp(sql));
  await harness.morePolls(sql, 2);
  assert.equal(logins() - loginsBefore, fault.recoveryLogins ?? 1, 'logins for the recovery, and none per poll');
  assert.equal(loginsOfOther, 1, 'the other server keeps its connection');
  const page = await harness.scrape();
  assert.equal(seriesValue(page, `milink_up{server="${sql}"}`), 1);
  assert.deepEqual(familyLines(page, 'milink_poll_failed'), []);
  for (const server of [sql, mi]) assert.deepEqual(stateLines(page, server), stateLines(before, server));
  assert.deepEqual(linkLines(page), linkLines(before));
  for (const end of [harness.pair.sqlServer, harness.pair.managedInstance]) {
    assert.equal(end.counts().connections, 1, `connections to ${end.name}`);
  }
}

/** One line for each change of outcome, however many polls there were. */
function checkLog({ log }: Harness, { failures, message }: PollFaultCase): void {
  // What only somebody who looks for a defect sees comes besides, at debug.
  const told = log.filter(({ msg }) => msg !== 'where in the program');
  const lines = told.filter(({ server }) => server === sql).map(({ msg, view, reason }) => [msg, view, reason]);
  assert.deepEqual(lines, [
    ['poll succeeded', undefined, undefined],
    ...failures.map(([view, reason]) => ['poll failed', view ?? undefined, reason]),
    ['poll succeeded', undefined, undefined],
  ]);
  if (message) assert.match(log.findLast(({ msg }) => msg === 'poll failed')?.error ?? '', message);
  const ofOther = log.filter(({ server }) => server === mi).map(({ msg }) => msg);
  assert.deepEqual(ofOther, ['poll succeeded']);
}
