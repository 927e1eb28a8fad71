import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateFamilies } from '../../../src/metrics/families/certificate.ts';
import type { Certificate } from '../../../src/model/endpoint.ts';
import { linkRows, managedInstance, now, sqlServer } from '../../link/server-state.ts';
import { certificate, mirroringEndpoint } from '../rows.ts';
import { seriesOf, stateOf } from '../series.ts';

const day = 86_400;

function series(certificates: readonly Certificate[] | null): readonly string[] {
  const { groups, replicas, states } = linkRows('sql_server');
  const views = {
    availability_groups: groups,
    availability_replicas: replicas,
    availability_replica_states: states,
    database_mirroring_endpoints: [mirroringEndpoint()],
    certificates,
  };
  return seriesOf(certificateFamilies, stateOf([sqlServer({}, { views })]));
}

test('only the certificates that the link uses are shown, each with its usage', () => {
  const partner = 'mi-prod.0123abcd.database.windows.net';
  const shown = series([
    certificate(),
    certificate({ certificateId: 257, name: 'TDE_cert' }),
    certificate({
      certificateId: 258,
      name: partner,
      privateKeyEncryption: 'NA',
      issuer: 'CN=R',
      subject: 'CN=mi',
    }),
    certificate({ certificateId: 259, name: 'Root', privateKeyEncryption: 'NA', issuer: 'CN=R', subject: 'CN=R' }),
  ]);
  const labels = [
    'server="sql-prod-01",certificate="Cert_SQL01_endpoint",usage="endpoint"',
    `server="sql-prod-01",certificate="${partner}",usage="partner"`,
    'server="sql-prod-01",certificate="Root",usage="authority"',
  ];
  assert.deepEqual(shown, [
    ...labels.map((each) => `milink_certificate_expiry_timestamp_seconds{${each}} ${now + 30 * day}`),
    ...labels.map((each) => `milink_certificate_start_timestamp_seconds{${each}} ${now - day}`),
    `milink_certificate_info{${labels[0]},issuer="CN=SQL01",thumbprint="AB12"} 1`,
    `milink_certificate_info{${labels[1]},issuer="CN=R",thumbprint="AB12"} 1`,
    `milink_certificate_info{${labels[2]},issuer="CN=R",thumbprint="AB12"} 1`,
  ]);
});

test('NULL dates have no series, and NULL texts are empty', () => {
  const unsaid = { startTimestampSeconds: null, expiryTimestampSeconds: null, issuer: null, thumbprint: null };
  assert.deepEqual(series([certificate(unsaid)]), [
    'milink_certificate_info{server="sql-prod-01",certificate="Cert_SQL01_endpoint",usage="endpoint",issuer="",thumbprint=""} 1',
  ]);
});

test('a view that was not read has no series', () => assert.deepEqual(series(null), []));

test('a managed instance whose catalog does not show its certificate says it itself', () => {
  const own = {
    subject: 'C=US, CN=mi-prod.0123abcd.database.windows.net, O=x',
    issuer: 'CN=DigiCert',
    startTimestampSeconds: now - day,
    expiryTimestampSeconds: now + day,
    thumbprint: 'CD34',
  };
  const shown = (views: Parameters<typeof managedInstance>[1]): readonly string[] =>
    seriesOf(certificateFamilies, stateOf([managedInstance({}, views)]));
  const labels = 'server="mi-prod",certificate="mi-prod.0123abcd.database.windows.net",usage="endpoint"';
  assert.deepEqual(shown({ views: { endpoint_certificate: [own], certificates: null } }), [
    `milink_certificate_expiry_timestamp_seconds{${labels}} ${now + day}`,
    `milink_certificate_start_timestamp_seconds{${labels}} ${now - day}`,
    `milink_certificate_info{${labels},issuer="CN=DigiCert",thumbprint="CD34"} 1`,
  ]);
  const catalog = { certificates: [certificate()], database_mirroring_endpoints: [mirroringEndpoint()] };
  const both = shown({ views: { endpoint_certificate: [own], ...catalog } });
  assert.equal(both.length, 3, 'the catalog shows it: it is not shown twice');
  assert.ok(both.every((line) => line.includes('certificate="Cert_SQL01_endpoint"')));
});
