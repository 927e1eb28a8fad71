import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateFamilies } from '../../../src/metrics/families/certificate.ts';
import type { Certificate } from '../../../src/model/certificate.ts';
import { linkRows, now, sqlServer } from '../../link/server-state.ts';
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
      issuer: 'CN=DigiCert',
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
    `milink_certificate_info{${labels[1]},issuer="CN=DigiCert",thumbprint="AB12"} 1`,
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
