import {
  certificateExpiryTimestampSeconds,
  certificateInfo,
  certificateStartTimestampSeconds,
} from '../../../metrics/families/certificate.ts';
import { endpointInfo, endpointStarted } from '../../../metrics/families/endpoint.ts';
import { linkCertificateMatches } from '../../../metrics/families/link.ts';
import { permission } from '../../../metrics/families/server.ts';
import { certificateSteps, goodWhenOne } from '../look.ts';
import { timelinePanel, timeseriesPanel, type UnplacedPanel } from '../panels.ts';
import { chartLines, days, outermost, timelineLines } from '../queries.ts';
import { linkColumn, managedInstanceColumn, tablePanel } from '../table-panel.ts';
import { chosenLink, chosenServer, select } from '../variables.ts';

const byCertificate = 'by (server, certificate, usage)';

/** Each certificate that a link uses, the first to end first. */
export function certificatesNow(): UnplacedPanel {
  const expiry = `min ${byCertificate} (${select(certificateExpiryTimestampSeconds, chosenServer)})`;
  const start = `max ${byCertificate} (${select(certificateStartTimestampSeconds, chosenServer)})`;
  const info = `group by (server, certificate, usage, issuer, thumbprint) (${select(certificateInfo, chosenServer)})`;
  return tablePanel(
    {
      id: 10,
      title: 'Certificates of links, the first to end first',
      description:
        'endpoint: what the server shows to its partner; partner: that of the managed instance as SQL Server imported it; authority: an imported root. People renew endpoint and authority of SQL Server; Azure renews those of the managed instance.',
      unit: 'none',
      queries: [`(${expiry} - time()) / 86400`, `${expiry} * 1000`, `${start} * 1000`, info].map((expression) => ({
        expression,
        legend: '{{server}} {{certificate}}',
      })),
      whenEmpty: 'No certificate is visible: the login may lack VIEW ANY DEFINITION, see the permissions below.',
    },
    {
      columns: [
        { title: 'Server', from: { label: 'server' }, widthPixels: 130 },
        { title: 'Usage', from: { label: 'usage' }, widthPixels: 90 },
        { title: 'Certificate', from: { label: 'certificate' } },
        { title: 'Time left', from: { query: 'A' }, unit: days, look: certificateSteps, widthPixels: 110 },
        { title: 'Ends', from: { query: 'B' }, unit: 'dateTimeAsIso', widthPixels: 165 },
        { title: 'Begins', from: { query: 'C' }, unit: 'dateTimeAsIso', widthPixels: 165 },
        { title: 'Issuer', from: { label: 'issuer' } },
        { title: 'Thumbprint', from: { label: 'thumbprint' } },
      ],
      sortBy: 'Time left',
    },
  );
}

/** Whether each end holds the certificate that the other one shows. */
export function matchesNow(): UnplacedPanel {
  return tablePanel(
    {
      id: 11,
      title: 'The other end holds the same',
      description:
        'Whether the certificate that the owner shows is the one that the other end of the link imported. Different: the next connection is refused; import it anew. A row that is missing: an end does not show its certificates.',
      unit: 'none',
      queries: [
        {
          expression: `min by (link, managed_instance, certificate_owner) (${select(linkCertificateMatches, chosenLink)})`,
          legend: '{{link}} {{certificate_owner}}',
        },
      ],
      whenEmpty: 'Not known: no link shows the certificates of both ends.',
    },
    {
      columns: [
        linkColumn,
        managedInstanceColumn,
        { title: 'Certificate of', from: { label: 'certificate_owner' }, widthPixels: 150 },
        { title: 'Same', from: { query: 'A' }, look: goodWhenOne('different', 'same'), widthPixels: 90 },
      ],
      sortBy: 'Same',
    },
  );
}

/** What each server listens on for its partner. */
export function endpointsNow(): UnplacedPanel {
  return tablePanel(
    {
      id: 20,
      title: 'Database mirroring endpoints',
      description:
        'The port must be open to the other end. Authentication should be CERTIFICATE and encryption AES on both ends, or they refuse each other.',
      unit: 'none',
      queries: [
        `min by (server, mirroring_endpoint) (${select(endpointStarted, chosenServer)})`,
        `group by (server, mirroring_endpoint, port, encryption, authentication) (${select(endpointInfo, chosenServer)})`,
      ].map((expression) => ({ expression, legend: '{{server}} {{mirroring_endpoint}}' })),
      whenEmpty: 'No endpoint is visible: the login may lack VIEW ANY DEFINITION, see the permissions.',
    },
    {
      columns: [
        { title: 'Server', from: { label: 'server' } },
        { title: 'Endpoint', from: { label: 'mirroring_endpoint' }, widthPixels: 190 },
        { title: 'State', from: { query: 'A' }, look: goodWhenOne('stopped', 'started'), widthPixels: 90 },
        { title: 'Port', from: { label: 'port' }, widthPixels: 70 },
        { title: 'Encryption', from: { label: 'encryption' }, widthPixels: 90 },
        { title: 'Authentication', from: { label: 'authentication' }, widthPixels: 120 },
      ],
      sortBy: 'State',
    },
  );
}

/** Whether the login may see what these panels show. */
export function permissionsNow(): UnplacedPanel {
  return tablePanel(
    {
      id: 22,
      title: 'Permissions of the login',
      description:
        'Without VIEW ANY DEFINITION a server shows no certificates and no endpoints, without an error. Grant what is missing; what each is for is in the README.',
      unit: 'none',
      queries: [
        {
          expression: `min by (server, permission) (${select(permission, chosenServer)})`,
          legend: '{{server}} {{permission}}',
        },
      ],
      whenEmpty: 'No server was polled.',
    },
    {
      columns: [
        { title: 'Server', from: { label: 'server' } },
        { title: 'Permission', from: { label: 'permission' } },
        { title: 'Held', from: { query: 'A' }, look: goodWhenOne('missing', 'held'), widthPixels: 80 },
      ],
      sortBy: 'Held',
    },
  );
}

/** When a certificate was exchanged at one end only. */
export function matchHistory(): UnplacedPanel {
  return timelinePanel(
    {
      id: 12,
      title: 'The same at both ends, 20 links',
      description:
        'When a certificate was exchanged at one end only, first those that differ now. Green again: the other end imported it.',
      unit: 'none',
      queries: [
        {
          expression: outermost(
            'bottomk',
            timelineLines,
            (at) =>
              `min by (link, managed_instance, certificate_owner) (${select(linkCertificateMatches, chosenLink)}${at})`,
            ['link', 'managed_instance', 'certificate_owner'],
          ),
          legend: '{{link}}: of {{certificate_owner}}',
        },
      ],
      whenEmpty: 'Not known: no link shows the certificates of both ends.',
    },
    goodWhenOne('different', 'same'),
  );
}

/** How long each certificate lasts. */
export function timeLeft(): UnplacedPanel {
  return timeseriesPanel(
    {
      id: 13,
      title: 'Time left, the next ten',
      description: 'It falls by a day each day and jumps up when a certificate is renewed.',
      unit: days,
      queries: [
        {
          expression: outermost(
            'bottomk',
            chartLines,
            (at) =>
              `(min by (server, certificate, usage) (${select(certificateExpiryTimestampSeconds, chosenServer)}${at}) - time()) / 86400`,
            ['server', 'certificate', 'usage'],
          ),
          legend: '{{server}} {{usage}} {{certificate}}',
        },
      ],
      whenEmpty: 'No certificate is visible: the login may lack VIEW ANY DEFINITION.',
    },
    { steps: certificateSteps },
  );
}

/** When an endpoint was stopped. */
export function endpointHistory(): UnplacedPanel {
  return timelinePanel(
    {
      id: 21,
      title: 'Endpoints over time, 20 servers',
      description:
        'When an endpoint was stopped, first those that are stopped now: nobody could connect to that end meanwhile.',
      unit: 'none',
      queries: [
        {
          expression: outermost(
            'bottomk',
            timelineLines,
            (at) => `min by (server, mirroring_endpoint) (${select(endpointStarted, chosenServer)}${at})`,
            ['server', 'mirroring_endpoint'],
          ),
          legend: '{{server}}',
        },
      ],
      whenEmpty: 'No endpoint is visible: the login may lack VIEW ANY DEFINITION.',
    },
    goodWhenOne('stopped', 'started'),
  );
}
