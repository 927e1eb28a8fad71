import type { DatabaseState, LinkState, RoleChange } from '../world/state.ts';
import { type EndName, otherEnd } from '../world/topology.ts';

/** How a secondary's copy of a database goes on from an order. */
type CopyCourse =
  | { readonly kind: 'following' }
  | {
      readonly kind: 'standing';
      readonly asOfMilliseconds: number;
      readonly reason: NonNullable<DatabaseState['suspended']>;
    }
  | { readonly kind: 'returning'; readonly fromMilliseconds: number; readonly sinceMilliseconds: number };

/** What a link has become by the orders of administrators, in place of what its scenario makes of it. */
export interface Course
  extends Pick<LinkState, 'roles' | 'mode' | 'writer' | 'fork' | 'quietSinceMilliseconds' | 'connectErrors'> {
  readonly roleChanges: readonly RoleChange[];
  /** By name. */
  readonly copies: ReadonlyMap<string, CopyCourse>;
}

const keptUpMilliseconds = 250;
/** What a copy that was primary takes to undo what only it had, and then to catch up. */
const revertingMilliseconds = 8000;
const catchingUpMilliseconds = 12_000;
/** Both ends are secondary for as long in a planned failover. */
export const switchingMilliseconds = 2000;

/** The course that a link is on while nobody has ordered anything: where it stands now. */
export function courseOf(link: LinkState): Course {
  const copy = ({ suspended, hardenedAsOfMilliseconds }: DatabaseState): CopyCourse =>
    suspended === null
      ? { kind: 'following' }
      : { kind: 'standing', asOfMilliseconds: hardenedAsOfMilliseconds, reason: suspended };
  const { roles, mode, writer, fork, quietSinceMilliseconds, connectErrors, roleChanges } = link;
  const copies = new Map(link.databases.map((database) => [database.identity.name, copy(database)]));
  return { roles, mode, writer, fork, quietSinceMilliseconds, connectErrors, roleChanges, copies };
}

/** The link on its course at an instant. */
export function linkOn(course: Course, link: LinkState, nowMilliseconds: number): LinkState {
  const { copies, ...changed } = course;
  const primaries = Object.values(course.roles).filter((role) => role === 'PRIMARY').length;
  return {
    ...link,
    ...changed,
    connected: primaries < 2,
    roleChanges: course.roleChanges.filter(({ atMilliseconds }) => atMilliseconds <= nowMilliseconds),
    roles: rolesAt(course, nowMilliseconds),
    databases: link.databases.map((database) => {
      const copy = copies.get(database.identity.name);
      if (copy === undefined) return database;
      // Two primaries: neither follows the other, and the scenario says how far each had come.
      if (primaries > 1) return database;
      return { ...database, joined: true, suspended: null, movement: 'moving', ...copyAt(copy, nowMilliseconds) };
    }),
  };
}

/** In a planned failover the new primary is not primary at once. */
function rolesAt({ roles, roleChanges }: Course, nowMilliseconds: number): LinkState['roles'] {
  const coming = roleChanges.filter(({ atMilliseconds }) => atMilliseconds > nowMilliseconds);
  const before = Object.fromEntries(coming.map(({ end, from }) => [end, from]));
  return { ...roles, ...before };
}

function copyAt(copy: CopyCourse, nowMilliseconds: number): Partial<DatabaseState> {
  if (copy.kind === 'following') return asOf(nowMilliseconds - keptUpMilliseconds);
  if (copy.kind === 'standing') return { ...asOf(copy.asOfMilliseconds), suspended: copy.reason };
  const { fromMilliseconds: from, sinceMilliseconds } = copy;
  const caughtUp = (nowMilliseconds - sinceMilliseconds - revertingMilliseconds) / catchingUpMilliseconds;
  if (caughtUp < 0) return { ...asOf(from), movement: 'reverting' };
  if (caughtUp >= 1) return asOf(nowMilliseconds - keptUpMilliseconds);
  return asOf(Math.min(from + (nowMilliseconds - from) * Math.sqrt(caughtUp), nowMilliseconds - keptUpMilliseconds));
}

function asOf(milliseconds: number): Partial<DatabaseState> {
  return {
    sentAsOfMilliseconds: milliseconds,
    hardenedAsOfMilliseconds: milliseconds,
    redoneAsOfMilliseconds: milliseconds,
  };
}

/** Whether the copy of every database has what its primary wrote. */
export function isInStep({ copies }: Course, nowMilliseconds: number): boolean {
  return [...copies.values()].every(
    (copy) =>
      copy.kind === 'following' ||
      (copy.kind === 'returning' &&
        nowMilliseconds - copy.sinceMilliseconds >= revertingMilliseconds + catchingUpMilliseconds),
  );
}

/** The end loses the primary role; where the other one is primary, its copy waits to be resumed. */
export function demoted(course: Course, end: EndName, nowMilliseconds: number): Course {
  const other = otherEnd(end);
  const roles = { ...course.roles, [end]: 'SECONDARY' } as const;
  const changes: Pick<Course, 'roles' | 'roleChanges'> = {
    roles,
    roleChanges: [...course.roleChanges, { end, from: 'PRIMARY', to: 'SECONDARY', atMilliseconds: nowMilliseconds }],
  };
  if (course.roles[other] !== 'PRIMARY') return { ...course, ...changes, quietSinceMilliseconds: nowMilliseconds };
  const asOfMilliseconds = course.fork?.commonAsOfMilliseconds ?? nowMilliseconds;
  const standing = { kind: 'standing', asOfMilliseconds, reason: 'SUSPEND_FROM_PARTNER' } as const;
  return {
    ...course,
    ...changes,
    writer: other,
    copies: new Map([...course.copies.keys()].map((name) => [name, standing])),
  };
}

/** The roles are swapped, or the end becomes the only primary where none was. */
export function failedOver(course: Course, to: EndName, nowMilliseconds: number): Course {
  const from = otherEnd(to);
  const then = nowMilliseconds + switchingMilliseconds;
  const isFromPrimary = course.roles[from] === 'PRIMARY';
  return {
    ...course,
    roles:
      to === 'sqlServer'
        ? { sqlServer: 'PRIMARY', managedInstance: 'SECONDARY' }
        : { sqlServer: 'SECONDARY', managedInstance: 'PRIMARY' },
    writer: to,
    quietSinceMilliseconds: null,
    roleChanges: [
      ...course.roleChanges,
      ...(isFromPrimary
        ? [{ end: from, from: 'PRIMARY', to: 'SECONDARY', atMilliseconds: nowMilliseconds } as const]
        : []),
      { end: to, from: 'SECONDARY', to: 'PRIMARY', atMilliseconds: then },
    ],
    copies: new Map([...course.copies.keys()].map((name) => [name, { kind: 'following' }])),
  };
}

/** The copy of a database goes on from where it stands. */
export function resumed(course: Course, database: string, nowMilliseconds: number): Course {
  const copy = course.copies.get(database);
  if (copy?.kind !== 'standing') return course;
  const returning = {
    kind: 'returning',
    fromMilliseconds: copy.asOfMilliseconds,
    sinceMilliseconds: nowMilliseconds,
  } as const;
  return { ...course, copies: new Map([...course.copies, [database, returning]]) };
}

/** The copy of a database stands from now on. */
export function suspended(course: Course, database: string, nowMilliseconds: number): Course {
  const standing = { kind: 'standing', asOfMilliseconds: nowMilliseconds, reason: 'SUSPEND_FROM_USER' } as const;
  return { ...course, copies: new Map([...course.copies, [database, standing]]) };
}
