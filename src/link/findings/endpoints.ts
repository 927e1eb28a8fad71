import type { MirroringEndpoint } from '../../model/endpoint.ts';
import type { LinkEnd } from '../data/end.ts';
import type { Finding } from '../data/finding.ts';
import { describeEnd } from '../words.ts';
import type { Evidence } from './evidence.ts';
import { finding } from './finding.ts';

/** The mirroring endpoints of an end; null when the view was not read. A server has one at most. */
function endpointsOf(end: LinkEnd, { servers }: Evidence): readonly MirroringEndpoint[] | null {
  const outcome = servers.get(end.server)?.outcome;
  return outcome?.kind === 'ok' ? outcome.snapshot.views.database_mirroring_endpoints : null;
}

/** STOPPED and DISABLED accept no new connection: one that stands goes on, the next one is refused (error 35204). */
export function notStarted(evidence: Evidence): readonly Finding[] {
  return evidence.pairing.ends.flatMap((end) =>
    (endpointsOf(end, evidence) ?? [])
      .filter(({ state }) => state !== null && state !== 'STARTED')
      .map(({ name, state }) => {
        const text = `endpoint ${name} of ${describeEnd(end)} is ${state}: a connection that stands goes on, the next one is refused.`;
        return finding('endpoint_not_started', { server: end.server, text });
      }),
  );
}

/** What a link asks of an endpoint. Source: Microsoft's page on configuring a link with scripts. */
export function settingsRefuse(evidence: Evidence): readonly Finding[] {
  return evidence.pairing.ends.flatMap((end) =>
    (endpointsOf(end, evidence) ?? []).flatMap((endpoint) => {
      const faults = faultsOf(endpoint);
      if (faults.length === 0) return [];
      const text = `endpoint ${endpoint.name} of ${describeEnd(end)} ${faults.join(' and ')}: the other end's next connection is refused.`;
      return [finding('endpoint_settings_refuse', { server: end.server, text })];
    }),
  );
}

function faultsOf({ isEncryptionEnabled, encryptionAlgorithm, connectionAuthentication }: MirroringEndpoint): string[] {
  const algorithm = (encryptionAlgorithm ?? '').toUpperCase();
  const authentication = (connectionAuthentication ?? '').toUpperCase();
  return [
    ...(authentication !== '' && !authentication.includes('CERTIFICATE')
      ? [`accepts ${connectionAuthentication} and no certificate`]
      : []),
    ...(isEncryptionEnabled === false || algorithm === 'NONE' ? ['does not encrypt'] : []),
    ...(/\bRC4\b/.test(algorithm) && !/\bAES\b/.test(algorithm) ? ['encrypts with RC4 only'] : []),
  ];
}

/** Both endpoints encrypt, and have no algorithm in common. */
export function doNotMeet(evidence: Evidence): readonly Finding[] {
  const { ends } = evidence.pairing;
  const told = ends.flatMap((end) =>
    (endpointsOf(end, evidence) ?? []).map((endpoint) => ({ end, algorithms: algorithmsOf(endpoint) })),
  );
  const servers = told.filter(({ end, algorithms }) => end.engine === 'sql_server' && algorithms.length > 0);
  const instances = told.filter(({ end, algorithms }) => end.engine === 'managed_instance' && algorithms.length > 0);
  return servers.flatMap((one) =>
    instances
      .filter((other) => !one.algorithms.some((name) => other.algorithms.includes(name)))
      .map((other) => {
        const text = `the endpoint of ${describeEnd(one.end)} encrypts with ${one.algorithms.join(', ')}, that of ${describeEnd(other.end)} with ${other.algorithms.join(', ')}: they have none in common, and the next connection fails.`;
        return finding('endpoints_do_not_meet', { server: one.end.server, text });
      }),
  );
}

/** `AES`, `RC4`, or both of them in either order (`AES RC4`). Source: sys.database_mirroring_endpoints. */
function algorithmsOf({ encryptionAlgorithm }: MirroringEndpoint): readonly string[] {
  return (encryptionAlgorithm ?? '').toUpperCase().match(/\b(?:AES|RC4)\b/g) ?? [];
}
