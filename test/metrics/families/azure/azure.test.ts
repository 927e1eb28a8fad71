import assert from 'node:assert/strict';
import { test } from 'node:test';
import { azureInstanceFamilies } from '../../../../src/metrics/families/azure/instance.ts';
import { azureLinkFamilies } from '../../../../src/metrics/families/azure/link.ts';
import { azureReadingFamilies } from '../../../../src/metrics/families/azure/reading.ts';
import { azureState, named } from '../../../link/azure-state.ts';
import { now } from '../../../link/server-state.ts';
import { fullAzure } from '../../azure-rows.ts';
import { seriesOf, stateOf } from '../../series.ts';

const families = [...azureLinkFamilies, ...azureInstanceFamilies, ...azureReadingFamilies];
const series = (azure: ReturnType<typeof azureState> | null, name?: string): readonly string[] =>
  seriesOf(families, stateOf([], [], azure), name);
const of = 'link="DAG_Sales",managed_instance="mi-prod",database="Orders"';

test('without Azure there is no series of it', () => {
  assert.deepEqual(series(null), []);
});

test('a state is one series of each known one, and an unknown one is other', () => {
  const states = (replicaState: string): readonly string[] =>
    series(
      azureState({
        links: [named('link-mi-primary-synchronizing', { databases: [{ databaseName: 'Orders', replicaState }] })],
      }),
      'milink_azure_database_replica_state',
    ).filter((line) => line.endsWith(' 1'));
  assert.deepEqual(states('LinkInitError'), [`milink_azure_database_replica_state{${of},state="LinkInitError"} 1`]);
  assert.deepEqual(states('LinkOfTomorrow'), [`milink_azure_database_replica_state{${of},state="other"} 1`]);
});

test('what stands for nothing is no sample', () => {
  const lost = series(azureState({ links: [named('link-mi-primary-after-forced-failover')] }));
  assert.deepEqual(
    lost.filter((line) => /send_lag|last_hardened|partner_certificate|last_commit/.test(line)),
    [],
  );
  assert.ok(lost.includes(`milink_azure_database_redo_lag_seconds{${of}} 0`));
  assert.ok(lost.includes(`milink_azure_database_last_error{${of},error="41977"} 1`));
  const secondary = series(azureState({ links: [named('link-mi-secondary-synchronizing')] }));
  assert.deepEqual(
    secondary.filter((line) => /_lag_/.test(line)),
    [],
  );
});

test('after a failed reading nothing is left of it but that it failed, and when it was read last', () => {
  const failure = {
    reason: 'forbidden',
    message: 'm',
    status: 403,
    code: 'AuthorizationFailed',
    action: 'a',
    requestId: 'r',
  } as const;
  const links = series(azureState({ links: null, failure })).filter((line) =>
    /database|link_listed|link_role/.test(line),
  );
  assert.deepEqual(links, []);
  const up = 'subscription="production",managed_instance="mi-prod",resource="links"';
  const all = series(azureState({ links: null, failure }));
  assert.ok(all.includes(`milink_azure_up{${up}} 0`));
  assert.ok(all.includes(`milink_azure_read_failed{${up},reason="forbidden"} 1`));
});

test('pauses, remaining reads and outcomes are told by subscription', () => {
  const all = series(fullAzure());
  assert.ok(all.includes('milink_azure_remaining_reads{subscription="production"} 249'));
  assert.ok(all.includes('milink_azure_throttled_seconds_total{subscription="production"} 90'));
  assert.ok(all.includes(`milink_azure_paused_until_timestamp_seconds{subscription="production"} ${now + 60}`));
  assert.ok(all.includes('milink_azure_reads_total{subscription="production",resource="links",outcome="ok"} 3'));
  assert.ok(all.includes('milink_azure_reads_total{subscription="production",resource="links",outcome="timeout"} 0'));
});

test('no label carries an id, an address or a text of Azure', () => {
  assert.doesNotMatch(series(fullAzure()).join('\n'), /tcp:\/\/|[0-9a-f]{8}-[0-9a-f]{4}-|\/subscriptions\//);
});
