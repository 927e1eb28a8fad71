import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkJson } from '../../src/check/json.ts';
import { screenLines } from '../../src/screen/screen.ts';
import { cellsOf } from '../../src/terminal/cells.ts';
import { renderLine } from '../../src/terminal/line.ts';
import { isVisible } from '../../src/text/visible.ts';
import { anyScenario } from '../check/arbitrary.ts';
import { manyDatabases, reportOf, type Scenario, scenarios } from '../check/scenarios.ts';
import { fc } from '../fuzz/property.ts';
import { anyExpected, anyServers } from '../link/arbitrary.ts';
import { managedInstance, sqlServer } from '../link/server-state.ts';

const anyWidth = fc.integer({ min: 60, max: 80 });
const anyLinks: fc.Arbitrary<Scenario> = fc.record({ servers: anyServers, expected: anyExpected });

/** Rows of the smallest terminal in use. */
const firstScreen = 24;

function screen(scenario: Scenario, width = 80): readonly string[] {
  return screenLines(reportOf(scenario), { width }).map((line) => renderLine(line, false));
}

for (const [what, arbitrary] of [
  ['any names and texts', anyScenario],
  ['any servers and expected links', anyLinks],
] as const) {
  test(`with ${what} no line is too wide or holds what a terminal obeys`, () => {
    fc.assert(
      fc.property(arbitrary, anyWidth, (scenario, width) => {
        for (const line of screen(scenario, width)) {
          assert.ok(cellsOf(line) <= width, `${cellsOf(line)} cells: ${line}`);
          assert.ok(isVisible(line), JSON.stringify(line));
        }
      }),
    );
  });

  test(`with ${what} the JSON is a document that is safe to print`, () => {
    fc.assert(
      fc.property(arbitrary, (scenario) => {
        const text = checkJson(reportOf(scenario), { isPretty: true });
        assert.equal(JSON.parse(text).version, 2);
        assert.ok(text.split('\n').every(isVisible));
      }),
    );
  });
}

test('colours add nothing but colours', () => {
  const sequence = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
  for (const scenario of Object.values(scenarios)) {
    for (const line of screenLines(reportOf(scenario), { width: 80 })) {
      assert.equal(renderLine(line, true).replaceAll(sequence, '').trimEnd(), renderLine(line, false));
    }
  }
});

test('of many databases those that are not in order are shown, and the rest is counted', () => {
  const lines = screen({ servers: manyDatabases(100, 3) });
  for (const name of ['Sales_097', 'Sales_098', 'Sales_099']) {
    assert.ok(
      lines.some((line) => line.startsWith(`  ${name}  mi-prod  SUSPENDED`)),
      name,
    );
  }
  assert.ok(lines.some((line) => line.includes('and 88 more rows, all in order: --json has them all')));
  assert.ok(lines.length < 60, `${lines.length} lines`);
});

test('of many databases that are not in order it is said that there are more', () => {
  const lines = screen({ servers: manyDatabases(100, 100) });
  assert.ok(lines.some((line) => line.includes('and 88 more rows, 88 of them not in order')));
  assert.ok(lines.some((line) => /^ +-- and 92 more: --json has them all$/.test(line)));
  assert.ok(lines.length < 80, `${lines.length} lines`);
});

test('a statement whose name would be spoilt keeps its placeholder and says so', () => {
  const [sql, mi] = manyDatabases(1, 1);
  assert.ok(sql?.outcome.kind === 'ok' && mi !== undefined);
  const { snapshot } = sql.outcome;
  const databases = (snapshot.views.databases ?? []).map((row) => ({ ...row, name: 'x'.repeat(120) }));
  const views = { ...snapshot.views, databases };
  const servers = [{ ...sql, outcome: { kind: 'ok' as const, snapshot: { ...snapshot, views } } }, mi];
  const text = screen({ servers }).join('\n');
  assert.match(
    text,
    /-- a name is too long for a line: --json has the statement\n +ALTER DATABASE \[database\] SET HADR RESUME;/,
  );
  assert.ok(
    checkJson(reportOf({ servers }), { isPretty: false }).includes(`ALTER DATABASE [${'x'.repeat(120)}] SET HADR`),
  );
});

test('of many links with one cause the first is told in full and the others are named, in the order of their numbers', () => {
  const lost = { connectedState: 'DISCONNECTED', synchronizationHealth: 'NOT_HEALTHY' } as const;
  const names = Array.from({ length: 12 }, (_, index) => `DAG_${index + 1}`);
  const servers = [
    sqlServer({}, { links: names.map((link) => ({ link, partner: lost })) }),
    managedInstance({}, { links: names.map((link) => ({ link, role: 'SECONDARY' })) }),
  ];
  const lines = screenLines(reportOf({ servers }), { width: 80 }).map((each) => renderLine(each, false));
  assert.ok(lines.length < 70, String(lines.length));
  const text = lines.join(' ').replaceAll(/ +/g, ' ');
  assert.match(
    text,
    /The same of 11 more links, .*: DAG_2 on mi-prod, DAG_3 on mi-prod.*DAG_12 on mi-prod\. --link=NAME/,
  );
});

for (const [name, scenario] of Object.entries(scenarios)) {
  test(`what to do first in ${name} stands in the first screen, with the statement to run`, () => {
    const report = reportOf(scenario);
    const [link] = report.links;
    const [step] = link?.nextSteps ?? report.servers.flatMap(({ nextSteps }) => nextSteps);
    if (step === undefined) return;
    const top = screen(scenario).slice(0, firstScreen).join('\n');
    assert.match(top, / 1\. /);
    const told = top.replaceAll(/\s+/g, ' ');
    assert.ok(told.includes(step.text.replaceAll(/\s+/g, ' ')), step.text);
    for (const { text } of step.statements.slice(0, 1)) assert.ok(told.includes(text.replaceAll(/\s+/g, ' ')), text);
  });
}

test('links that are bad for many reasons are listed by cause before the first is told in full', () => {
  const { 'many-links': many } = scenarios;
  assert.ok(many !== undefined);
  const [sql, mi] = many.servers;
  assert.ok(sql !== undefined && mi !== undefined);
  const missing = Array.from({ length: 40 }, (_, index) => ({
    name: `DAG_Lost_${index}`,
    managedInstance: 'mi-prod',
    servers: [],
    databases: [],
  }));
  const lines = screen({ servers: [sql, mi], expected: missing });
  const top = lines.slice(0, firstScreen).join('\n');
  assert.match(top, /^ {2}CRITICAL {2}missing: DAG_Lost_0 on mi-prod and 39 more$/m);
  assert.match(top, /^ {2}CRITICAL {2}disconnected: DAG_Sales on mi-prod$/m);
  assert.match(top, /^ {2}first\n {2}1\. /m);
});
