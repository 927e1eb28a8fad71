import { openProtection, type Protection, type ProtectionLog, WebConfigError } from '../../http/protection.ts';
import type { Terminal } from '../command.ts';

/** Null without a file; `refused` when it can't be used: every problem is then on standard error. */
export async function openWebConfigFile(
  path: string | null,
  terminal: Terminal,
  log: ProtectionLog,
): Promise<Protection | null | 'refused'> {
  if (path === null) return null;
  try {
    return await openProtection(path, log);
  } catch (error) {
    if (!(error instanceof WebConfigError)) throw error;
    terminal.writeError(`${error.message}\n`);
    return 'refused';
  }
}

/** Says what is in the file, or what is wrong with it. True when it can be used, and without a file. */
export async function checkWebConfigFile(path: string | null, terminal: Terminal): Promise<boolean> {
  if (path === null) return true;
  const lines: string[] = [];
  const silent = (): void => undefined;
  const warn: ProtectionLog['warn'] = (message, { key }) => void lines.push(`warning: ${path}: ${key}: ${message}\n`);
  const protection = await openWebConfigFile(path, terminal, { info: silent, error: silent, warn });
  if (protection === 'refused' || protection === null) return false;
  terminal.writeOut(`${lines.join('')}${path} is valid: ${contents(protection)}\n`);
  return true;
}

function contents({ initial: { config } }: Protection): string {
  const clients = config.tls?.clientAuth === 'NoClientCert' ? '' : ` with ${config.tls?.clientAuth}`;
  const tls = config.tls === null ? 'plain HTTP' : `TLS${clients}`;
  const { size } = config.users;
  return `${tls}, ${size === 0 ? 'no login' : `${size} user${size === 1 ? '' : 's'}`}`;
}
