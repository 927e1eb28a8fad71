import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import {
  type AzureAnswers,
  assess,
  azureState,
  healthy,
  listed,
  named,
  primary,
  said,
  secondary,
} from './azure-state.ts';
import { sqlServerWithDatabase } from './database-rows.ts';
import {
  certificate,
  failedServer,
  guid,
  managedInstance,
  mirroringEndpoint,
  now,
  pendingServer,
  sqlServer,
} from './server-state.ts';

describe('Azure and SQL Server', () => {
  const sql = sqlServerWithDatabase();

  test('both ends are seen, and a split brain is one', () => {
    const good = assess([sql], { links: [secondary], ageSeconds: 600 });
    assert.deepEqual([good.endsObserved, good.primaries, said(good)], [2, 1, 'healthy healthy azure_only']);
    const split = assess([sql], { links: [primary], ageSeconds: 600, watchedSeconds: 900 });
    assert.deepEqual([split.primaries, split.verdict, split.severity], [2, 'split_brain', 'critical']);
    assert.ok(said(split).includes('azure_both_ends_primary'));
  });

  test('a role that has just changed waits for the other witness', () => {
    const polled = { ...sql, lastSuccessTimestampSeconds: now };
    const lately = assess([polled], { links: [primary], ageSeconds: 10, watchedSeconds: 900 });
    assert.ok(said(lately).includes('azure_role_settling') && lately.severity !== 'critical', said(lately));
    const later = assess([polled], { links: [primary], ageSeconds: 60, watchedSeconds: 900 });
    assert.equal(later.verdict, 'split_brain');
    const groupId = guid('DAG_Sales@mi-prod');
    const roles = new Map([
      [
        groupId,
        {
          role: 'PRIMARY',
          changes: new Map([['PRIMARY', 1]]),
          turn: {
            from: 'SECONDARY',
            to: 'PRIMARY',
            afterTimestampSeconds: now - 45,
            byTimestampSeconds: now - 30,
          } as const,
        },
      ],
    ]);
    const changed = { ...polled, history: { ...polled.history, roles } };
    assert.ok(
      said(assess([changed], { links: [primary], ageSeconds: 600, watchedSeconds: 900 })).includes(
        'azure_role_settling',
      ),
    );
  });

  test('no primary at either end is one fact of both', () => {
    const demoted = sqlServer({ local: { role: 'SECONDARY' }, partner: null });
    assert.equal(assess([demoted], { links: [secondary], ageSeconds: 600 }).verdict, 'no_primary');
    const moved = assess([demoted], { links: [primary], ageSeconds: 600 });
    assert.deepEqual([moved.primaries, moved.endsObserved], [1, 2]);
    assert.notEqual(moved.severity, 'critical');
  });

  test('what a configured server does not answer is not made better', () => {
    for (const servers of [
      [sql, failedServer('mi-prod')],
      [failedServer('sql-prod'), failedServer('mi-prod')],
    ]) {
      const without = assessLinks(servers, [listed]).map(({ severity, verdict }) => [severity, verdict]);
      const link = assess(servers, { links: [secondary], ageSeconds: 600 }, [listed]);
      assert.deepEqual([[link.severity, link.verdict]], without);
      assert.equal(link.azureEnd, null);
    }
  });

  test('a link that only one of them has is told, a new one after a while', () => {
    assert.ok(said(assess([sql], { links: [] })).includes('azure_link_not_listed_yet'));
    assert.ok(said(assess([sql], { links: [], ageSeconds: 700 })).includes('azure_link_not_listed'));
    const instance = managedInstance(
      {},
      { views: { availability_groups: [], availability_replica_states: [], availability_replicas: [] } },
    );
    assert.ok(said(assess([instance], { links: [secondary] })).includes('azure_lists_absent_link'));
  });

  test('servers of other links say nothing of one that only Azure lists', () => {
    const other = { ...named('link-mi-secondary-synchronizing'), name: 'DAG_Other' };
    for (const servers of [[sqlServer()], [failedServer('sql-far')]]) {
      const found = assessLinks(servers, [], azureState({ links: [secondary, other] })).find(
        ({ name }) => name === 'DAG_Other',
      );
      assert.ok(found);
      assert.equal(said(found), 'healthy healthy azure_only');
    }
  });

  test('certificates are compared where no server tells', () => {
    const views = {
      certificates: [certificate({ thumbprint: 'AA' })],
      database_mirroring_endpoints: [mirroringEndpoint()],
    };
    const own = sqlServerWithDatabase({}, { views });
    const held = (thumbprint: string): AzureAnswers => ({
      links: [secondary],
      trusted: [
        {
          name: 'c',
          thumbprint,
          blob: 'read',
          subject: null,
          issuer: null,
          signatureAlgorithm: null,
          startTimestampSeconds: null,
          expiryTimestampSeconds: null,
        },
      ],
    });
    assert.ok(!said(assess([own], held('AA'))).includes('azure_certificate_differs'));
    assert.ok(said(assess([own], held('BB'))).includes('azure_certificate_differs'));
    assert.ok(said(assess([own], { links: [secondary], trusted: [] })).includes('azure_certificate_differs'));
    assert.ok(!said(assess([own], { links: [secondary], own: [] })).includes('azure_certificate_differs'));
  });
});

describe('before the first polls', () => {
  const azure = azureState({ links: [secondary] });
  const pending = (name: string, host: string) => pendingServer(name, { host });

  test('a link that Azure lists first is not unknown: it waits for the servers that may show it', () => {
    const both = [pending('sql-prod-01', 'sql-prod-01'), pending('mi-prod', '127.0.0.1')];
    assert.deepEqual(assessLinks(both, [], azure), []);
    const byHost = [pending('sql', 'sql'), pending('i', 'mi-prod.0123abcd.database.windows.net')];
    assert.deepEqual(assessLinks(byHost, [], azure), []);
    // Their polls failed: now it is.
    const lost = both.map(({ name, host }) => failedServer(name, { host }));
    assert.deepEqual(
      assessLinks(lost, [], azure).map(({ verdict }) => verdict),
      ['unknown'],
    );
  });

  test('a server that has no part in it lets it be seen through Azure', () => {
    const [link] = assessLinks([pending('other', 'other')], [], azure);
    assert.deepEqual([link?.verdict, link?.findings.map(({ code }) => code)], ['healthy', ['azure_only']]);
  });

  test('what the servers show does not wait for Azure', () => {
    const before = assessLinks(healthy, [], null);
    assert.deepEqual(
      before.map(({ verdict }) => verdict),
      ['healthy'],
    );
    const unread = azureState({ links: null });
    assert.deepEqual(
      assessLinks(healthy, [], unread).map(({ verdict, findings }) => [verdict, findings]),
      [['healthy', []]],
    );
  });
});
