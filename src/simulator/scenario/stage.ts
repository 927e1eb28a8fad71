import type { ViewFaults } from '../view-faults.ts';
import type { CertificateOptions } from '../world/certificate.ts';
import type { TextOf } from '../world/codes.ts';
import type { PreparationChange } from '../world/preparation.ts';
import type { AzureStory, EndpointState, LinkState, NetworkFault } from '../world/state.ts';
import type { EndName, LinkIdentity, PerEnd, Topology } from '../world/topology.ts';

/** The instant that a stage is asked about, in Unix milliseconds. */
export interface Frame {
  readonly topology: Topology;
  readonly nowMilliseconds: number;
  readonly startedAtMilliseconds: number;
  /** How far the stage is, from 0 to below 1; 0 in a stage that never ends. */
  readonly progress: number;
  /** When what the stage shows came about: at its start, or some minutes before it in a scenario that stood still from its beginning. */
  readonly happenedAtMilliseconds: number;
  /** Why data movement is suspended, in the scenario in which it is. */
  readonly suspendReason: TextOf<'suspend_reason'>;
  /** When a stage of this round began or will begin; this stage's own start for a name that the round does not have. */
  startOf(stage: string): number;
}

/** A part of a scenario: what each link is like in it. */
export interface Stage {
  readonly name: string;
  /** One sentence for people. */
  readonly description: string;
  /** At speed 1; infinite in a scenario that stands still. */
  readonly seconds: number;
  link(frame: Frame, identity: LinkIdentity): LinkState;
  /** Servers to which nobody can connect meanwhile. */
  readonly down?: readonly EndName[];
  /** Ends that hold a former certificate of their partner meanwhile. */
  readonly staleImports?: readonly EndName[];
  /** What goes wrong inside a server meanwhile. */
  readonly viewFaults?: Partial<PerEnd<ViewFaults>>;
  /** What is special about the certificates; left out where they are in good order. */
  certificates?(frame: Frame): Partial<CertificateOptions>;
  /** What is special about the endpoints that carry the link. */
  readonly endpoints?: Partial<PerEnd<Partial<EndpointState>>>;
  /** What is special about how the servers were prepared. */
  readonly preparation?: Partial<PerEnd<PreparationChange>>;
  /** What is on the way between the ends. */
  readonly network?: readonly NetworkFault[];
  /** What Azure says that does not follow from the servers. */
  readonly azure?: AzureStory;
  /** The node of SQL Server's availability groups that its primary has lost. */
  readonly lostNode?: number;
  /** What a link is like while the scenario is healthy first; in good order unless given. */
  healthyFirst?(frame: Frame, identity: LinkIdentity): LinkState;
  /** Groups beside the links, which are in no configuration. */
  others?(frame: Frame): readonly LinkState[];
  /**
   * What is special about the pair itself, in a scenario that stands still: servers, addresses, names. It holds while the
   * scenario is healthy first, too.
   */
  topology?(ordinary: Topology): Topology;
}

/** A stage that never ends. */
export function still(name: string, description: string, link: Stage['link']): Stage {
  return { name, description, seconds: Number.POSITIVE_INFINITY, link };
}
