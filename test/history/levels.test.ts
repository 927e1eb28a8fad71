import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type HistoryEvent, nothing } from '../../src/history/event.ts';
import { createLevels, type Levels } from '../../src/history/levels.ts';

const start = 1_793_534_400;

function event(at: number, kind: HistoryEvent['kind'], to: string, name = ''): HistoryEvent {
  const link = { ...nothing, link: 'DAG_Sales', managedInstance: 'mi-prod' };
  return { ...link, kind, name, from: null, to, afterSeconds: null, bySeconds: start + at, saidSeconds: null };
}

function alive(levels: Levels, from: number, to: number): void {
  for (let at = from; at <= to; at += 60) levels.alive(start + at);
}

function healthy(levels: Levels, at: number, days = 7) {
  const found = levels.report(start + at).find((each) => each.days === days);
  return [found?.levels.healthy.goodSeconds, found?.levels.healthy.seenSeconds];
}

describe('the share of time that a link is healthy', () => {
  test('counts what was seen', () => {
    const levels = createLevels();
    levels.alive(start);
    levels.take(event(0, 'verdict', 'healthy'));
    alive(levels, 60, 3600);
    levels.take(event(3630, 'verdict', 'split_brain'));
    alive(levels, 3660, 7200);
    assert.deepEqual(healthy(levels, 7200), [3630, 7200]);
  });

  test('a time in which the exporter was not at work is neither', () => {
    const levels = createLevels();
    levels.alive(start);
    levels.take(event(0, 'verdict', 'healthy'));
    alive(levels, 60, 600);
    alive(levels, 5000, 5600);
    assert.deepEqual(healthy(levels, 7200), [1200, 1200]);
  });

  test('a change that is seen after such a time does not fill it', () => {
    const levels = createLevels();
    levels.alive(start);
    levels.take(event(0, 'verdict', 'healthy'));
    levels.take(event(5000, 'verdict', 'disconnected'));
    levels.alive(start + 5001);
    alive(levels, 5061, 5661);
    assert.deepEqual(healthy(levels, 7200), [0, 660]);
  });

  test('a time in which nothing is known of the link is neither', () => {
    const levels = createLevels();
    levels.alive(start);
    levels.take(event(0, 'verdict', 'unknown'));
    alive(levels, 60, 600);
    levels.take(event(600, 'verdict', 'healthy'));
    alive(levels, 660, 1200);
    assert.deepEqual(healthy(levels, 1200), [600, 600]);
  });

  test('goes back as many days as it says', () => {
    const levels = createLevels();
    levels.alive(start);
    levels.take(event(0, 'verdict', 'healthy'));
    alive(levels, 60, 3600);
    assert.deepEqual(healthy(levels, 8 * 86_400, 7), [0, 0]);
    assert.deepEqual(healthy(levels, 8 * 86_400, 30), [3600, 3600]);
  });

  test('an objective that nobody tells of is neither met nor missed', () => {
    const levels = createLevels();
    levels.alive(start);
    levels.take(event(0, 'objective', 'met', 'data_loss'));
    alive(levels, 60, 600);
    levels.take(event(600, 'objective', 'unseen', 'data_loss'));
    alive(levels, 660, 1200);
    levels.take(event(1200, 'objective', 'missed', 'data_loss'));
    alive(levels, 1260, 1800);
    assert.deepEqual(levels.report(start + 1800)[0]?.levels.data_loss, { seenSeconds: 1200, goodSeconds: 600 });
  });
});
