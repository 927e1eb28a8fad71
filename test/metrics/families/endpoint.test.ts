import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { endpointFamilies } from '../../../src/metrics/families/endpoint.ts';
import type { MirroringEndpoint, TcpEndpoint } from '../../../src/model/endpoint.ts';
import { sqlServer } from '../../link/server-state.ts';
import { mirroringEndpoint } from '../rows.ts';
import { seriesOf, stateOf } from '../series.ts';

const started = 'milink_endpoint_started{server="sql-prod-01",mirroring_endpoint="hadr"}';
const info = 'milink_endpoint_info{server="sql-prod-01",mirroring_endpoint="hadr"';
const listener: TcpEndpoint = { endpointId: 65_536, port: 5022, ipAddress: null };
const other: TcpEndpoint = { endpointId: 2, port: 1433, ipAddress: null };

interface Case {
  readonly name: string;
  readonly endpoint?: Partial<MirroringEndpoint>;
  readonly listeners?: readonly TcpEndpoint[] | null;
  readonly expected: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: 'a started endpoint',
    expected: [`${started} 1`, `${info},port="5022",encryption="AES",authentication="CERTIFICATE"} 1`],
  },
  {
    name: 'a stopped endpoint',
    endpoint: { state: 'STOPPED' },
    expected: [`${started} 0`, `${info},port="5022",encryption="AES",authentication="CERTIFICATE"} 1`],
  },
  {
    name: 'an endpoint that does not encrypt',
    endpoint: { isEncryptionEnabled: false },
    expected: [`${started} 1`, `${info},port="5022",encryption="NONE",authentication="CERTIFICATE"} 1`],
  },
  {
    name: 'NULL in every column',
    endpoint: { state: null, isEncryptionEnabled: null, encryptionAlgorithm: null, connectionAuthentication: null },
    expected: [`${info},port="5022",encryption="",authentication=""} 1`],
  },
  {
    name: 'the ports were not read',
    listeners: null,
    expected: [`${started} 1`, `${info},port="",encryption="AES",authentication="CERTIFICATE"} 1`],
  },
  {
    name: 'only the port of another endpoint is visible',
    listeners: [other],
    expected: [`${started} 1`, `${info},port="",encryption="AES",authentication="CERTIFICATE"} 1`],
  },
];

describe('endpoint', () => {
  for (const { name, endpoint, listeners = [other, listener], expected } of cases) {
    test(name, () => {
      const views = { database_mirroring_endpoints: [mirroringEndpoint(endpoint)], tcp_endpoints: listeners };
      assert.deepEqual(seriesOf(endpointFamilies, stateOf([sqlServer({}, { views })])), expected);
    });
  }
});
