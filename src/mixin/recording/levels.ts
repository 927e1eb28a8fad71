import { databaseEstimatedDataLossSeconds } from '../../metrics/families/database.ts';
import { linkVerdict } from '../../metrics/families/link.ts';
import { linkKeys, selectFor } from '../alerts/link-series.ts';
import type { Settings } from '../config.ts';
import { by } from '../matching.ts';
import { type RecordingRule, type RuleGroup, recorded } from '../rules.ts';

const link = ['link', 'managed_instance'] as const;

/** What an exporter only says who has seen it: the other one is right that could not see as much, and is wrong about these. */
const seenToBeBroken = [
  'split_brain',
  'missing',
  'no_primary',
  'seeding_failed',
  'disconnected',
  'suspended',
  'not_healthy',
].join('|');

/**
 * Service levels: 1 while it is kept, 0 while it is not, and nothing while nobody can tell. Averaged over any time they give
 * the share of the time that was seen, whatever gaps there were.
 */
export function levelRules(settings: Settings): RuleGroup<RecordingRule> {
  const select = selectFor(settings);
  const perLink = by(settings, linkKeys);
  const known = `${select(linkVerdict, { verdict: 'healthy' })} unless ignoring (verdict) (${select(linkVerdict, { verdict: 'unknown' })} == 1)`;
  const broken = `max ${perLink} (${select(linkVerdict, { verdict: { matches: seenToBeBroken } })})`;
  return {
    name: 'milink-level-records',
    rules: [
      {
        record: recorded('link', linkVerdict, { operation: 'healthy', labels: link }),
        expression: `(max ${perLink} (${known}))\n* (1 - ${broken})`,
        why: 'Whether the link is healthy, once however many exporters scrape it: avg_over_time(...[30d]) is the share of the time that was seen. An exporter that sees nothing of the link says neither.',
      },
      {
        record: recorded('link', databaseEstimatedDataLossSeconds, { operation: 'met', labels: link }),
        expression: `max ${perLink} (${select(databaseEstimatedDataLossSeconds)}) <= bool ${settings.dataLossSeconds}`,
        why: 'Whether a forced failover would keep to the recovery point objective; nothing while no figure is told.',
      },
    ],
  };
}
