import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import { ask, startMilliseconds } from '../simulator/pair-client.ts';
import { type Block, blocksOf, runbookPages } from './pages.ts';

const blocks = runbookPages().flatMap(blocksOf);

/** Which servers of the pair a block is for, by its first line. In the scenario SQL Server is primary. */
const places: Readonly<Record<string, readonly ('sqlServer' | 'managedInstance')[]>> = {
  'on each end': ['sqlServer', 'managedInstance'],
  'on the server': ['sqlServer', 'managedInstance'],
  'on the end that is suspended': ['sqlServer', 'managedInstance'],
  'on SQL Server': ['sqlServer'],
  'on the primary end': ['sqlServer'],
  'on the managed instance': ['managedInstance'],
  'on the secondary end': ['managedInstance'],
};

const placeOf = ({ text }: Block): string => text.match(/^-- (.*)\n/)?.[1] ?? '';
const nameOf = ({ page, text }: Block): string => `${page}: ${text.replace(/\s+/g, ' ').slice(0, 90)}`;

describe('the queries of the runbooks', () => {
  let pair: Pair;
  before(async () => {
    pair = await startPair({
      scenario: 'healthy',
      clock: () => startMilliseconds,
      accounts: [
        {
          name: 'milink',
          password: 'milink-demo',
          permissions: ['VIEW SERVER STATE', 'VIEW ANY DEFINITION', 'VIEW ANY ERROR LOG'],
          // Of an administrator, who runs them: the exporter has no right on msdb.
          tables: ['backupset'],
        },
      ],
    });
  });
  after(() => pair.close());

  for (const block of blocks.filter(({ language }) => language === 'sql')) {
    it(`${nameOf(block)} runs where the page says`, async () => {
      const place = places[placeOf(block)];
      assert.ok(place, `the first line says where, one of: ${Object.keys(places).join(', ')}`);
      for (const end of place) await assert.doesNotReject(ask(pair, pair[end], block.text));
    });
  }
});

it('a block that only reads has no statement that changes something, and one that changes says so', () => {
  const changes = /\b(?:ALTER|CREATE|DROP|BACKUP|GRANT|DELETE|UPDATE|INSERT)\b/;
  assert.deepEqual(blocks.filter(({ language, text }) => language === 'sql' && changes.test(text)).map(nameOf), []);
  assert.deepEqual(
    blocks
      .filter(({ language, text }) => language === 'tsql' && changes.test(text) && !text.startsWith('-- changes'))
      .map(nameOf),
    [],
  );
});
