import { dropCertificate, dropEndpoint, removeJob, stopJob } from '../../network/job.ts';
import { reads } from '../../network/reading.ts';
import type { Leftover } from '../../network/report.ts';
import { classifyError } from '../../sql/classify-error.ts';
import type { ServerSession } from './session.ts';

/** What can be removed, in the order in which it has to be. */
export interface Made {
  readonly what: string;
  /** The run that made it has this name, and gave it to what it made. */
  readonly name: string;
  /** Run before, whatever comes of it. */
  readonly before?: string;
  readonly statement: string;
}

export function madeJob(name: string): Made {
  return { what: `the job ${name}`, name, before: stopJob(name), statement: removeJob(name) };
}

export function madeEndpoint(name: string): Made {
  return { what: `the endpoint ${name}`, name, statement: dropEndpoint(name) };
}

export function madeCertificate(name: string): Made {
  return { what: `the certificate ${name}`, name, statement: dropCertificate(name) };
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

/** What other runs have on a server: the jobs of this login, and endpoints and certificates of our name. */
export interface OfOtherRuns {
  /** The runs that made it are over. */
  readonly left: readonly Made[];
  /** Their runs are alive, or nothing says that they are not. */
  readonly inUse: readonly Made[];
}

export async function ofOtherRuns(session: ServerSession): Promise<OfOtherRuns> {
  const all = await madeByRuns(session);
  if (all.length === 0) return { left: [], inUse: [] };
  const alive = await livingRuns(session);
  const isInUse = ({ name }: Made): boolean => alive === null || alive.has(name);
  return { left: all.filter((made) => !isInUse(made)), inUse: all.filter(isInUse) };
}

/** The names of the runs that are connected to the server now; null: the login may not see who is. */
async function livingRuns(session: ServerSession): Promise<ReadonlySet<string> | null> {
  const rows = await session.run(reads.runs).catch(() => []);
  return rows.some((row) => row.sees_all === 1) ? new Set(rows.map((row) => String(row.program_name))) : null;
}

async function madeByRuns(session: ServerSession): Promise<readonly Made[]> {
  const jobs = await session.run(reads.leftOverJobs);
  const named = (rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] =>
    rows.map(({ name }) => String(name));
  const endpoints = named(await session.run(reads.leftOverEndpoints));
  const certificates = named(await session.run(reads.leftOverCertificates));
  return [
    ...named(jobs.filter((row) => row.is_own === 1)).map(madeJob),
    ...endpoints.map(madeEndpoint),
    ...certificates.map(madeCertificate),
  ];
}
