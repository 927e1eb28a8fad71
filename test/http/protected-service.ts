import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openProtection } from '../../src/http/protection.ts';
import { sqlServer } from '../link/server-state.ts';
import { stateOf } from '../metrics/series.ts';
import { type Service, type ServiceOptions, startService } from './service.ts';

/** A service with a web configuration file that a test may write anew. */
export interface ProtectedService extends Service {
  /** Puts a file into the folder of the web configuration at once, as careful tools do. */
  readonly put: (name: string, text: string) => Promise<void>;
  readonly configure: (text: string) => Promise<void>;
  /** `level: message field=value` for each line of the log. */
  readonly log: readonly string[];
}

/** An empty folder for the files of a test. */
export async function webFolder(context: Pick<TestContext, 'after'>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-web-'));
  context.after(() => rm(folder, { recursive: true }));
  return folder;
}

/** Starts a service of one healthy server with this web configuration. */
export async function startProtected(
  context: TestContext,
  folder: string,
  options: Omit<Partial<ServiceOptions>, 'web'> & { readonly web: string; readonly maximumScrapes?: number },
): Promise<ProtectedService> {
  const { web, maximumScrapes = null, ...rest } = options;
  const log: string[] = [];
  const line =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, string>>): void =>
      void log.push(`${level}: ${message} ${Object.values(fields).join(' ').replaceAll(folder, '')}`);
  const put = async (name: string, text: string): Promise<void> => {
    await writeFile(join(folder, `${name}.new`), text);
    await rename(join(folder, `${name}.new`), join(folder, name));
  };
  await put('web.yml', web);
  const protection = await openProtection(join(folder, 'web.yml'), {
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
  });
  const service = await startService(context, {
    state: stateOf([sqlServer()]),
    ...rest,
    web: { protection, maximumScrapes },
  });
  return { ...service, put, configure: (text) => put('web.yml', text), log };
}
