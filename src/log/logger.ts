import { type DestinationStream, type Logger as PinoLogger, pino, stdTimeFunctions } from 'pino';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;

export const logFormats = ['logfmt', 'json'] as const;

export type LogLevel = (typeof logLevels)[number];

export type LogFormat = (typeof logFormats)[number];

/** Facts of a log line: names are fixed, values never carry a secret; null is left out. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The program's log. Messages are fixed strings; what varies goes into `fields`. */
export type Logger = { readonly [Level in LogLevel]: (message: string, fields?: LogFields) => void };

/** Keys that hold a secret wherever they stand: redacted even if a defect ever logs them. */
const secretKeys = ['password', 'secret', 'token', 'authorization', 'connectionString'];

interface LogOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Where lines go: standard error, as all Prometheus programs do, so that standard output stays clean. */
  readonly write: (line: string) => void;
}

/** Longer texts are cut: a line of the log is for people, and what collects lines has a limit of its own, 16 KiB and up. */
const maximumTextLength = 4096;

/** Creates the log: pino writes JSON records, which `logfmt` turns into logfmt lines. */
export function createLogger(options: LogOptions): Logger {
  const destination: DestinationStream = {
    // pino ends each record with a line's end, which stays.
    write: (json) =>
      options.write(
        options.format === 'json' ? `${escapeDeceptive(json.trimEnd())}\n` : `${formatLogfmt(JSON.parse(json))}\n`,
      ),
  };
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      redact: { paths: [...secretKeys, ...secretKeys.map((key) => `*.${key}`)], censor: '<secret>' },
    },
    destination,
  );
  return Object.fromEntries(logLevels.map((level) => [level, writer(logger, level)])) as Logger;
}

function writer(logger: PinoLogger, level: LogLevel): Logger[LogLevel] {
  return (message, fields = {}) => logger[level](shortened(fields), message);
}

function shortened(fields: LogFields): LogFields {
  // What is not known is left out: `view=null` says nothing.
  const known = Object.entries(fields).filter(([, value]) => value !== null);
  const entries = known.map(([name, value]) => {
    const isLong = typeof value === 'string' && value.length > maximumTextLength;
    return [name, isLong ? `${value.slice(0, maximumTextLength)}… (${value.length} characters)` : value] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * Writes one log record as a logfmt line, as Prometheus' own programs do: `time=… level=info msg="…" server=…`.
 *
 * Not a package: those on npm leave line breaks inside values as they are, so a server's error text could forge
 * a line of its own.
 */
export function formatLogfmt(record: Readonly<Record<string, unknown>>): string {
  return Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${formatKey(key)}=${formatValue(value)}`)
    .join(' ');
}

function formatKey(key: string): string {
  return key.replace(/[\s="\p{Cc}]/gu, '_') || '_';
}

function formatValue(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return /^[^\s="\\]+$/.test(text) && !isDeceptive(text) ? text : escapeDeceptive(JSON.stringify(text));
}

/**
 * What makes a line read as another one, or as two: controls, what turns or hides the text around it (Cf holds the bidi
 * controls), the separators that some programs take for a line's end, and surrogates that stand alone.
 */
const deceptive = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Whether a text could be taken for something else in a line of the log. */
function isDeceptive(text: string): boolean {
  return text.search(deceptive) >= 0;
}

/** JSON with each such character as JSON's own escape, which logfmt has taken over: programs read the original. */
function escapeDeceptive(json: string): string {
  return json.replace(deceptive, (character) => {
    let escaped = '';
    // JSON escapes code units, two for a character beyond U+FFFF.
    for (let at = 0; at < character.length; at += 1)
      escaped += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
    return escaped;
  });
}
