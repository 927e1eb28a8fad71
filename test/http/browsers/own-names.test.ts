import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isOwnHost } from '../../../src/http/browsers/foreign-site.ts';

const known = ['milink.corp.example', 'mon01.hq.example'];

describe('a Host that no stranger can have', () => {
  for (const host of [
    '127.0.0.1',
    '10.0.0.5:10522',
    '[::1]:10522',
    '[fe80::1]',
    'localhost:10522',
    'demo.localhost',
    'milink-exporter:10522',
    'MON01',
    'milink-exporter.monitoring.svc:10522',
    'milink-exporter.monitoring.svc.cluster.local',
    'milink.hq.internal',
    'milink.fritz.home.arpa',
    'milink.corp.example:8443',
    'MILINK.corp.example.',
    'mon01.hq.example:10522',
  ])
    test(host, () => assert.equal(isOwnHost(host, known), true));
});

describe('a Host that somebody may have registered', () => {
  for (const host of [
    '',
    'evil.example',
    'evil.example:10522',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1.nip.io',
    'milink.corp.example.evil.example',
    'xmilink.corp.example',
    'evil.home.arpa.example',
    'user@127.0.0.1',
    '127.0.0.1/x',
    'a b',
  ])
    test(JSON.stringify(host), () => assert.equal(isOwnHost(host, known), false));
});
