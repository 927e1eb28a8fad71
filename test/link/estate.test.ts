import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import type { Finding } from '../../src/link/data/finding.ts';
import type { AssessedLink } from '../../src/link/data/link.ts';
import { severities } from '../../src/link/data/verdict.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { fc, fuzzRuns } from '../fuzz/property.ts';
import { anyEstate, anyHealthyEstate, copyStates, type Estate, expectedOf, serverOf, serversOf } from './estate.ts';
import { hidingFaults, oneSidedFaults, visibleFaults } from './estate-faults.ts';
import { legalNoise } from './estate-noise.ts';

const settings = { numRuns: fuzzRuns(200) };

function linkOf(estate: Estate, servers = serversOf(estate)): AssessedLink {
  const link = assessLinks(servers, expectedOf(estate)).find(({ managedInstance }) => managedInstance === 'mi-prod');
  assert.ok(link);
  return link;
}

const rank = { info: 0, warning: 1, critical: 2 } as const;

/** A finding that takes the place of another: at least as bad, and about the same thing. */
function isKept(found: Finding, all: readonly Finding[]): boolean {
  return all.some(
    (each) =>
      rank[each.severity] >= rank[found.severity] &&
      each.scope.database === found.scope.database &&
      (each.code === found.code || each.scope.server === found.scope.server),
  );
}

/** The health of a replica is no news of its own beside a first copy that has failed, which is told of its database. */
function isTold(found: Finding, before: readonly Finding[], after: readonly Finding[]): boolean {
  const isRollup = found.code === 'partner_not_healthy' || found.code === 'end_not_healthy';
  const isNew = ({ code, scope }: Finding): boolean =>
    !before.some((each) => each.code === code && each.scope.database === scope.database);
  return isKept(found, after) || (isRollup && after.some((each) => each.code === 'seeding_failed' && isNew(each)));
}

function assertNotBetter(before: AssessedLink, after: AssessedLink): void {
  for (const found of before.findings.filter(({ severity }) => severity !== 'info')) {
    assert.ok(
      isTold(found, before.findings, after.findings),
      `${found.code} ${JSON.stringify(found.scope)} is gone: ${after.findings.map(({ code }) => code)}`,
    );
  }
  assert.ok(
    severities.indexOf(after.severity) >= severities.indexOf(before.severity),
    `${before.severity} became ${after.severity}`,
  );
}

test('no masking: legal noise and history take away no finding and lower no severity', () => {
  fc.assert(
    fc.property(anyEstate, fc.constantFrom(...legalNoise), (estate, noise) => {
      const before = linkOf({ ...estate, noise: [] });
      assertNotBetter(before, linkOf({ ...estate, noise: [...estate.noise, noise] }));
    }),
    settings,
  );
});

test('no masking: a database more, whatever its state, takes away no finding of another one', () => {
  fc.assert(
    fc.property(anyEstate, fc.constantFrom(...copyStates), (estate, state) => {
      // A link that only seeds is new: a joined database makes what it says of itself an outage, never the reverse.
      const before = linkOf(estate);
      const after = linkOf({ ...estate, databases: [...estate.databases, state] });
      const own = before.findings.filter(({ scope, severity }) => scope.database !== null && severity !== 'info');
      for (const found of own) assert.ok(isKept(found, after.findings), `${found.code} of ${found.scope.database}`);
      if (estate.databases.length > 0) {
        assert.ok(severities.indexOf(after.severity) >= severities.indexOf(before.severity));
      }
    }),
    settings,
  );
});

test('no masking: another fault, whatever it is about, takes away no finding', () => {
  fc.assert(
    fc.property(anyEstate, fc.constantFrom(...visibleFaults), (estate, fault) => {
      // There is one certificate, and a primary is in one state.
      const [kind = ''] = fault.split(' ');
      fc.pre(!['certificate', 'primary'].includes(kind) || !estate.faults.some((each) => each.startsWith(kind)));
      const before = linkOf(estate);
      assertNotBetter(before, linkOf({ ...estate, faults: [...estate.faults, fault] }));
    }),
    settings,
  );
});

test('no masking: another link on the same servers changes no finding of the first', () => {
  fc.assert(
    fc.property(anyEstate, anyEstate, (estate, second) => {
      const other = serversOf(second)
        .slice(0, 2)
        .map((server) => renamed(server));
      const before = linkOf(estate);
      const after = linkOf(estate, [...serversOf(estate), ...other]);
      assert.deepEqual(after.findings, before.findings);
    }),
    settings,
  );
});

/** The same world with other names of servers, instances and hosts: an unrelated link. */
function renamed(server: ServerState): ServerState {
  const text = JSON.stringify(server.outcome, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
    .replaceAll('mi-prod', 'mi-two')
    .replaceAll('DAG_Sales', 'DAG_Two')
    .replaceAll('SQL01', 'SQL02')
    .replaceAll('sql01', 'sql02');
  const outcome: ServerState['outcome'] = JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' && /^\d{20,}n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
  );
  return {
    ...server,
    name: `${server.name}-two`,
    host: server.host.replace('mi-prod', 'mi-two').replace('sql01', 'sql02'),
    outcome,
    identity: outcome.kind === 'ok' ? outcome.snapshot.server : null,
  };
}

test('no wolf: a link in good order is healthy and silent under any legal noise', () => {
  fc.assert(
    fc.property(anyHealthyEstate, (estate) => {
      const links = assessLinks(serversOf(estate), []);
      assert.equal(links.length, 1);
      const told = links[0]?.findings.filter(({ severity }) => severity !== 'info').map(({ text }) => text);
      assert.deepEqual([links[0]?.verdict, told], ['healthy', []]);
    }),
    settings,
  );
});

test('two directions: with the roles swapped the same is found of the same roles', () => {
  fc.assert(
    fc.property(anyEstate, (drawn) => {
      const estate: Estate = {
        ...drawn,
        stoppedEndpoint: null,
        faults: drawn.faults.filter((each) => !oneSidedFaults.has(each)),
        noise: drawn.noise.filter((each) => !each.includes('certificate')),
      };
      const mirrored: Estate = {
        ...estate,
        primary: estate.primary === 'sql_server' ? 'managed_instance' : 'sql_server',
      };
      assert.deepEqual(byRole(mirrored), byRole(estate));
    }),
    settings,
  );
});

function byRole(estate: Estate): readonly string[] {
  const { findings } = linkOf(estate);
  const role = (server: string | null): string | null =>
    server === null ? null : server === serverOf[estate.primary] ? 'primary' : 'other';
  return findings
    .map(({ code, severity, scope }) => JSON.stringify([code, severity, role(scope.server), scope.database]))
    .toSorted();
}

const optional = [
  'availability_replicas',
  'automatic_seeding',
  'database_mirroring_endpoints',
  'certificates',
  'databases',
  'database_replica_states',
] as const;

test('doubt: a view that was not read is told, and never makes the link healthy', () => {
  fc.assert(
    fc.property(anyEstate, fc.constantFrom(...optional), fc.nat({ max: 1 }), (drawn, view, index) => {
      const estate = {
        ...drawn,
        faults: drawn.faults.filter((each) => !hidingFaults.some((hiding) => hiding === each)),
      };
      const servers = serversOf(estate).map((server, at) => (at === index ? without(server, view) : server));
      const link = linkOf(estate, servers);
      assert.notEqual(link.severity, 'healthy');
      const codes = link.findings.map(({ code }) => code);
      assert.ok(codes.includes('view_not_read'), codes.join());
      // What the replicas say is read from another view.
      const before = linkOf(estate).findings.filter(({ code }) => /^both_ends|^partner_dis/.test(code));
      for (const found of before) assert.ok(codes.includes(found.code), `${found.code}: ${codes.join()}`);
    }),
    settings,
  );
});

function without(server: ServerState, view: (typeof optional)[number]): ServerState {
  if (server.outcome.kind !== 'ok') return server;
  const { snapshot } = server.outcome;
  return { ...server, outcome: { kind: 'ok', snapshot: { ...snapshot, views: { ...snapshot.views, [view]: null } } } };
}
