import { identity, linkSeries } from './rule-case.ts';

export const splitBrain = { alertname: 'MilinkLinkSplitBrain', severity: 'critical', ...identity };
export const notHealthy = { alertname: 'MilinkLinkNotHealthy', severity: 'critical', ...identity };
export const partial = { alertname: 'MilinkLinkPartiallyHealthy', severity: 'warning', ...identity };
export const disconnected = { alertname: 'MilinkLinkDisconnected', severity: 'warning', ...identity };

export const role = (server: string, role: string, instance = 'a:10522'): string =>
  linkSeries('milink_replica_role', { instance, server, role });
export const health = (server: string, replica: string, instance = 'a:10522', health = 'NOT_HEALTHY'): string =>
  linkSeries('milink_replica_synchronization_health', { instance, server, replica, health });
export const connected = (server = 'sql-prod'): string =>
  linkSeries('milink_replica_connected', { server, replica: 'partner' });
export const verdict = (verdict: string, instance = 'a:10522'): string =>
  linkSeries('milink_link_verdict', { instance, verdict });
export const reason = (reason: string, instance = 'a:10522'): string =>
  linkSeries('milink_link_finding', { instance, finding: reason });
