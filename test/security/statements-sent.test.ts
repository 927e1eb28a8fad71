import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Config } from '../../src/config/config.ts';
import { packetType } from '../../src/simulator/tds/names.ts';
import { areAllUp, managedInstanceName, password, sqlServerName, startHarness } from '../integration/harness.ts';
import { startWireTap, type WireTap } from './wire-tap.ts';

/** What a batch of the exporter may be, each as a whole. */
const allowed: readonly RegExp[] = [
  // Named columns of one view, or values that only read.
  /^select\s(?!.*\b(?:into|openrowset|openquery|opendatasource)\b)/is,
  /^exec(?:ute)? (?:master\.)?(?:sys\.)?sp_get_endpoint_certificate @endpoint_type = 4;?$/i,
  /^exec(?:ute)? (?:master\.)?(?:sys\.)?sp_readerrorlog \d+, \d+(?:, N?'[^']*')*;?$/i,
  // The driver's own settings of the session, at each login.
  /^(?:set [a-z_]+(?: [a-z\d_]+)+(?:\r?\n|$))+$/i,
];

/** Words that change something, anywhere in a batch but in a name or a text. */
const changing =
  /\b(?:insert|update|delete|merge|truncate|drop|alter|create|grant|revoke|deny|backup|restore|kill|shutdown|reconfigure|dbcc|bulk|waitfor|failover)\b/i;

/** What the README asks for, with the optional right to read the error log. */
const permissions = ['VIEW SERVER STATE', 'VIEW ANY DEFINITION', 'VIEW ANY ERROR LOG'];

async function withTaps(context: TestContext, change: Partial<Config['servers'][number]>): Promise<readonly WireTap[]> {
  const taps: WireTap[] = [];
  context.after(() => Promise.all(taps.map((tap) => tap.close())));
  const harness = await startHarness(context, {
    pair: { scenario: 'seeding', encryption: 'off', accounts: [{ name: 'milink', password, permissions }] },
    prepare: async (pair) => {
      for (const end of [pair.sqlServer, pair.managedInstance]) taps.push(await startWireTap(end));
    },
    configure: (config) => ({
      ...config,
      servers: config.servers.map((server, index) => ({
        ...server,
        ...change,
        port: taps[index]?.port ?? 0,
        tls: { mode: 'off', ca: null, serverName: null, trustServerCertificate: false },
      })),
    }),
  });
  await harness.until('both servers up', areAllUp);
  await harness.morePolls(sqlServerName, 3);
  await harness.morePolls(managedInstanceName, 3);
  await harness.comes('every statement', () => change.errorLog === undefined || taps.every(hasReadErrorLog));
  await harness.exporter.stop();
  return taps;
}

const hasReadErrorLog = ({ batches }: WireTap): boolean => batches.some((batch) => batch.includes('sp_readerrorlog'));

/** Names in brackets and texts in quotes say nothing of what a batch does. */
function bare(batch: string): string {
  return batch.replaceAll(/\[[^\]]*\]|N?'[^']*'/g, '');
}

test('the exporter sends statements that read, and nothing else', async (context) => {
  const taps = await withTaps(context, { errorLog: { intervalSeconds: 1, timeoutSeconds: 5 } });
  for (const { batches } of taps) {
    // What is quick is asked together, a statement on each line.
    const distinct = [...new Set(batches.flatMap((batch) => batch.split(/\n(?=SELECT )/)).map((each) => each.trim()))];
    assert.ok(distinct.length > 12, `${distinct.length} statements were seen`);
    for (const batch of distinct) {
      assert.ok(
        allowed.some((pattern) => pattern.test(batch)),
        `not allowed: ${batch}`,
      );
      assert.doesNotMatch(bare(batch), changing);
    }
  }
});

test('a server has one connection of the exporter, which carries batches and no remote procedure calls', async (context) => {
  const taps = await withTaps(context, {});
  for (const tap of taps) {
    assert.equal(tap.connections(), 1);
    assert.deepEqual(
      [...tap.messageTypes].sort(),
      [packetType.sqlBatch, packetType.login7, packetType.prelogin].sort(),
    );
  }
});
