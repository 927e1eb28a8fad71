import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type HistoryEvent, nothing } from '../../src/history/event.ts';
import { defaultObjectives } from '../../src/history/facts/link.ts';
import { createHistory, type History } from '../../src/history/history.ts';
import type { Held } from '../../src/history/ledger.ts';
import { type Line, readLine } from '../../src/history/line.ts';
import { assessLinks } from '../../src/link/assessor.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { nextHistory } from '../../src/poll/history.ts';
import { atOnce } from '../../src/steps/steps.ts';
import { managedInstance, now, pendingServer, sqlServer } from '../link/server-state.ts';

const outage = { kind: 'failed', view: null, failure: { reason: 'refused', message: '', errorNumber: null } } as const;

/** A poll of a server at that many seconds, taking a tenth of one. */
function polled(state: ServerState, at: number, before: ServerState | undefined): ServerState {
  const { outcome } = state;
  assert.notEqual(outcome.kind, 'pending');
  if (outcome.kind === 'pending') return state;
  const views = new Map([
    ['availability_replica_states', { durationSeconds: 0.05, failure: null, readTimestampSeconds: now + at }],
  ] as const);
  return {
    ...state,
    views,
    lastPollTimestampSeconds: now + at,
    lastPollDurationSeconds: 0.1,
    history: nextHistory(before?.history ?? state.history, { outcome, views }),
  };
}

/** A daemon that polls both ends by turns. */
function daemon(lines: readonly Line[] = []) {
  const written: string[] = [];
  const history = createHistory({ objectives: defaultObjectives, lines });
  history.attach({ write: (all) => written.push(...all) });
  const states = new Map<string, ServerState>();
  const poll = (at: number, ...servers: readonly ServerState[]): void => {
    for (const server of servers) {
      const before = states.get(server.name) ?? { ...server, history: history.recalled(server.name) };
      states.set(server.name, polled(server, at, before));
    }
    const all = [...states.values()];
    atOnce(history.look({ servers: all, links: assessLinks(all, []), nowSeconds: now + at }));
  };
  return { history, written, poll, states: () => [...states.values()] };
}

const of = (history: History, kind: HistoryEvent['kind']) =>
  history
    .ofLink('DAG_Sales', 'mi-prod')
    .filter((event) => event.kind === kind)
    .map(({ server, name, from, to, afterSeconds, bySeconds }) => ({
      what: kind === 'finding' ? name : (server ?? ''),
      change: [from, to],
      after: afterSeconds === null ? null : Math.round((afterSeconds - now) * 100) / 100,
      by: Math.round((bySeconds - now) * 100) / 100,
    }));

const primarySql = sqlServer();
const secondaryMi = managedInstance({ role: 'SECONDARY' });
const primaryMi = managedInstance({ role: 'PRIMARY' });

test('a listed link begins with the first answer, not with the moment before it', () => {
  const history = createHistory({ objectives: defaultObjectives });
  const expected = [{ name: 'DAG_Sales', managedInstance: 'mi-prod', servers: [], databases: [] }];
  const look = (at: number, ...servers: readonly ServerState[]): void =>
    atOnce(history.look({ servers, links: assessLinks(servers, expected), nowSeconds: now + at }));
  look(0, pendingServer('sql-prod-01'), pendingServer('mi-prod'));
  assert.deepEqual(history.ofLink('DAG_Sales', 'mi-prod'), []);
  look(1, polled(primarySql, 1, undefined), pendingServer('mi-prod'));
  assert.notDeepEqual(history.ofLink('DAG_Sales', 'mi-prod'), []);
});

describe('what changes between two looks', () => {
  test('a role, between the last reading of the one and the first of the other', () => {
    const { history, poll } = daemon();
    poll(0, primarySql, secondaryMi);
    poll(15, primarySql);
    poll(16, secondaryMi);
    poll(31, primaryMi);
    assert.deepEqual(of(history, 'role').at(-1), {
      what: 'mi-prod',
      change: ['SECONDARY', 'PRIMARY'],
      after: 15.95,
      by: 31,
    });
    assert.deepEqual(of(history, 'verdict').at(-1), {
      what: '',
      change: ['healthy', 'split_brain'],
      after: 15.9,
      by: 31,
    });
  });

  test('nothing, while everything stays as it is', () => {
    const { history, poll } = daemon();
    poll(0, primarySql, secondaryMi);
    const version = history.version();
    for (let at = 15; at < 150; at += 15) poll(at, sqlServer(), managedInstance({ role: 'SECONDARY' }));
    assert.equal(history.version(), version);
  });

  test('a finding that comes and goes, and none that only its teller could tell', () => {
    const { history, poll } = daemon();
    const cut = sqlServer({ partner: { connectedState: 'DISCONNECTED' } });
    poll(0, primarySql, secondaryMi);
    poll(15, cut);
    poll(30, { ...cut, outcome: outage });
    const events = () => of(history, 'finding').filter(({ what }) => what === 'partner_disconnected');
    assert.deepEqual(
      events().map(({ change }) => change),
      [[null, 'critical']],
    );
    poll(45, primarySql);
    assert.deepEqual(events().at(-1), {
      what: 'partner_disconnected',
      change: ['critical', 'ended'],
      // Seen last at the poll before the one that failed.
      after: 14.9,
      by: 45,
    });
  });

  test('polls that are lost and come back', () => {
    const { history, poll } = daemon();
    poll(0, primarySql, secondaryMi);
    poll(15, { ...primarySql, outcome: outage });
    poll(30, { ...primarySql, outcome: outage });
    poll(45, primarySql);
    const polls = history.ofServer('sql-prod-01').filter(({ kind }) => kind === 'poll');
    assert.deepEqual(
      polls.map(({ to, bySeconds }) => [to, bySeconds - now]),
      [
        ['failed', 15],
        ['answered', 45],
      ],
    );
  });
});

describe('a daemon that was killed and started again', () => {
  const read = (lines: readonly string[]) => lines.map((line) => readLine(line)).filter((line) => line !== null);

  test('knows who was failed over to before it was killed', () => {
    const first = daemon();
    first.poll(0, primarySql, secondaryMi);
    first.poll(15, primaryMi);
    first.history.alive(now + 20);
    const second = daemon(read(first.written));
    second.poll(100, primarySql, primaryMi);
    const turn = second.states().at(-1)?.history.roles.values().next().value?.turn;
    assert.deepEqual([turn?.to, turn?.isFromFile], ['PRIMARY', true]);
    assert.ok(Math.abs((turn?.byTimestampSeconds ?? 0) - now - 15) < 0.01);
    // The role did not change again.
    assert.equal(of(second.history, 'role').filter(({ change }) => change[0] !== null).length, 1);
  });

  test('knows it too where it was killed before it had said once that it is alive', () => {
    const first = daemon();
    first.poll(100, primarySql, secondaryMi);
    const second = daemon(read(first.written));
    second.poll(200, primarySql, primaryMi);
    assert.deepEqual(of(second.history, 'role').at(-1), {
      what: 'mi-prod',
      change: ['SECONDARY', 'PRIMARY'],
      after: 40,
      by: 200,
    });
  });

  test('sees what changed while it was not there, never narrower than it knows', () => {
    const first = daemon();
    first.poll(0, primarySql, secondaryMi);
    first.poll(15, primarySql, secondaryMi);
    first.history.alive(now + 20);
    const second = daemon(read(first.written));
    second.poll(100, primarySql, primaryMi);
    assert.deepEqual(of(second.history, 'role').at(-1), {
      what: 'mi-prod',
      change: ['SECONDARY', 'PRIMARY'],
      after: 14.9,
      by: 100,
    });
    assert.deepEqual(of(second.history, 'verdict').at(-1)?.change, ['healthy', 'split_brain']);
  });

  test('begins a file with all that was known, so that the former files may go', () => {
    const first = daemon();
    first.poll(0, primarySql, secondaryMi);
    first.poll(15, primaryMi);
    const heading = first.history.heading(now + 16);
    const second = daemon(read(heading));
    second.poll(30, primarySql, primaryMi);
    assert.deepEqual(of(second.history, 'verdict'), []);
    assert.deepEqual(of(second.history, 'role'), []);
  });
});

describe('since when', () => {
  const verdict = { ...nothing, link: 'DAG_Sales', managedInstance: 'mi-prod', kind: 'verdict', name: '' } as const;
  const rounded = (held: Held | null): readonly (number | null)[] | null =>
    held === null
      ? null
      : [held.notBeforeSeconds, held.bySeconds].map((at) => (at === null ? null : Math.round((at - now) * 100) / 100));

  test('a verdict holds between the last reading that was otherwise and the first that showed it', () => {
    const { history, poll } = daemon();
    poll(0, primarySql, secondaryMi);
    assert.deepEqual(
      rounded(history.held(verdict, 'healthy')),
      [null, 0],
      'at the first look nobody knows for how long',
    );
    poll(15, primarySql);
    poll(18, managedInstance({ role: 'PRIMARY' }));
    poll(30, primarySql);
    assert.deepEqual(rounded(history.held(verdict, 'split_brain')), [-0.1, 18]);
    assert.equal(history.held(verdict, 'healthy'), null, 'it is not so any more');
    const finding = { ...verdict, kind: 'finding', name: 'both_ends_primary' } as const;
    assert.deepEqual(rounded(history.held(finding, 'critical')), [-0.1, 18]);
  });

  test('a process that begins again with the directory knows it still, from events and from a heading', () => {
    const first = daemon();
    first.poll(0, primarySql, secondaryMi);
    first.poll(18, managedInstance({ role: 'PRIMARY' }));
    for (const lines of [first.written, first.history.heading(now + 20)]) {
      const second = daemon(lines.map(readLine).filter((line) => line !== null));
      second.poll(60, primarySql, managedInstance({ role: 'PRIMARY' }));
      assert.deepEqual(rounded(second.history.held(verdict, 'split_brain')), [-0.1, 18]);
    }
  });
});
