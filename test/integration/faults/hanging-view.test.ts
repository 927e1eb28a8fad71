import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { areAllUp, sqlServerName as sql, startHarness } from '../harness.ts';
import { familyLines, seriesValue, stateLines } from '../page-lines.ts';

/** A view behind somebody's lock, and what only it gives. */
const views = [
  ['certificates', 'certificates', /^milink_certificate_/],
  ['database_replica_states', 'dm_hadr_database_replica_states', /^milink_database_(?!log_(?:reuse|size|used|limit))/],
] as const;

describe('a view that hangs', { concurrency: 2 }, () => {
  for (const [view, object, lost] of views) {
    it(`is cancelled and told, and everything else is kept: ${view}`, async (context) => {
      const whole = await startHarness(context, { pollIntervalSeconds: 3600 });
      await whole.until('both servers polled', areAllUp);
      const harness = await startHarness(context, {
        ...{ pollIntervalSeconds: 3600, pollTimeoutSeconds: 6 },
        prepare: ({ sqlServer }) => sqlServer.setFaults({ hanging: [object] }),
      });
      await harness.until('both servers polled', areAllUp);
      await harness.until('the end of the poll', () => harness.server(sql).views.get(view)?.failure != null);
      const page = await harness.scrape();
      assert.equal(seriesValue(page, `milink_up{server="${sql}"}`), 1);
      assert.deepEqual(familyLines(page, 'milink_view_failed'), [
        `milink_view_failed{server="${sql}",view="${view}",reason="timeout"} 1`,
      ]);
      const kept = stateLines(await whole.scrape(), sql).filter((line) => !lost.test(line));
      assert.deepEqual(stateLines(page, sql), kept);
      assert.deepEqual(
        familyLines(page, 'milink_link_verdict').filter(
          (line) => line.includes('primary_unreachable') && line.endsWith(' 1'),
        ),
        [],
      );
      const { logins, connections } = harness.pair.sqlServer.counts();
      assert.deepEqual({ logins, connections }, { logins: 1, connections: 1 });
    });
  }
});
