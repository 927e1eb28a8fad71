import type { ServerConfig } from '../../config/config.ts';
import { createCertificate, createEndpoint, namePrefix } from '../../network/job.ts';
import { hostLines, type Obstacle, withOtherPorts } from '../../network/outcome.ts';
import { reads } from '../../network/reading.ts';
import type { DirectionReport, Leftover, LocalSight, NetworkReport } from '../../network/report.ts';
import { gatewayPort, isLoopback, type Parameters, type Target, targetsOf } from '../../network/target.ts';
import type { Clock } from '../../poll/time/clock.ts';
import { classifyError } from '../../sql/classify-error.ts';
import type { Connect } from '../../sql/connection.ts';
import { type Made, madeCertificate, madeEndpoint, ofOtherRuns, remove } from './remove.ts';
import { runJob, type Waiting } from './run-job.ts';
import { createSession, readParameters, type ServerSession } from './session.ts';
import type { Place } from './sights.ts';

export interface NetworkTest {
  readonly sqlServer: ServerConfig;
  readonly managedInstance: ServerConfig;
  readonly connect: Connect;
  readonly clock: Clock;
  readonly timeoutSeconds: number;
  /** Part of every name that is made. */
  readonly runId: string;
  readonly address: { readonly host: string | null; readonly port: number | null };
  readonly createsEndpoint: boolean;
  readonly waiting: Waiting;
  /** What this machine sees itself. */
  readonly look: (places: readonly Place[]) => Promise<readonly LocalSight[]>;
  /** Shows what will be made where; false: nobody agreed. */
  readonly agree: (plan: Plan) => Promise<boolean>;
}

/** What will be made where. */
export interface Plan {
  readonly targets: readonly Target[];
  readonly jobName: string;
  readonly endpointPort: number | null;
  readonly leftOvers: readonly string[];
  /** Of runs that are alive, or may be: it stays. */
  readonly inUse: readonly string[];
}

/** Tests both directions; null: nobody agreed. Rejects where a server can't be asked what to test. */
export async function testNetwork(test: NetworkTest): Promise<NetworkReport | null> {
  const { connect, clock, timeoutSeconds, runId } = test;
  const options = { connect, clock, timeoutSeconds, applicationName: `${namePrefix}${runId}` };
  const sqlServer = createSession(test.sqlServer, options);
  const managedInstance = createSession(test.managedInstance, options);
  try {
    return await testBetween(test, sqlServer, managedInstance);
  } finally {
    sqlServer.close();
    managedInstance.close();
  }
}

async function testBetween(
  test: NetworkTest,
  sqlServer: ServerSession,
  managedInstance: ServerSession,
): Promise<NetworkReport | null> {
  const parameters = await readParameters(sqlServer, managedInstance, test.address);
  const hasAddress = !isLoopback(parameters.serverAddress);
  const makesEndpoint = hasAddress && parameters.endpointPort === null && test.createsEndpoint;
  const port = test.address.port ?? gatewayPort;
  const targets = targetsOf(makesEndpoint ? { ...parameters, endpointPort: port } : parameters);
  const name = `${namePrefix}${test.runId}`;
  const { left: earlier, inUse } = await findOtherRuns([sqlServer, managedInstance]);
  const placed = ({ made, session }: Found): string => `${made.what} on ${session.server.name}`;
  const plan = {
    targets,
    jobName: name,
    endpointPort: makesEndpoint ? port : null,
    leftOvers: earlier.map(placed),
    inUse: inUse.map(placed),
  };
  if (!(await test.agree(plan))) return null;
  const leftovers: Leftover[] = [];
  const removed: string[] = [];
  for (const found of earlier) {
    const left = await remove(found.session, found.made);
    if (left === null) removed.push(placed(found));
    else leftovers.push(left);
  }
  const keep = (left: Leftover | null): void => {
    if (left !== null) leftovers.push(left);
  };
  const there = await testDirection({
    test,
    name,
    targets,
    direction: 'to_managed_instance',
    from: sqlServer,
    to: managedInstance,
    keep,
  });
  const endpoint = makesEndpoint
    ? await makeEndpoint(sqlServer, { name, port, test })
    : { made: [], obstacle: null, said: '' };
  const isWithoutEndpoint = parameters.endpointPort === null && !test.createsEndpoint;
  const obstacle = endpoint.obstacle ?? (isWithoutEndpoint ? 'no_endpoint' : hasAddress ? null : 'no_address');
  const back =
    obstacle !== null
      ? untested('to_sql_server', managedInstance, sqlServer, obstacle, endpoint.said)
      : await testDirection({
          test,
          name,
          targets,
          direction: 'to_sql_server',
          from: managedInstance,
          to: sqlServer,
          keep,
        });
  for (const made of endpoint.made) keep(await remove(sqlServer, made));
  const sights = test.waiting.stop.aborted ? [] : await test.look(placesOf(test, parameters));
  const directions = [there, back];
  return { generatedAtSeconds: test.clock.nowSeconds(), directions, sights, leftovers, removed, inUse: plan.inUse };
}

interface Found {
  readonly session: ServerSession;
  readonly made: Made;
}

async function findOtherRuns(
  sessions: readonly ServerSession[],
): Promise<{ readonly left: readonly Found[]; readonly inUse: readonly Found[] }> {
  const found: { left: Found[]; inUse: Found[] } = { left: [], inUse: [] };
  for (const session of sessions) {
    // Who may not read jobs may not make one either: the test itself will say so.
    const { left, inUse } = await ofOtherRuns(session).catch(() => ({ left: [], inUse: [] }));
    found.left.push(...left.map((made) => ({ session, made })));
    found.inUse.push(...inUse.map((made) => ({ session, made })));
  }
  return found;
}

interface DirectionTest {
  readonly test: NetworkTest;
  readonly name: string;
  readonly targets: readonly Target[];
  readonly direction: DirectionReport['direction'];
  readonly from: ServerSession;
  readonly to: ServerSession;
  readonly keep: (left: Leftover | null) => void;
}

async function testDirection({
  test,
  name,
  targets,
  direction,
  from,
  to,
  keep,
}: DirectionTest): Promise<DirectionReport> {
  const own = targets.filter((target) => target.direction === direction);
  const platform = direction === 'to_managed_instance' ? await platformObstacle(from) : null;
  if (own.length === 0) return untested(direction, from, to, 'no_parameters', '');
  if (platform !== null) return { ...untested(direction, from, to, platform, ''), hostLines: own.flatMap(hostLines) };
  const { outcomes, obstacle, said, leftover } = await runJob(from, name, own, test.waiting);
  keep(leftover);
  const isHandWork = obstacle === 'no_right' || obstacle === 'no_powershell';
  return {
    ...{ direction, from: from.server.name, to: to.server.name, obstacle, said },
    outcomes: withOtherPorts(outcomes),
    hostLines: isHandWork && direction === 'to_managed_instance' ? own.flatMap(hostLines) : [],
  };
}

function untested(
  direction: DirectionReport['direction'],
  from: ServerSession,
  to: ServerSession,
  obstacle: Obstacle,
  said: string,
): DirectionReport {
  return { direction, from: from.server.name, to: to.server.name, outcomes: [], obstacle, said, hostLines: [] };
}

/** Known before a job is made: there is no Agent that could run one. A SQL Server 2016 has no such view, and runs on Windows. */
async function platformObstacle(session: ServerSession): Promise<Obstacle | null> {
  const [row] = await session.run(reads.platform).catch(() => []);
  if (row?.host_platform === 'Linux') return 'linux';
  const [edition] = await session
    .run("SELECT CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS edition")
    .catch(() => []);
  return /^Express/i.test(String(edition?.edition ?? '')) ? 'no_agent' : null;
}

interface MadeEndpointResult {
  readonly made: readonly Made[];
  readonly obstacle: Obstacle | null;
  readonly said: string;
}

const daySeconds = 86_400;

/** Certificate and endpoint of our name; what was made, or may have been, is to be removed in this order. */
async function makeEndpoint(
  session: ServerSession,
  { name, port, test }: { readonly name: string; readonly port: number; readonly test: NetworkTest },
): Promise<MadeEndpointResult> {
  const expiry = new Date((test.clock.nowSeconds() + 2 * daySeconds) * 1000)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');
  const made = [madeEndpoint(name), madeCertificate(name)];
  if (test.waiting.stop.aborted) return { made: [], obstacle: 'interrupted', said: '' };
  try {
    await session.run(createCertificate(name, expiry));
    await session.run(createEndpoint(name, port));
    return { made, obstacle: null, said: '' };
  } catch (error) {
    const { errorNumber, message, reason } = classifyError(error);
    return {
      made,
      obstacle: errorNumber === null ? 'not_connected' : obstacleOf15581(errorNumber),
      said: `${errorNumber ?? reason}: ${message}`,
    };
  }
}

/** Without a right it is the right; everything else the server says itself, as that master has no master key (15581). */
function obstacleOf15581(errorNumber: number): Obstacle {
  return errorNumber === 15_247 ? 'no_right' : 'refused_by_server';
}

function placesOf({ sqlServer, managedInstance }: NetworkTest, parameters: Parameters): readonly Place[] {
  const { instanceName, node, hadrPort, serverAddress, addressPort, endpointPort } = parameters;
  const port = addressPort ?? endpointPort;
  return [
    ...(managedInstance.port === null
      ? []
      : [{ what: 'managed instance, logins', host: managedInstance.host, port: managedInstance.port }]),
    ...(instanceName === null ? [] : [{ what: 'gateway', host: instanceName, port: gatewayPort }]),
    ...(node === null || hadrPort === null ? [] : [{ what: 'node', host: node, port: hadrPort }]),
    ...(sqlServer.port === null ? [] : [{ what: 'SQL Server, logins', host: sqlServer.host, port: sqlServer.port }]),
    ...(port === null ? [] : [{ what: 'endpoint', host: serverAddress, port }]),
  ];
}
