import type { LinkInAzure } from '../../link/azure/witness.ts';
import type { Finding } from '../../link/data/finding.ts';
import { describeError } from '../../model/errors/catalogue.ts';
import type { SqlErrorDescription } from '../../model/errors/description.ts';
import type { EndReport, ErrorReport, SeedingReport } from './report.ts';

/** What the errors of a link are about. */
export interface LinkTrouble {
  readonly findings: readonly Finding[];
  readonly ends: readonly EndReport[];
  readonly seedings: readonly SeedingReport[];
  readonly azure: LinkInAzure | null;
}

/**
 * The errors behind the findings that the catalogue knows, each once. The last connection error stays after recovery: it
 * counts only while the ends are disconnected.
 */
export function errorsOf({ findings, ends, seedings, azure }: LinkTrouble): readonly ErrorReport[] {
  const isDown = findings.some(({ code }) => code === 'last_connect_error');
  const ofConnection = isDown ? ends.flatMap(connectErrors) : [];
  const ofSeeding = seedings
    .filter(({ status }) => status === 'failed')
    .flatMap(({ errorCode, server }) => described(errorCode, server));
  // Of others the most recent one may be over.
  const inAzure = (azure?.databases ?? [])
    .filter(({ stage }) => stage === 'error')
    .flatMap(({ error }) => described(error?.number ?? null, 'Azure'));
  const all = [...ofConnection, ...ofSeeding, ...inAzure];
  return all.filter((error, index) => all.findIndex(({ number }) => number === error.number) === index);
}

function connectErrors({ lastConnectError, server }: EndReport): readonly ErrorReport[] {
  return described(lastConnectError?.number ?? null, server);
}

function described(number: number | null, server: string): readonly ErrorReport[] {
  const description = number === null ? null : describeError(number);
  return description === null ? [] : [errorReport(description, server)];
}

function errorReport(description: SqlErrorDescription, server: string): ErrorReport {
  const { number, name, severity, meaning, likelyCauses, whatToDo } = description;
  return { number, name, severity, meaning, likelyCauses, whatToDo, server };
}
