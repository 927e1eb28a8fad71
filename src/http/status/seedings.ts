import type { BeginningReport, SeedingReport, TransferReport } from '../../check/report/report.ts';
import {
  completionText,
  failedSeedingText,
  progressText,
  runningSeedingText,
  sizeText,
  stageWords,
} from '../../words/seedings.ts';
import { type Html, html, named, type Part, table } from './html.ts';

/** Each database that is being seeded, with how far it is, or whose newest attempt failed. */
export function seedingList(seedings: readonly SeedingReport[], nowSeconds: number): Part {
  return seedings.map((seeding) =>
    seeding.status === 'failed'
      ? html`<p class="bad">${failedSeedingText(seeding, nowSeconds)}</p>\n`
      : running(seeding, nowSeconds),
  );
}

function running(seeding: SeedingReport, nowSeconds: number): Html {
  const { transfer, database } = seeding;
  const what = html`<p>${runningSeedingText(seeding, nowSeconds)}</p>\n`;
  if (transfer === null) return html`${what}<p>no transfer runs yet</p>\n`;
  return html`${what}${progressBar(transfer, database)}<p>${sizeText(transfer)}</p>
<p>${completionText(transfer, nowSeconds)}</p>
${transfer.isStalled === true ? html`<p class="bad">No byte has moved for a while.</p>\n` : null}`;
}

/** The bar with its share in words: of a compressed transfer only the least is known. */
export function progressBar(transfer: TransferReport, database: string): Html {
  if (transfer.progress === null) return html``;
  const value = Math.floor(transfer.progress * 1000) / 1000;
  const label = `seeding of ${database}: ${progressText(transfer)}`;
  return html`<p class="seeding"><progress value="${value}" max="1" aria-label="${label}">${progressText(transfer)}</progress> <strong>${progressText(transfer)}</strong></p>\n`;
}

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
