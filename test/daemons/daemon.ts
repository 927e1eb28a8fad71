import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Running, start, startProgram } from '../cli/process.ts';

/** Ends what was started, the newest first: `await using`, or `context.after(() => scope.disposeAsync())`. */
export type Scope = AsyncDisposableStack;

/** A server of Prometheus' family that answers. */
export interface Daemon {
  /** `http://127.0.0.1:port`, without a slash at its end. */
  readonly url: string;
  readonly running: Running;
}

/** How Prometheus and Alertmanager say where they listen; with port 0 the kernel has chosen a free one. */
const listening = /msg="Listening on".* address=(\S+)/;

/** Far beyond what a start takes. */
const patienceSeconds = 60;

/** A folder that goes with the scope. */
export async function temporaryFolder(scope: Scope): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-daemons-'));
  scope.defer(() => rm(folder, { recursive: true }));
  return folder;
}

/** Where a daemon keeps its data and listens, to be the one that was there before. */
export interface Place {
  readonly data: string;
  /** `host:port`; a free port of loopback unless given. */
  readonly address?: string;
}

/** Starts a server of Prometheus' family, on a free port of loopback unless told otherwise; it ends with the scope. */
export async function startDaemon(
  scope: Scope,
  program: string,
  args: readonly string[],
  address = '127.0.0.1:0',
): Promise<Daemon> {
  const running = startProgram(program, [`--web.listen-address=${address}`, ...args]);
  return answering(scope, running, listening);
}

/** Ends a daemon as its service manager would. */
export async function stopDaemon({ running }: Daemon): Promise<void> {
  running.process.kill('SIGTERM');
  await running.finished;
}

/** Starts the exporter in a process of its own on a free port of loopback; it ends with the scope. */
export async function startExporterProcess(
  scope: Scope,
  configFile: string,
  env: Record<string, string>,
): Promise<Daemon> {
  const running = start(['serve', `--config.file=${configFile}`, '--web.listen-address=127.0.0.1:0'], { env });
  return answering(scope, running, /address=(\S+) msg=listening/);
}

async function answering(scope: Scope, running: Running, where: RegExp): Promise<Daemon> {
  scope.defer(async () => {
    running.process.kill();
    await running.finished;
  });
  const [, address] = await Promise.race([running.seen(where), silent(running)]);
  return { url: `http://${address}`, running };
}

async function silent({ out, error }: Running): Promise<never> {
  await pause(patienceSeconds * 1000, undefined, { ref: false });
  throw new Error(`does not say where it listens after ${patienceSeconds} s:\n${out()}${error()}`);
}
