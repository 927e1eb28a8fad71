import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Verdict } from '../../src/link/data/verdict.ts';
import { managedInstanceName as mi, sqlServerName as sql, startHarness, worldMilliseconds } from './harness.ts';
import { linkLines, seriesValue } from './page-lines.ts';

/** Each stage of the tour, how far it is, and the verdict then. */
const course: readonly (readonly [string, number, Verdict])[] = [
  ['seeding', 0.5, 'seeding'],
  ['synchronizing', 0.5, 'healthy'],
  ['healthy', 0.5, 'healthy'],
  ['lag', 0.5, 'healthy'],
  ['disconnected', 0.5, 'disconnected'],
  ['not healthy', 0.5, 'not_healthy'],
  ['split brain', 0.5, 'split_brain'],
  ['recovery', 0.1, 'suspended'],
  ['recovery', 0.3, 'not_healthy'],
  ['recovery', 0.5, 'healthy'],
  ['recovery', 0.8, 'no_primary'],
  ['recovery', 0.9, 'healthy'],
  ['certificate', 0.5, 'partially_healthy'],
];

it('the tour of the demo shows each verdict that it announces', async (context) => {
  let now = worldMilliseconds;
  const harness = await startHarness(context, {
    pair: { scenario: 'tour', clock: () => now },
    pollIntervalSeconds: 15,
  });
  const seen: unknown[] = [];
  for (const [stage, progress] of course) {
    while (harness.pair.stage().name !== stage) now = harness.pair.stage().endsAtMilliseconds;
    const { startedAtMilliseconds, endsAtMilliseconds } = harness.pair.stage();
    now = startedAtMilliseconds + (endsAtMilliseconds - startedAtMilliseconds) * progress;
    await Promise.all([sql, mi].map(harness.exporter.pollNow));
    const page = await harness.scrape();
    const verdicts = linkLines(page).filter((line) => /^milink_link_verdict.* 1$/.test(line));
    seen.push([stage, progress, ...verdicts.map((line) => /verdict="(\w+)"/.exec(line)?.[1])]);
  }
  assert.deepEqual(seen, course);
  const expiry = seriesValue(
    await harness.scrape(),
    `milink_certificate_expiry_timestamp_seconds{server="${sql}",certificate="Cert_sql-prod-01_endpoint",usage="endpoint"}`,
  );
  const days = ((expiry ?? 0) - now / 1000) / 86_400;
  assert.ok(days > 5 && days < 6, `the certificate ends in ${days} days`);
});
