import {
  type AzureSight,
  answerOf,
  type Condition,
  type Evidence,
  failed,
  fromRows,
  type Outcome,
  passed,
  type Side,
  untold,
  warned,
} from '../condition.ts';
import { certificates, endpoints } from '../questions.ts';

const sqlServer = ['sql_server'] as const;
const both = ['sql_server', 'managed_instance'] as const;
const always = ['create', 'failover', 'failback'] as const;
const daySeconds = 86_400;
const earlyWarningDays = 60;

/** The roots without which no certificate of a managed instance is trusted. */
const roots = ['DigiCert Global Root G2', 'Microsoft RSA Root Certificate Authority 2017'] as const;

/** The certificates with which the two ends of a link prove themselves. */
export const certificateConditions: readonly Condition[] = [
  {
    id: 'endpoint_certificate',
    title: 'the certificate of the endpoint is valid, and its key can be opened',
    level: 'blocker',
    goals: always,
    sides: sqlServer,
    questions: [endpoints, certificates],
    source:
      'Microsoft, link best practices; the start may lie in the future by exactly the zone of the server (rusanu.com, 2008-08-25)',
    judge: ownCertificate,
  },
  {
    id: 'root_certificates',
    title: 'SQL Server trusts the authorities of the managed instance',
    level: 'blocker',
    goals: always,
    sides: sqlServer,
    questions: [certificates],
    source: 'Microsoft, configure a link with scripts: import root certificates',
    judge: ({ sqlServer: side }) =>
      fromRows({ side, question: certificates }, (rows) => {
        const missing = roots.filter((root) => !rows.some(({ subject }) => subject?.includes(root)));
        return [
          missing.length === 0
            ? passed(side.server, 'both root certificates are in master.')
            : failed(
                side.server,
                `master lacks ${missing.join(' and ')}: import them and register each with sp_certificate_add_issuer.`,
              ),
        ];
      }),
  },
  {
    id: 'partner_certificate',
    title: 'the certificate of the managed instance was imported, and is its present one',
    level: 'blocker',
    goals: always,
    sides: both,
    questions: [certificates],
    source: 'Microsoft, configure a link with scripts; compared by thumbprint where the managed instance shows its own',
    judge: partnerCertificate,
  },
  {
    id: 'own_certificate_known',
    title: 'the managed instance knows the certificate of SQL Server',
    level: 'blocker',
    goals: always,
    sides: both,
    questions: [endpoints, certificates],
    source: 'compared by thumbprint, not by name (review of Test-MiLinkPreRequirements, issue 3)',
    judge: knownAtInstance,
  },
];

function ownCertificate({ sqlServer: side, nowSeconds }: Evidence): readonly Outcome[] {
  return fromRows({ side, question: endpoints }, ([endpoint]) =>
    endpoint === undefined
      ? []
      : fromRows({ side, question: certificates }, (rows) => {
          const found = rows.find(({ certificate_id }) => certificate_id === endpoint.certificate_id);
          if (endpoint.certificate_id === 0)
            return [
              failed(
                side.server,
                `${endpoint.name} has no certificate: make one in master (CREATE CERTIFICATE), give it to the endpoint, and upload its public part to the managed instance.`,
              ),
            ];
          if (found === undefined)
            return [untold(side.server, 'sys.certificates does not show it.', 'VIEW ANY DEFINITION')];
          const key = found.pvt_key_encryption_type?.trim() ?? '';
          if (key !== 'MK')
            return [
              failed(
                side.server,
                `the private key of ${found.name} is not protected by the master key (${key}), so that the endpoint can't open it.`,
              ),
            ];
          return [validity(side.server, found, nowSeconds)];
        }),
  );
}

function validity(
  server: string,
  certificate: { readonly name: string; readonly start_date: Date | null; readonly expiry_date: Date | null },
  nowSeconds: number,
): Outcome {
  const { name, start_date: start, expiry_date: expiry } = certificate;
  const days = expiry === null ? null : Math.floor((expiry.getTime() / 1000 - nowSeconds) / daySeconds);
  if (days === null) return untold(server, `${name} does not say when it ends.`);
  if (start !== null && start.getTime() / 1000 > nowSeconds)
    return failed(server, `${name} is not valid yet: it begins at ${start.toISOString()}.`);
  if (days < 0)
    return failed(server, `${name} has expired: make another, give it to the managed instance, then to the endpoint.`);
  return days < earlyWarningDays
    ? warned(server, `${name} ends in ${days} days.`)
    : passed(server, `${name} is valid for ${days} more days.`);
}

/** On a managed instance its own certificate carries its name. */
function partnerCertificate({ sqlServer: server, managedInstance: instance, azure }: Evidence): readonly Outcome[] {
  const name = instance.facts?.serverName.toLowerCase();
  if (name === undefined) return [untold(server.server, `${instance.why}.`)];
  return fromRows({ side: server, question: certificates }, (rows) => {
    const imported = rows.find((row) => row.name.toLowerCase() === name);
    if (imported === undefined) {
      return [
        failed(
          server.server,
          `master has no certificate ${name}: get it with Get-AzSqlInstanceEndpointCertificate or sp_get_endpoint_certificate and import it under that name.`,
        ),
      ];
    }
    const own = answerOf(instance, certificates);
    const ofServer = own.kind === 'rows' ? own.rows.filter((row) => row.pvt_key_encryption_type?.trim() === 'MK') : [];
    const shown = [
      ...ofServer.map((row) => hexOf(row.thumbprint)),
      ...(azure.kind === 'read'
        ? (azure.instance.endpointCertificates.value ?? []).map(({ thumbprint }) => thumbprint)
        : []),
    ];
    if (shown.every((each) => each === null))
      return [
        passed(
          server.server,
          `${name} was imported; whether it is the present one the managed instance does not show.`,
        ),
      ];
    return [
      shown.includes(hexOf(imported.thumbprint) ?? '')
        ? passed(server.server, `${name} was imported, and is the present one.`)
        : failed(
            server.server,
            `${name} was imported, but the managed instance has another one now: import the present one.`,
          ),
    ];
  });
}

function knownAtInstance({ sqlServer: server, managedInstance: instance, azure }: Evidence): readonly Outcome[] {
  return fromRows({ side: server, question: endpoints }, ([endpoint]) =>
    endpoint === undefined || endpoint.certificate_id === 0
      ? []
      : fromRows({ side: server, question: certificates }, (rows) => {
          const own = rows.find(({ certificate_id }) => certificate_id === endpoint.certificate_id);
          return own === undefined ? [] : heldOutcomes(own, instance, azure);
        }),
  );
}

/** Azure's list of what was uploaded is whole; the view of the instance need not show it. */
function heldOutcomes(
  own: { readonly name: string; readonly thumbprint: Uint8Array | null },
  instance: Side,
  azure: AzureSight,
): readonly Outcome[] {
  const thumbprint = hexOf(own.thumbprint);
  const uploaded = azure.kind === 'read' ? azure.instance.serverTrustCertificates.value : null;
  if (uploaded?.some((each) => each.thumbprint !== null && each.thumbprint === thumbprint))
    return [passed(instance.server, `it holds ${own.name}.`)];
  // One without a thumbprint may be it.
  if (uploaded != null && thumbprint !== null && uploaded.every((each) => each.thumbprint !== null)) {
    return [
      failed(
        instance.server,
        `Azure lists no certificate there with the thumbprint of ${own.name} (${thumbprint}): upload it, the whole certificate.`,
      ),
    ];
  }
  return fromRows({ side: instance, question: certificates }, (held) => [
    held.some((row) => thumbprint !== null && hexOf(row.thumbprint) === thumbprint)
      ? passed(instance.server, `it holds ${own.name}.`)
      : untold(
          instance.server,
          `sys.certificates does not show ${own.name}, and need not: compare its thumbprint with az sql mi partner-cert list.`,
        ),
  ]);
}

/** As Azure writes thumbprints. */
function hexOf(thumbprint: Uint8Array | null): string | null {
  return thumbprint === null || thumbprint.length === 0 ? null : Buffer.from(thumbprint).toString('hex').toUpperCase();
}
