import { type HistoryDocument, historyDocument, historyJson } from '../../check/history-json.ts';
import type { Config } from '../../config/config.ts';
import { defaultHistory } from '../../config/history.ts';
import { createHistory } from '../../history/history.ts';
import type { Line } from '../../history/line.ts';
import type { HealthProbe } from '../../http/health-probe.ts';
import { readJournal } from '../../journal/journal.ts';
import { historyLines } from '../../screen/history.ts';
import { CommandError } from '../command.ts';
import { errorText } from '../serve/reload.ts';
import type { Output } from './output.ts';
import { askApi } from './url.ts';

/** As many as anybody reads in a terminal; --json has more. */
const shownEvents = 200;
const jsonEvents = 5000;

export interface HistoryCheckOptions {
  /** Where it is read: from a running exporter, or from the directory of a configuration. */
  readonly from: { readonly probe: HealthProbe } | { readonly config: Config; readonly nowSeconds: number };
  readonly names: readonly string[];
  readonly output: Output;
  readonly isJson: boolean;
}

/**
 * Shows what happened and the service levels.
 * @throws CommandError where neither can be read
 */
export async function checkHistory({ from, names, output, isJson }: HistoryCheckOptions): Promise<void> {
  const limit = isJson ? jsonEvents : shownEvents;
  const document =
    'probe' in from
      ? await askedDocument(from.probe, names, limit)
      : historyDocument(contentsOf(from), { links: names, server: null, limit });
  if (isJson) output.writeJson(historyJson(document, { isPretty: true }));
  else output.writeLines(historyLines(document, output.columns()));
}

async function askedDocument(probe: HealthProbe, names: readonly string[], limit: number): Promise<HistoryDocument> {
  const query = [['limit', String(limit)] as const, ...names.map((name) => ['link', name] as const)];
  const document = (await askApi(probe, 'history', query)) as HistoryDocument;
  if (!Array.isArray(document.events) || !Array.isArray(document.service_levels))
    throw new CommandError(`${probe.url.href}: the answer is not a history: is this the URL of a milink-exporter?`);
  return document;
}

function contentsOf({ config, nowSeconds }: Extract<HistoryCheckOptions['from'], { config: Config }>) {
  const { path, objectives } = config.history ?? defaultHistory;
  if (path === null)
    throw new CommandError('history.path is not configured: give --url of the running exporter, which remembers');
  const history = createHistory({ objectives, lines: linesOf(path) });
  return { events: history.all(), levels: history.levels(nowSeconds), nowSeconds };
}

function linesOf(path: string): Iterable<Line> {
  try {
    return readJournal(path).lines;
  } catch (error) {
    throw new CommandError(`history.path ${path} can not be read: ${errorText(error)}`);
  }
}
