import type { Engine } from '../model/server.ts';
import type { Answers, ServerAnswer } from './answer.ts';
import type { LinkEnd } from './data/end.ts';
import type { CertificateMatch } from './data/link.ts';
import { firstDnsLabel } from './identity.ts';
import type { LinkCertificate } from './own-certificate.ts';

/**
 * Compares what both ends show of each certificate. Where one end shows none of it nothing is said: what else than its
 * own a managed instance shows is not documented.
 */
export function matchCertificates(
  managedInstance: string,
  ends: readonly LinkEnd[],
  answers: Answers,
): readonly CertificateMatch[] {
  const of = (engine: Engine): readonly ServerAnswer[] =>
    ends.filter((end) => end.engine === engine).flatMap(({ server }) => answers.get(server) ?? []);
  const [servers, instances] = [of('sql_server'), of('managed_instance')];
  const isPartner = ({ name }: LinkCertificate): boolean => firstDnsLabel(name) === managedInstance;
  const ofInstance = compare(endpointsOf(instances), importedBy(servers), isPartner);
  const ofServer = compareEach(endpointsOf(servers), importedBy(instances));
  return [
    ...(ofInstance === null ? [] : [{ owner: 'managed_instance' as const, isSame: ofInstance }]),
    ...(ofServer === null ? [] : [{ owner: 'sql_server' as const, isSame: ofServer }]),
  ];
}

function endpointsOf(answers: readonly ServerAnswer[]): readonly LinkCertificate[] {
  return answers.flatMap(({ certificates }) =>
    certificates.filter(({ usage }) => usage === 'endpoint').map(({ row }) => row),
  );
}

function importedBy(answers: readonly ServerAnswer[]): readonly LinkCertificate[] {
  return answers.flatMap(({ imported }) => imported);
}

/** A copy under any name will do; one that claims to be the copy and is not is another. */
function compare(
  own: readonly LinkCertificate[],
  imported: readonly LinkCertificate[],
  isClaimed: (copy: LinkCertificate) => boolean,
): boolean | null {
  const thumbprints = new Set(own.map(({ thumbprint }) => thumbprint));
  thumbprints.delete(null);
  if (thumbprints.size === 0) return null;
  if (imported.some(({ thumbprint }) => thumbprints.has(thumbprint))) return true;
  return imported.some((copy) => copy.thumbprint !== null && isClaimed(copy)) ? false : null;
}

/** The copy of a SQL Server's certificate has no name that is agreed on: its subject says whose it is. */
function compareEach(own: readonly LinkCertificate[], imported: readonly LinkCertificate[]): boolean | null {
  const results = own.map((certificate) =>
    compare([certificate], imported, ({ subject }) => subject !== null && subject === certificate.subject),
  );
  if (results.includes(false)) return false;
  return results.includes(true) ? true : null;
}
