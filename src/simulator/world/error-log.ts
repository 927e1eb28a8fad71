import type { LanguageId } from './message.ts';
import { messages, messageText } from './message.ts';
import type { ConnectError, DatabaseState, ErrorLogEntry, ErrorLogOptions, SeedingAttempt } from './state.ts';
import { type EndView, type LinkView, shownDatabaseName } from './view.ts';

const replicaProcess = 'spid41s';
const headers: Readonly<Record<LanguageId, (number: number, severity: number) => string>> = {
  1033: (number, severity) => `Error: ${number}, Severity: ${severity}, State: 1.`,
  1036: (number, severity) => `Erreur : ${number}, Gravité : ${severity}, État : 1.`,
};

/** The entries of a log, oldest first: 0 is the current file. Null for a file that does not exist. */
export function errorLogFile(view: EndView, options: ErrorLogOptions, file: number): readonly ErrorLogEntry[] | null {
  const now = view.world.nowMilliseconds;
  const rotations = (options.rotatedAtMilliseconds ?? []).filter((at) => at <= now).sort((one, other) => other - one);
  if (!Number.isInteger(file) || file < 0 || file > rotations.length) return null;
  const from = rotations[file] ?? Number.NEGATIVE_INFINITY;
  const until = file === 0 ? Number.POSITIVE_INFINITY : (rotations[file - 1] ?? Number.POSITIVE_INFINITY);
  const kept = options.erasedBeforeMilliseconds ?? Number.NEGATIVE_INFINITY;
  return [
    ...opening(view, from),
    ...linkEntries(view, options),
    ...handshakeEntries(view, options),
    ...givenEntries(options),
  ]
    .filter(({ atMilliseconds }) => atMilliseconds >= Math.max(from, kept) && atMilliseconds < until)
    .filter(({ atMilliseconds }) => atMilliseconds <= now)
    .sort((one, other) => one.atMilliseconds - other.atMilliseconds);
}

/** A file begins with the version, which no reader takes for an error. */
function opening(view: EndView, from: number): readonly ErrorLogEntry[] {
  const oldest = Math.min(...view.world.links.map(({ identity }) => identity.createdAtMilliseconds - 86_400_000));
  const atMilliseconds = Number.isFinite(from) ? from : oldest;
  const text = `Microsoft SQL Server - ${view.self.productVersion} (X64) on ${view.self.serverName}`;
  return Number.isFinite(atMilliseconds) ? [{ atMilliseconds, process: 'Server', text }] : [];
}

function givenEntries(options: ErrorLogOptions): readonly ErrorLogEntry[] {
  return (options.entries ?? []).flatMap((entry) =>
    'text' in entry ? [entry] : logged(options, entry.atMilliseconds, entry),
  );
}

/** A message as the log has it: above severity 10 an entry with its number goes before its text. */
function logged(
  { languageId = 1033 }: ErrorLogOptions,
  atMilliseconds: number,
  message: { readonly number: number; readonly args: readonly (string | number)[]; readonly process?: string },
): readonly ErrorLogEntry[] {
  const { number, args, process = replicaProcess } = message;
  const severity = messages.find((known) => known.number === number)?.severity ?? 16;
  const text = messageText(number, languageId, args);
  const header = { atMilliseconds, process, text: headers[languageId](number, severity) };
  return [...(severity > 10 ? [header] : []), ...(text === undefined ? [] : [{ atMilliseconds, process, text }])];
}

function linkEntries(view: EndView, options: ErrorLogOptions): readonly ErrorLogEntry[] {
  return view.links.flatMap((link) => [
    ...connectionEntries(link, link.state.connectErrors[view.end], options),
    ...link.state.databases.flatMap((database) => [
      ...database.seeding.flatMap((attempt) => seedingEntries(view, options, { link, database, attempt })),
      ...roleEntries(view, options, { link, database }),
      ...suspensionEntries(view, options, database),
    ]),
  ]);
}

/** 35206 is a text alone; what kept a connection from being made is inside 35207. */
function connectionEntries(
  link: LinkView,
  error: ConnectError | null,
  options: ErrorLogOptions,
): readonly ErrorLogEntry[] {
  if (error === null) return [];
  const { memberReplicaId, groupName } = link.other;
  return error.number === 35_206
    ? logged(options, error.atMilliseconds, { number: 35_206, args: [groupName, memberReplicaId] })
    : logged(options, error.atMilliseconds, {
        number: 35_207,
        args: [link.groupId, link.self.memberReplicaId, memberReplicaId, error.number, 16, 1],
      });
}

/** An end that knows only a former certificate of its partner turns it away (28047, as of the start of the simulation). */
function handshakeEntries(view: EndView, options: ErrorLogOptions): readonly ErrorLogEntry[] {
  if (!view.world.staleImports.includes(view.end)) return [];
  return logged(options, view.world.topology.startMilliseconds, {
    number: 28_047,
    process: 'Logon',
    args: [
      'Database Mirroring',
      'Connection handshake failed. The certificate used by the peer is invalid. State 89.',
      `[CLIENT: ${view.other.hostName}]`,
    ],
  });
}

interface OfDatabase {
  readonly link: LinkView;
  readonly database: DatabaseState;
}

/** Start and end of an attempt; its error is logged where the copy is made. */
function seedingEntries(
  view: EndView,
  options: ErrorLogOptions,
  { link, database, attempt }: OfDatabase & { readonly attempt: SeedingAttempt },
): readonly ErrorLogEntry[] {
  const name = shownDatabaseName(view, database.identity);
  const what = `Automatic seeding of availability database '${name}' in availability group '${link.state.identity.name}'`;
  const entry = (atMilliseconds: number, text: string): ErrorLogEntry => ({
    atMilliseconds,
    process: replicaProcess,
    text,
  });
  const begun = entry(attempt.startedAtMilliseconds, `${what} has started.`);
  const { outcome } = attempt;
  if (outcome.kind === 'running') return [begun];
  if (outcome.kind === 'completed') return [begun, entry(outcome.atMilliseconds, `${what} has completed.`)];
  const isTarget = attempt.source !== view.end;
  return [
    begun,
    ...(isTarget && outcome.errorCode !== null && outcome.errorCode > 0
      ? logged(options, outcome.atMilliseconds, { number: outcome.errorCode, args: [name] })
      : []),
    entry(outcome.atMilliseconds, `${what} has failed.`),
  ];
}

function roleEntries(
  view: EndView,
  options: ErrorLogOptions,
  { link, database }: OfDatabase,
): readonly ErrorLogEntry[] {
  const name = shownDatabaseName(view, database.identity);
  return link.state.roleChanges
    .filter(({ end }) => end === view.end)
    .flatMap(({ atMilliseconds, from, to }) =>
      logged(options, atMilliseconds, { number: 1480, args: [name, from, to] }),
    );
}

/** A suspended copy has come as far as it had when it was suspended. */
function suspensionEntries(view: EndView, options: ErrorLogOptions, database: DatabaseState): readonly ErrorLogEntry[] {
  const { suspended, hardenedAsOfMilliseconds, identity } = database;
  return suspended === null
    ? []
    : logged(options, hardenedAsOfMilliseconds, {
        number: 35_264,
        args: [shownDatabaseName(view, identity), suspended],
      });
}
