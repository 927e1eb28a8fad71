import type { Finding } from '../../../src/link/data/finding.ts';
import { inhibitions, isOn, type Side } from '../../../src/mixin/alertmanager.ts';
import type { Labels } from '../rule-case.ts';
import { alertsOf, others, toldAs, voices } from './voices.ts';

const rank = { info: 0, warning: 1, critical: 2 } as const;
export type Rank = keyof typeof rank;

/** How bad the alerts of a finding are. */
export function toldBy({ code, severity }: Finding): Rank {
  const [alert] = alertsOf(voices[code]);
  return code in others && alert !== undefined ? (alert.split(' ')[1] as Rank) : severity;
}

export function worst(all: readonly Rank[]): Rank {
  return all.reduce((one, other) => (rank[other] > rank[one] ? other : one), 'info');
}

/** Of a finding, that one of its alerts is told, of its database if both name one, or that an inhibition says which tells it. */
export function isTold({ code, scope }: Finding, alerts: readonly Labels[]): boolean {
  const own = alertsOf(voices[code]).map((alert) => {
    const [name = '', severity] = alert.split(' ');
    return { name, severity: severity as Rank };
  });
  const isAbout = ({ database }: Labels): boolean =>
    database === undefined || scope.database === null || database === scope.database;
  const fires = ({ alertname, severity, ...labels }: Labels): boolean =>
    isAbout(labels) && own.some((each) => each.name === alertname && rank[severity as Rank] >= rank[each.severity]);
  const explains = ({ alertname: name = '', severity }: Labels): boolean =>
    inhibitions.some(
      ({ source, target }) =>
        isOn(source, { name, severity: severity as Rank }) && own.some((each) => isOn(target, each)),
    );
  const saysWhy = ({ alertname = '' }: Labels): boolean => (toldAs[code] ?? []).includes(alertname);
  return alerts.some((alert) => fires(alert) || explains(alert) || saysWhy(alert));
}

/** The alerts that reach a person: more than information, and inhibited by no other. */
export function toldOf(alerts: readonly Labels[]): readonly Labels[] {
  return alerts.filter(
    (alert) =>
      alert.severity !== 'info' &&
      !inhibitions.some(
        ({ source, target, equal }) =>
          matches(alert, target) &&
          alerts.some(
            (other) =>
              other !== alert &&
              matches(other, source) &&
              // As in Alertmanager, what matches both sides is not inhibited by its like.
              !(matches(other, target) && matches(alert, source)) &&
              equal.every((label) => (other[label] ?? '') === (alert[label] ?? '')),
          ),
      ),
  );
}

function matches(labels: Labels, side: Side): boolean {
  const { alertname: name = '', severity } = labels;
  const isLabelled = side.labelled === undefined || (labels[side.labelled] ?? '') !== '';
  return isLabelled && isOn(side, { name, severity: severity as Rank });
}

/**
 * At least as bad, about the same link or server, and about the same database or the whole of the link. Of a link whose copy of a
 * database does not follow, that it is not healthy says no more: the alert of the database wakes the same person for the same link.
 */
export function takesPlace(other: Labels, alert: Labels): boolean {
  const isAsBad = rank[other.severity as Rank] >= rank[alert.severity as Rank];
  const isSameLink = alert.link === undefined || other.link === alert.link;
  const isSameDatabase =
    other.database === undefined || alert.database === undefined || other.database === alert.database;
  const isSameServer = alert.link !== undefined || alert.server === other.server;
  return isAsBad && isSameLink && isSameDatabase && isSameServer;
}
