import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Running } from './process.ts';

/** Bits of /proc/PID/status SigCgt (proc_pid_status(5)): bit n - 1 for signal n. */
const [hangUp, terminate] = [1n << 0n, 1n << 14n];

/**
 * The process below `program`, or itself, that has taken SIGTERM and SIGHUP by now, as soon as there is one: the first
 * moment at which the kernel does not end it by itself.
 */
export async function firstCatching(program: Running): Promise<number> {
  for (;;) {
    const found = descendants(program.process.pid ?? 0).find((id) => catches(id, hangUp | terminate));
    if (found !== undefined) return found;
    if (program.process.exitCode !== null) throw new Error(`ended before: ${program.error()}`);
    await nextTurn();
  }
}

function descendants(id: number): readonly number[] {
  const children = readText(`/proc/${id}/task/${id}/children`).split(' ').filter(Boolean).map(Number);
  return [...children.flatMap(descendants), id];
}

function catches(id: number, mask: bigint): boolean {
  // npm takes signals too; it is a Node whose title it has changed.
  if (!/\bnode\b.*(main\.[jt]s|milink-exporter)/.test(readText(`/proc/${id}/cmdline`).replaceAll('\0', ' ')))
    return false;
  const [, caught] = /^SigCgt:\t([0-9a-f]+)$/m.exec(readText(`/proc/${id}/status`)) ?? [];
  return caught !== undefined && (BigInt(`0x${caught}`) & mask) === mask;
}

/** Whether any process is left of those that run this program with that argument. */
export function isRunning(argument: string): boolean {
  return readdirSync('/proc').some((id) => /^\d+$/.test(id) && readText(`/proc/${id}/cmdline`).includes(argument));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
