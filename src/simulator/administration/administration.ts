import type { LinkState, World } from '../world/state.ts';
import { type EndName, otherEnd } from '../world/topology.ts';
import { type Course, courseOf, demoted, failedOver, isInStep, linkOn, resumed, suspended } from './course.ts';
import { type AdministrativeStatement, type Order, orderOf } from './order.ts';

/** What a server says to an order: messages, or the number and the words of an error. */
export type Answer = { readonly messages: readonly string[] } | { readonly number: number; readonly message: string };

/** The orders that administrators have given to a pair since its scenario was set. Not pure: each changes it. */
export interface Administration {
  /** Null: not an order that works here. */
  readonly give: (end: EndName, statement: AdministrativeStatement) => Answer | null;
  /** The world with what has become of its links. */
  readonly changed: (world: World) => World;
  /** Forgets all. */
  readonly reset: () => void;
}

/**
 * An administrator whose statements of our runbooks work: a team can train a split brain from the page to healthy again. It is a
 * rehearsal of the steps, not of the product: what SQL Server answers besides is in no source here.
 */
export function createAdministration(world: () => World): Administration {
  const courses = new Map<string, Course>();

  const linkBy = (isIt: (link: LinkState) => boolean): LinkState | undefined =>
    changed(world()).links.find((link) => isIt(link) && link.present.sqlServer && link.present.managedInstance);

  function changed(present: World): World {
    if (courses.size === 0) return present;
    return {
      ...present,
      links: present.links.map((link) => {
        const course = courses.get(link.identity.name);
        return course === undefined ? link : linkOn(course, link, present.nowMilliseconds);
      }),
    };
  }

  return {
    give: (end, statement) => {
      const order = orderOf(statement);
      if (order === null) return null;
      if (order.kind === 'verify') return { messages: ['The backup set on file 1 is valid.'] };
      const link = linkBy((each) => isMeant(each, order));
      if (link === undefined) return notThere(order);
      const { nowMilliseconds } = world();
      const outcome = obey(order, {
        end,
        link,
        course: courses.get(link.identity.name) ?? courseOf(link),
        nowMilliseconds,
      });
      if ('course' in outcome) courses.set(link.identity.name, outcome.course);
      return 'course' in outcome ? { messages: [] } : outcome;
    },
    changed,
    reset: () => courses.clear(),
  };
}

function isMeant({ identity }: LinkState, order: Order): boolean {
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  if ('group' in order) return same(identity.name, order.group);
  return 'database' in order && identity.databases.some(({ name }) => same(name, order.database));
}

function notThere(order: Order): Answer {
  if ('group' in order)
    return {
      number: 15_151,
      message: `Cannot alter the availability group '${order.group}', because it does not exist or you do not have permission.`,
    };
  const database = 'database' in order ? order.database : '';
  return {
    number: 911,
    message: `Database '${database}' does not exist. Make sure that the name is entered correctly.`,
  };
}

interface Given {
  readonly end: EndName;
  readonly link: LinkState;
  readonly course: Course;
  readonly nowMilliseconds: number;
}

function obey(order: Order, given: Given): Answer | { readonly course: Course } {
  const { end, link, course, nowMilliseconds } = given;
  switch (order.kind) {
    case 'demote':
      return link.roles[end] === 'PRIMARY'
        ? { course: demoted(course, end, nowMilliseconds) }
        : wrongRole(link, end, 'SET ROLE');
    case 'fail over':
      return failOver(given);
    case 'force':
      return link.roles[end] === 'SECONDARY'
        ? { course: failedOver(course, end, nowMilliseconds) }
        : wrongRole(link, end, 'FORCE_FAILOVER');
    case 'mode':
      return { course: { ...course, mode: order.mode } };
    case 'resume':
      return { course: resumed(course, nameIn(link, order.database), nowMilliseconds) };
    case 'suspend':
      return { course: suspended(course, nameIn(link, order.database), nowMilliseconds) };
    case 'back up':
      return backedUp(order, given);
    case 'verify':
      return { messages: [] };
  }
}

/** Either end takes it: Microsoft's pages differ on which. */
function failOver({ end, link, course, nowMilliseconds }: Given): Answer | { readonly course: Course } {
  const to = link.roles[end] === 'PRIMARY' ? otherEnd(end) : end;
  if (link.roles[to] === 'PRIMARY') return wrongRole(link, end, 'FAILOVER');
  if (!isInStep(course, nowMilliseconds))
    return {
      number: 41_142,
      message: `The availability replica for availability group '${link.identity.name}' on this instance of SQL Server cannot become the primary replica. One or more databases are not synchronized or have not joined the availability group.`,
    };
  return { course: failedOver(course, to, nowMilliseconds) };
}

function wrongRole({ identity, roles }: LinkState, end: EndName, signal: string): Answer {
  return {
    number: 41_121,
    message: `The local availability replica of availability group '${identity.name}' cannot accept signal '${signal}' in its current replica role, '${roles[end]}'.`,
  };
}

function backedUp({ what, database }: Order & { readonly kind: 'back up' }, { end, link }: Given): Answer {
  // A secondary of a distributed group restores what comes: there is nothing to back up.
  if (link.roles[end] !== 'PRIMARY')
    return {
      number: 3059,
      message: `This BACKUP or RESTORE command is not supported on a database mirror or secondary replica.`,
    };
  const pages = 1024;
  const verb = `BACKUP ${what}`;
  return {
    messages: [
      `Processed ${pages} pages for database '${database}', file '${database}_log' on file 1.`,
      `${verb} successfully processed ${pages} pages in 0.250 seconds (32.000 MB/sec).`,
    ],
  };
}

/** The name as the link has it. */
function nameIn({ identity }: LinkState, written: string): string {
  return identity.databases.find(({ name }) => name.toLowerCase() === written.toLowerCase())?.name ?? written;
}
