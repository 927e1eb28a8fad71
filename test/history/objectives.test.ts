import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultObjectives, objectiveFacts } from '../../src/history/facts/link.ts';
import { assessLinks } from '../../src/link/assessor.ts';
import { type CopyState, type Estate, serversOf } from '../link/estate.ts';

function lossOf(databases: readonly CopyState[], objective: number): string | null | undefined {
  const estate: Estate = {
    primary: 'sql_server',
    databases,
    isConnected: true,
    isSplit: false,
    stoppedEndpoint: null,
    noise: [],
    faults: [],
  };
  const [link] = assessLinks(serversOf(estate), []);
  assert.ok(link);
  const source = { kind: 'ends', servers: ['sql-prod-01', 'mi-prod'] } as const;
  const facts = objectiveFacts(link, { ...defaultObjectives, dataLossSeconds: objective }, source);
  return facts.find(({ name }) => name === 'data_loss')?.value;
}

test('an objective is met by every database of the link or by none', () => {
  assert.equal(lossOf(['moving', 'moving'], 900), 'met');
  assert.equal(lossOf(['moving', 'moving'], -1), 'missed');
});

test('a database of which nobody can tell is not one that meets it', () => {
  assert.equal(lossOf(['moving', 'absent'], 900), 'unseen');
  assert.equal(lossOf(['moving', 'absent'], -1), 'missed');
  assert.equal(lossOf(['absent'], 900), 'unseen');
});
