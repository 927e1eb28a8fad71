import type { MirroringEndpoint } from '../../model/endpoint.ts';
import type { LinkEnd } from '../data/end.ts';
import { type Finding, finding } from '../data/finding.ts';
import { hostOfEndpoint, isManagedInstanceHost, portOfEndpoint, serverOfEndpoint } from '../identity.ts';
import { minimumBuild } from '../version.ts';
import { describeEnd } from '../words.ts';
import type { Evidence } from './evidence.ts';

/** A connection that stands proves its addresses, whatever they look like: an address translation is legal. */
function isConnected({ primaries }: Evidence): boolean {
  return primaries.some(({ partner }) => partner?.connectedState === 'CONNECTED');
}

/** The managed instance's address needs `;Server=[name]`: without it the managed instance refuses the link (41976). */
export function addressWithoutServer(evidence: Evidence): readonly Finding[] {
  if (isConnected(evidence)) return [];
  return evidence.pairing.ends.flatMap((end) =>
    [end.localMember, end.partnerMember].flatMap((member) => {
      const host = hostOfEndpoint(member?.endpointUrl ?? null);
      if (host === null || !isManagedInstanceHost(host) || serverOfEndpoint(member?.endpointUrl ?? null) !== null)
        return [];
      const text = `the address of the managed instance in the group on ${describeEnd(end)} is ${member?.endpointUrl}, without ;Server=[name] at its end: the managed instance refuses a link with it.`;
      return [finding('address_without_server', { server: end.server, text })];
    }),
  );
}

/** The group tells the other end a port on which the endpoint of this end does not listen. */
export function portDiffers(evidence: Evidence): readonly Finding[] {
  if (isConnected(evidence)) return [];
  return evidence.pairing.ends.flatMap((end) => {
    const outcome = evidence.servers.get(end.server)?.outcome;
    const told = portOfEndpoint(end.localMember?.endpointUrl ?? null);
    // The endpoint of a managed instance is Azure's, behind ports of its own.
    if (end.engine !== 'sql_server' || outcome?.kind !== 'ok' || told === null) return [];
    const { tcp_endpoints: listening, database_mirroring_endpoints: mirroring } = outcome.snapshot.views;
    const own = (listening ?? []).find(({ endpointId }) => mirroring?.some((each) => each.endpointId === endpointId));
    if (own === undefined || own.port === null || own.port === told) return [];
    const where = own.ipAddress === null ? `port ${own.port}` : `${own.ipAddress}:${own.port}`;
    const text = `the endpoint of ${describeEnd(end)} listens on ${where}, and the group tells the other end port ${told} (${end.localMember?.endpointUrl}): unless something between them translates it, nobody answers there.`;
    return [finding('endpoint_address_differs', { server: end.server, text })];
  });
}

/** A build that can't carry a link. Source: Microsoft's table of supported versions. */
export function buildTooOld({ pairing, answers }: Evidence): readonly Finding[] {
  return pairing.ends.flatMap((end) => {
    const version = answers.get(end.server)?.facts.version ?? null;
    const minimum = end.engine === 'sql_server' && version !== null ? minimumBuild(version) : null;
    if (version === null || minimum === null) return [];
    const text = `${describeEnd(end)} has build ${version}; a link needs ${minimum} or newer of that version, with the Azure Connect Pack where there is one.`;
    return [finding('build_too_old', { server: end.server, text })];
  });
}

/** Each end keeps the commit modes of both members; they have to say the same. Source: Microsoft's pages on distributed groups. */
export function commitModesDiffer({ pairing }: Evidence): readonly Finding[] {
  const told = pairing.ends.flatMap((end) => {
    const modes = modesOf(end);
    return modes === null ? [] : [{ end, modes }];
  });
  const all = new Set(told.flatMap(({ modes }) => modes));
  if (all.size < 2) return [];
  const said = told.map(({ end, modes }) => `${describeEnd(end)} says ${[...new Set(modes)].join(' and ')}`).join(', ');
  const text = `the commit modes of the link differ: ${said}. A planned failover needs the same at both ends.`;
  return [finding('commit_modes_differ', { text })];
}

function modesOf({ localMember, partnerMember }: LinkEnd): readonly string[] | null {
  const modes = [localMember?.availabilityMode, partnerMember?.availabilityMode].filter(
    (mode) => typeof mode === 'string',
  );
  return modes.length === 0 ? null : modes;
}

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
