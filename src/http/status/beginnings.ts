import type { BeginningReport } from '../../check/report/report.ts';
import { stageWords } from '../../words/seedings.ts';
import { html, named, type Part } from './html.ts';
import { table } from './table.ts';

/** More databases of one link are in `check --json`. */
const maximumDatabases = 12;
const tones = { done: 'good', now: 'warning', open: 'faint' } as const;
const columns = [{ heading: 'database' }, { heading: 'stage' }, { heading: 'status' }, { heading: 'how far' }] as const;

/** The way of each copy that is just being made, stage by stage. */
export function beginningTables(beginnings: readonly BeginningReport[]): Part {
  if (beginnings.length === 0) return null;
  const rows = beginnings
    .slice(0, maximumDatabases)
    .flatMap(({ database, stages }) =>
      stages.map(({ stage, status, texts }) => [
        named(database),
        stageWords[stage],
        html`<span class="${tones[status]}">${status}</span>`,
        texts.length === 0 ? '-' : texts.join('; '),
      ]),
    );
  return table({ caption: 'The first copy', columns, rows });
}
