import type { Engine } from '../model/server.ts';

/** Lowest build by major version that may hold a link. Source: Microsoft's link overview, table of supported versions. */
const lowestBuilds: Readonly<Record<number, string>> = {
  13: '13.0.7000.253',
  14: '14.0.3490.10',
  15: '15.0.4312.2',
  16: '16.0.1000.6',
  17: '17.0.1000.7',
};

/** The lowest build of the version that may hold a link where this one is below it; null where it is not, or is not known. */
export function minimumBuild(version: string): string | null {
  const lowest = lowestBuilds[Number.parseInt(version, 10) || 0];
  return lowest !== undefined && compareVersions(version, lowest) < 0 ? lowest : null;
}

/** SQL Server 2022 CU10, from which a managed instance can be the primary. */
const lowestBuildBackToServer = '16.0.4095.4';

/** Before it, a failover always ends the link. */
const firstMajorThatKeepsTheLink = 16;

export interface PlannedFailover {
  readonly isAllowed: boolean | null;
  readonly text: string;
  /** What is lost by a failover that is allowed, in a few words; null: nothing that the build tells. */
  readonly remark: string | null;
}

/**
 * Whether the SQL Server of this build supports a planned failover towards the given end, in a sentence.
 * Null for a version that is newer than the table or no version at all.
 */
export function allowsPlannedFailover(version: string, towards: Engine): PlannedFailover {
  const major = Number.parseInt(version, 10) || 0;
  const lowest = towards === 'sql_server' && major <= 16 ? lowestBuildBackToServer : lowestBuilds[major];
  if (lowest === undefined) {
    const text = `version ${version} of the SQL Server is not among those that are known here.`;
    return { isAllowed: null, text, remark: null };
  }
  const direction = towards === 'sql_server' ? 'from the managed instance' : 'to the managed instance';
  if (compareVersions(version, lowest) < 0) {
    const text = `version ${version} of the SQL Server is below ${lowest}, from which a failover ${direction} is supported.`;
    return { isAllowed: false, text, remark: null };
  }
  const end = major < firstMajorThatKeepsTheLink ? ', and ends the link' : '';
  const isOneWay =
    towards === 'managed_instance' && major === 16 && compareVersions(version, lowestBuildBackToServer) < 0;
  const remark =
    end !== '' ? 'it ends the link' : isOneWay ? `one way: the way back needs build ${lowestBuildBackToServer}` : null;
  return {
    isAllowed: true,
    text: `version ${version} of the SQL Server supports a failover ${direction}${end}.`,
    remark,
  };
}

/** `SERVERPROPERTY('ProductUpdateType')` of a managed instance whose databases no SQL Server takes. */
export function isAlwaysUpToDate(updateType: string | null): boolean {
  return updateType?.trim().toLowerCase() === 'continuous';
}

function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split('.').map((part) => Number.parseInt(part, 10) || 0));
  for (const [index, part] of (right ?? []).entries()) {
    const difference = (left?.[index] ?? 0) - part;
    if (difference !== 0) return difference;
  }
  return 0;
}
