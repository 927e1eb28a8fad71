import type { ServerConfig } from '../../config/config.ts';
import type { Failure } from '../../model/failure-reason.ts';
import type { ServerFacts } from '../../model/server.ts';
import { classifyError } from '../../sql/classify-error.ts';
import type { Connection, DeclaredColumn, RawRecord, ResultSet } from '../../sql/connection.ts';
import { ColumnError } from '../../views/column.ts';
import { pollingOrder } from '../../views/index.ts';
import type { Pseudonyms } from '../../views/pseudonyms.ts';
import { server as serverView } from '../../views/server.ts';
import { documentedShape, isViewOf, type VersionFacts, type View } from '../../views/view.ts';
import { type LoginOptions, logInOnce } from './log-in.ts';

/** What a server's views returned, under pseudonyms: for people who have no such server. */
export interface RecordedServer {
  /** Unknown where the server did not say it in words that are known: all the more it is worth a recording. */
  readonly engine: ServerFacts['engine'] | 'unknown';
  readonly version: string;
  readonly views: readonly RecordedView[];
}

export interface RecordedView {
  readonly view: string;
  /** The object that was read; null: functions of the server only. */
  readonly source: string | null;
  /** All columns that the object has there; empty where that was not told. */
  readonly declared: readonly DeclaredColumn[];
  /** Those that were asked for, as they were declared in the answer. */
  readonly columns: readonly DeclaredColumn[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  /** Why it could not be read. The server's own words are left out: they hold names. */
  readonly failure: Pick<Failure, 'reason' | 'errorNumber'> | null;
}

export interface RecordOptions extends LoginOptions {
  readonly pseudonyms: Pseudonyms;
}

/** Logs in to a server once and reads every view as a poll does. Never rejects; a failure is one to connect. */
export async function recordViews(server: ServerConfig, options: RecordOptions): Promise<RecordedServer | Failure> {
  const outcome = await logInOnce(server, options, (connection) => record({ ...options, connection }));
  return 'failure' in outcome ? outcome.failure : outcome.answer;
}

async function record(options: Recording): Promise<RecordedServer> {
  const { records } = await ask(options.connection, serverView.sql(null), options);
  const facts = factsIn(records);
  const views: RecordedView[] = [];
  for (const view of pollingOrder.filter((each) => isViewOf(each, facts?.engine ?? null))) {
    views.push(await recordView(view, facts ?? anyServer, options));
  }
  return { engine: facts?.engine ?? 'unknown', version: facts?.version ?? '', views };
}

type Recording = RecordOptions & { readonly connection: Connection };

/** With all columns that any version has: the declared ones say which of them there are. */
const anyServer: VersionFacts = { engine: 'managed_instance', majorVersion: 0 };

function factsIn(records: readonly RawRecord[]): ServerFacts | null {
  try {
    return serverView.parse(records, { localOffsetSeconds: 0 })[0] ?? null;
  } catch (error) {
    if (error instanceof ColumnError) return null;
    throw error;
  }
}

async function recordView(view: View, facts: VersionFacts, options: Recording): Promise<RecordedView> {
  const { connection, pseudonyms } = options;
  const { probe } = view;
  const declared = probe === null ? [] : await ask(connection, probe, options).then(({ columns }) => columns, none);
  const names = new Map(declared.map(({ name }) => [name.toLowerCase(), name]));
  const asked = view.asked(facts);
  const missing = names.size === 0 ? [] : asked.filter((name) => !names.has(name.toLowerCase()));
  const spellings = asked.map((name) => [name, names.get(name.toLowerCase()) ?? name] as const);
  const spelled = new Map(spellings.filter(([name, sent]) => name !== sent));
  const head = { view: view.name, source: view.source, declared };
  try {
    const batch = view.sql(facts, {
      ...documentedShape,
      absent: new Set(missing),
      spelled,
    });
    const { columns, records } = await ask(connection, batch, options);
    const rows = records.map((record) => rowOf(record, columns, pseudonyms));
    return { ...head, columns, rows, failure: null };
  } catch (error) {
    const { reason, errorNumber } = classifyError(error);
    return { ...head, columns: [], rows: [], failure: { reason, errorNumber } };
  }
}

function rowOf(
  record: RawRecord,
  columns: readonly DeclaredColumn[],
  pseudonyms: Pseudonyms,
): RecordedView['rows'][number] {
  return columns.map(({ name, type }) => pseudonyms.of(record[name], name, type));
}

function none(): readonly DeclaredColumn[] {
  return [];
}

async function ask(
  connection: Connection,
  batch: string,
  { clock, timeoutSeconds, stop }: RecordOptions,
): Promise<ResultSet> {
  let first: ResultSet = { columns: [], names: [], records: [] };
  const onResult = (result: ResultSet): void => {
    if (first.columns.length === 0) first = result;
  };
  const limit = clock.timeLimit(timeoutSeconds);
  const [refused] = await connection.queryEach(batch, { signal: stop, limit: () => limit, onResult });
  if (refused !== undefined) throw refused.error;
  return first;
}
