import {
  type AzureCertificate,
  type AzureOperation,
  type CertificateBlob,
  isReady,
  isUnderWay,
} from '../../model/azure/instance.ts';
import type { AzureReading } from '../../model/azure/state.ts';
import {
  type AzureSight,
  type Condition,
  type Evidence,
  failed,
  type Outcome,
  passed,
  untold,
  warned,
} from '../condition.ts';

const azure = ['azure'] as const;
const always = ['create', 'failover', 'failback'] as const;
const create = ['create'] as const;
const resource = 'Microsoft.Sql/managedInstances';

/** Links of one instance (Microsoft, link feature overview); as many as databases on Next-gen General Purpose. */
const mostLinks = 100;
const mostLinksNextGeneration = 500;

/** What only Azure knows. Nothing of it is told where the configuration has no section `azure`. */
export const azureConditions: readonly Condition[] = [
  {
    id: 'azure_instance_ready',
    title: 'the managed instance is ready, and nothing is being changed on it',
    level: 'blocker',
    goals: always,
    sides: azure,
    questions: [],
    azureRights: [`${resource}/read`, `${resource}/operations/read`],
    source: 'Azure: state of the instance, and its operations',
    judge: (evidence) => [
      ...fromAzure(evidence, 'instance', (instance) => {
        const { state } = instance;
        if (state === null) return untoldOf(evidence, 'Azure gives no state of it');
        return isReady(instance)
          ? passed(evidence.managedInstance.server, 'it is Ready.')
          : failed(evidence.managedInstance.server, `it is ${state}: wait until it is Ready.`);
      }),
      ...fromAzure(evidence, 'operations', (operations) => operationOutcome(evidence, operations)),
    ],
  },
  {
    id: 'azure_failover_group',
    title: 'the managed instance is in no failover group',
    level: 'blocker',
    goals: create,
    sides: azure,
    questions: [],
    azureRights: ['Microsoft.Sql/locations/instanceFailoverGroups/read'],
    source: 'Microsoft, link feature overview: limitations',
    judge: (evidence) => failoverGroupOutcomes(evidence),
  },
  {
    id: 'azure_link_count',
    title: 'the managed instance has room for another link',
    level: 'blocker',
    goals: create,
    sides: azure,
    questions: [],
    azureRights: [`${resource}/distributedAvailabilityGroups/read`],
    source: `Microsoft, link feature overview: ${mostLinks} links, ${mostLinksNextGeneration} on Next-gen General Purpose`,
    judge: (evidence) => fromAzure(evidence, 'links', (links) => linkCountOutcome(evidence, links.length)),
  },
  {
    id: 'azure_link_error',
    title: 'no link in error is left by a creation that failed',
    level: 'advice',
    goals: create,
    sides: azure,
    questions: [],
    azureRights: [`${resource}/distributedAvailabilityGroups/read`],
    source: 'chapi, pack install: the link in Azure stays after a failed creation',
    judge: (evidence) =>
      fromAzure(evidence, 'links', (links) => {
        const broken = links.filter((link) =>
          link.databases.some(({ replicaState }) => /error/i.test(replicaState ?? '')),
        );
        const { server } = evidence.managedInstance;
        return broken.length === 0
          ? passed(server, 'there is none.')
          : warned(
              server,
              `Azure shows ${broken.map(({ name }) => name).join(', ')} in error: delete it before another attempt with that name.`,
            );
      }),
  },
  {
    id: 'azure_uploaded_certificates',
    title: 'what was uploaded to the managed instance are whole certificates',
    level: 'blocker',
    goals: create,
    sides: azure,
    questions: [],
    azureRights: [`${resource}/serverTrustCertificates/read`],
    source: 'azure-powershell 18182: a bare public key is an invalid blob; the blobs are parsed here',
    judge: (evidence) =>
      fromAzure(evidence, 'serverTrustCertificates', (list) => {
        const { server } = evidence.managedInstance;
        const named = (...blobs: readonly CertificateBlob[]): readonly AzureCertificate[] =>
          list.filter(({ blob }) => blobs.includes(blob));
        const outcomes = [
          ...named('cut_off').map(({ name }) =>
            failed(server, `${name} is cut off: upload the whole one, as CERTENCODED gives it.`),
          ),
          ...named('other').map(({ name }) =>
            failed(server, `${name} is no certificate in DER: upload the whole one, as CERTENCODED gives it.`),
          ),
          ...named('unreadable').map(({ name, thumbprint }) =>
            untold(
              server,
              `${name} is whole, and can not be read here: this program is stricter than SQL Server (serial number, dates). Compare its thumbprint ${thumbprint} with sys.certificates.`,
            ),
          ),
          ...named('none').map(({ name }) => untold(server, `Azure does not give ${name} itself (publicBlob).`)),
        ];
        return outcomes.length > 0 ? outcomes : passed(server, `${list.length} uploaded, each of them whole.`);
      }),
  },
  {
    id: 'azure_signature',
    title: 'no certificate of the link is signed with MD5 or SHA-1',
    level: 'advice',
    goals: always,
    sides: azure,
    questions: [],
    azureRights: [`${resource}/serverTrustCertificates/read`],
    source: 'Microsoft on TLS 1.2 and MD5: such a certificate can be refused in the handshake (80090331)',
    judge: (evidence) =>
      fromAzure(evidence, 'serverTrustCertificates', (list) => {
        const weak = list.filter(({ signatureAlgorithm }) => /md5|sha1/i.test(signatureAlgorithm ?? ''));
        const unread = list.filter(({ signatureAlgorithm }) => signatureAlgorithm === null);
        const { server } = evidence.managedInstance;
        if (weak.length > 0)
          return warned(
            server,
            `${weak.map(({ name, signatureAlgorithm }) => `${name} (${signatureAlgorithm})`).join(', ')}: make one with SHA-256, upload it, then give it to the endpoint.`,
          );
        return unread.length === 0
          ? passed(server, 'none of those that were uploaded is.')
          : untoldOf(evidence, `what ${unread.map(({ name }) => name).join(', ')} is signed with is not known here`);
      }),
  },
  {
    id: 'azure_public_endpoint',
    title: 'the link does not need the public endpoint of the managed instance',
    level: 'advice',
    goals: create,
    sides: azure,
    questions: [],
    azureRights: [`${resource}/read`],
    source: 'Microsoft, prepare your environment: a link goes over the address in the virtual network',
    judge: (evidence) =>
      fromAzure(evidence, 'instance', (instance) => {
        const { server } = evidence.managedInstance;
        if (instance.hasPublicEndpoint === null) return untoldOf(evidence, 'Azure does not say whether it has one');
        return passed(
          server,
          instance.hasPublicEndpoint
            ? 'it has one, of which a link makes no use: the way in the virtual network has to be open.'
            : 'it has none.',
        );
      }),
  },
];

type ReadingKey = 'instance' | 'operations' | 'links' | 'serverTrustCertificates' | 'endpointCertificates';
type ValueOf<Key extends ReadingKey> =
  Extract<AzureSight, { kind: 'read' }>['instance'][Key] extends AzureReading<infer Value> ? Value | null : never;

/**
 * Judges one thing that was read of Azure; nothing where Azure is not read, and why not where it could not be. What was not
 * read is no empty list.
 */
function fromAzure<Key extends ReadingKey>(
  evidence: Evidence,
  key: Key,
  judge: (value: NonNullable<ValueOf<Key>>) => Outcome | readonly Outcome[],
): readonly Outcome[] {
  const { azure: sight } = evidence;
  if (sight.kind === 'off') return [];
  if (sight.kind === 'absent') return [untoldOf(evidence, sight.why)];
  const reading = sight.instance[key];
  if (reading.failure !== null) return [notRead(evidence, reading.failure)];
  if (reading.value === null) return [untoldOf(evidence, 'Azure has not told it')];
  return [judge(reading.value as NonNullable<ValueOf<Key>>)].flat();
}

function untoldOf({ managedInstance }: Evidence, why: string): Outcome {
  return untold(managedInstance.server, `${why}.`);
}

function notRead(
  { managedInstance }: Evidence,
  { reason, message, action }: { readonly reason: string; readonly message: string; readonly action: string | null },
): Outcome {
  const text = action === null ? `${reason}: ${message}` : `the identity lacks ${action}`;
  return untold(managedInstance.server, `Azure could not be read: ${text}.`, action);
}

function operationOutcome(evidence: Evidence, operations: readonly AzureOperation[]): Outcome {
  const { server } = evidence.managedInstance;
  const [running] = operations.filter(isUnderWay);
  if (running === undefined) return passed(server, 'no operation is under way.');
  const progress = running.progress === null ? '' : `, ${Math.floor(running.progress * 100)} % done`;
  const name = running.friendlyName ?? running.operation ?? 'an operation';
  return failed(server, `${name} is under way${progress}: wait until it has ended.`);
}

function failoverGroupOutcomes(evidence: Evidence): readonly Outcome[] {
  const { azure: sight, managedInstance } = evidence;
  if (sight.kind === 'off') return [];
  if (sight.kind === 'absent') return [untoldOf(evidence, sight.why)];
  const { value, failure } = sight.failoverGroups;
  if (failure !== null) return [notRead(evidence, failure)];
  if (value === null) return [untoldOf(evidence, 'Azure does not say in which region it is')];
  const own = value.filter(({ instances }) => instances.includes(sight.instance.name));
  return [
    own.length === 0
      ? passed(managedInstance.server, 'it is in none.')
      : failed(
          managedInstance.server,
          `it is in ${own.map(({ name }) => name).join(', ')}, and such an instance carries no link.`,
        ),
  ];
}

function linkCountOutcome({ azure: sight, managedInstance: { server } }: Evidence, count: number): Outcome {
  const isNext = sight.kind === 'read' ? (sight.instance.instance.value?.isNextGeneration ?? null) : null;
  const most = isNext === true ? mostLinksNextGeneration : mostLinks;
  if (count < most) return passed(server, `it has ${count} of at most ${most}.`);
  if (isNext === null && count < mostLinksNextGeneration)
    return untold(
      server,
      `it has ${count}: more than ${mostLinks} only Next-gen General Purpose takes, and Azure does not say whether it is one.`,
    );
  return failed(server, `it has ${count} of at most ${most}.`);
}
