import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HistoryEvent, nothing } from '../../src/history/event.ts';
import { createMemory } from '../../src/history/memory.ts';

function event(link: string, kind: HistoryEvent['kind'], at: number): HistoryEvent {
  const subject = { ...nothing, link, managedInstance: 'mi', server: 'sql' };
  return { ...subject, kind, name: '', from: 'a', to: 'b', afterSeconds: null, bySeconds: at, saidSeconds: null };
}

test('a noisy link pushes out its own noise only, and never its roles', () => {
  const memory = createMemory({ perSubject: 50, total: 200 });
  memory.add(event('quiet', 'finding', 0));
  memory.add(event('noisy', 'role', 1));
  for (let at = 2; at < 10_000; at += 1) memory.add(event('noisy', 'finding', at));
  assert.equal(memory.ofLink('quiet', 'mi').length, 1);
  assert.equal(memory.ofLink('noisy', 'mi')[0]?.kind, 'role');
  assert.equal(memory.ofLink('NOISY', 'mi').length, 51);
});

test('many links together stay within the total', () => {
  const memory = createMemory({ perSubject: 50, total: 200 });
  for (let at = 0; at < 10_000; at += 1) memory.add(event(`link ${at % 97}`, 'finding', at));
  assert.ok(memory.size() <= 200);
  assert.equal(memory.all().length, memory.size());
  assert.equal(memory.all().at(-1)?.bySeconds, 9999);
});

test('an entry of the error log is told once, however often it is read', () => {
  const memory = createMemory();
  const entry = { ...event('link', 'error', 100), link: null, managedInstance: null, name: '35206', saidSeconds: 50.2 };
  assert.equal(memory.add(entry), true);
  assert.equal(memory.add({ ...entry, bySeconds: 200, saidSeconds: 50.7 }), false);
  assert.equal(memory.add({ ...entry, bySeconds: 200, saidSeconds: 90 }), true);
});
