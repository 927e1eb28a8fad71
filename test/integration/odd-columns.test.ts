import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { TdsServer } from '../../src/simulator/tds/server.ts';
import { pollingOrder } from '../../src/views/index.ts';
import { certificate } from '../simulator/tds/scripted-server.ts';
import { startReshaped } from './altered-end.ts';
import { areAllUp, type Harness, isUp, managedInstanceName, sqlServerName as sql, startHarness } from './harness.ts';
import { type ColumnOddity, columnOddities, withOddColumn } from './odd-column.ts';
import { familyLines, linkLines, seriesValue, stateLines } from './page-lines.ts';

/** In these a row is nothing, or the server no server, without them; `tolerant.test.ts` has what losing them costs. */
const identity = /_id$|^name$|^engine_edition$|^permission_name$|^counter_name$|^class$|^ag_db_name$|^database_name$/;

/** One column of each view, another one each time. */
function columnsOf(turn: number): ReadonlyMap<string, string> {
  return new Map(
    pollingOrder.flatMap((view) => {
      const names = view.asked({ engine: 'sql_server', majorVersion: 16 }).filter((name) => !identity.test(name));
      const name = names[turn % names.length];
      return name === undefined ? [] : [[view.source ?? '', name] as const];
    }),
  );
}

interface Odd {
  readonly harness: Harness;
  /** From the next answer on; null: in good order. */
  readonly set: (odd: { readonly turn: number; readonly oddity: ColumnOddity } | null) => void;
}

async function startOdd(context: TestContext): Promise<Odd> {
  let reshaped: TdsServer | null = null;
  let [columns, oddity]: [ReadonlyMap<string, string>, ColumnOddity] = [new Map(), 'NULL'];
  const harness = await startHarness(context, {
    pair: { databases: 2 },
    prepare: async (pair) => {
      reshaped = await startReshaped(context, pair.sqlServer, (set, statement) => {
        const source = /\bFROM (\S+)/.exec(statement)?.[1] ?? '';
        const name = columns.get(source);
        return name === undefined ? set : withOddColumn(set, name, oddity);
      });
    },
    configure: (config) => ({
      ...config,
      servers: config.servers.map((server) =>
        server.name === sql
          ? { ...server, port: reshaped?.address.port ?? 0, tls: { ...server.tls, ca: certificate.cert } }
          : server,
      ),
    }),
  });
  await harness.until('both are polled', areAllUp);
  return {
    harness,
    set: (odd) => {
      columns = odd === null ? new Map() : columnsOf(odd.turn);
      oddity = odd?.oddity ?? 'NULL';
    },
  };
}

const told = ({ log }: Harness): readonly string[] =>
  log.filter(({ msg }) => msg === 'a value was not taken as it was sent').map((line) => JSON.stringify(line));

/** So many other columns of each view: all of them once in a longer run. */
const turns = Number(process.env.ODD_TURNS ?? 1);

test('whatever becomes of a column of every view, the server is polled, the link judged, and each is told once', async (context) => {
  const { harness, set } = await startOdd(context);
  const before = await harness.scrape();
  // A text is a role, whichever it is: that it changed is counted.
  const lines = (page: string): readonly string[] =>
    [...stateLines(page, sql), ...linkLines(page)].filter(
      (line) => !line.startsWith('milink_replica_role_changes_total'),
    );
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [index, oddity] of columnOddities.entries()) {
      const what = `${oddity}, turn ${turn}`;
      set({ turn: turn + index, oddity });
      // The poll under way may have begun before.
      await harness.morePolls(sql, 2);
      const page = await harness.scrape();
      const { outcome } = harness.server(sql);
      const words = outcome.kind === 'failed' ? `${what}: ${outcome.view} ${outcome.failure.message}` : what;
      assert.equal(seriesValue(page, `milink_up{server="${sql}"}`), 1, words);
      const { views } = harness.server(sql);
      for (const [view, { failure }] of views) assert.equal(failure, null, `${what}: ${view} ${failure?.message}`);
      assert.ok(
        familyLines(page, 'milink_link_verdict').some((line) => line.endsWith(' 1')),
        what,
      );
      assert.equal(seriesValue(page, `milink_up{server="${managedInstanceName}"}`), 1);
      const unreadable = [...views].flatMap(([view, reading]) =>
        (reading.unreadableColumns ?? []).map((column) => `{server="${sql}",view="${view}",column="${column}"} 1`),
      );
      const shown = familyLines(page, 'milink_view_columns_unreadable').map((line) => line.replace(/^[a-z_]+/, ''));
      assert.deepEqual(shown, unreadable, what);
      if (oddity === 'in capitals') assert.deepEqual([unreadable, lines(page)], [[], lines(before)], what);
      if (oddity === 'twice' || oddity === 'missing') assert.ok(unreadable.length > 5, `${what}: ${unreadable}`);
      assert.doesNotMatch(page, /NaN|Infinity|e\+(?!00)/, what);
      assert.equal(new Set(told(harness)).size, told(harness).length, `told twice: ${what}`);
      if (index % 6 > 0) continue;
      set(null);
      await harness.morePolls(sql, 2);
      assert.deepEqual(lines(await harness.scrape()), lines(before), `in order again after ${what}`);
    }
  }
  assert.ok(isUp(sql)(harness.exporter.readState()));
});
