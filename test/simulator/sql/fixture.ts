import type { Column, Table } from '../../../src/simulator/catalog/table.ts';
import type { Instance, InstanceProperties } from '../../../src/simulator/instance.ts';
import type { Row } from '../../../src/simulator/row.ts';
import type { BatchEvent, BatchParameter, Session, SqlErrorInfo } from '../../../src/simulator/session.ts';
import { typeKey } from '../../../src/simulator/sql/data-type.ts';
import { createSqlSession } from '../../../src/simulator/sql/session.ts';
import type { SqlType, SqlValue } from '../../../src/simulator/sql-type.ts';

const column = (name: string, type: SqlType, nullable = true): Column => ({ name, type, nullable });
const table = (name: string, access: Table['access'], columns: readonly Column[]): [string, Table] => [
  name,
  { schema: 'sys', name, access, columns },
];

/** Three small tables, one for each kind of access; every column type that the simulated views have is in them. */
const tables = new Map<string, Table>([
  table('databases', 'public', [
    column('name', { name: 'nvarchar', length: 128 }, false),
    column('database_id', { name: 'int' }, false),
    column('create_date', { name: 'datetime' }, false),
    column('state', { name: 'tinyint' }),
    column('is_read_only', { name: 'bit' }),
  ]),
  table('states', 'server state', [
    column('group_id', { name: 'uniqueidentifier' }, false),
    column('database_id', { name: 'int' }, false),
    column('is_local', { name: 'bit' }, false),
    column('health_desc', { name: 'nvarchar', length: 60 }),
    column('queue_size', { name: 'bigint' }),
    column('hardened_lsn', { name: 'numeric', precision: 25, scale: 0 }),
    column('commit_time', { name: 'datetime' }),
  ]),
  table('groups', 'definition', [
    column('group_id', { name: 'uniqueidentifier' }, false),
    column('name', { name: 'nvarchar', length: 128 }),
    column('thumbprint', { name: 'varbinary', length: 32 }),
    column('ratio', { name: 'float' }),
  ]),
]);

const firstGroup = '0A000000-0000-0000-0000-000000000001';
const secondGroup = '0B000000-0000-0000-0000-000000000002';

const rows: Readonly<Record<string, readonly Row[]>> = {
  databases: [
    { name: 'master', database_id: 1, create_date: '2003-04-08T09:13:36.390', state: 0, is_read_only: false },
    { name: 'Sales', database_id: 5, create_date: '2026-01-02T03:04:05.007', state: 0, is_read_only: false },
    { name: 'Copy', database_id: 6, create_date: '2026-01-02T03:04:05.007', state: 1, is_read_only: null },
  ],
  states: [
    {
      group_id: firstGroup,
      database_id: 5,
      is_local: true,
      health_desc: 'HEALTHY',
      queue_size: 9_007_199_254_740_993n,
      hardened_lsn: '4500000001234560000000001',
      commit_time: '2026-11-21T10:30:00.003',
    },
    {
      group_id: firstGroup,
      database_id: 5,
      is_local: false,
      health_desc: 'healthy ',
      hardened_lsn: '4500000001234560000000002',
    },
    { group_id: secondGroup, database_id: 6, is_local: true, health_desc: null, queue_size: 0n, hardened_lsn: '7' },
  ],
  groups: [
    { group_id: firstGroup, name: 'DAG_Sales', thumbprint: new Uint8Array([0, 171]), ratio: 0.5 },
    { group_id: secondGroup, name: 'DAG_Café', thumbprint: null, ratio: null },
  ],
};

const properties: InstanceProperties = {
  serverName: 'SQL01',
  engineEdition: 3,
  edition: 'Enterprise Edition (64-bit)',
  productVersion: '16.0.4175.1',
  productLevel: 'RTM',
  isHadrEnabled: true,
  collation: 'SQL_Latin1_General_CP1_CI_AS',
  localOffsetMinutes: 60,
  timeZoneId: 'W. Europe Standard Time',
};

/** The fixture's clock: 2026-11-21T10:00:00.123Z, an hour later on the server's own clock. */
const nowMilliseconds = Date.UTC(2026, 10, 21, 10, 0, 0, 123);

export interface FixtureOptions {
  readonly permissions?: readonly string[];
  readonly properties?: Partial<InstanceProperties>;
  readonly denied?: Instance['denied'];
  readonly beforeRead?: Instance['beforeRead'];
  readonly rows?: Instance['rows'];
  readonly procedures?: NonNullable<Instance['procedures']>;
}

export function fixtureInstance(options: FixtureOptions = {}): Instance {
  return {
    properties: { ...properties, ...options.properties },
    tables,
    procedures: options.procedures ?? new Map(),
    databases: () =>
      new Map([
        [1, 'master'],
        [5, 'Sales'],
        [6, 'Copy'],
      ]),
    rows: options.rows ?? ((name) => rows[name] ?? []),
    nowMilliseconds: () => nowMilliseconds,
    permissions: () => new Set(options.permissions ?? ['VIEW SERVER STATE', 'VIEW ANY DEFINITION']),
    denied: options.denied ?? (() => null),
    beforeRead: options.beforeRead ?? (async () => {}),
  };
}

export function fixtureSession(options: FixtureOptions = {}): Session {
  return createSqlSession({ instance: fixtureInstance(options), login: 'milink', database: 'master' });
}

/** A result set as the tests compare it: columns as `name type`, with `?` after a nullable one's type. */
export interface ResultSet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
}

/** Everything that a batch yielded. */
export async function events(
  session: Session,
  sql: string,
  options: { readonly parameters?: readonly BatchParameter[]; readonly signal?: AbortSignal } = {},
): Promise<readonly BatchEvent[]> {
  const signal = options.signal ?? new AbortController().signal;
  const batch: BatchEvent[] = [];
  for await (const event of session.execute(sql, options.parameters ?? [], signal)) batch.push(event);
  return batch;
}

export function resultSets(batch: readonly BatchEvent[]): readonly ResultSet[] {
  return batch.flatMap((event) => {
    if (event.kind !== 'rows') return [];
    const columns = event.columns.map(({ name, type, nullable }) =>
      `${name} ${typeKey(type)}${nullable ? '?' : ''}`.trim(),
    );
    return [{ columns, rows: [...event.rows] }];
  });
}

export function errorsOf(batch: readonly BatchEvent[]): readonly SqlErrorInfo[] {
  return batch.flatMap((event) => (event.kind === 'error' ? [event.error] : []));
}

/** The result sets of a batch that must not fail, in a session of its own. */
export async function answers(sql: string, options: FixtureOptions = {}): Promise<readonly ResultSet[]> {
  const session = fixtureSession(options);
  try {
    const batch = await events(session, sql);
    const [error] = errorsOf(batch);
    if (error !== undefined) throw new Error(`${error.number} line ${error.line}: ${error.message}`);
    return resultSets(batch);
  } finally {
    session.close();
  }
}

/** The rows of a batch's only result set. */
export async function rowsOf(sql: string, options: FixtureOptions = {}): Promise<readonly (readonly SqlValue[])[]> {
  const [only, ...others] = await answers(sql, options);
  if (only === undefined || others.length > 0) throw new Error(`expected one result set of ${sql}`);
  return only.rows;
}

/** The errors of a batch in a session of its own, as `number:class:state:line`. */
export async function failures(sql: string, options: FixtureOptions = {}): Promise<readonly string[]> {
  const session = fixtureSession(options);
  try {
    const errors = errorsOf(await events(session, sql));
    return errors.map(({ number, class: severity, state, line }) => [number, severity, state, line].join(':'));
  } finally {
    session.close();
  }
}
