import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { stringify } from 'yaml';
import type { Table } from '../../src/simulator/catalog/table.ts';
import { type EndName, endNames } from '../../src/simulator/world/topology.ts';
import { exceptOfReaders, isOfReaders, nameOf } from '../simulator/every-table.ts';
import { linkSamples, sampledScenarios } from './link-samples.ts';
import { dataSourceName, type SqlExporter, startSqlExporter } from './sql-exporter.ts';
import { columnAsText, queriedSamples, type SampleText, sampleText, valueAsText } from './sql-exporter-samples.ts';
import { onlooker, startWitnessPair, type WitnessPair, wires } from './witness-pair.ts';

const template = await readFile(join(import.meta.dirname, 'sql-exporter.yaml'), 'utf8');

async function withExporter(
  configuration: string,
  jobs: number,
  use: (exporter: SqlExporter) => Promise<void>,
): Promise<void> {
  const exporter = await startSqlExporter(configuration, jobs);
  try {
    await use(exporter);
  } finally {
    await exporter.stop();
  }
}

interface Query {
  readonly name: string;
  readonly labels?: readonly string[];
  readonly values?: readonly string[];
  readonly query: string;
}

interface Job {
  readonly name: string;
  readonly connection: string;
  readonly queries: readonly Query[];
}

function configurationOf(jobs: readonly Job[]): string {
  return stringify({
    jobs: jobs.map(({ name, connection, queries }) => ({
      name,
      interval: '1h',
      connections: [connection],
      queries: queries.map((query) => ({
        help: query.name,
        labels: [],
        values: ['seen'],
        allow_zero_rows: true,
        ...query,
      })),
    })),
  });
}

/** Reads every column of a view twice: as it is, for go-mssqldb to decode, and as text, for a label. */
function wholeView(table: Table): Query {
  const { name, columns } = table;
  const texts = columns.map((column) => `${columnAsText(column)} AS l_${column.name}`);
  const raw = columns.map((column) => column.name);
  return {
    name,
    labels: columns.map((column) => `l_${column.name}`),
    query: `SELECT CAST(1 AS float) AS seen, ${[...texts, ...raw].join(', ')} FROM ${nameOf(table)}${exceptOfReaders(table)}`,
  };
}

function wholeViewSamples(witness: WitnessPair, end: EndName): readonly SampleText[] {
  const { tables, rows } = witness.pair[end].instance;
  return [...tables.values()].flatMap(({ name, columns }) =>
    [...rows(name)]
      .filter((row) => !isOfReaders({ name }, row))
      .map((row) => {
        const labels = columns.map((column) => [`l_${column.name}`, valueAsText(row[column.name] ?? null, column)]);
        return sampleText(`sql_${name}`, { end, col: 'seen', ...Object.fromEntries(labels) }, 1);
      }),
  );
}

function refusals(witness: WitnessPair): { readonly configuration: string; readonly troubles: readonly string[] } {
  const master = dataSourceName(witness, 'sqlServer');
  const asOnlooker = dataSourceName(witness, 'sqlServer', onlooker);
  const one = { name: 'one', query: 'SELECT 1 AS seen' };
  const states = 'sys.dm_hadr_availability_replica_states';
  const jobs = [
    {
      name: 'password',
      connection: dataSourceName(witness, 'sqlServer', { name: 'milink', password: 'x' }),
      queries: [one],
    },
    { name: 'database', connection: master.replace('database=master', 'database=Nowhere'), queries: [one] },
    {
      name: 'slips',
      connection: master,
      queries: [
        one,
        { name: 'object', query: 'SELECT 1 AS seen FROM sys.dm_hadr_link_states' },
        { name: 'column', query: `SELECT seen FROM ${states}` },
        { name: 'syntax', query: 'SELECT 1 AS seen WHERE = 1' },
      ],
    },
    {
      name: 'permission',
      connection: asOnlooker,
      queries: [one, { name: 'state', query: `SELECT role AS seen FROM ${states}` }],
    },
  ];
  const troubles = [
    "Failed to connect Login error: mssql: Login failed for user 'milink'.",
    'Failed to connect Login error: mssql: Cannot open database "Nowhere" requested by the login. The login failed.',
    "Failed to run query mssql: Invalid object name 'sys.dm_hadr_link_states'.",
    "Failed to run query mssql: Invalid column name 'seen'.",
    "Failed to run query mssql: Incorrect syntax near '='.",
    'Failed to run query mssql: The user does not have permission to perform this action.',
  ];
  return { configuration: configurationOf(jobs), troubles: troubles.toSorted() };
}

for (const wire of wires) {
  describe(`prometheus-sql-exporter over ${wire}`, () => {
    let witness: WitnessPair;
    let hosts: Readonly<Record<string, string>>;
    before(async () => {
      witness = await startWitnessPair(wire);
      hosts = Object.fromEntries(endNames.map((end) => [`localhost:${witness.pair[end].port}`, end]));
    });
    after(() => witness.close());

    for (const scenario of sampledScenarios) {
      it(`finds the ${scenario} link on both ends`, async () => {
        witness.pair.setScenario(scenario);
        const configuration = template
          .replace(/\bSQL_SERVER\b/, dataSourceName(witness, 'sqlServer'))
          .replace(/\bMANAGED_INSTANCE\b/, dataSourceName(witness, 'managedInstance'));
        await withExporter(configuration, 4, async (exporter) => {
          assert.deepEqual(exporter.troubles, []);
          assert.deepEqual(await queriedSamples(exporter, hosts), linkSamples(witness, scenario));
        });
      });
    }

    it('reads every column of every view on both ends', async () => {
      witness.pair.setScenario('seeding');
      const jobs = endNames.map((end) => ({
        name: end,
        connection: dataSourceName(witness, end),
        queries: [...witness.pair[end].instance.tables.values()].map(wholeView),
      }));
      await withExporter(configurationOf(jobs), jobs.length, async (exporter) => {
        assert.deepEqual(exporter.troubles, []);
        const expected = endNames.flatMap((end) => wholeViewSamples(witness, end)).sort();
        assert.deepEqual(await queriedSamples(exporter, hosts), expected);
      });
    });

    it('is refused as documented', async () => {
      const { configuration, troubles } = refusals(witness);
      await withExporter(configuration, 4, async (exporter) => {
        assert.deepEqual(exporter.troubles, troubles);
        // Both jobs that got in have the answer to their one good query, and the rest of the page is empty.
        const one = sampleText('sql_one', { end: 'sqlServer', col: 'seen' }, 1);
        assert.deepEqual(await queriedSamples(exporter, hosts), [one, one]);
      });
    });
  });
}

describe('prometheus-sql-exporter and certificates', () => {
  it('does not log in where it does not know the authority', async () => {
    const witness = await startWitnessPair('tls');
    try {
      const connection = dataSourceName(witness, 'sqlServer').replace(/&certificate=[^&]*/, '');
      const configuration = configurationOf([
        { name: 'unknown', connection, queries: [{ name: 'one', query: 'SELECT 1 AS seen' }] },
      ]);
      await withExporter(configuration, 1, async ({ troubles }) => {
        assert.deepEqual(troubles, [
          'Failed to connect TLS Handshake failed: x509: certificate signed by unknown authority',
        ]);
      });
      assert.equal(witness.pair.sqlServer.counts().logins, 0);
    } finally {
      await witness.close();
    }
  });
});
