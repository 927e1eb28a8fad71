import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { linkVerdict } from '../../metrics/families/link.ts';
import { replicaRoleChangedTimestampSeconds } from '../../metrics/families/replica.ts';
import { type Matchers, type Metric, selectorWith } from '../promql.ts';
import { datasource } from './frame.ts';
import { byLink } from './queries.ts';
import { chosenLink, chosenServer, select } from './variables.ts';

/** What Prometheus itself says of each alert that is pending or firing. */
const alertSeries: Metric<'alertname' | 'alertstate' | 'severity' | 'link' | 'managed_instance' | 'server'> = {
  name: 'ALERTS',
  labels: ['alertname', 'alertstate', 'severity', 'link', 'managed_instance', 'server'],
};

/** All alerts of the mixin have this prefix. */
const firing = selectorWith({ alertname: { matches: 'Milink.+' }, alertstate: 'firing' });

/**
 * The firing alerts of what the reader chose. An alert about a link has no server and the other way round, and alerts have no
 * job or instance, since they count each thing once however many exporters see it: a label that is missing matches too.
 */
export function firingAlerts(chosen: readonly ('link' | 'managed_instance' | 'server')[]): string {
  const matchers: Matchers<'link' | 'managed_instance' | 'server'> = Object.fromEntries(
    chosen.map((label) => [label, { matches: `$${label}|` }]),
  );
  return firing(alertSeries, matchers);
}

/** Marks in every chart when an alert fired. */
export function alertAnnotation(expression: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name('Alerts')
    .datasource(datasource)
    .enable(true)
    .iconColor('red')
    .expr(expression)
    .step('30s')
    .titleFormat('{{alertname}}')
    .textFormat('{{severity}} {{link}} {{managed_instance}} {{database}} {{server}}')
    .tagKeys('severity');
}

/** Marks when an end became PRIMARY or SECONDARY: the value itself is the time, in Grafana's milliseconds. */
export function roleAnnotation(): AnnotationQueryBuilder {
  const changed = select(replicaRoleChangedTimestampSeconds, { ...chosenLink, ...chosenServer });
  return new AnnotationQueryBuilder()
    .name('Role changes')
    .datasource(datasource)
    .enable(true)
    .iconColor('blue')
    .expr(`1000 * max by (server, link, managed_instance, role) (${changed})`)
    .step('30s')
    .useValueForTime(true)
    .titleFormat('{{server}} became {{role}}')
    .textFormat('{{link}} {{managed_instance}}')
    .tagKeys('role');
}

/** Marks for how long the link was anything but healthy. */
export function verdictAnnotation(): AnnotationQueryBuilder {
  const verdicts = select(linkVerdict, { ...chosenLink, verdict: { not: 'healthy' } });
  return new AnnotationQueryBuilder()
    .name('Verdicts')
    .datasource(datasource)
    .enable(true)
    .iconColor('orange')
    .expr(`max ${byLink.replace(')', ', verdict)')} (${verdicts}) == 1`)
    .step('30s')
    .titleFormat('{{verdict}}')
    .textFormat('{{link}} {{managed_instance}}')
    .tagKeys('verdict');
}
