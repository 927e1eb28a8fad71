import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runHere } from './fake-terminal.ts';
import { notPassed, preflight, started } from './preflighted.ts';

describe('preflight of a failover', () => {
  /** Clocks stand still, so that both see the same. */
  const clock = (): number => startedAt;
  const startedAt = Date.now();
  const cases = [
    'healthy',
    'failover-ready',
    'disconnected',
    'suspended',
    'seeding',
    'certificate-expired',
    'partially-healthy',
  ] as const;
  for (const scenario of cases) {
    test(`agrees with the failover checks: ${scenario}`, async (context) => {
      const links = await started(context, { scenario, clock });
      const { out } = await runHere(['check', links.configFlag, '--json']);
      const [link] = (JSON.parse(out) as { links: LinkDocument[] }).links;
      const expected = [link, ...(link?.databases ?? [])].flatMap((each) =>
        (each?.planned_failover.checks ?? []).map(
          ({ check, status }) => `${check} ${status === 'unknown' ? 'untold' : status}`,
        ),
      );
      const { outcomes } = await preflight(links, '--for=failover');
      const found = outcomes
        .filter(({ condition }) => condition === 'failover_check')
        .map(({ text, status }) => `${text.split(':')[0]} ${status}`);
      assert.ok(expected.length > 0);
      assert.deepEqual(found.toSorted(), expected.toSorted());
    });
  }

  test('passes where everything is ready', async (context) => {
    const links = await started(context, { scenario: 'failover-ready', clock });
    const asked = await preflight(links, '--for=failover');
    assert.deepEqual(notPassed(asked), []);
    assert.equal(asked.code, 0);
  });

  test('fails the way back while SQL Server is primary', async (context) => {
    const asked = await preflight(await started(context, { scenario: 'failover-ready', clock }), '--for=failback');
    assert.ok(notPassed(asked).includes('direction failed'));
    assert.equal(asked.code, 2);
  });

  test('fails on commit modes that differ', async (context) => {
    const asked = await preflight(await started(context, { scenario: 'commit-modes-differ', clock }), '--for=failover');
    assert.ok(notPassed(asked).includes('commit_modes failed'));
  });
});

interface LinkDocument {
  readonly planned_failover: { readonly checks: readonly { readonly check: string; readonly status: string }[] };
  readonly databases: readonly Pick<LinkDocument, 'planned_failover'>[];
}
