import { certificateExpiryTimestampSeconds } from '../../metrics/families/certificate.ts';
import {
  databaseEstimatedDataLossSeconds,
  databaseLogSendQueueBytes,
  databaseRedoQueueBytes,
  databaseSecondaryLagSeconds,
} from '../../metrics/families/database.ts';
import { linkVerdict } from '../../metrics/families/link.ts';
import { replicaRole } from '../../metrics/families/replica.ts';
import {
  seedingDatabaseSizeBytes,
  seedingEstimatedCompletionTimestampSeconds,
  seedingTransferredBytes,
} from '../../metrics/families/seeding.ts';
import type { Family } from '../../metrics/family.ts';
import { databaseKeys, linkKeys, selectFor } from '../alerts/link-series.ts';
import type { Settings } from '../config.ts';
import { by } from '../promql.ts';
import { type RecordingRule, type RuleGroup, recorded } from '../rules.ts';
import { levelGroups } from './levels.ts';

const link = ['link', 'managed_instance'] as const;
const database = [...link, 'database'] as const;

/** The links, each once however many exporters scrape it. */
function linkRules(settings: Settings): RuleGroup<RecordingRule> {
  const select = selectFor(settings);
  const verdict = recorded('link', linkVerdict, { operation: 'max', labels: [...link, 'verdict'] });
  const primaries = `max ${by(settings, [...link, 'server'])} (${select(replicaRole, { role: 'PRIMARY' })})`;
  return {
    name: 'milink-link-records',
    rules: [
      {
        record: verdict,
        expression: `max ${by(settings, [...link, 'verdict'])} (${select(linkVerdict)})`,
        why: 'The verdict on a link, once however many exporters scrape it. Exporters that see different ends may differ: then two are 1.',
      },
      {
        record: recorded('verdict', linkVerdict, { operation: 'sum', labels: ['verdict'] }),
        expression: `sum ${by(settings, ['verdict'])} (${verdict.name})`,
        why: 'How many links have which verdict: the estate in one row.',
      },
      {
        record: recorded('link', replicaRole, { operation: 'primaries', labels: link }),
        expression: `sum ${by(settings, linkKeys)} (${primaries})`,
        why: 'How many servers are PRIMARY in a link, each counted once: 2 is a split brain, also where each end has an exporter of its own.',
      },
    ],
  };
}

/** The worst figure of a link, and of a database of a link. */
function worst(settings: Settings, level: 'link' | 'database', family: Family): RecordingRule {
  const kept = by(settings, level === 'link' ? linkKeys : databaseKeys);
  return {
    record: recorded(level, family, { operation: 'max', labels: level === 'link' ? link : database }),
    expression: `max ${kept} (${selectFor(settings)(family)})`,
    why:
      level === 'link'
        ? 'The worst of the databases of a link.'
        : 'As the end says that knows it, once however many exporters scrape it.',
  };
}

function databaseRules(settings: Settings): RuleGroup<RecordingRule> {
  return {
    name: 'milink-database-records',
    rules: [
      worst(settings, 'link', databaseSecondaryLagSeconds),
      worst(settings, 'link', databaseEstimatedDataLossSeconds),
      worst(settings, 'database', databaseLogSendQueueBytes),
      worst(settings, 'database', databaseRedoQueueBytes),
    ],
  };
}

function seedingRules(settings: Settings): RuleGroup<RecordingRule> {
  const select = selectFor(settings);
  const most = (family: Family): string => `max ${by(settings, databaseKeys)} (${select(family)})`;
  return {
    name: 'milink-seeding-records',
    rules: [
      {
        record: recorded('database', seedingTransferredBytes, { operation: 'ratio', labels: database }),
        expression: `${most(seedingTransferredBytes)}\n/\n${most(seedingDatabaseSizeBytes)}`,
        why: 'How much of a database is copied, from 0 to 1. A compressed transfer ends below 1: it sends less than the size.',
      },
      {
        record: recorded('database', seedingEstimatedCompletionTimestampSeconds, {
          operation: 'remaining',
          labels: database,
        }),
        expression: `clamp_min(${most(seedingEstimatedCompletionTimestampSeconds)} - time(), 0)`,
        why: 'In how many seconds the server expects the copy to end: too late where the link compresses.',
      },
    ],
  };
}

function certificateRules(settings: Settings): RuleGroup<RecordingRule> {
  return {
    name: 'milink-certificate-records',
    rules: [
      {
        record: recorded('certificate', certificateExpiryTimestampSeconds, {
          operation: 'min',
          labels: ['server', 'certificate', 'usage'],
        }),
        expression: `min ${by(settings, ['server', 'certificate', 'usage'])} (${selectFor(settings)(certificateExpiryTimestampSeconds)})`,
        why: 'When each certificate expires, once however many exporters scrape it.',
      },
    ],
  };
}

/** What dashboards and people ask for again and again. The alerts do not need it. */
export function recordingGroups(settings: Settings): readonly RuleGroup<RecordingRule>[] {
  const own = [linkRules, databaseRules, seedingRules, certificateRules].map((group) => group(settings));
  return [...own, ...levelGroups(settings)];
}
