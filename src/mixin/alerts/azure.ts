import { azureReadFailed, azureUp } from '../../metrics/families/azure/reading.ts';
import type { Settings } from '../config.ts';
import type { WatchGroup } from '../evidence/group.ts';
import { saidByExporter } from '../evidence/said.ts';
import type { Watch } from '../evidence/watch.ts';
import { on } from '../promql.ts';
import { groupText, selectFor } from './link-series.ts';

/** What the servers say is watched on: only what Azure says is not seen. */
function notReadable(settings: Settings): Watch {
  const select = selectFor(settings);
  const keys = ['managed_instance'] as const;
  const isRead = saidByExporter(settings, keys, `${select(azureUp)} == 1`);
  const failing = saidByExporter(settings, keys, `${select(azureUp)} == 0`);
  const reasons = groupText(settings, azureReadFailed, { labels: keys, by: 'reason' });
  const resources = groupText(settings, azureReadFailed, { labels: keys, by: 'resource' });
  return {
    name: 'MilinkAzureNotReadable',
    severity: 'warning',
    keys,
    wrong: failing,
    right: `${isRead}\nunless ${on(settings, keys)} ${failing}`,
    wait: '20m',
    why: 'Azure may want to be left alone for a quarter of an hour, and a right that was just given is in force minutes later.',
    summary: 'Azure can not be read.',
    description: `What Azure says of {{ with $labels.managed_instance }}managed instance {{ . }}{{ else }}the instances of a subscription{{ end }} can't be read{{ with ${reasons} | query | sortByLabel "reason" }} ({{ . | first | label "reason" }}){{ end }}{{ with ${resources} | query | sortByLabel "resource" }}:{{ range . }} {{ .Labels.resource }}{{ end }}{{ end }}. What the servers say is not touched by it. First look at the exporter's log, which has Azure's own words and the right that is missing.`,
    silences: '',
    dashboard: { uid: 'milink-azure', labels: ['managed_instance'] },
  };
}

/** Whether Azure can be read at all; what it says of links and instances is among the findings. */
export function azureAlerts(settings: Settings): WatchGroup {
  return { name: 'milink-azure', watches: [notReadable(settings)] };
}
