import { certificateExpiryTimestampSeconds } from '../../metrics/families/certificate.ts';
import { endpointStarted } from '../../metrics/families/endpoint.ts';
import { linkCertificateMatches } from '../../metrics/families/link.ts';
import { days } from './certificate-queries.ts';
import { timelinePanel, timeseriesPanel } from './chart-panels.ts';
import type { UnplacedPanel } from './frame.ts';
import { certificateSteps } from './limits.ts';
import { goodWhenOne } from './look.ts';
import { chartLines, outermost, timelineLines } from './promql.ts';
import { chosenLink, chosenServer, select } from './variables.ts';

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
