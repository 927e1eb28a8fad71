import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkPage } from '../../../src/http/status/link-page.ts';
import type { Severity } from '../../../src/link/data/verdict.ts';
import { findingCodes, findingKinds } from '../../../src/link/findings/kinds.ts';
import { exitCodeOfSeverity } from '../../../src/link/severity.ts';
import { alertGroups } from '../../../src/mixin/alerts/groups.ts';
import { reportOf } from '../../check/scenarios.ts';
import { fc } from '../../fuzz/property.ts';
import { frame } from '../../http/status/pages.ts';
import { anyEstate, copyStates, type Estate, expectedOf, serversOf } from '../../link/estate.ts';
import { hidingFaults, visibleFaults } from '../../link/estate-faults.ts';
import { legalNoise } from '../../link/estate-noise.ts';
import { reports } from '../../link/reported-states.ts';
import type { Labels } from '../rule-case.ts';
import { firingIn, type World } from './firing.ts';
import { isTold, type Rank, takesPlace, toldBy, toldOf, worst } from './telling.ts';
import { alertsOf, alertsWithoutFinding, others, voices } from './voices.ts';

/** VOICE_CASES is for the long run: each batch is one run of promtool. */
const count = Number(process.env.VOICE_CASES ?? 16);
const seed = Number(process.env.VOICE_SEED ?? 1);
const rules = alertGroups.flatMap((group) => group.rules);

test('each kind of finding has an alert of its severity, or a reason why not', () => {
  for (const code of findingCodes) {
    const voice = voices[code];
    const { severity } = findingKinds[code];
    if (severity !== 'info') assert.notDeepEqual(alertsOf(voice), [], `${code} is ${severity} and has no alert`);
    for (const alert of alertsOf(voice)) {
      const [name, told] = alert.split(' ');
      assert.ok(
        rules.some((rule) => rule.name === name && rule.severity === told),
        `${alert} is no alert`,
      );
      assert.equal(told !== severity, code in others, `${code} is ${severity}, and ${alert}`);
    }
  }
});

test('each alert that is more than information tells a kind of finding, or says why check need not agree', async () => {
  const spoken = new Set(
    Object.values(voices)
      .flatMap(alertsOf)
      .map((alert) => alert.split(' ')[0] ?? ''),
  );
  const ofPolling = /^Milink(?:Exporter|Shard|Config|Rule|Notifications|Watchdog)/;
  const unspoken = rules.filter(
    ({ name, severity }) => severity !== 'info' && !spoken.has(name) && !ofPolling.test(name),
  );
  assert.deepEqual(
    [...new Set(unspoken.map(({ name }) => name))].sort(),
    Object.keys(alertsWithoutFinding)
      .filter((name) => !spoken.has(name))
      .sort(),
  );
});

function worldOf(estate: Estate): World {
  return { servers: serversOf(estate), expected: expectedOf(estate) };
}

const severityOfRank = { critical: ['critical', 'unknown'], warning: ['degraded'], info: ['healthy'] } as const;

/** Exit code, colour of the page and worst alert of a world, against its findings. */
function assertOneVoice({ servers, expected = [] }: World, alerts: readonly Labels[], what: string): void {
  const report = reportOf({ servers, expected });
  const [link] = report.links;
  assert.ok(link, what);
  const found = worst(link.findings.map(({ severity }) => severity));
  const severities: readonly Severity[] = severityOfRank[found];
  assert.ok(severities.includes(link.severity), `${what}: findings ${found}, ${link.severity}`);
  const page = linkPage(frame, report, { link, wanted: null, events: [] });
  assert.match(page, new RegExp(`class="badge ${link.severity}"`), what);
  // A server that may have more links than it shows makes the whole unknown, whatever this one is.
  const isHidden = report.severity === 'unknown' && report.servers.some(({ mayHideLinks }) => mayHideLinks);
  assert.ok(
    isHidden || exitCodeOfSeverity[report.severity] === exitCodeOfSeverity[link.severity],
    `${what}: ${report.severity}, ${link.severity}`,
  );
  const spoken = new Set<string>(link.findings.flatMap(({ code }) => alertsOf(voices[code])));
  const own = alerts.filter(
    ({ alertname = '', severity }) => !(alertname in alertsWithoutFinding) || spoken.has(`${alertname} ${severity}`),
  );
  const told = worst(own.map(({ severity }) => severity as Rank));
  const expectedTold = worst(link.findings.map(toldBy));
  const codes = link.findings.map(({ code, severity }) => `${code} ${severity}`).join(', ');
  const names = alerts.map(({ alertname, severity }) => `${alertname} ${severity}`).join(', ');
  assert.equal(told, expectedTold, `${what}: ${codes}; alerts: ${names}`);
}

/** Every finding that is more than information, and not only the worst of them. */
function assertEachTold({ servers, expected = [] }: World, alerts: readonly Labels[], what: string): void {
  const [link] = reportOf({ servers, expected }).links;
  const names = alerts.map(({ alertname, severity, database }) => `${alertname} ${severity} ${database ?? ''}`);
  for (const each of link?.findings ?? [])
    assert.ok(
      toldBy(each) === 'info' || each.code in others || isTold(each, alerts),
      `${what}: nobody tells ${each.code} ${JSON.stringify(each.scope)}; alerts: ${names.join(', ')}`,
    );
}

test('one voice: exit code, colour of the page, severity of the verdict and the worst alert agree, and each finding is told', async () => {
  const estates = fc.sample(anyEstate, { numRuns: count, seed });
  const named = [
    ...Object.entries(reports).map(([name, report]) => ({ name, world: report })),
    ...estates.map((estate) => ({ name: JSON.stringify(estate), world: worldOf(estate) })),
  ];
  const firing = await firingIn(named.map(({ world }) => world));
  for (const [index, { name, world }] of named.entries()) {
    assertOneVoice(world, firing[index] ?? [], name);
    assertEachTold(world, firing[index] ?? [], name);
  }
});

/** An estate and what is added to it, none of which may make anything better. */
const addition = fc.tuple(
  anyEstate,
  fc.oneof(
    fc.constantFrom(...legalNoise).map((noise) => ({ noise })),
    fc.constantFrom(...copyStates).map((database) => ({ database })),
    fc.constantFrom(...visibleFaults).map((fault) => ({ fault })),
  ),
);
type Added = typeof addition extends fc.Arbitrary<readonly [Estate, infer What]> ? What : never;

function withAdded(estate: Estate, added: Added): Estate {
  if ('noise' in added) return { ...estate, noise: [...estate.noise, added.noise] };
  if ('database' in added) return { ...estate, databases: [...estate.databases, added.database] };
  const isSecond = (each: string): boolean => each.split(' ')[0] === added.fault.split(' ')[0];
  return { ...estate, faults: [...estate.faults.filter((each) => !isSecond(each)), added.fault] };
}

/** A link that is not seen by anybody can be told of by nobody: what is hidden is another property's. */
function isOpen({ faults }: Estate): boolean {
  return !faults.some((fault) => hidingFaults.some((each) => each === fault));
}

test('no masking: a fact more takes no alert away from a person, unless one of the same scope and severity replaces it', async () => {
  const drawn = fc.sample(addition, { numRuns: count, seed });
  const pairs = drawn
    .filter(([estate, added]) => isOpen(estate) && (!('database' in added) || estate.databases.length > 0))
    // One fault of a kind at a time: the other one would take its place.
    .map(([estate, added]) => ({
      before: 'fault' in added ? { ...estate, faults: withAdded(estate, added).faults.slice(0, -1) } : estate,
      after: withAdded(estate, added),
    }));
  const firing = await firingIn(pairs.flatMap(({ before, after }) => [worldOf(before), worldOf(after)]));
  for (const [index, { before, after }] of pairs.entries()) {
    const [was, is] = [firing[2 * index] ?? [], firing[2 * index + 1] ?? []].map(toldOf);
    for (const alert of was ?? []) {
      assert.ok(
        (is ?? []).some((each) => takesPlace(each, alert)),
        `${JSON.stringify(alert)} is gone: ${JSON.stringify(is)}\n${JSON.stringify(before)}\n${JSON.stringify(after)}`,
      );
    }
  }
});
