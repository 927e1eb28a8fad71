import type { DatabaseState, LinkState } from '../world/state.ts';
import type { LinkIdentity } from '../world/topology.ts';
import { healthyLink, inStep, linkWith } from './link-states.ts';
import type { Frame } from './stage.ts';

/** How much of what is written gets through while a queue grows. */
const passingShare = 0.5;
const keptUpMilliseconds = 250;
const farBehindMilliseconds = 60 * 60_000;

/** Half of what is written is sent, since some minutes before the scenario was set. */
export function sendQueueGrowing(frame: Frame, identity: LinkIdentity): LinkState {
  return linkWith(frame, identity, inStep(fallingBehind(frame)));
}

/** An hour of log waits to be sent and neither grows nor shrinks. */
export function sendQueueHigh(frame: Frame, identity: LinkIdentity): LinkState {
  return linkWith(frame, identity, inStep(frame.nowMilliseconds - farBehindMilliseconds));
}

/** All of what is written arrives, and half of it is redone. */
export function redoQueueGrowing(frame: Frame, identity: LinkIdentity): LinkState {
  return redoneUpTo(frame, identity, fallingBehind(frame));
}

/** An hour of log has arrived and waits to be redone. */
export function redoQueueHigh(frame: Frame, identity: LinkIdentity): LinkState {
  return redoneUpTo(frame, identity, frame.nowMilliseconds - farBehindMilliseconds);
}

function fallingBehind({ happenedAtMilliseconds, nowMilliseconds }: Frame): number {
  return happenedAtMilliseconds - keptUpMilliseconds + (nowMilliseconds - happenedAtMilliseconds) * passingShare;
}

function redoneUpTo(frame: Frame, identity: LinkIdentity, redoneAsOfMilliseconds: number): LinkState {
  const link = healthyLink(frame, identity);
  return {
    ...link,
    databases: link.databases.map((database): DatabaseState => ({ ...database, redoneAsOfMilliseconds })),
  };
}
