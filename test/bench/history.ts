import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventKinds, type HistoryEvent } from '../../src/history/event.ts';
import { defaultObjectives } from '../../src/history/facts/link.ts';
import { createHistory } from '../../src/history/history.ts';
import { lineText, readLine } from '../../src/history/line.ts';
import { createMemory } from '../../src/history/memory.ts';
import { openJournal, readJournal } from '../../src/journal/journal.ts';

// `node test/bench/history.ts`: a million changes of 200 links through the memory and the directory.

const count = 1_000_000;
const sizeBytes = 64 * 1024 * 1024;
const start = 1_793_534_400;

function event(index: number): HistoryEvent {
  return {
    kind: eventKinds[index % eventKinds.length] ?? 'finding',
    name: index % 3 === 0 ? 'partner_disconnected' : '',
    link: `DAG_${index % 200}`,
    managedInstance: 'mi-prod',
    server: index % 2 === 0 ? 'sql-prod-01' : 'mi-prod',
    database: index % 5 === 0 ? 'Sales' : null,
    certificate: null,
    from: 'critical',
    to: index % 2 === 0 ? 'ended' : 'warning',
    afterSeconds: start + index - 15,
    bySeconds: start + index,
    saidSeconds: null,
  };
}

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

const directory = mkdtempSync(join(tmpdir(), 'milink-history-'));
const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;
const directoryBytes = (): number =>
  readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
let now = start;
const journal = openJournal({
  directory,
  sizeBytes,
  ageSeconds: 100 * 86_400,
  heading: () => [],
  nowSeconds: () => now,
  onTrouble: (message) => print(message ?? 'written again'),
});
const memory = createMemory();
const before = process.memoryUsage().rss;
const began = performance.now();
let most = 0;
for (let index = 0; index < count; index += 1) {
  const made = event(index);
  now = start + index / 100;
  memory.add(made);
  journal.write([lineText({ what: 'event', event: made })]);
  if (index % 10_000 === 0) most = Math.max(most, directoryBytes());
}
const seconds = (performance.now() - began) / 1000;
print(`events                  ${count}, in ${seconds.toFixed(1)} s`);
print(`kept in memory          ${memory.size()}`);
print(`resident memory         ${megabytes(before)} before, ${megabytes(process.memoryUsage().rss)} after`);
print(`directory               ${megabytes(directoryBytes())}, at most ${megabytes(most)} of ${megabytes(sizeBytes)}`);
journal.close();
const reading = performance.now();
const history = createHistory({ objectives: defaultObjectives, lines: readJournal(directory).lines });
print(
  `read back               ${history.all().length} kept, in ${((performance.now() - reading) / 1000).toFixed(1)} s`,
);
print(`resident memory         ${megabytes(process.memoryUsage().rss)} after that`);
if (readLine(lineText({ what: 'event', event: event(1) })) === null) throw new Error('a line can not be read back');
rmSync(directory, { recursive: true });
