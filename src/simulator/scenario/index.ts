import type { ViewFaults } from '../view-faults.ts';
import { certificatesOf, ordinaryExpiries } from '../world/certificate.ts';
import type { TextOf } from '../world/codes.ts';
import { type PreparationChange, preparationWith } from '../world/preparation.ts';
import type { EndpointState, ErrorLogOptions, NetworkFault, World } from '../world/state.ts';
import type { EndName, PerEnd, Topology } from '../world/topology.ts';
import { forcedFailoverStages, plannedFailoverStages } from './failover.ts';
import { healthyLink } from './link-states.ts';
import type { Frame, Stage } from './stage.ts';
import { stillStages } from './still.ts';
import { tourStages } from './tour.ts';

/** Certificate authentication and AES, as the link needs. */
const ordinaryEndpoint: EndpointState = {
  state: 'STARTED',
  port: 5022,
  ipAddress: null,
  authentication: 'CERTIFICATE',
  encryption: 'AES',
};

/** In a scenario that stands still, what it shows came about this long before it was set. */
const settledMilliseconds = 5 * 60_000;

const movingStages = {
  tour: tourStages,
  'planned-failover': plannedFailoverStages,
  'forced-failover': forcedFailoverStages,
} as const satisfies Record<string, readonly Stage[]>;

/** A scenario that goes from stage to stage, round and round. */
export type MovingScenario = keyof typeof movingStages;
/** A scenario that stands still. */
export type StillScenario = keyof typeof stillStages;
/** A scenario's name, as `--scenario` takes it. */
export type Scenario = MovingScenario | StillScenario;

/** The scenarios that move, the tour first. */
export const movingScenarioNames = Object.keys(movingStages) as readonly MovingScenario[];
/** The scenarios that stand still. */
export const stillScenarioNames = Object.keys(stillStages) as readonly StillScenario[];
/** Every scenario: those that move, then those that stand still. */
export const scenarioNames: readonly Scenario[] = [...movingScenarioNames, ...stillScenarioNames];

/** A scenario at an instant; times in Unix milliseconds. */
export interface Moment {
  readonly scenario: Scenario;
  /** When the scenario was set. */
  readonly startedAtMilliseconds: number;
  readonly nowMilliseconds: number;
  /** How many times faster than the clock the stages follow each other; 1 unless given. */
  readonly speed?: number;
  /** How long a scenario that stands still is healthy before it begins; 0 unless given. */
  readonly healthyFirstMilliseconds?: number;
}

/** What a pair has besides its scenario. */
export interface WorldOptions {
  /** The first links that go through the scenario; the others stay healthy. All unless given. */
  readonly affectedLinks?: number;
  /** Put certificates of other purposes beside those of the link. */
  readonly unrelatedCertificates?: boolean;
  /** Ends that hold a former certificate of their partner, so that no new connection to them succeeds. None unless given. */
  readonly staleImports?: readonly EndName[];
  /** What the managed instance calls a database in its seeding statistics and its log; the physical name unless given. */
  readonly databaseNaming?: World['databaseNaming'];
  /** What is special about the servers' error logs. */
  readonly errorLogs?: Partial<PerEnd<ErrorLogOptions>>;
  /** Which node of SQL Server is primary of its availability groups; 0 unless given. */
  readonly primaryNode?: number;
  /** What is special about how the servers were prepared, in place of what the scenario has. */
  readonly preparation?: Partial<PerEnd<PreparationChange>>;
  /** What is on the way between the ends, in place of what the scenario has. */
  readonly network?: readonly NetworkFault[];
  /** Why the data movement is suspended in the scenario `suspended`; SUSPEND_FROM_USER unless given. */
  readonly suspendReason?: TextOf<'suspend_reason'>;
}

/** The stage that a scenario is in. */
export interface CurrentStage {
  readonly name: string;
  readonly description: string;
  readonly startedAtMilliseconds: number;
  /** When the next one begins; infinite in a scenario that stands still. */
  readonly endsAtMilliseconds: number;
}

/** The stage at an instant, for those who announce it. */
export function stageAt(moment: Moment): CurrentStage {
  const { stage, startedAtMilliseconds, lengthMilliseconds } = locate(moment);
  return {
    name: stage.name,
    description: stage.description,
    startedAtMilliseconds,
    endsAtMilliseconds: startedAtMilliseconds + lengthMilliseconds,
  };
}

/** What a scenario makes of a pair whose servers are ordinary: most leave them as they are. */
export function topologyIn(ordinary: Topology, scenario: Scenario): Topology {
  const stage: Stage | undefined = Object.entries(stillStages).find(([name]) => name === scenario)?.[1];
  return stage?.topology?.(ordinary) ?? ordinary;
}

/** The pair at an instant of a scenario, from what it ordinarily is. The same arguments give the same world. */
export function worldAt(ordinary: Topology, moment: Moment, options: WorldOptions = {}): World {
  const topology = topologyIn(ordinary, moment.scenario);
  const { stage, frame } = frameAt(topology, moment, options);
  const affected = options.affectedLinks ?? topology.links.length;
  const staleImports = options.staleImports ?? stage.staleImports ?? [];
  return {
    topology,
    nowMilliseconds: moment.nowMilliseconds,
    links: [
      ...topology.links.map((identity, index) =>
        index < affected ? stage.link(frame, identity) : healthyLink(frame, identity),
      ),
      ...(stage.others?.(frame) ?? []),
    ],
    certificates: certificatesOf(topology, {
      expiryMilliseconds: ordinaryExpiries(topology),
      unrelated: options.unrelatedCertificates ?? false,
      ...stage.certificates?.(frame),
      staleImports,
    }),
    endpoints: {
      sqlServer: { ...ordinaryEndpoint, ...stage.endpoints?.sqlServer },
      managedInstance: { ...ordinaryEndpoint, ...stage.endpoints?.managedInstance },
    },
    down: stage.down ?? [],
    primaryNode: options.primaryNode ?? 0,
    lostNode:
      stage.lostNode === undefined ? null : { node: stage.lostNode, sinceMilliseconds: frame.happenedAtMilliseconds },
    staleImports,
    databaseNaming: options.databaseNaming ?? 'physical name',
    errorLogs: options.errorLogs ?? {},
    preparation: {
      sqlServer: preparationWith(options.preparation?.sqlServer ?? stage.preparation?.sqlServer),
      managedInstance: preparationWith(options.preparation?.managedInstance ?? stage.preparation?.managedInstance),
    },
    network: options.network ?? stage.network ?? [],
    azure: stage.azure ?? {},
  };
}

/** As `worldAt`: what is read at one instant, often hundreds of rows one by one, is read of one world that was made once. */
export function worldOfLatest(ordinary: Topology): (moment: Moment, options: WorldOptions) => World {
  let latest: { readonly moment: Moment; readonly options: WorldOptions; readonly world: World } | null = null;
  return (moment, options) => {
    if (latest === null || latest.options !== options || !isSameMoment(latest.moment, moment))
      latest = { moment, options, world: worldAt(ordinary, moment, options) };
    return latest.world;
  };
}

function isSameMoment(one: Moment, other: Moment): boolean {
  return (
    one.nowMilliseconds === other.nowMilliseconds &&
    one.scenario === other.scenario &&
    one.startedAtMilliseconds === other.startedAtMilliseconds
  );
}

/** The ends that are lost at an instant of a scenario: asked for each row, so without the whole world around it. */
export function downAt(moment: Moment): readonly EndName[] {
  return locate(moment).stage.down ?? [];
}

/** What goes wrong inside a server at an instant of a scenario. */
export function viewFaultsAt(moment: Moment, end: EndName): ViewFaults {
  return locate(moment).stage.viewFaults?.[end] ?? {};
}

interface Located {
  readonly stage: Stage;
  readonly startedAtMilliseconds: number;
  readonly lengthMilliseconds: number;
  /** When each stage of this round begins. */
  readonly starts: ReadonlyMap<string, number>;
}

function stagesOf({ scenario, healthyFirstMilliseconds = 0, speed = 1 }: Moment): readonly Stage[] {
  const moving = movingScenarioNames.find((name) => name === scenario);
  if (moving !== undefined) return movingStages[moving];
  const stage: Stage = stillStages[scenario as StillScenario];
  const healthy: Stage = {
    ...stillStages.healthy,
    name: 'healthy first',
    seconds: (healthyFirstMilliseconds / 1000) * speed,
    link: stage.healthyFirst ?? stillStages.healthy.link,
  };
  return healthyFirstMilliseconds > 0 ? [healthy, stage] : [stage];
}

function locate(moment: Moment): Located {
  const { scenario, startedAtMilliseconds, nowMilliseconds, speed = 1 } = moment;
  const stages = stagesOf(moment);
  const lengthOf = (stage: Stage): number => (stage.seconds * 1000) / speed;
  const round = stages.reduce((sum, stage) => sum + lengthOf(stage), 0);
  const elapsed = Math.max(nowMilliseconds - startedAtMilliseconds, 0);
  const roundStart = startedAtMilliseconds + (Number.isFinite(round) ? Math.floor(elapsed / round) * round : 0);
  const starts = new Map<string, number>();
  let next = roundStart;
  for (const stage of stages) {
    starts.set(stage.name, next);
    next += lengthOf(stage);
  }
  const current = stages.findLast((stage) => (starts.get(stage.name) ?? next) <= nowMilliseconds) ?? stages[0];
  if (current === undefined) {
    throw new Error(`the scenario ${scenario} has no stages: give it at least one`);
  }
  return {
    stage: current,
    startedAtMilliseconds: starts.get(current.name) ?? roundStart,
    lengthMilliseconds: lengthOf(current),
    starts,
  };
}

function frameAt(
  topology: Topology,
  moment: Moment,
  options: WorldOptions,
): { readonly stage: Stage; readonly frame: Frame } {
  const { stage, startedAtMilliseconds, lengthMilliseconds, starts } = locate(moment);
  const standsStill = !Number.isFinite(lengthMilliseconds);
  const isSettled = standsStill && (moment.healthyFirstMilliseconds ?? 0) === 0;
  const elapsed = Math.max(moment.nowMilliseconds - startedAtMilliseconds, 0);
  return {
    stage,
    frame: {
      topology,
      nowMilliseconds: moment.nowMilliseconds,
      startedAtMilliseconds,
      progress: standsStill ? 0 : elapsed / lengthMilliseconds,
      happenedAtMilliseconds: isSettled ? startedAtMilliseconds - settledMilliseconds : startedAtMilliseconds,
      suspendReason: options.suspendReason ?? 'SUSPEND_FROM_USER',
      startOf: (name) => starts.get(name) ?? startedAtMilliseconds,
    },
  };
}
