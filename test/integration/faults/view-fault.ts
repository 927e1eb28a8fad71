import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { FailureReason } from '../../../src/model/failure-reason.ts';
import type { ViewName } from '../../../src/model/snapshot.ts';
import type { PairOptions } from '../../../src/simulator/pair.ts';
import { areAllUp, type Harness, managedInstanceName as mi, sqlServerName as sql, startHarness } from '../harness.ts';
import { familyLines, linkLines, seriesValue, stateLines } from '../page-lines.ts';

/** Something about what the SQL Server's views show, through which its polls go on. */
export interface ViewFault {
  readonly name: string;
  readonly pair?: PairOptions;
  readonly begin: (harness: Harness) => void;
  /** Puts everything in order again unless given. */
  readonly end?: (harness: Harness) => void;
  /** The views that can't be read meanwhile, and why; none unless given. */
  readonly failed?: readonly (readonly [ViewName, FailureReason])[];
  /** What the page shows meanwhile, beside what it showed before. */
  readonly check: (page: string, before: string) => void;
}

/** Declares the test: what /metrics says meanwhile, that no login is spent on it, and that all is as before afterwards. */
export function itShows(fault: ViewFault): void {
  it(fault.name, async (context) => {
    const harness = await startHarness(context, { pollIntervalSeconds: 15, ...(fault.pair && { pair: fault.pair }) });
    await harness.until('both servers polled', areAllUp);
    const before = await harness.scrape();
    fault.begin(harness);
    await pollTwice(harness);
    const page = await harness.scrape();
    checkPolling(page, fault);
    fault.check(page, before);
    if (fault.end) fault.end(harness);
    else harness.pair.sqlServer.setFaults({});
    await pollTwice(harness);
    const after = await harness.scrape();
    for (const server of [sql, mi]) assert.deepEqual(stateLines(after, server), stateLines(before, server));
    assert.deepEqual(linkLines(after), linkLines(before));
    checkQuiet(harness, fault);
  });
}

/** Polls both servers from now on, and once more: what was told of the first time is not told again. */
async function pollTwice({ exporter }: Harness): Promise<void> {
  for (let count = 0; count < 2; count += 1) await Promise.all([sql, mi].map(exporter.pollNow));
}

function checkPolling(page: string, { failed = [] }: ViewFault): void {
  for (const server of [sql, mi]) assert.equal(seriesValue(page, `milink_up{server="${server}"}`), 1);
  assert.deepEqual(familyLines(page, 'milink_poll_failed'), []);
  assert.deepEqual(
    familyLines(page, 'milink_view_failed'),
    failed.map(([view, reason]) => `milink_view_failed{server="${sql}",view="${view}",reason="${reason}"} 1`),
  );
  assert.deepEqual(
    familyLines(page, 'milink_view_success').filter((line) => line.endsWith(' 0')),
    failed.map(([view]) => `milink_view_success{server="${sql}",view="${view}"} 0`),
  );
}

/** One line when a view can't be read and one when it can again; no login beyond the first. */
function checkQuiet({ log, pair }: Harness, { failed = [] }: ViewFault): void {
  const lines = log.filter(({ server }) => server === sql).map(({ msg, view, reason }) => [msg, view, reason]);
  assert.deepEqual(lines, [
    ['poll succeeded', undefined, undefined],
    ...failed.map(([view, reason]) => ['view cannot be read', view, reason]),
    ...failed.map(([view]) => ['view can be read again', view, undefined]),
  ]);
  for (const end of [pair.sqlServer, pair.managedInstance]) {
    assert.equal(end.counts().logins, 1, `logins to ${end.name}`);
    assert.equal(end.counts().connections, 1, `connections to ${end.name}`);
  }
}
