import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Scenario } from '../../src/simulator/scenario/index.ts';
import { endNames, type PerEnd } from '../../src/simulator/world/topology.ts';
import { linkHealth, linkRole, networkNames, seedingDuration, seedingProgress } from './monitoring-queries.ts';
import { type Pymssql, startPymssql } from './pymssql.ts';
import { runTsql } from './tsql.ts';
import { startWitnessPair, type WitnessPair, wires } from './witness-pair.ts';

interface Answers {
  readonly health: readonly string[];
  readonly role: readonly string[];
  /** Rows of the question about running seedings. */
  readonly seedings: number;
}

/** What Microsoft documents for each query: health has no answer on a secondary, and in a split brain both are primary. */
const expected = {
  healthy: {
    sqlServer: { health: ['HEALTHY'], role: ['PRIMARY'], seedings: 0 },
    managedInstance: { health: [], role: ['SECONDARY'], seedings: 0 },
  },
  'not-healthy': {
    sqlServer: { health: ['NOT_HEALTHY'], role: ['PRIMARY'], seedings: 0 },
    managedInstance: { health: [], role: ['SECONDARY'], seedings: 0 },
  },
  'split-brain': {
    sqlServer: { health: ['NOT_HEALTHY'], role: ['PRIMARY'], seedings: 0 },
    managedInstance: { health: ['NOT_HEALTHY'], role: ['PRIMARY'], seedings: 0 },
  },
  seeding: {
    sqlServer: { health: ['NOT_HEALTHY'], role: ['PRIMARY'], seedings: 1 },
    managedInstance: { health: [], role: ['SECONDARY'], seedings: 1 },
  },
} as const satisfies Partial<Record<Scenario, PerEnd<Answers>>>;

const scenarios = ['healthy', 'not-healthy', 'split-brain', 'seeding'] as const satisfies readonly Scenario[];
const link = 'DAG_Sales';

for (const wire of wires) {
  describe(`the questions that Microsoft's guide asks of a link, over ${wire}`, () => {
    let witness: WitnessPair;
    let pymssql: Pymssql;
    before(async () => {
      pymssql = startPymssql();
      witness = await startWitnessPair(wire);
    });
    after(async () => {
      await pymssql.stop();
      await witness.close();
    });

    for (const scenario of scenarios) {
      for (const end of endNames) {
        const { health, role, seedings } = expected[scenario][end];
        it(`have the documented answers on ${end}, ${scenario}`, async () => {
          witness.pair.setScenario(scenario);
          const column = async (sql: string, index = 0): Promise<readonly unknown[]> => {
            const answer = await pymssql.ask(witness, { end, sql });
            assert.equal(answer.error, null);
            return answer.results[0]?.rows.map((row) => row[index]?.[1]) ?? ['no result'];
          };
          assert.deepEqual(await column(linkHealth(link)), health);
          assert.deepEqual(await column(linkRole(link), 1), role);
          assert.deepEqual(await column(linkHealth('DAG_Nowhere')), []);
          assert.equal((await column(seedingProgress)).length, seedings);
          assert.equal((await column(seedingDuration)).length, seedings);
        });

        it(`are printed by tsql on ${end}, ${scenario}`, async () => {
          witness.pair.setScenario(scenario);
          const { printed, complaints } = await runTsql(witness, { end, batches: [linkHealth(link), linkRole(link)] });
          assert.equal(complaints, '');
          const rows = role.map((word) => `DAG_Sales ¦ ${word}`);
          assert.deepEqual(printed.split('\n'), ['Health', ...health, 'Link ¦ Role', ...rows, '']);
        });
      }
    }

    it('name the managed instance, its node and its port for the network check', async () => {
      const { results, error } = await pymssql.ask(witness, { end: 'managedInstance', sql: networkNames });
      assert.equal(error, null);
      const [node, port, server, ...more] = results[0]?.rows.map(([answer]) => String(answer?.[1])) ?? [];
      assert.match(String(node), /^node DB[0-9A-F]{4}\.tr\d+\.\w+-a\.worker\.database\.windows\.net$/);
      assert.equal(port, 'port 11002');
      assert.equal(server, `server ${witness.pair.managedInstance.identity.serverName}`);
      assert.deepEqual(more, []);
      const other = await pymssql.ask(witness, { end: 'sqlServer', sql: networkNames });
      assert.equal(other.error?.number, 208);
    });

    it('follow a seeding on both ends in megabytes and seconds', async () => {
      witness.pair.setScenario('seeding');
      const database = witness.pair.topology.links[0]?.databases[0];
      assert.ok(database !== undefined);
      const mebibytes = ['int', String(database.sizeBytes / 1024 ** 2)];
      // Eight minutes at 23.4 million bytes a second.
      const common = [
        'ReadingAndSendingData',
        mebibytes,
        ['int', '10711'],
        ['int', '22'],
        ['int', '57'],
        ['int', '148'],
      ];
      for (const end of endNames) {
        const { results } = await pymssql.ask(witness, { end, sql: seedingProgress });
        assert.deepEqual(results[0]?.rows, [
          [
            ['str', database.physicalNames[end]],
            ['str', 'SEEDING'],
            ['bool', end === 'sqlServer' ? 'True' : 'False'],
            ['str', common[0]],
            ...common.slice(1),
            ['bool', 'True'],
            ['datetime', '2026-11-21T09:52:00.000'],
            null,
            ['int', '1'],
          ],
        ]);
      }
    });
  });
}
