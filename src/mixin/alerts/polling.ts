import { exporterDefinitions } from '../../metrics/exporter-definitions.ts';
import { pollFailed, up } from '../../metrics/families/polling.ts';
import { mixinConfig } from '../config.ts';
import type { AlertRule, RuleGroup } from '../rules.ts';
import { scrapeUp, selectorWith } from '../selector.ts';

const select = selectorWith(mixinConfig.selector);
const job = mixinConfig.exporterJob;

/** The reason is looked up for the text: as a label it would start the alert anew each time it changes. */
const reason = `{{ with printf "${pollFailed.name}{server=%q}" $labels.server | query }} ({{ . | first | label "reason" }}){{ end }}`;

const serverNotPolled: AlertRule = {
  name: 'MilinkServerNotPolled',
  severity: 'warning',
  expression: `max by (server) (${select(up)}) == 0`,
  for: '3m',
  why: `for: a restart or a failover of a server takes a minute or two, and after a failure the exporter waits a few poll intervals
    of 15 s. While one of several exporters can poll the server, its state is known and nobody is called.`,
  summary: 'A server can not be polled.',
  description: `No exporter can poll server {{ $labels.server }}${reason}. Until one can, nothing is known of its end of any link: the other alerts can't see it.`,
};

/** The second half is for an exporter that was never there, or a target that is something else; it names the job only. */
const exporterDown: AlertRule = {
  name: 'MilinkExporterDown',
  severity: 'critical',
  expression: [
    `${select(scrapeUp, { job })} == 0`,
    'or (',
    `  absent(${select(exporterDefinitions.build, { job })})`,
    '  unless on (job)',
    `  ${select(scrapeUp, { job })} == 0`,
    ')',
  ].join('\n'),
  for: '2m',
  why: 'for: a restart takes seconds, and one lost scrape (15 s) is no outage; without the exporter every other alert is blind.',
  summary: 'The exporter can not be scraped.',
  description:
    '{{ with $labels.instance }}Exporter {{ . }} of job {{ $labels.job }} gives no metrics{{ else }}No exporter of job {{ $labels.job }} gives metrics{{ end }}: links that no other exporter watches are not watched.',
};

export const pollingAlerts: RuleGroup = { name: 'milink-polling', rules: [exporterDown, serverNotPolled] };
