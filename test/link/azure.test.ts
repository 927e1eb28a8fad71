import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failureWithoutAnswer } from '../../src/azure/failure.ts';
import { assessLinks } from '../../src/link/assessor.ts';
import type { AssessedLink } from '../../src/link/data/link.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { assess, healthy, listed, named, readyInstance, said, secondary } from './azure-state.ts';
import { sqlServerWithDatabase } from './database-rows.ts';
import { certificate, failedServer, managedInstance, mirroringEndpoint, now, sqlServer } from './server-state.ts';

/** Each fixture: seen alone at the first look, alone after ten minutes of watching, and beside two healthy servers then. */
const table = {
  'link-mi-primary-synchronizing': [
    'healthy healthy azure_only',
    'healthy healthy azure_only',
    'degraded partially_healthy azure_role_differs',
  ],
  'link-mi-secondary-synchronizing': ['healthy healthy azure_only', 'healthy healthy azure_only', 'healthy healthy'],
  'link-error-beside-healthy': [
    'healthy healthy azure_link_error_recent azure_only',
    'critical not_healthy azure_link_error azure_only',
    'degraded partially_healthy azure_link_error_unconfirmed',
  ],
  'link-disconnected-beside-healthy': [
    'critical not_healthy azure_link_error azure_only',
    'critical not_healthy azure_link_error azure_only',
    'degraded partially_healthy azure_link_error_unconfirmed',
  ],
  'link-mi-primary-after-forced-failover': [
    'critical not_healthy azure_link_error azure_only',
    'critical not_healthy azure_link_error azure_only',
    'degraded partially_healthy azure_link_error_unconfirmed azure_role_differs',
  ],
  'link-multidb-created-without-databases': [
    'degraded seeding azure_link_starting azure_only',
    'degraded seeding azure_link_starting azure_only',
    'healthy healthy',
  ],
  'link-multidb-initiating': [
    'degraded seeding azure_link_starting azure_only',
    'degraded seeding azure_link_starting azure_only',
    'healthy healthy',
  ],
  'link-multidb-mi-primary-synchronizing': [
    'healthy healthy azure_only',
    'healthy healthy azure_only',
    'degraded partially_healthy azure_role_differs',
  ],
  'link-init-error': [
    'critical not_healthy azure_link_error azure_only',
    'critical not_healthy azure_link_error azure_only',
    'degraded partially_healthy azure_link_error_unconfirmed',
  ],
  'link-seeding': [
    'degraded seeding azure_link_starting azure_only',
    'degraded seeding azure_link_starting azure_only',
    'degraded partially_healthy azure_role_differs',
  ],
} as const;

describe('each recorded answer', () => {
  for (const [name, [first, watched, beside]] of Object.entries(table)) {
    test(`${name}: ${watched}`, () => {
      const links = [named(name)];
      assert.equal(said(assess([], { links })), first);
      assert.equal(said(assess([], { links, ageSeconds: 600, watchedSeconds: 900 })), watched);
      assert.equal(said(assess(healthy, { links, ageSeconds: 600, watchedSeconds: 900 })), beside);
    });
  }
});

describe('Azure alone', () => {
  test('shows one end, its role and whether there is a primary as far as it goes', () => {
    const link = assess([], { links: [secondary] }, [listed]);
    assert.deepEqual([link.endsObserved, link.primaries, link.azureEnd?.role], [1, null, 'SECONDARY']);
    assert.equal(link.severity, 'healthy');
  });

  test('an expected link that it does not list is missing, one that it could not ask for unknown', () => {
    assert.equal(said(assess([], { links: [] }, [listed])), 'critical missing azure_not_found');
    const failure = failureWithoutAnswer('forbidden', 'no');
    assert.equal(said(assess([], { links: null, failure }, [listed])), 'unknown unknown azure_not_read');
    assert.equal(assessLinks([], [listed], null)[0]?.verdict, 'unknown');
  });

  test('DISCONNECTED, NOT_HEALTHY and PARTIALLY_HEALTHY are told as they are', () => {
    const databases = (changes: object): object => ({
      databases: [{ databaseName: 'Sales', replicaState: 'LinkSynchronizing', ...changes }],
    });
    const at = (changes: object): string =>
      said(assess([], { links: [named('link-mi-primary-synchronizing', databases(changes))] }));
    assert.equal(
      at({ connectedState: 'DISCONNECTED', synchronizationHealth: 'HEALTHY' }),
      'critical disconnected azure_disconnected azure_only',
    );
    assert.equal(
      at({ connectedState: 'CONNECTED', synchronizationHealth: 'NOT_HEALTHY' }),
      'critical not_healthy azure_not_healthy azure_only',
    );
    assert.equal(
      at({ synchronizationHealth: 'PARTIALLY_HEALTHY' }),
      'degraded partially_healthy azure_partially_healthy azure_only',
    );
    assert.equal(at({ replicaState: 'LinkOfTomorrow' }), 'healthy healthy azure_only');
    assert.equal(
      at({ replicaState: 'LinkFailoverInProgress' }),
      'healthy healthy azure_failover_in_progress azure_only',
    );
    assert.equal(at({ mostRecentLinkError: '41986' }), 'healthy healthy azure_last_error azure_only');
  });

  test("the end of SQL Server's certificate is told where Azure tells it", () => {
    const at = (days: number, servers: readonly ServerState[] = []): string => {
      const expiryDate = new Date((now + days * 86_400) * 1000).toISOString();
      const databases = [
        {
          databaseName: 'Sales',
          replicaState: 'LinkSynchronizing',
          partnerAuthCertValidity: { certificateName: 'c', expiryDate },
        },
      ];
      return said(assess(servers, { links: [named('link-mi-secondary-synchronizing', { databases })] }));
    };
    assert.equal(at(31), 'healthy healthy azure_only');
    assert.equal(at(29), 'degraded partially_healthy azure_certificate_expiring azure_only');
    assert.equal(at(-1), 'critical not_healthy azure_certificate_expired azure_only');
    // A SQL Server that shows no certificate says nothing of it; one that shows its own has the first word.
    assert.equal(at(-1, healthy), 'critical not_healthy azure_certificate_expired');
    const [, instance = managedInstance()] = healthy;
    const views = { certificates: [certificate()], database_mirroring_endpoints: [mirroringEndpoint()] };
    assert.equal(at(-1, [sqlServerWithDatabase({}, { views }), instance]), 'healthy healthy');
  });
});

test('an instance that is not ready, and what is done to it, are told beside the rest', () => {
  const operations = [
    {
      operation: 'UpsertManagedServer',
      friendlyName: 'UPDATE MANAGED SERVER',
      state: 'InProgress',
      progress: 0.5,
      startTimestampSeconds: now - 600,
      estimatedCompletionTimestampSeconds: null,
      step: 'New SQL Instance Startup',
    },
  ];
  const at = (state: string | null): AssessedLink =>
    assess(healthy, { links: [secondary], instance: { ...readyInstance, state }, operations });
  assert.equal(said(at('Ready')), 'healthy healthy azure_operation_in_progress');
  assert.equal(said(at(null)), 'healthy healthy azure_operation_in_progress');
  assert.equal(said(at('Stopped')), 'degraded partially_healthy azure_instance_not_ready azure_operation_in_progress');
  assert.match(at('Ready').findings[0]?.text ?? '', /UPDATE MANAGED SERVER, 50 % done, now New SQL Instance Startup/);
});

test('an error is named as the catalogue of errors names it', () => {
  const [finding] = assess([], { links: [named('link-init-error')] }).findings;
  assert.match(finding?.text ?? '', /LinkInitError, most recent error 41976 \(availability_group_not_responding\)/);
});

test('reading Azure never makes a link better, whatever it says', () => {
  const order = ['healthy', 'degraded', 'unknown', 'critical'];
  const states = [
    [
      sqlServer({ partner: { connectedState: 'DISCONNECTED', synchronizationHealth: 'NOT_HEALTHY' } }),
      managedInstance(),
    ],
    [failedServer('sql-prod'), managedInstance()],
    [sqlServer(), failedServer('mi-prod')],
    healthy,
  ];
  for (const servers of states) {
    const [before] = assessLinks(servers, []);
    for (const name of Object.keys(table)) {
      const after = assess(servers, { links: [named(name)], ageSeconds: 600 });
      assert.ok(order.indexOf(after.severity) >= order.indexOf(before?.severity ?? 'healthy'), name);
    }
  }
});
