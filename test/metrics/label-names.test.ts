import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../src/metrics/catalogue.ts';
import { exporterDefinitions } from '../../src/metrics/exporter-definitions.ts';

/** Set by a ServiceMonitor, PodMonitor or Probe (prometheus-operator pkg/prometheus/promcfg.go), or by Prometheus itself. */
const ofTheOperator = ['job', 'instance', 'namespace', 'service', 'pod', 'container', 'endpoint', 'node', 'ingress'];
const ofPrometheus = [
  'prometheus',
  'prometheus_replica',
  'replica_external_label',
  'alertname',
  'alertstate',
  'le',
  'quantile',
];
/** What sites set as target labels ("Writing exporters", and the labels of Docker, Consul and cloud discovery in wide use). */
const ofSites = [
  ...[
    'region',
    'zone',
    'cluster',
    'availability_zone',
    'az',
    'datacenter',
    'dc',
    'owner',
    'customer',
    'stage',
    'service',
  ],
  ...[
    'environment',
    'env',
    'team',
    'tenant',
    'app',
    'application',
    'component',
    'host',
    'hostname',
    'group',
    'type',
    'target',
  ],
];
/** A label that a scrape adds is renamed to this where both have it, so it must not be one of ours either. */
const renamed = /^(exported_|__|param_)/;

test('no label of ours is one that the Prometheus operator, Prometheus or a scrape configuration sets', () => {
  const taken = new Set([...ofTheOperator, ...ofPrometheus, ...ofSites]);
  const ours = [...catalogue, ...Object.values(exporterDefinitions)].flatMap(({ name, labels }) =>
    labels.map((label: string) => ({ name, label })),
  );
  assert.ok(ours.length > 100);
  assert.deepEqual(
    ours.filter(({ label }) => taken.has(label) || renamed.test(label)),
    [],
  );
});
