import { inhibitions, matchersOf } from './inhibitions.ts';

const head = `# Generated from src/mixin/alertmanager and src/mixin/config.ts by \`npm run generate\`: edit those, not this file, or take it over.
# Who hears of what, and one page for one cause. The receivers are yours to fill:
# https://prometheus.io/docs/alerting/latest/configuration/
#
# The time from a change to its page is poll + scrape + rule + wait + group_wait: keep group_wait short for pages.
#
# Two Alertmanagers: start each with --cluster.peer=<the other>, or each page is two. Two Prometheus with a label \`replica\`
# under external_labels: drop it on the way here (alert_relabel_configs: [{ regex: replica, action: labeldrop }]), or each alert is two.
`;

function route(groupBy: string): string {
  return `route:
  receiver: tickets
  # One message per alert: an exporter that is cut off, or a route to Azure that breaks, takes many links with it, and that is one
  # message with all of them. What comes later to a message that is out waits for group_interval.
  group_by: [${groupBy}]
  group_wait: 1m
  group_interval: 5m
  repeat_interval: 24h
  routes:
    # Always fires: to a dead man's switch, which calls when it stops coming.
    - matchers: [alertname = MilinkWatchdog]
      receiver: watchdog
      group_wait: 0s
      group_interval: 1m
      repeat_interval: 1m
    - matchers: [severity = critical]
      receiver: on-call
      # Longer than the moment between two rules of one evaluation, so that an alert that inhibits another is there first.
      group_wait: 10s
      group_interval: 5m
      repeat_interval: 4h
    # Work of the day: told once in each.
    - matchers: [alertname = MilinkCertificateExpiring, severity = warning]
      receiver: tickets
      active_time_intervals: [daytime]
    - matchers: [severity = info]
      receiver: record

# In UTC unless \`location\` says else.
time_intervals:
  - name: daytime
    time_intervals:
      - weekdays: ['monday:friday']
        times: [{ start_time: '08:00', end_time: '17:00' }]

receivers:
  # Critical: wakes somebody (PagerDuty, Opsgenie, a telephone).
  - name: on-call
  # Warning: somebody's work of the day (a ticket, a channel).
  - name: tickets
  # Info: nobody is told. They are in Prometheus and, as annotations, on the dashboards.
  - name: record
  # A dead man's switch (healthchecks.io, Dead Man's Snitch, a heartbeat of your pager).
  - name: watchdog
`;
}

/** deploy/alertmanager/alertmanager.yaml, with the labels that tell environments apart. */
export function alertmanagerFile(identity: readonly string[]): string {
  const quoted = (matchers: readonly string[]): string =>
    matchers.map((text) => (/["~!]/.test(text) ? `'${text}'` : text)).join(', ');
  return [
    head,
    route(['alertname', ...identity].join(', ')),
    '# Each names one cause in one scope. Nothing hides an alert of another link, server, exporter or environment.',
    'inhibit_rules:',
    ...inhibitions.flatMap(({ why, source, target, equal }) => [
      `  # ${why}`,
      `  - source_matchers: [${quoted(matchersOf(source))}]`,
      `    target_matchers: [${quoted(matchersOf(target))}]`,
      `    equal: [${[...equal, ...identity].join(', ')}]`,
    ]),
    '',
  ].join('\n');
}
