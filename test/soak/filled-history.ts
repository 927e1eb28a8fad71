import type { HistoryEvent } from '../../src/history/event.ts';
import { lineText } from '../../src/history/line.ts';
import { defaultMemoryLimits } from '../../src/history/memory.ts';
import { openJournal } from '../../src/journal/journal.ts';

/** What the history of a server and its part in a link can be about. */
interface Subjects {
  readonly link: string;
  readonly managedInstance: string;
  readonly servers: readonly string[];
}

/**
 * Writes a history that fills the room of each link and server: an exporter that reads it back begins with as much as it
 * will ever hold, and what is kept by a bound is not taken for growth.
 */
export function fillHistory(directory: string, sizeBytes: number, subjects: readonly Subjects[]): void {
  const nowSeconds = Date.now() / 1000;
  const journal = openJournal({
    directory,
    sizeBytes,
    ageSeconds: 86_400,
    heading: () => [],
    nowSeconds: () => nowSeconds,
    onTrouble: (message) => {
      if (message !== null) throw new Error(message);
    },
  });
  for (let index = 0; index < defaultMemoryLimits.perSubject; index += 1) {
    const bySeconds = nowSeconds - 3600 + index;
    const times = { afterSeconds: bySeconds - 1, bySeconds, saidSeconds: null };
    const [from, to] = index % 2 === 0 ? ['healthy', 'disconnected'] : ['disconnected', 'healthy'];
    const about = { server: null, database: null, certificate: null, name: '', from, to, ...times };
    const events = subjects.flatMap(({ link, managedInstance, servers }): HistoryEvent[] => [
      { ...about, kind: 'verdict', link, managedInstance },
      { ...about, kind: 'finding', name: 'partner_disconnected', link, managedInstance },
      ...servers.map((server): HistoryEvent => {
        return { ...about, kind: 'poll', link: null, managedInstance: null, server };
      }),
    ]);
    journal.write(events.map((event) => lineText({ what: 'event', event })));
  }
  journal.close();
}
