import type { ServerState } from '../../src/model/server-state.ts';
import { fc } from '../fuzz/property.ts';
import { type databaseState, managedInstanceWithDatabase, sqlServerWithDatabase } from '../link/database-rows.ts';
import {
  certificate,
  failedServer,
  guid,
  mirroringEndpoint,
  now,
  physicalSeeding,
  seedingAttempt,
} from '../link/server-state.ts';
import type { Scenario } from './scenarios.ts';

/** What breaks columns and terminals: wide, combining, right-to-left, control characters, brackets, very long. */
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    'n'.repeat(128),
    '売上'.repeat(40),
    'a\u001b[2J\u001b[31mb',
    'x\r\ny\tz',
    'a\u202eb\u2066c',
    "]; DROP DATABASE [x]; --'",
    '📈❤️👩‍👩‍👧‍👦',
    'e\u0301\u0301\u0301',
    '\ud800',
    '|',
    ' ',
  ),
);

/** Any text now and then, or one that SQL Server has. */
function said(...known: readonly string[]): fc.Arbitrary<string | null> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: nasty },
    fc.constant(null),
  );
}

const seconds = fc.oneof(
  fc.constant(null),
  fc.integer({ min: now - 1e6, max: now + 1e6 }),
  fc.constantFrom(0, -1e14, 1e14),
);
const amount = fc.oneof(fc.constant(null), fc.nat(), fc.constantFrom(0, 1e18));

const texts = fc.record({
  link: nasty,
  database: nasty,
  certificateName: nasty,
  endpoint: nasty,
  message: nasty,
  host: nasty,
  servers: fc.uniqueArray(nasty, { minLength: 2, maxLength: 2 }),
});

const states = fc.record({
  sqlRole: said('PRIMARY', 'PRIMARY', 'SECONDARY'),
  miRole: said('SECONDARY', 'SECONDARY', 'PRIMARY'),
  connectedState: said('CONNECTED', 'DISCONNECTED'),
  health: said('HEALTHY', 'NOT_HEALTHY', 'PARTIALLY_HEALTHY'),
  databaseSaid: said('SYNCHRONIZING', 'NOT SYNCHRONIZING'),
  suspendReason: said('SUSPEND_FROM_USER'),
  isSuspended: fc.constantFrom(true, false, null),
  errorNumber: fc.constantFrom(null, 35_206, 11_001, 41_986),
  errorCode: fc.constantFrom(null, 0, 1412, 99_999),
  attemptState: said('COMPLETED', 'FAILED', 'SEEDING'),
  isMiDown: fc.boolean(),
  isSqlDown: fc.boolean(),
});

const figures = fc.record({ lag: amount, queue: amount, size: amount, sent: amount, rate: amount, at: seconds });

/** A link whose ends say anything at all in any words. */
export const anyScenario: fc.Arbitrary<Scenario> = fc
  .tuple(texts, states, figures)
  .map(([text, state, figure]) => ({ servers: anyServers(text, state, figure) }));

type Texts = typeof texts extends fc.Arbitrary<infer Value> ? Value : never;
type States = typeof states extends fc.Arbitrary<infer Value> ? Value : never;
type Figures = typeof figures extends fc.Arbitrary<infer Value> ? Value : never;

function anyServers(text: Texts, state: States, figure: Figures): readonly ServerState[] {
  const [sqlName = 'a', miName = 'b'] = text.servers;
  const groupId = guid('any link');
  const at = { link: text.link, groupId, catalogRow: { name: text.database } };
  const row = {
    connectedState: state.connectedState,
    synchronizationHealth: state.health,
    lastConnectErrorNumber: state.errorNumber,
    lastConnectErrorDescription: text.message,
    lastConnectErrorTimestampSeconds: figure.at,
  };
  const copy = {
    synchronizationState: state.databaseSaid,
    synchronizationHealth: state.health,
    isSuspended: state.isSuspended,
    suspendReason: state.suspendReason,
    secondaryLagSeconds: figure.lag,
    logSendQueueBytes: figure.queue,
    redoQueueBytes: figure.queue,
    lastCommitTimestampSeconds: figure.at,
    lastHardenedTimestampSeconds: figure.at,
  } satisfies Parameters<typeof databaseState>[0];
  const attempt = seedingAttempt({
    groupId,
    groupDatabaseId: guid('database Sales'),
    currentState: state.attemptState,
    completionTimestampSeconds: null,
    errorCode: state.errorCode,
  });
  const views = {
    automatic_seeding: [attempt],
    physical_seeding_stats: [
      physicalSeeding({
        localDatabaseName: text.database,
        databaseSizeBytes: figure.size,
        transferredBytes: figure.sent,
        transferRateBytesPerSecond: figure.rate,
        estimatedCompletionTimestampSeconds: figure.at,
      }),
    ],
    certificates: [certificate({ name: text.certificateName, expiryTimestampSeconds: figure.at })],
    database_mirroring_endpoints: [mirroringEndpoint({ name: text.endpoint })],
  };
  const down = { host: text.host, lastSuccessTimestampSeconds: figure.at };
  const failure = { reason: 'login', message: text.message, errorNumber: state.errorNumber } as const;
  const downWith = (name: string): ServerState =>
    failedServer(name, { ...down, outcome: { kind: 'failed', view: null, failure } });
  return [
    state.isSqlDown
      ? downWith(sqlName)
      : sqlServerWithDatabase(
          { ...at, role: state.sqlRole, partner: row, partnerCopy: copy },
          { views, state: { name: sqlName, host: text.host } },
        ),
    state.isMiDown
      ? downWith(miName)
      : managedInstanceWithDatabase(
          { ...at, role: state.miRole, local: row, ownCopy: copy },
          { state: { name: miName } },
        ),
  ];
}
