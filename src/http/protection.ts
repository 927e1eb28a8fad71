import { isDeepStrictEqual } from 'node:util';
import type { ConfigProblem } from '../config/value/problem.ts';
import { formatProblems } from '../config/value/problem.ts';
import { readWebConfig, type WebConfigReading } from '../config/web/load.ts';
import { type FileStamps, stampOf } from '../config/web/section.ts';
import type { WebConfig } from '../config/web/web-config.ts';
import { type TlsSettings, tlsSettingsOf } from './tls-settings.ts';

/** The web configuration in force. */
export interface ProtectionState {
  readonly config: WebConfig;
  readonly tls: TlsSettings | null;
}

/** The web configuration file, which may change while the service runs. */
export interface Protection {
  /** Whether the service speaks TLS; this, HTTP/2 and the rate limit stay as they were at the start. */
  readonly isTls: boolean;
  readonly initial: ProtectionState;
  /** What the files say now; null while they can't be used. Reads them only when one has changed. */
  readonly current: () => Promise<ProtectionState | null>;
}

/** What is told of the file while the service runs. */
export interface ProtectionLog {
  readonly info: (message: string, fields: Readonly<Record<string, string>>) => void;
  readonly warn: ProtectionLog['info'];
  readonly error: ProtectionLog['info'];
}

/** The web configuration can't be used: the message is for the user, one line for each problem. */
export class WebConfigError extends Error {
  override readonly name = 'WebConfigError';
}

/** A reading of the file and what can be made of it; the state is null when there are problems. */
interface Attempt {
  readonly state: ProtectionState | null;
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly ConfigProblem[];
  readonly stamps: FileStamps;
}

/**
 * Reads the web configuration file and keeps to it from then on.
 * @throws WebConfigError when the file can't be used.
 */
export async function openProtection(file: string, log: ProtectionLog): Promise<Protection> {
  let latest = await attempt(file);
  if (latest.state === null) throw new WebConfigError(formatProblems(latest.problems));
  const initial = latest.state;
  warn(latest, log);
  let reading: Promise<void> | null = null;

  async function readAgain(): Promise<void> {
    const next = await attempt(file);
    latest = keepTls(initial, next, file);
    if (latest.state === null)
      log.error('web configuration refused: requests are answered 500', { error: formatProblems(latest.problems) });
    else log.info('web configuration reloaded', { file });
    warn(latest, log);
    warnOfRestart(initial, latest.state, { file, log });
  }

  return {
    isTls: initial.tls !== null,
    initial,
    current: async () => {
      if (await hasChanged(latest.stamps)) {
        reading ??= readAgain().finally(() => {
          reading = null;
        });
        await reading;
      }
      return latest.state;
    },
  };
}

/** Reads the file, and lets OpenSSL say whether it takes what is in there. */
async function attempt(file: string): Promise<Attempt> {
  const { config, ...reading }: WebConfigReading = await readWebConfig(file);
  if (config === null) return { ...reading, state: null };
  try {
    return { ...reading, state: { config, tls: config.tls === null ? null : await tlsSettingsOf(config.tls) } };
  } catch (error) {
    const message = `OpenSSL refuses the settings: ${error instanceof Error ? error.message : String(error)}`;
    return { ...reading, state: null, problems: [{ file, path: 'tls_server_config', line: null, message }] };
  }
}

/** A file without a certificate must not open what a certificate guarded; the toolkit refuses new connections then. */
function keepTls(initial: ProtectionState, next: Attempt, file: string): Attempt {
  if (initial.tls === null || next.state === null || next.state.tls !== null) return next;
  const message = 'TLS is on, and switching it off takes a restart: give cert_file and key_file';
  return { ...next, state: null, problems: [{ file, path: 'tls_server_config', line: null, message }] };
}

/** Files that can't be looked at, as on a share that is gone, count as they were: who logs in goes on to be known. */
async function hasChanged(stamps: FileStamps): Promise<boolean> {
  for (const [path, stamp] of stamps) {
    if (![stamp, null].includes(await stampOf(path))) return true;
  }
  return false;
}

function warn({ warnings }: Attempt, log: ProtectionLog): void {
  for (const { file, path, message } of warnings) log.warn(message, { file, key: path });
}

function warnOfRestart(
  initial: ProtectionState,
  state: ProtectionState | null,
  { file, log }: { readonly file: string; readonly log: ProtectionLog },
): void {
  if (state === null) return;
  const [then, now] = [initial.config, state.config];
  const changed = [
    ...(initial.tls === null && state.tls !== null ? ['tls_server_config'] : []),
    ...(initial.tls !== null && then.http2 !== now.http2 ? ['http_server_config.http2'] : []),
    ...(isDeepStrictEqual(then.rateLimit, now.rateLimit) ? [] : ['rate_limit']),
  ];
  for (const key of changed) log.warn('this change of the web configuration takes a restart', { file, key });
}
