import { dropCertificate, dropEndpoint, removeJob, stopJob } from '../../network/job.ts';
import { reads } from '../../network/reading.ts';
import type { Leftover } from '../../network/report.ts';
import { classifyError } from '../../sql/classify-error.ts';
import type { ServerSession } from './session.ts';

/** What can be removed, in the order in which it has to be. */
export interface Made {
  readonly what: string;
  /** Run before, whatever comes of it. */
  readonly before?: string;
  readonly statement: string;
}

export function madeJob(name: string): Made {
  return { what: `the job ${name}`, before: stopJob(name), statement: removeJob(name) };
}

export function madeEndpoint(name: string): Made {
  return { what: `the endpoint ${name}`, statement: dropEndpoint(name) };
}

export function madeCertificate(name: string): Made {
  return { what: `the certificate ${name}`, statement: dropCertificate(name) };
}

/** SQL Server's numbers for "there is no such thing": a job, an endpoint or a certificate that is gone is what was wanted. */
const absent: ReadonlySet<number | null> = new Set([14_262, 15_151]);

/** Removes one thing; over a new connection where the first is lost. Never rejects: what stays is told, with its statement. */
export async function remove(session: ServerSession, { what, before, statement }: Made): Promise<Leftover | null> {
  let why = '';
  for (const _attempt of [1, 2]) {
    try {
      // A job that runs is stopped first; one that does not says so, and is removed all the same.
      if (before !== undefined) await session.run(before).catch(() => undefined);
      await session.run(statement);
      return null;
    } catch (error) {
      const failure = classifyError(error);
      if (absent.has(failure.errorNumber)) return null;
      why = `${failure.reason}: ${failure.message}`;
    }
  }
  return { server: session.server.name, what, statement, why };
}

/** What earlier runs left on a server: the jobs of this login, and endpoints and certificates of our name. */
export async function leftOvers(
  session: ServerSession,
  hasDefinitions: boolean,
): Promise<{ readonly own: readonly Made[]; readonly others: readonly Made[] }> {
  const jobs = await session.run(reads.leftOverJobs);
  const named = (rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] =>
    rows.map(({ name }) => String(name));
  const endpoints = hasDefinitions ? named(await session.run(reads.leftOverEndpoints)) : [];
  const certificates = hasDefinitions ? named(await session.run(reads.leftOverCertificates)) : [];
  const isOwn = (row: Readonly<Record<string, unknown>>): boolean => row.is_own === 1;
  return {
    own: [
      ...named(jobs.filter(isOwn)).map(madeJob),
      ...endpoints.map(madeEndpoint),
      ...certificates.map(madeCertificate),
    ],
    others: named(jobs.filter((row) => !isOwn(row))).map(madeJob),
  };
}
