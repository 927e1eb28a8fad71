import { databaseSecondaryLagSeconds } from '../../../metrics/families/database.ts';
import { linkPrimaries } from '../../../metrics/families/link.ts';
import { seedingDatabaseSizeBytes, seedingTransferredBytes } from '../../../metrics/families/seeding.ts';
import { mixinConfig } from '../../config.ts';
import { timelinePanel, timeseriesPanel } from '../chart-panels.ts';
import type { UnplacedPanel } from '../frame.ts';
import { certificateSteps, lagSteps } from '../look.ts';
import {
  byLink,
  certificateOfLinkEndsIn,
  chartLines,
  days,
  type Instant,
  linkName,
  outermost,
  timelineLines,
  withoutOthers,
} from '../queries.ts';
import { primaryWords, stateNumber, stateWords, verdictMetric, verdictStates } from '../states.ts';
import { chosenLink, select } from '../variables.ts';

const { certificateCriticalHours, certificateWarningDays } = mixinConfig;

/** Since when. */
export function verdictHistory(): UnplacedPanel {
  return timelinePanel(
    {
      id: 21,
      title: 'Verdicts over time, the 20 worst now',
      description:
        'Since when a link has been in its state. A gap means that no exporter was scraped. Of more than 20 links those whose verdict is the worst now.',
      unit: 'none',
      queries: [
        {
          expression: outermost('bottomk', timelineLines, (at) =>
            stateNumber(verdictMetric, verdictStates, chosenLink, at),
          ),
          legend: linkName,
        },
      ],
      whenEmpty: 'The exporters report no link.',
    },
    stateWords(verdictStates),
  );
}

const primaries = (at: Instant): string => `max ${byLink} (${select(linkPrimaries, chosenLink)}${at})`;

/** Whether there is exactly one primary. */
export function primaryEnds(): UnplacedPanel {
  return timelinePanel(
    {
      id: 30,
      title: 'Primary ends, 20 links',
      description:
        'How many ends have the role PRIMARY, of the links first that have not one now. Two are a split brain; none is normal for seconds in a failover. A gap: one end was not seen, so the number is not known.',
      unit: 'none',
      queries: [
        {
          expression: withoutOthers(primaries(''), `topk(${timelineLines}, `, `abs(${primaries(' @ end()')} - 1)`, [
            'link',
            'managed_instance',
          ]),
          legend: linkName,
        },
      ],
      whenEmpty: 'No link has both of its ends seen.',
    },
    primaryWords,
  );
}

/** Who falls behind. */
export function lagByLink(): UnplacedPanel {
  return timeseriesPanel(
    {
      id: 31,
      title: 'Lag of the slowest database, the ten worst',
      description:
        'How far the database of each link that is furthest behind is behind its primary, of the ten links that are furthest behind now. Rising: the log is written faster than it arrives. A line that ends: suspended or not connected, see the verdict.',
      unit: 's',
      queries: [
        {
          expression: outermost(
            'topk',
            chartLines,
            (at) => `max ${byLink} (${select(databaseSecondaryLagSeconds, chosenLink)}${at})`,
          ),
          legend: linkName,
        },
      ],
      whenEmpty: 'No primary end tells its lag.',
    },
    { steps: lagSteps },
  );
}

/** The first copy of each database. */
export function seedingProgress(): UnplacedPanel {
  const by = 'by (link, managed_instance, database)';
  const sum = (metric: typeof seedingDatabaseSizeBytes, at: Instant): string =>
    `max ${by} (${select(metric, chosenLink)}${at})`;
  const part = (at: Instant): string => `${sum(seedingTransferredBytes, at)}\n/ ${sum(seedingDatabaseSizeBytes, at)}`;
  return timeseriesPanel({
    id: 32,
    title: 'Seeding: sent of the size, the ten that have least',
    description:
      'Part of each database that was sent. A compressed transfer ends well below 100 %. A line that stands still is stuck: see the dashboard Seeding.',
    unit: 'percentunit',
    queries: [
      {
        expression: outermost('bottomk', chartLines, part, ['link', 'managed_instance', 'database']),
        legend: '{{link}} {{managed_instance}} {{database}}',
      },
    ],
    whenEmpty: 'No database is being seeded, as usual.',
  });
}

/** How long the link's certificates last. */
export function certificatesByLink(): UnplacedPanel {
  return timeseriesPanel(
    {
      id: 33,
      title: 'Certificates: time left, the next ten',
      description: `Time until the first certificate of each link ends, of SQL Server's own and the imported roots. It falls by a day each day and jumps up when the certificate is renewed. Under ${certificateWarningDays} days: plan the renewal; under ${certificateCriticalHours} hours: renew now.`,
      unit: days,
      queries: [{ expression: outermost('bottomk', chartLines, certificateOfLinkEndsIn), legend: linkName }],
      whenEmpty: 'No certificate is visible: the login may lack VIEW ANY DEFINITION.',
    },
    { steps: certificateSteps },
  );
}
