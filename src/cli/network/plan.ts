import type { ServerConfig } from '../../config/config.ts';
import {
  createCertificate,
  createEndpoint,
  directionScript,
  dropCertificate,
  dropEndpoint,
} from '../../network/job.ts';
import { type Direction, directions, type Target } from '../../network/target.ts';
import type { Plan } from './run-test.ts';

interface Servers {
  readonly sqlServer: Pick<ServerConfig, 'name'>;
  readonly managedInstance: Pick<ServerConfig, 'name'>;
}

/** The server whose job tests a direction. */
function testerOf(direction: Direction, { sqlServer, managedInstance }: Servers): string {
  return direction === 'to_managed_instance' ? sqlServer.name : managedInstance.name;
}

function of(plan: Plan, direction: Direction): readonly Target[] {
  return plan.targets.filter((target) => target.direction === direction);
}

/** What is about to be made, for a person to agree to. */
export function planText(plan: Plan, servers: Servers): string {
  const { jobName, endpointPort, leftOvers, inUse } = plan;
  const jobs = directions.flatMap((direction) => {
    const targets = of(plan, direction);
    if (targets.length === 0) return [];
    const places = targets.map(({ host, port }) => `      connects to ${host}, port ${port}`);
    return [`  on ${testerOf(direction, servers)}: a job of SQL Server Agent, run once, then removed`, ...places];
  });
  const endpoint =
    endpointPort === null
      ? []
      : [
          `  on ${servers.sqlServer.name}: an endpoint on port ${endpointPort} and a certificate of two days, then removed`,
        ];
  const earlier =
    leftOvers.length === 0
      ? []
      : ['What an earlier test left will be removed:', ...leftOvers.map((each) => `  ${each}`)];
  const living =
    inUse.length === 0
      ? []
      : ['Another test runs at this moment; what it has made stays:', ...inUse.map((each) => `  ${each}`)];
  return ['This will be made, under the name', `  ${jobName}`, ...jobs, ...endpoint, ...earlier, ...living, ''].join(
    '\n',
  );
}

/** The scripts for those who may only run them by hand. */
export function scriptText(plan: Plan, servers: Servers, limitSeconds: number): string {
  const { jobName, endpointPort } = plan;
  const parts = directions.flatMap((direction) => {
    const targets = of(plan, direction);
    if (targets.length === 0) return [];
    const isBack = direction === 'to_sql_server' && endpointPort !== null;
    const before = isBack
      ? [
          `-- First on ${servers.sqlServer.name}, in master:`,
          `${createCertificate(jobName, '<yyyymmdd>')};`,
          `${createEndpoint(jobName, endpointPort)};`,
          '',
        ]
      : [];
    const after = isBack
      ? [
          `-- Last on ${servers.sqlServer.name}, in master:`,
          `${dropEndpoint(jobName)};`,
          `${dropCertificate(jobName)};`,
          '',
        ]
      : [];
    const head = `-- On ${testerOf(direction, servers)}. Reached is "TcpTestSucceeded : True" in the log, and nothing else.`;
    return [...before, head, directionScript(jobName, targets, limitSeconds), ...after];
  });
  return `${parts.join('\n')}\n`;
}
