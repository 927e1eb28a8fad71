import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import type { AssessedLink } from '../../src/link/data/link.ts';
import { beyond, managedInstanceWithDatabase, sqlServerWithDatabase } from './database-rows.ts';
import { listed } from './reported-states.ts';
import { managedInstance, polledServer } from './server-state.ts';

// Beyond the limits of the configuration nothing is shown: what is not shown is not gone.

const codesOf = (link: AssessedLink | undefined): readonly string[] => (link?.findings ?? []).map(({ code }) => code);
const noCopies = { databases: [], database_replica_states: [] };
const host = { state: { host: 'sql01.corp.example' } };

describe('a server with more groups than are shown', () => {
  const withoutLinks = polledServer('sql-prod-01', 'sql_server', host);

  test('has dropped none of the links that the other end shows', () => {
    const [link] = assessLinks([beyond(withoutLinks, { groups: 3 }), managedInstance()], [listed]);
    assert.deepEqual(codesOf(link), ['end_not_read', 'end_view_failed']);
    assert.deepEqual(link?.goneAt, []);
  });

  test('and one that shows all of its groups has', () => {
    const [link] = assessLinks([withoutLinks, managedInstance()], [listed]);
    assert.ok(codesOf(link).includes('dropped_at_one_end'), codesOf(link).join());
  });
});

describe('a server with more databases than are shown', () => {
  const primary = sqlServerWithDatabase({ partnerCopy: null });
  const secondary = managedInstanceWithDatabase({}, { views: noCopies });

  test('the other end may have the copy that it does not show', () => {
    const [link] = assessLinks([primary, beyond(secondary, { databases: 7 })], []);
    assert.deepEqual(codesOf(link), ['databases_left_out']);
    assert.equal(link?.findings[0]?.scope.server, 'mi-prod');
    assert.equal(link?.severity, 'degraded');
    const [whole] = assessLinks([primary, secondary], []);
    assert.deepEqual(codesOf(whole), ['database_unprotected']);
  });

  test('a copy is no orphan, and an expected database is not missing, because the primary does not show it', () => {
    const ends = [sqlServerWithDatabase({}, { views: noCopies }), managedInstanceWithDatabase()] as const;
    const [link] = assessLinks([beyond(ends[0], { databases: 1 }), ends[1]], [listed]);
    assert.deepEqual(codesOf(link), ['databases_left_out']);
    const [whole] = assessLinks(ends, [listed]);
    assert.ok(codesOf(whole).includes('database_orphaned'), codesOf(whole).join());
  });
});

test('what is left of a database stands still for being left, and for nothing else', () => {
  const stopped = { synchronizationState: 'NOT SYNCHRONIZING', synchronizationHealth: 'NOT_HEALTHY' };
  const secondary = managedInstanceWithDatabase({ ownCopy: stopped });
  const read = sqlServerWithDatabase({}, { views: noCopies });
  assert.deepEqual(codesOf(assessLinks([read, secondary], [])[0]), ['database_orphaned']);
  // Whether the primary still has it is not known: the copy's own word counts.
  const unread = sqlServerWithDatabase({}, { views: { databases: null, database_replica_states: null } });
  assert.ok(codesOf(assessLinks([unread, secondary], [])[0]).includes('database_not_healthy'));
});
